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
    let mails = db.run(move |conn| conn.transaction(|conn| shut(conn, user))).await?;
    let Some(mails) = mails else { return Ok(()) };
    mail.mailer.forget(&mails).await?;
    for prefix in photos::prefixes_of(user).into_iter().chain([exports::prefix_of(user)]) {
        media.delete_all(&prefix).await?;
    }
    db.run_for(PATIENCE, move |conn| conn.transaction(|conn| erase_rows(conn, user))).await?;
    tracing::info!(%user, "an account was erased");
    Ok(())
}

/// Makes sure that nobody comes back from here on; `None` if the account isn't due. Gives the mails that were sent.
fn shut(conn: &mut PgConnection, user: UserId) -> Result<Option<Vec<uuid::Uuid>>, PrivacyError> {
    if !queries::is_due(conn, user)? {
        return Ok(None);
    }
    accounts::set_account_state(conn, user, AccountState::Deleted)?;
    Ok(Some(mail::ids(conn, user)?))
}

/// What others may still read stays, with a name that says nothing; without such, not even that.
fn erase_rows(conn: &mut PgConnection, user: UserId) -> Result<(), PrivacyError> {
    be_patient(conn)?;
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
