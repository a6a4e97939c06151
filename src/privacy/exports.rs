//! The copy of everything: asked for, made by a job, fetched, removed after a week.

use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{Connection, PgConnection};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::archive::Archive;
use super::error::PrivacyError;
use super::exported::EXPORTED;
use super::personal_queries::{be_patient, each_row};
use super::queries::{self, ExportRow};
use crate::accounts::{self, SecurityEvent, UserId};
use crate::db::Db;
use crate::jobs::{self, Attempt, Job, JobError};
use crate::mail::{self, MailKind};
use crate::media::{MediaError, MediaStore};
use crate::photos::{self, ObjectKey, StoredFile};

/// How long a copy can be fetched.
const KEPT: TimeDelta = TimeDelta::days(7);

/// How soon another one is made.
const AGAIN_AFTER: TimeDelta = TimeDelta::days(1);

/// How long reading all rows may take.
const PATIENCE: Duration = Duration::from_secs(600);

/// The largest photo that is read back, in bytes.
const LARGEST_PHOTO: usize = 64 << 20;

/// Make a copy of everything.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct MakeExport {
    user: UserId,
    export: Uuid,
}

impl Job for MakeExport {
    const KIND: &'static str = "make_export";
    const ATTEMPTS: u32 = 8;
}

/// How far a copy is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportState {
    /// It is being made.
    Waiting,
    /// It can be fetched.
    Ready,
    /// It could not be made.
    Failed,
}

/// A copy of everything.
#[derive(Debug, Clone)]
pub struct Export {
    /// Its id.
    pub id: Uuid,
    /// How far it is.
    pub state: ExportState,
    /// Bytes.
    pub size: Option<i64>,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Until when it can be fetched.
    pub expires_at: Option<DateTime<Utc>>,
    /// Where it lies.
    pub key: String,
}

/// Where somebody's copies lie.
pub(super) fn prefix_of(user: UserId) -> String {
    let [spread, ..] = <[u8; 32]>::from(Sha256::digest(user.0.as_bytes()));
    format!("exports/{spread:02x}/{user}/")
}

fn key_of(user: UserId, id: Uuid) -> String {
    format!("{}{id}.zip", prefix_of(user))
}

fn read(user: UserId, row: ExportRow) -> Export {
    let state = match row.state.as_str() {
        "ready" => ExportState::Ready,
        "failed" => ExportState::Failed,
        _ => ExportState::Waiting,
    };
    let key = key_of(user, row.id);
    Export { id: row.id, state, size: row.size, asked_at: row.asked_at, expires_at: row.expires_at, key }
}

/// The newest copy, if there is one.
pub fn export_of(conn: &mut PgConnection, user: UserId) -> Result<Option<Export>, PrivacyError> {
    accounts::own_account(conn, user)?.ok_or(PrivacyError::Gone)?;
    Ok(queries::newest_export(conn, user)?.map(|row| read(user, row)))
}

/// Asks for a copy. One that is being made, or is less than a day old, is given instead.
pub fn ask_export(conn: &mut PgConnection, user: UserId) -> Result<Export, PrivacyError> {
    conn.transaction(|conn| {
        // Two who ask at once get the same one.
        accounts::lock_account(conn, user)?.ok_or(PrivacyError::Gone)?;
        if let Some(export) = queries::newest_export(conn, user)?.map(|row| read(user, row))
            && export.state != ExportState::Failed
            && (export.state == ExportState::Waiting || export.asked_at > Utc::now() - AGAIN_AFTER)
        {
            return Ok(export);
        }
        let id = Uuid::now_v7();
        queries::insert_export(conn, user, id)?;
        jobs::enqueue(conn, &MakeExport { user, export: id })?;
        accounts::record_event(conn, user, SecurityEvent::Export)?;
        queries::newest_export(conn, user)?.map(|row| read(user, row)).ok_or(PrivacyError::Gone)
    })
}

/// Does the job.
pub async fn make_export(
    db: &Db,
    media: &MediaStore,
    job: MakeExport,
    attempt: Attempt,
) -> Result<(), JobError> {
    let made = make(db, media, job).await;
    let Err(error) = made else { return Ok(()) };
    if attempt.is_last {
        let failed =
            db.run(move |conn| Ok::<_, PrivacyError>(queries::mark_failed(conn, job.user, job.export)?));
        failed.await.map_err(JobError::later)?;
    }
    Err(JobError::later(error))
}

async fn make(db: &Db, media: &MediaStore, job: MakeExport) -> Result<(), PrivacyError> {
    let (user, id) = (job.user, job.export);
    if !db.run(move |conn| Ok::<_, PrivacyError>(queries::is_waiting(conn, user, id)?)).await? {
        return Ok(());
    }
    let (mut archive, files) = db.run_for(PATIENCE, move |conn| write_rows(conn, user)).await?;
    for file in files {
        let object = match media.get(file.key.as_str(), file.limit).await {
            // Removed meanwhile.
            Err(MediaError::NotFound) => continue,
            object => object?,
        };
        let name = format!("{}/{}", file.folder, file.key.as_str().rsplit('/').next().unwrap_or_default());
        archive = blocking(move || {
            archive.file(&name, &object.bytes)?;
            Ok(archive)
        })
        .await?;
    }
    let (path, length) = blocking(move || archive.finish()).await?;
    media.put_file(&key_of(user, id), "application/zip", &PathBuf::from(&*path), length).await?;
    let is_wanted = db.run(move |conn| conn.transaction(|conn| finish(conn, user, id, length))).await?;
    if !is_wanted {
        media.delete(&key_of(user, id)).await?;
    }
    tracing::info!(%user, export = %id, length, "a copy of everything was made");
    Ok(())
}

fn finish(conn: &mut PgConnection, user: UserId, id: Uuid, length: u64) -> Result<bool, PrivacyError> {
    let size = i64::try_from(length).unwrap_or(i64::MAX);
    let is_wanted = queries::mark_ready(conn, (user, id), size, Utc::now() + KEPT)?;
    if is_wanted {
        mail::notify(conn, user, MailKind::ExportReady)?;
    }
    Ok(is_wanted)
}

/// An object that is part of the copy.
struct Included {
    folder: &'static str,
    key: ObjectKey,
    /// It has at most so many bytes.
    limit: usize,
}

/// All rows as they are at one moment, and which objects belong to them.
fn write_rows(conn: &mut PgConnection, user: UserId) -> Result<(Archive, Vec<Included>), PrivacyError> {
    conn.build_transaction().read_only().repeatable_read().run(|conn| {
        be_patient(conn)?;
        let mut archive = Archive::create()?;
        for exported in EXPORTED {
            let mut list = archive.list(exported.file)?;
            each_row(conn, exported.sql, user, |row| list.push(row))?;
            list.end()?;
        }
        let photos = photos::photo_keys(conn, &[user])?.remove(&user).unwrap_or_default();
        let photo = |key| Included { folder: "photos", key, limit: LARGEST_PHOTO };
        let document = |file: StoredFile| Included {
            folder: "documents",
            key: file.key,
            limit: usize::try_from(file.size).unwrap_or_default(),
        };
        let documents = photos::own_documents(conn, user)?.into_iter().map(document);
        Ok((archive, photos.into_iter().map(photo).chain(documents).collect()))
    })
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PrivacyError> + Send + 'static,
) -> Result<T, PrivacyError> {
    let done = actix_web::web::block(work).await;
    done.map_err(|error| PrivacyError::Archive(error.to_string()))?
}

/// Removes copies that are a week old, objects first; gives how many there were.
pub async fn remove_expired(db: &Db, media: &MediaStore) -> Result<usize, PrivacyError> {
    let expired = db.run(|conn| Ok::<_, PrivacyError>(queries::expired_exports(conn)?)).await?;
    let count = expired.len();
    for (user, id) in expired {
        media.delete(&key_of(user, id)).await?;
        db.run(move |conn| Ok::<_, PrivacyError>(queries::delete_export(conn, user, id)?)).await?;
    }
    Ok(count)
}
