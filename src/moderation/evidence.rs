//! Copies of what a report names. They are made when it is made, and outlive the originals; 180 days after the decision,
//! or after the end of the account that nobody decided on, they go.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection, PgConnection};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::error::ModerationError;
use super::report_queries::{self as queries, Age};
use crate::accounts::UserId;
use crate::db::Db;
use crate::jobs::{self, Job, JobError};
use crate::media::MediaStore;
use crate::photos::ObjectKey;

/// How long evidence is kept after the decision.
pub const RETENTION: TimeDelta = TimeDelta::days(180);

/// No report takes this long to be written: copies without one are nobody's then.
const GRACE: TimeDelta = TimeDelta::minutes(15);

/// The largest photo that is copied, in bytes: larger than any that is kept.
const LARGEST: usize = 64 << 20;

/// Removes the copies of a report that was never written down, or was decided long enough ago. Otherwise does nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetEvidence {
    report: Uuid,
}

impl Job for ForgetEvidence {
    const KIND: &'static str = "forget_evidence";
}

fn prefix(report: Uuid) -> String {
    format!("evidence/{report}/")
}

/// Copies that may be left without their report are looked for later.
pub(super) fn expect_copies(conn: &mut PgConnection, report: Uuid) -> Result<(), ModerationError> {
    Ok(jobs::enqueue_at(conn, &ForgetEvidence { report }, Utc::now() + GRACE)?)
}

/// Evidence of a report decided at that time goes when it was kept long enough.
pub(super) fn expect_end(
    conn: &mut PgConnection,
    report: Uuid,
    decided_at: DateTime<Utc>,
) -> Result<(), ModerationError> {
    Ok(jobs::enqueue_at(conn, &ForgetEvidence { report }, decided_at + RETENTION)?)
}

/// Copies photos under the report's own prefix; gives the copies' keys. One that is gone is
/// [`ModerationError::UnknownPhoto`] with its place.
pub(super) async fn copy(
    media: &MediaStore,
    report: Uuid,
    photos: &[ObjectKey],
) -> Result<Vec<String>, ModerationError> {
    let mut keys = Vec::with_capacity(photos.len());
    for (number, photo) in photos.iter().enumerate() {
        let original = media.get(photo.as_str(), LARGEST).await.map_err(|error| match error {
            crate::media::MediaError::NotFound => ModerationError::UnknownPhoto(number),
            error => error.into(),
        })?;
        let extension = photo.as_str().rsplit('.').next().unwrap_or("jpg");
        let key = format!("{}{number}.{extension}", prefix(report));
        let content_type = original.info.content_type.as_deref().unwrap_or("image/jpeg");
        media.put(&key, content_type, original.bytes).await?;
        keys.push(key);
    }
    Ok(keys)
}

/// Lets go of an account that is about to be erased, inside the caller's transaction. Its reports stay for their time,
/// nobody's.
pub fn part(conn: &mut PgConnection, user: UserId) -> Result<(), ModerationError> {
    let undecided = queries::open_about(conn, user)?;
    queries::forget_person(conn, user)?;
    for report in undecided {
        jobs::enqueue_at(conn, &ForgetEvidence { report }, Utc::now() + RETENTION)?;
    }
    Ok(())
}

/// Does the job.
pub async fn forget(db: &Db, media: &MediaStore, job: ForgetEvidence) -> Result<(), JobError> {
    let report = job.report;
    let age = db.run(move |conn| Ok::<_, ModerationError>(queries::age(conn, report)?));
    let is_due = match age.await.map_err(JobError::later)? {
        None => true,
        Some(Age { decided_at: Some(at), .. }) => at + RETENTION <= Utc::now(),
        Some(Age { reported, created_at, .. }) => reported.is_none() && created_at + RETENTION <= Utc::now(),
    };
    if !is_due {
        return Ok(());
    }
    loop {
        let page = media.list(&prefix(report), None).await.map_err(JobError::later)?;
        if page.objects.is_empty() {
            break;
        }
        for object in page.objects {
            media.delete(&object.key).await.map_err(JobError::later)?;
        }
    }
    let forget = move |conn: &mut PgConnection| {
        conn.transaction(|conn| Ok::<_, ModerationError>(queries::drop_evidence(conn, report)?))
    };
    db.run(forget).await.map_err(JobError::later)
}
