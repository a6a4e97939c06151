//! Leaving, and coming back within the grace.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection, PgConnection};

use super::erasure::EraseAccount;
use super::error::PrivacyError;
use super::queries;
use crate::accounts::{self, AccountState, Accounts, SecurityEvent, SessionId, UserId, Visitor};
use crate::db::Db;
use crate::mail::{self, MailKind};
use crate::{jobs, moderation, profiles};

/// An account that is going to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaving {
    /// When; a login before then brings everything back.
    pub erase_at: DateTime<Utc>,
}

/// Marks one's own account for deletion, if the password is right.
pub async fn ask_deletion(
    db: &Db,
    accounts: &Arc<Accounts>,
    (user, session): (UserId, SessionId),
    password: &str,
    grace: Duration,
    visitor: Visitor,
) -> Result<Leaving, PrivacyError> {
    accounts::confirm_password(db, accounts, (user, session), password, visitor).await?;
    db.run(move |conn| leave(conn, user, grace)).await
}

/// Marks an account for deletion: out of everybody's sight and signed out everywhere at once, erased after `grace`. A
/// repeat never makes it later.
pub fn leave(conn: &mut PgConnection, user: UserId, grace: Duration) -> Result<Leaving, PrivacyError> {
    let grace = TimeDelta::from_std(grace).unwrap_or(TimeDelta::MAX);
    conn.transaction(|conn| {
        accounts::set_account_state(conn, user, AccountState::Deleting)?;
        profiles::set_away(conn, user, true)?;
        let erase_at = queries::note_deletion(conn, user, Utc::now() + grace)?;
        jobs::enqueue_at(conn, &EraseAccount::of(user), erase_at)?;
        mail::notify(conn, user, MailKind::Deletion)?;
        accounts::record_event(conn, user, SecurityEvent::DeletionAsked)?;
        accounts::revoke_all_sessions(conn, user, SecurityEvent::DeletionAsked)?;
        tracing::info!(%user, %erase_at, "an account is to be deleted");
        Ok(Leaving { erase_at })
    })
}

/// What a login changes for somebody who may be leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ComeBack {
    /// Nothing: there was no deletion to take back.
    NotLeaving,
    /// All is as it was.
    Restored,
    /// A moderator keeps them out, and the deletion goes on; the session of the login has ended.
    KeptOut,
}

/// Takes a deletion back, because its owner has logged in, unless a moderator keeps them out.
pub fn come_back(conn: &mut PgConnection, user: UserId) -> Result<ComeBack, PrivacyError> {
    conn.transaction(|conn| {
        if !queries::is_leaving(conn, user)?
            || accounts::account_state(conn, user)? != Some(AccountState::Deleting)
        {
            return Ok(ComeBack::NotLeaving);
        }
        if moderation::standing_sanction(conn, user)?.is_some() {
            accounts::revoke_all_sessions(conn, user, SecurityEvent::Moderation)?;
            return Ok(ComeBack::KeptOut);
        }
        queries::drop_deletion(conn, user)?;
        accounts::set_account_state(conn, user, AccountState::Active)?;
        profiles::set_away(conn, user, false)?;
        accounts::record_event(conn, user, SecurityEvent::DeletionUndone)?;
        tracing::info!(%user, "a deletion was taken back");
        Ok(ComeBack::Restored)
    })
}
