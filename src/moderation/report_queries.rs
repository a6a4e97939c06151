//! Statements on reports and what they were judged by.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::ground::Ground;
use super::report::{Note, Outcome, QuotedMessage, Report, ReportPosition};
use crate::accounts::UserId;
use crate::db::clock_timestamp;
use crate::db::schema::{report_messages, report_notes, report_photos, reports};

/// The name of who is gone.
const NOBODY: &str = "deleted";

#[derive(Queryable, Selectable)]
#[diesel(table_name = reports)]
struct ReportRow {
    id: Uuid,
    reporter: Option<UserId>,
    reported: Option<UserId>,
    reported_name: String,
    reported_display_name: Option<String>,
    reported_bio: Option<String>,
    reason: String,
    detail: Option<String>,
    created_at: DateTime<Utc>,
    outcome: Option<String>,
    decided_at: Option<DateTime<Utc>>,
}

impl From<ReportRow> for Report {
    fn from(row: ReportRow) -> Self {
        Self {
            id: row.id,
            reporter: row.reporter,
            reported: row.reported,
            reported_name: row.reported_name,
            reported_display_name: row.reported_display_name,
            reported_bio: row.reported_bio,
            reason: Ground::parse(&row.reason),
            detail: row.detail,
            created_at: row.created_at,
            outcome: row.outcome.as_deref().and_then(Outcome::named),
            decided_at: row.decided_at,
        }
    }
}

/// A report about to be written down.
pub(super) struct NewReport<'a> {
    pub(super) id: Uuid,
    pub(super) reporter: UserId,
    pub(super) reported: UserId,
    pub(super) reported_name: &'a str,
    pub(super) reported_display_name: &'a str,
    pub(super) reported_bio: &'a str,
    pub(super) reason: Ground,
    pub(super) detail: Option<&'a str>,
}

pub(super) fn insert(conn: &mut PgConnection, new: &NewReport<'_>) -> QueryResult<Report> {
    let row = (
        reports::id.eq(new.id),
        reports::reporter.eq(new.reporter),
        reports::reported.eq(new.reported),
        reports::reported_name.eq(new.reported_name),
        reports::reported_display_name.eq(new.reported_display_name),
        reports::reported_bio.eq(new.reported_bio),
        reports::reason.eq(new.reason.as_str()),
        reports::detail.eq(new.detail),
    );
    let kept = diesel::insert_into(reports::table).values(row).returning(ReportRow::as_returning());
    kept.get_result(conn).map(Report::from)
}

pub(super) fn insert_messages(
    conn: &mut PgConnection,
    report: Uuid,
    messages: &[QuotedMessage],
) -> QueryResult<usize> {
    use report_messages::{body, report_id, sender, sent_at, seq};
    let row = |m: &QuotedMessage| {
        (
            report_id.eq(report),
            seq.eq(m.seq),
            sender.eq(m.sender),
            body.eq(m.body.clone()),
            sent_at.eq(m.sent_at),
        )
    };
    diesel::insert_into(report_messages::table)
        .values(messages.iter().map(row).collect::<Vec<_>>())
        .execute(conn)
}

pub(super) fn insert_photos(conn: &mut PgConnection, report: Uuid, keys: &[String]) -> QueryResult<usize> {
    use report_photos::{key, number, report_id};
    let rows: Vec<_> =
        (0_i16..).zip(keys).map(|(n, k)| (report_id.eq(report), number.eq(n), key.eq(k))).collect();
    diesel::insert_into(report_photos::table).values(rows).execute(conn)
}

/// A person's own reports, the newest first.
pub(super) fn of_reporter(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<ReportPosition>,
    limit: i64,
) -> QueryResult<Vec<Report>> {
    use reports::{created_at, id};
    let mut rows =
        reports::table.filter(reports::reporter.eq(user)).select(ReportRow::as_select()).into_boxed();
    if let Some((at, last)) = before {
        rows = rows.filter(created_at.le(at)).filter(created_at.lt(at).or(id.lt(last)));
    }
    let rows = rows.order((created_at.desc(), id.desc())).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(Report::from).collect())
}

/// Reports that `moderator` has no part in, open or decided, the oldest first.
pub(super) fn queue(
    conn: &mut PgConnection,
    moderator: UserId,
    decided: bool,
    after: Option<ReportPosition>,
    limit: i64,
) -> QueryResult<Vec<Report>> {
    use reports::{created_at, id, outcome, reported, reporter};
    let mut rows = reports::table
        .filter(reporter.is_distinct_from(moderator).and(reported.is_distinct_from(moderator)))
        .select(ReportRow::as_select())
        .into_boxed();
    rows = if decided { rows.filter(outcome.is_not_null()) } else { rows.filter(outcome.is_null()) };
    if let Some((at, last)) = after {
        rows = rows.filter(created_at.ge(at)).filter(created_at.gt(at).or(id.gt(last)));
    }
    let rows = rows.order((created_at, id)).limit(limit).load(conn)?;
    Ok(rows.into_iter().map(Report::from).collect())
}

/// A report that `moderator` has no part in.
pub(super) fn find(conn: &mut PgConnection, moderator: UserId, report: Uuid) -> QueryResult<Option<Report>> {
    use reports::{reported, reporter};
    let row = reports::table
        .find(report)
        .filter(reporter.is_distinct_from(moderator).and(reported.is_distinct_from(moderator)))
        .select(ReportRow::as_select());
    Ok(row.first(conn).optional()?.map(Report::from))
}

/// The same, locked until the transaction ends.
pub(super) fn lock(conn: &mut PgConnection, moderator: UserId, report: Uuid) -> QueryResult<Option<Report>> {
    let id = reports::table.find(report).select(reports::id).for_update();
    id.first::<Uuid>(conn).optional()?.map_or(Ok(None), |_| find(conn, moderator, report))
}

pub(super) fn decide(
    conn: &mut PgConnection,
    report: Uuid,
    moderator: UserId,
    outcome: Outcome,
) -> QueryResult<Report> {
    diesel::update(reports::table.find(report))
        .set((
            reports::outcome.eq(outcome.as_str()),
            reports::decided_at.eq(clock_timestamp().nullable()),
            reports::decided_by.eq(moderator),
        ))
        .returning(ReportRow::as_returning())
        .get_result(conn)
        .map(Report::from)
}

/// What says how long a report's evidence is kept.
#[derive(Queryable)]
pub(super) struct Age {
    pub(super) reported: Option<UserId>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) decided_at: Option<DateTime<Utc>>,
}

/// `None` if there is no such report.
pub(super) fn age(conn: &mut PgConnection, report: Uuid) -> QueryResult<Option<Age>> {
    use reports::{created_at, decided_at, reported};
    reports::table.find(report).select((reported, created_at, decided_at)).first(conn).optional()
}

pub(super) fn messages(conn: &mut PgConnection, report: Uuid) -> QueryResult<Vec<QuotedMessage>> {
    use report_messages::{body, report_id, sender, sent_at, seq};
    let rows = report_messages::table.filter(report_id.eq(report)).order(seq);
    let rows: Vec<MessageRow> = rows.select((seq, sender, body, sent_at)).load(conn)?;
    Ok(rows.into_iter().map(quoted).collect())
}

type MessageRow = (i64, UserId, String, DateTime<Utc>);

fn quoted((seq, sender, body, sent_at): MessageRow) -> QuotedMessage {
    QuotedMessage { seq, sender, body, sent_at }
}

pub(super) fn photos(conn: &mut PgConnection, report: Uuid) -> QueryResult<Vec<String>> {
    use report_photos::{key, number, report_id};
    report_photos::table.filter(report_id.eq(report)).order(number).select(key).load(conn)
}

pub(super) fn insert_note(
    conn: &mut PgConnection,
    report: Uuid,
    author: UserId,
    text: &str,
) -> QueryResult<Note> {
    use report_notes::{body, id, moderator, report_id, written_at};
    let row = (report_id.eq(report), id.eq(Uuid::now_v7()), moderator.eq(author), body.eq(text));
    let columns = (id, moderator, body, written_at);
    diesel::insert_into(report_notes::table).values(row).returning(columns).get_result(conn).map(note)
}

pub(super) fn notes(conn: &mut PgConnection, report: Uuid) -> QueryResult<Vec<Note>> {
    use report_notes::{body, id, moderator, report_id, written_at};
    let rows = report_notes::table.filter(report_id.eq(report)).order((written_at, id));
    let rows: Vec<NoteRow> = rows.select((id, moderator, body, written_at)).load(conn)?;
    Ok(rows.into_iter().map(note).collect())
}

type NoteRow = (Uuid, Option<UserId>, String, DateTime<Utc>);

fn note((id, moderator, body, written_at): NoteRow) -> Note {
    Note { id, moderator, body, written_at }
}

/// What is undecided about somebody.
pub(super) fn open_about(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Uuid>> {
    let open = reports::table.filter(reports::reported.eq(user).and(reports::outcome.is_null()));
    open.select(reports::id).load(conn)
}

/// Leaves no id of somebody's on reports and notes, and no name where the evidence is gone.
pub(super) fn forget_person(conn: &mut PgConnection, user: UserId) -> QueryResult<()> {
    use reports::{decided_by, evidence_gone_at, reported, reported_name, reporter};
    diesel::update(reports::table.filter(reported.eq(user).and(evidence_gone_at.is_not_null())))
        .set(reported_name.eq(NOBODY))
        .execute(conn)?;
    diesel::update(reports::table.filter(reported.eq(user)))
        .set(reported.eq(None::<UserId>))
        .execute(conn)?;
    diesel::update(reports::table.filter(reporter.eq(user)))
        .set(reporter.eq(None::<UserId>))
        .execute(conn)?;
    diesel::update(reports::table.filter(decided_by.eq(user)))
        .set(decided_by.eq(None::<UserId>))
        .execute(conn)?;
    diesel::update(report_notes::table.filter(report_notes::moderator.eq(user)))
        .set(report_notes::moderator.eq(None::<UserId>))
        .execute(conn)?;
    Ok(())
}

/// Forgets what a report was judged by; how it ended stays.
pub(super) fn drop_evidence(conn: &mut PgConnection, report: Uuid) -> QueryResult<()> {
    diesel::delete(report_messages::table.filter(report_messages::report_id.eq(report))).execute(conn)?;
    diesel::delete(report_photos::table.filter(report_photos::report_id.eq(report))).execute(conn)?;
    diesel::delete(report_notes::table.filter(report_notes::report_id.eq(report))).execute(conn)?;
    diesel::update(reports::table.find(report))
        .set((
            reports::detail.eq(None::<String>),
            reports::reported_display_name.eq(None::<String>),
            reports::reported_bio.eq(None::<String>),
            reports::evidence_gone_at.eq(clock_timestamp().nullable()),
        ))
        .execute(conn)?;
    diesel::update(reports::table.find(report).filter(reports::reported.is_null()))
        .set(reports::reported_name.eq(NOBODY))
        .execute(conn)?;
    Ok(())
}
