//! Statements on sanctions and appeals.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::ground::Ground;
use super::report::ReportPosition;
use super::sanction::{Sanction, SanctionKind};
use crate::accounts::UserId;
use crate::db::clock_timestamp;
use crate::db::schema::sanctions;

#[derive(Queryable, Selectable)]
#[diesel(table_name = sanctions)]
struct SanctionRow {
    user_id: UserId,
    id: Uuid,
    kind: String,
    rule: String,
    reason: String,
    evidence: String,
    created_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    lifted_at: Option<DateTime<Utc>>,
    appeal: Option<String>,
    appealed_at: Option<DateTime<Utc>>,
    appeal_granted: Option<bool>,
    appeal_answer: Option<String>,
}

impl From<SanctionRow> for Sanction {
    fn from(row: SanctionRow) -> Self {
        Self {
            user: row.user_id,
            id: row.id,
            kind: SanctionKind::parse(&row.kind),
            rule: Ground::parse(&row.rule),
            reason: row.reason,
            evidence: row.evidence,
            created_at: row.created_at,
            ends_at: row.ends_at,
            lifted_at: row.lifted_at,
            appeal: row.appeal,
            appealed_at: row.appealed_at,
            appeal_granted: row.appeal_granted,
            appeal_answer: row.appeal_answer,
        }
    }
}

#[derive(Insertable)]
#[diesel(table_name = sanctions)]
pub(super) struct NewSanction<'a> {
    pub(super) user_id: UserId,
    pub(super) id: Uuid,
    pub(super) report_id: Uuid,
    pub(super) kind: &'static str,
    pub(super) rule: &'static str,
    pub(super) reason: &'a str,
    pub(super) evidence: &'a str,
    pub(super) ends_at: Option<DateTime<Utc>>,
}

pub(super) fn insert(conn: &mut PgConnection, new: &NewSanction<'_>) -> QueryResult<Sanction> {
    let kept = diesel::insert_into(sanctions::table).values(new).returning(SanctionRow::as_returning());
    kept.get_result(conn).map(Sanction::from)
}

/// Somebody's sanctions, the newest first.
pub(super) fn of_user(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<ReportPosition>,
    limit: i64,
) -> QueryResult<Vec<Sanction>> {
    use sanctions::{created_at, id};
    let mut rows =
        sanctions::table.filter(sanctions::user_id.eq(user)).select(SanctionRow::as_select()).into_boxed();
    if let Some((at, last)) = before {
        rows = rows.filter(created_at.le(at)).filter(created_at.lt(at).or(id.lt(last)));
    }
    let rows = rows.order((created_at.desc(), id.desc())).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(Sanction::from).collect())
}

/// What keeps somebody out at present: a ban before a suspension, the longest suspension first.
pub(super) fn standing(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Sanction>> {
    let rows = sanctions::table
        .filter(
            sanctions::user_id
                .eq(user)
                .and(sanctions::kind.ne("warning"))
                .and(sanctions::lifted_at.is_null()),
        )
        .order((sanctions::kind, sanctions::ends_at.desc()))
        .select(SanctionRow::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Sanction::from).collect())
}

/// One sanction; locked until the transaction ends.
pub(super) fn lock(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<Option<Sanction>> {
    let row = sanctions::table.find((user, id)).select(SanctionRow::as_select()).for_update();
    Ok(row.first(conn).optional()?.map(Sanction::from))
}

/// Whose sanction it is.
pub(super) fn owner(conn: &mut PgConnection, sanction: Uuid) -> QueryResult<Option<UserId>> {
    sanctions::table.filter(sanctions::id.eq(sanction)).select(sanctions::user_id).first(conn).optional()
}

pub(super) fn appeal(conn: &mut PgConnection, user: UserId, id: Uuid, text: &str) -> QueryResult<Sanction> {
    diesel::update(sanctions::table.find((user, id)))
        .set((sanctions::appeal.eq(text), sanctions::appealed_at.eq(clock_timestamp().nullable())))
        .returning(SanctionRow::as_returning())
        .get_result(conn)
        .map(Sanction::from)
}

/// Appeals without an answer, of others than `moderator`, the oldest first.
pub(super) fn appeals(
    conn: &mut PgConnection,
    moderator: UserId,
    after: Option<ReportPosition>,
    limit: i64,
) -> QueryResult<Vec<Sanction>> {
    use sanctions::{answered_at, appealed_at, id, user_id};
    let waiting = appealed_at.is_not_null().and(answered_at.is_null()).and(user_id.ne(moderator));
    let mut rows = sanctions::table.filter(waiting).select(SanctionRow::as_select()).into_boxed();
    if let Some((at, last)) = after {
        rows = rows.filter(appealed_at.ge(at)).filter(appealed_at.gt(at).or(id.gt(last)));
    }
    let rows = rows.order((appealed_at, id)).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(Sanction::from).collect())
}

pub(super) fn answer(
    conn: &mut PgConnection,
    user: UserId,
    id: Uuid,
    granted: bool,
    text: &str,
) -> QueryResult<Sanction> {
    diesel::update(sanctions::table.find((user, id)))
        .set((
            sanctions::appeal_granted.eq(granted),
            sanctions::appeal_answer.eq(text),
            sanctions::answered_at.eq(clock_timestamp().nullable()),
        ))
        .returning(SanctionRow::as_returning())
        .get_result(conn)
        .map(Sanction::from)
}

/// Ends a sanction; false if it had ended.
pub(super) fn lift(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<bool> {
    diesel::update(sanctions::table.find((user, id)).filter(sanctions::lifted_at.is_null()))
        .set(sanctions::lifted_at.eq(clock_timestamp().nullable()))
        .execute(conn)
        .map(|rows| rows == 1)
}
