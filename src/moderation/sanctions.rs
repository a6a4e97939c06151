//! Keeping people out, telling them why, and letting them in again.

use chrono::Utc;
use diesel::{Connection, PgConnection};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::ModerationError;
use super::ground::Ground;
use super::report::{ReportPosition, Statement};
use super::sanction::{Sanction, SanctionKind};
use super::sanction_queries::{self as queries, NewSanction};
use crate::accounts::{self, AccountState, Accounts, SecurityEvent, UserId};
use crate::db::Db;
use crate::jobs::{self, Job, JobError};
use crate::profiles;

/// Lets somebody in again when a suspension is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct EndSuspension {
    user: UserId,
    sanction: Uuid,
}

impl Job for EndSuspension {
    const KIND: &'static str = "end_suspension";
}

/// What is laid on somebody, and why.
pub(super) struct Verdict<'a> {
    pub(super) report: Uuid,
    pub(super) user: UserId,
    pub(super) kind: SanctionKind,
    pub(super) term: Option<chrono::TimeDelta>,
    pub(super) rule: Ground,
    pub(super) reason: &'a Statement,
    pub(super) evidence: &'a Statement,
}

/// Writes a sanction down and makes it work, inside the caller's transaction: who is kept out is out of sight at once,
/// and out of every session within a second of the commit.
pub(super) fn impose(
    conn: &mut PgConnection,
    accounts: &Accounts,
    verdict: &Verdict<'_>,
) -> Result<Sanction, ModerationError> {
    let user = verdict.user;
    let new = NewSanction {
        user_id: user,
        id: Uuid::now_v7(),
        report_id: verdict.report,
        kind: verdict.kind.as_str(),
        rule: verdict.rule.as_str(),
        reason: verdict.reason.as_str(),
        evidence: verdict.evidence.as_str(),
        ends_at: verdict.term.map(|term| Utc::now() + term),
    };
    let sanction = queries::insert(conn, &new)?;
    if verdict.kind == SanctionKind::Warning {
        return Ok(sanction);
    }
    if let Some(ends_at) = sanction.ends_at {
        jobs::enqueue_at(conn, &EndSuspension { user, sanction: sanction.id }, ends_at)?;
    }
    if verdict.kind == SanctionKind::Ban {
        accounts::ban_addresses(conn, accounts, user)?;
    }
    apply_standing(conn, user)?;
    accounts::revoke_all_sessions(conn, user, SecurityEvent::Moderation)?;
    Ok(sanction)
}

/// Makes the account's state what its sanctions say. An account that is leaving or gone stays so.
fn apply_standing(conn: &mut PgConnection, user: UserId) -> Result<(), ModerationError> {
    let standing = queries::standing(conn, user)?;
    let is_banned = standing.iter().any(|sanction| sanction.kind == SanctionKind::Ban);
    let state = match standing.is_empty() {
        true => AccountState::Active,
        false if is_banned => AccountState::Banned,
        false => AccountState::Suspended,
    };
    if !is_banned {
        accounts::unban_addresses(conn, user)?;
    }
    match accounts::account_state(conn, user)? {
        Some(AccountState::Active | AccountState::Suspended | AccountState::Banned) => {}
        Some(AccountState::Deleting | AccountState::Deleted) | None => return Ok(()),
    }
    accounts::set_account_state(conn, user, state)?;
    profiles::set_away(conn, user, !standing.is_empty())?;
    Ok(())
}

/// Ends a sanction, inside the caller's transaction; nothing if it has ended.
pub(super) fn lift(conn: &mut PgConnection, user: UserId, sanction: Uuid) -> Result<(), ModerationError> {
    if queries::lift(conn, user, sanction)? {
        apply_standing(conn, user)?;
        tracing::info!(%user, %sanction, "sanction lifted");
    }
    Ok(())
}

/// Does the job: later than asked for is fine, twice as well.
pub async fn end_suspension(db: &Db, job: EndSuspension) -> Result<(), JobError> {
    let end = move |conn: &mut PgConnection| {
        conn.transaction(|conn| match queries::lock(conn, job.user, job.sanction)? {
            Some(sanction) if sanction.ends_at.is_some_and(|at| at <= Utc::now()) => {
                lift(conn, job.user, job.sanction)
            }
            _ => Ok(()),
        })
    };
    db.run(end).await.map_err(JobError::later)
}

/// What keeps somebody out at present: a ban, or else the suspension that lasts longest.
pub fn standing_sanction(conn: &mut PgConnection, user: UserId) -> Result<Option<Sanction>, ModerationError> {
    Ok(queries::standing(conn, user)?.into_iter().next())
}

/// Somebody's own sanctions, the newest first.
pub fn own_sanctions(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<ReportPosition>,
    limit: i64,
) -> Result<Vec<Sanction>, ModerationError> {
    profiles::load_profile(conn, user)?;
    Ok(queries::of_user(conn, user, before, limit)?)
}

/// Says something against one's own sanction, once.
pub fn appeal(
    conn: &mut PgConnection,
    user: UserId,
    sanction: Uuid,
    text: &Statement,
) -> Result<Sanction, ModerationError> {
    conn.transaction(|conn| {
        let sanction = queries::lock(conn, user, sanction)?.ok_or(ModerationError::NotFound)?;
        match sanction {
            Sanction { appealed_at: Some(_), .. } => Err(ModerationError::AlreadyAppealed),
            Sanction { lifted_at: Some(_), .. } => Err(ModerationError::SanctionOver),
            Sanction { id, .. } => Ok(queries::appeal(conn, user, id, text.as_str())?),
        }
    })
}
