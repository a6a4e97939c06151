//! What moderators do. To anybody else none of it exists, and to a moderator nothing that they have a part in.

use std::collections::HashMap;

use diesel::{Connection, PgConnection};
use uuid::Uuid;

use super::error::ModerationError;
use super::report::{Note, QuotedMessage, Report, ReportPosition, Statement};
use super::sanction::{Decision, Sanction};
use super::sanctions::{self, Verdict};
use super::{evidence, report_queries as queries, sanction_queries};
use crate::accounts::{self, Accounts, SecurityEvent, UserId};

/// Usernames of those who are still there.
pub type Names = HashMap<UserId, String>;

/// A report with all that is known.
#[derive(Debug)]
pub struct Case {
    /// The report.
    pub report: Report,
    /// The messages that it names, copied.
    pub messages: Vec<QuotedMessage>,
    /// Keys of the copies of the photos that it names.
    pub photos: Vec<String>,
    /// What moderators wrote.
    pub notes: Vec<Note>,
    /// Earlier sanctions of the reported person, the newest first.
    pub sanctions: Vec<Sanction>,
    /// Who everybody is.
    pub names: Names,
}

/// The most earlier sanctions that are shown beside a report.
const SANCTIONS_SHOWN: i64 = 100;

fn only_moderators(conn: &mut PgConnection, user: UserId) -> Result<(), ModerationError> {
    match accounts::is_moderator(conn, user)? {
        true => Ok(()),
        false => Err(ModerationError::NotFound),
    }
}

fn names(
    conn: &mut PgConnection,
    people: impl IntoIterator<Item = Option<UserId>>,
) -> Result<Names, ModerationError> {
    let ids: Vec<UserId> = people.into_iter().flatten().collect();
    Ok(accounts::account_names(conn, &ids)?.into_iter().collect())
}

/// Reports that wait, or are decided, the oldest first.
pub fn queue(
    conn: &mut PgConnection,
    moderator: UserId,
    decided: bool,
    after: Option<ReportPosition>,
    limit: i64,
) -> Result<(Vec<Report>, Names), ModerationError> {
    only_moderators(conn, moderator)?;
    let reports = queries::queue(conn, moderator, decided, after, limit)?;
    let names = names(conn, reports.iter().flat_map(|report| [report.reporter, report.reported]))?;
    Ok((reports, names))
}

/// One report with what it is judged by.
pub fn case(conn: &mut PgConnection, moderator: UserId, id: Uuid) -> Result<Case, ModerationError> {
    only_moderators(conn, moderator)?;
    let report = queries::find(conn, moderator, id)?.ok_or(ModerationError::NotFound)?;
    let (messages, photos) = (queries::messages(conn, id)?, queries::photos(conn, id)?);
    let notes = queries::notes(conn, id)?;
    let sanctions = match report.reported {
        Some(user) => sanction_queries::of_user(conn, user, None, SANCTIONS_SHOWN)?,
        None => Vec::new(),
    };
    let people = notes.iter().map(|note| note.moderator).chain([report.reporter, report.reported]);
    let names = names(conn, people)?;
    Ok(Case { report, messages, photos, notes, sanctions, names })
}

/// Writes something beside a report, for moderators.
pub fn add_note(
    conn: &mut PgConnection,
    moderator: UserId,
    id: Uuid,
    text: &Statement,
) -> Result<(Note, Names), ModerationError> {
    only_moderators(conn, moderator)?;
    queries::find(conn, moderator, id)?.ok_or(ModerationError::NotFound)?;
    let note = queries::insert_note(conn, id, moderator, text.as_str())?;
    Ok((note, names(conn, [Some(moderator)])?))
}

/// Ends a report, once, with what follows for the reported person.
pub fn decide(
    conn: &mut PgConnection,
    accounts: &Accounts,
    moderator: UserId,
    id: Uuid,
    decision: &Decision,
) -> Result<(Report, Names), ModerationError> {
    conn.transaction(|conn| {
        only_moderators(conn, moderator)?;
        let report = queries::lock(conn, moderator, id)?.ok_or(ModerationError::NotFound)?;
        if report.outcome.is_some() {
            return Err(ModerationError::AlreadyDecided);
        }
        let report = queries::decide(conn, id, moderator, decision.outcome())?;
        if let Some(decided_at) = report.decided_at {
            evidence::expect_end(conn, id, decided_at)?;
        }
        accounts::record_event(conn, moderator, SecurityEvent::Moderation.about(id))?;
        tracing::info!(user = %moderator, report = %id, outcome = decision.outcome().as_str(), "report decided");
        let names = names(conn, [report.reporter, report.reported])?;
        if let Decision::Sanction { term, kind, rule, reason, evidence } = decision {
            let user = report.reported.ok_or(ModerationError::ReportedGone)?;
            accounts::record_event(conn, user, SecurityEvent::Moderation.about(id))?;
            let (term, kind, rule) = (*term, *kind, *rule);
            // Last: it stops tokens, and what comes after would only make others wait.
            sanctions::impose(conn, accounts, &Verdict { report: id, user, kind, term, rule, reason, evidence })?;
        }
        Ok((report, names))
    })
}

/// Appeals that wait for an answer, the oldest first.
pub fn appeals(
    conn: &mut PgConnection,
    moderator: UserId,
    after: Option<ReportPosition>,
    limit: i64,
) -> Result<(Vec<Sanction>, Names), ModerationError> {
    only_moderators(conn, moderator)?;
    let sanctions = sanction_queries::appeals(conn, moderator, after, limit)?;
    let names = names(conn, sanctions.iter().map(|sanction| Some(sanction.user)))?;
    Ok((sanctions, names))
}

/// Answers an appeal, once. A granted one ends the sanction.
pub fn answer_appeal(
    conn: &mut PgConnection,
    moderator: UserId,
    sanction: Uuid,
    granted: bool,
    text: &Statement,
) -> Result<(Sanction, Names), ModerationError> {
    conn.transaction(|conn| {
        only_moderators(conn, moderator)?;
        let user = sanction_queries::owner(conn, sanction)?.filter(|user| *user != moderator);
        let user = user.ok_or(ModerationError::NotFound)?;
        match sanction_queries::lock(conn, user, sanction)? {
            None | Some(Sanction { appealed_at: None, .. }) => return Err(ModerationError::NotFound),
            Some(Sanction { appeal_granted: Some(_), .. }) => return Err(ModerationError::AlreadyDecided),
            Some(_) => {}
        }
        if granted {
            sanctions::lift(conn, user, sanction)?;
        }
        accounts::record_event(conn, moderator, SecurityEvent::Moderation.about(sanction))?;
        let answered = sanction_queries::answer(conn, user, sanction, granted, text.as_str())?;
        Ok((answered, names(conn, [Some(user)])?))
    })
}
