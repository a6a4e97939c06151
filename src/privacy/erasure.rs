//! The end of an account: rows, objects and everything derived, by a job that goes on where a crash stopped it.
//!
//! Objects go first and rows last, with the row that says that it is due: until then the job finds it again.

use chrono::{TimeDelta, Utc};
use diesel::{Connection, PgConnection};
use serde::{Deserialize, Serialize};

use super::error::PrivacyError;
use super::personal_queries::be_patient;
use super::{erasure_queries, exports, queries};
use crate::accounts::{self, AccountState, SecurityEvent, UserId};
use crate::db::Db;
use crate::jobs::{self, Job, JobError};
use crate::mail::{self, Mail};
use crate::mailer::Mailer;
use crate::media::MediaStore;
use crate::{matches, moderation, photos, profiles};

/// How long erasing rows may take.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(120);

/// An account that is overdue by so much has lost its job.
const OVERDUE: TimeDelta = TimeDelta::hours(2);

/// Erase an account that is due.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct EraseAccount {
    user: UserId,
}

impl EraseAccount {
    pub(super) fn of(user: UserId) -> Self {
        Self { user }
    }
}

impl Job for EraseAccount {
    const KIND: &'static str = "erase_account";
    const ATTEMPTS: u32 = 50;
}

/// Does the job; an account that isn't due, because its owner came back, stays.
pub async fn erase(db: &Db, media: &MediaStore, mail: &Mail, job: EraseAccount) -> Result<(), JobError> {
    erase_all(db, media, mail, job.user).await.map_err(JobError::later)
}

async fn erase_all(db: &Db, media: &MediaStore, mail: &Mail, user: UserId) -> Result<(), PrivacyError> {
    if !db.run(move |conn| conn.transaction(|conn| shut(conn, user))).await? {
        return Ok(());
    }
    for prefix in photos::prefixes_of(user).into_iter().chain([exports::prefix_of(user)]) {
        media.delete_all(&prefix).await?;
    }
    let mailer = mail.mailer.clone();
    db.run_for(PATIENCE, move |conn| conn.transaction(|conn| erase_rows(conn, &mailer, user))).await?;
    tracing::info!(%user, "an account was erased");
    Ok(())
}

/// Makes sure that nobody comes back from here on; tells whether the account is due at all.
fn shut(conn: &mut PgConnection, user: UserId) -> Result<bool, PrivacyError> {
    let is_due = queries::is_due(conn, user)?;
    if is_due {
        accounts::set_account_state(conn, user, AccountState::Deleted)?;
    }
    Ok(is_due)
}

/// What others may still read stays, with a name that says nothing; without such, not even that.
fn erase_rows(conn: &mut PgConnection, mailer: &Mailer, user: UserId) -> Result<(), PrivacyError> {
    be_patient(conn)?;
    mail::forget(conn, mailer, user)?;
    profiles::forget_tags(conn, user)?;
    moderation::part(conn, user)?;
    if matches::part(conn, user)? {
        erasure_queries::delete_belongings(conn, user)?;
        profiles::erase_profile(conn, user)?;
        accounts::entomb(conn, user)?;
    } else {
        accounts::delete_account(conn, user)?;
    }
    accounts::record_event(conn, user, SecurityEvent::Deleted)?;
    Ok(())
}

/// Sees to accounts whose job was lost, and takes the last traces of deleted people away once nobody reads them any
/// more. Gives how many accounts are gone.
pub fn erase_overdue(conn: &mut PgConnection) -> Result<usize, PrivacyError> {
    for user in queries::due_before(conn, Utc::now() - OVERDUE)? {
        jobs::enqueue(conn, &EraseAccount::of(user))?;
    }
    let mut gone = 0;
    for user in accounts::entombed(conn)? {
        gone += conn.transaction(|conn| {
            if matches::part(conn, user)? {
                return Ok::<_, PrivacyError>(0);
            }
            accounts::delete_account(conn, user)?;
            Ok(1)
        })?;
    }
    Ok(gone)
}
