//! Statements on mails and on who asked for them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Binary;
use uuid::Uuid;

use super::kind::{MailKind, MailState};
use crate::accounts::UserId;
use crate::db::clock_timestamp;
use crate::db::schema::{mail_asks, mails};

/// A position in the list of mails: when it was asked for, and its id.
pub type MailPosition = (DateTime<Utc>, Uuid);

/// A mail, as its owner may see it.
#[derive(Debug, Clone, Queryable)]
pub struct MailRow {
    /// Its id.
    pub id: Uuid,
    /// What it is about, as stored.
    pub kind: String,
    /// Where it goes.
    pub address: String,
    /// What became of it, as stored.
    pub state: String,
    /// What the mail server said, if not yes.
    pub reason: Option<String>,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// When the mail server decided.
    pub settled_at: Option<DateTime<Utc>>,
}

type Columns =
    (mails::id, mails::kind, mails::address, mails::state, mails::reason, mails::asked_at, mails::settled_at);
const COLUMNS: Columns =
    (mails::id, mails::kind, mails::address, mails::state, mails::reason, mails::asked_at, mails::settled_at);

pub(super) fn insert(
    conn: &mut PgConnection,
    (user, id): (UserId, Uuid),
    kind: MailKind,
    address: &str,
) -> QueryResult<usize> {
    let row = (
        mails::user_id.eq(user),
        mails::id.eq(id),
        mails::kind.eq(kind.as_str()),
        mails::address.eq(address),
    );
    diesel::insert_into(mails::table).values(row).execute(conn)
}

pub(super) fn find(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<Option<MailRow>> {
    mails::table.find((user, id)).select(COLUMNS).first(conn).optional()
}

/// Writes down what became of a mail, for now or for good.
pub(super) fn settle(
    conn: &mut PgConnection,
    (user, id): (UserId, Uuid),
    state: MailState,
    reason: Option<&str>,
) -> QueryResult<usize> {
    let row = diesel::update(mails::table.find((user, id)));
    let change = (mails::state.eq(state.as_str()), mails::reason.eq(reason));
    match state {
        MailState::Waiting => row.set(change).execute(conn),
        _ => row.set((change, mails::settled_at.eq(clock_timestamp().nullable()))).execute(conn),
    }
}

/// The newest first.
pub(super) fn page(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<MailPosition>,
    limit: i64,
) -> QueryResult<Vec<MailRow>> {
    let mut rows = mails::table.filter(mails::user_id.eq(user)).select(COLUMNS).into_boxed();
    if let Some((at, id)) = before {
        rows = rows.filter(mails::asked_at.le(at)).filter(mails::asked_at.lt(at).or(mails::id.lt(id)));
    }
    rows.order((mails::asked_at.desc(), mails::id.desc())).limit(limit).load(conn)
}

/// Gives their ids.
pub(super) fn delete_of(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Uuid>> {
    diesel::delete(mails::table.filter(mails::user_id.eq(user))).returning(mails::id).load(conn)
}

/// Gives their ids.
pub(super) fn delete_before(conn: &mut PgConnection, day: DateTime<Utc>) -> QueryResult<Vec<Uuid>> {
    diesel::delete(mails::table.filter(mails::asked_at.lt(day))).returning(mails::id).load(conn)
}

/// One that asks at a time passes here; the lock ends with the transaction.
pub(super) fn lock_asks(conn: &mut PgConnection, subject: &[u8]) -> QueryResult<usize> {
    sql_query("SELECT pg_advisory_xact_lock(hashtextextended('asks of ' || encode($1, 'hex'), 0))")
        .bind::<Binary, _>(subject)
        .execute(conn)
}

pub(super) fn asks_since(
    conn: &mut PgConnection,
    subject: &[u8],
    since: DateTime<Utc>,
) -> QueryResult<Vec<DateTime<Utc>>> {
    mail_asks::table
        .filter(mail_asks::subject.eq(subject).and(mail_asks::at.gt(since)))
        .order(mail_asks::at)
        .select(mail_asks::at)
        .load(conn)
}

pub(super) fn insert_ask(conn: &mut PgConnection, subject: &[u8], at: DateTime<Utc>) -> QueryResult<usize> {
    let row = (mail_asks::subject.eq(subject), mail_asks::id.eq(Uuid::now_v7()), mail_asks::at.eq(at));
    diesel::insert_into(mail_asks::table).values(row).execute(conn)
}

pub(super) fn delete_asks_before(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(mail_asks::table.filter(mail_asks::at.lt(at))).execute(conn)
}
