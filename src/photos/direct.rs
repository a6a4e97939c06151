//! Uploads straight to the bucket: a link to put one object into quarantine, and making a photo of what arrived.
//!
//! Nothing is ever served from quarantine: what arrived goes through the same checks as any upload and is kept under a
//! new key. Until its link ends an object can be put there again; the sweep removes it after that.

use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::Utc;
use diesel::{Connection, PgConnection};
use futures_util::future::join_all;
use uuid::Uuid;

use super::actions::{NewFile, Photos, check_room};
use super::error::PhotoError;
use super::photo::{FileKind, ObjectKey, StoredFile, id_in};
use super::queries;
use super::upload::{Announced, Purpose, Upload, UploadState, Waiting};
use super::upload_queries::{self, NewUploadRow};
use crate::accounts::UserId;
use crate::db::{DbError, foreign_key_violation};
use crate::media::{MediaError, PresignedPut};

/// Links to put something never live longer than this.
const LONGEST_LINK: Duration = Duration::from_secs(300);

/// Uploads of one person whose links are good at one time.
const MAX_OPEN: i64 = 50;

/// How long one waits for somebody else who is confirming the same upload.
const PATIENCE: Duration = Duration::from_secs(8);
const ASK_AGAIN: Duration = Duration::from_millis(100);

/// Leave to put one object into quarantine.
#[derive(Debug, Clone)]
pub struct Grant {
    /// What to confirm by.
    pub key: ObjectKey,
    /// The link.
    pub put: PresignedPut,
}

/// What came of a confirmation.
#[derive(Debug, Clone)]
pub struct Confirmed {
    /// The file.
    pub file: StoredFile,
    /// Whether it became one just now.
    pub is_new: bool,
}

enum Claim {
    Mine(Box<Upload>, Uuid),
    Done(Box<StoredFile>),
    Busy,
}

impl Photos {
    /// Lets somebody put one object of exactly this type and, if it is known, this length.
    pub async fn grant(&self, user: UserId, announced: Announced) -> Result<Grant, PhotoError> {
        let (id, kind) = (Uuid::new_v4(), announced.kind);
        let extension = kind.extensions.first().copied().unwrap_or_default();
        let key = ObjectKey::quarantined(user, id, extension);
        let life = self.link_life.min(LONGEST_LINK);
        let put = match announced.size {
            Some(size) => self.media.presign_put(key.as_str(), kind.mime, size, life).await?,
            None => self.media.presign_put_of_any_length(key.as_str(), kind.mime, life).await?,
        };
        let row = NewUploadRow {
            user_id: user,
            id,
            key: key.clone(),
            filename: announced.filename,
            content_type: kind.mime,
            size: announced.size.map(|size| i64::try_from(size).unwrap_or(i64::MAX)),
            purpose: announced.purpose.as_str(),
            expires_at: put.expires_at,
        };
        let limit = match announced.purpose {
            Purpose::Photo => Some((FileKind::Photo, self.limit(FileKind::Photo))),
            Purpose::Document => Some((FileKind::Document, self.limit(FileKind::Document))),
            // It gets the place of the one that is.
            Purpose::ProfileImage => None,
        };
        self.db.run(move |conn| conn.transaction(|conn| let_in(conn, &row, limit))).await?;
        tracing::info!(%user, upload = %id, kind = kind.name, size = announced.size, "upload URL issued");
        Ok(Grant { key, put })
    }

    /// Makes a file of what arrived. Asked again, it gives the same file.
    pub async fn confirm(&self, user: UserId, key: &str) -> Result<Confirmed, PhotoError> {
        let begun = Instant::now();
        loop {
            let key = key.to_owned();
            let claim = self.db.run(move |conn| conn.transaction(|conn| claim(conn, user, &key))).await?;
            match claim {
                Claim::Done(file) => return Ok(Confirmed { file: *file, is_new: false }),
                Claim::Mine(upload, file) => {
                    let file = Box::pin(self.take(user, *upload, file)).await?;
                    return Ok(Confirmed { file, is_new: true });
                }
                Claim::Busy if begun.elapsed() > PATIENCE => return Err(PhotoError::UploadBusy),
                Claim::Busy => tokio::time::sleep(ASK_AGAIN).await,
            }
        }
    }

    /// Confirms what has arrived of these uploads, in their order; whether the owner's files may have changed. What
    /// can't be kept is left for its owner to ask about.
    pub async fn confirm_waiting(&self, user: UserId, waiting: Vec<Waiting>) -> bool {
        let arrived = join_all(waiting.iter().map(|upload| self.media.head(upload.key.as_str()))).await;
        let mut changed = false;
        for (upload, arrived) in waiting.iter().zip(arrived) {
            match arrived {
                Ok(_) => match self.confirm(user, upload.key.as_str()).await {
                    Ok(_) => changed = true,
                    Err(error) => {
                        tracing::info!(%user, upload = %upload.id, %error, "an upload was not confirmed")
                    }
                },
                // Perhaps whoever claimed it has just made it a file.
                Err(MediaError::NotFound) => changed |= upload.is_claimed,
                Err(error) => {
                    tracing::warn!(%user, upload = %upload.id, %error, "an upload could not be looked at")
                }
            }
        }
        changed
    }

    async fn take(&self, user: UserId, upload: Upload, file: Uuid) -> Result<StoredFile, PhotoError> {
        let guard = ClaimGuard(Some((self.clone(), user, upload.id, file)));
        let replaces = upload.purpose == Purpose::ProfileImage;
        let new = NewFile { id: file, replaces, upload: Some(upload.id) };
        let prepared = self.prepare(upload.filename.clone(), upload.wanted(), self.fetch(&upload));
        let kept = self.keep(user, new, prepared).await;
        guard.disarm();
        match &kept {
            Ok(_) => {
                if let Err(error) = self.media.delete(upload.key.as_str()).await {
                    tracing::warn!(%user, upload = %upload.id, %error, "what arrived is left for the sweep");
                }
            }
            Err(error) => {
                let state = if error.is_final() { "refused" } else { "pending" };
                tracing::info!(%user, upload = %upload.id, %error, "an upload was not kept");
                self.release(user, upload.id, file, state).await?;
            }
        }
        kept
    }

    /// What arrived, if it is as long as announced, or no longer than any file may be.
    async fn fetch(&self, upload: &Upload) -> Result<Bytes, PhotoError> {
        let announced = upload.size.map(|size| usize::try_from(size).unwrap_or_default());
        match (self.media.get(upload.key.as_str(), announced.unwrap_or(self.max_size)).await, announced) {
            (Ok(object), None) => Ok(object.bytes),
            (Ok(object), Some(announced)) if object.bytes.len() == announced => Ok(object.bytes),
            (Ok(_) | Err(MediaError::TooLarge { .. }), Some(announced)) => {
                Err(PhotoError::NotAsAnnounced { announced })
            }
            (Err(MediaError::TooLarge { limit }), None) => Err(PhotoError::TooLarge { limit }),
            (Err(MediaError::NotFound), _) if upload.expires_at < Utc::now() => {
                Err(PhotoError::UploadExpired)
            }
            (Err(MediaError::NotFound), _) => Err(PhotoError::NotArrived),
            (Err(error), _) => Err(error.into()),
        }
    }

    async fn release(
        &self,
        user: UserId,
        id: Uuid,
        file: Uuid,
        state: &'static str,
    ) -> Result<(), PhotoError> {
        let work = move |conn: &mut PgConnection| upload_queries::release(conn, user, id, file, state);
        self.db.run(move |conn| Ok::<_, PhotoError>(work(conn)?)).await?;
        Ok(())
    }

    /// Removes uploads whose links have ended, and whatever was put by them.
    pub(super) async fn sweep_uploads(&self) -> Result<usize, PhotoError> {
        let over = self.db.run(|conn| Ok::<_, PhotoError>(upload_queries::over(conn)?)).await?;
        let mut swept = 0;
        for (user, id, key) in over {
            match self.end_upload(user, id, &key).await {
                Ok(()) => swept += 1,
                Err(error) => tracing::warn!(%user, upload = %id, %error, "an upload could not be swept"),
            }
        }
        Ok(swept)
    }

    /// Removes what was put, then the upload's row.
    pub(super) async fn end_upload(&self, user: UserId, id: Uuid, key: &ObjectKey) -> Result<(), PhotoError> {
        self.media.delete(key.as_str()).await?;
        self.db.run(move |conn| Ok::<_, PhotoError>(upload_queries::delete(conn, user, id)?)).await?;
        Ok(())
    }
}

/// Uploads of somebody that may have arrived since.
pub fn waiting_uploads(conn: &mut PgConnection, user: UserId) -> Result<Vec<Waiting>, DbError> {
    Ok(upload_queries::waiting(conn, user)?)
}

fn let_in(
    conn: &mut PgConnection,
    row: &NewUploadRow,
    limit: Option<(FileKind, usize)>,
) -> Result<(), PhotoError> {
    queries::lock_files_of(conn, row.user_id)?;
    if upload_queries::count_open(conn, row.user_id)? >= MAX_OPEN {
        return Err(PhotoError::TooManyUploads);
    }
    if let Some((kind, limit)) = limit {
        check_room(conn, row.user_id, kind, limit)?;
    }
    upload_queries::insert(conn, row).map_err(|error| match foreign_key_violation(&error) {
        true => PhotoError::Gone,
        false => error.into(),
    })?;
    Ok(())
}

fn claim(conn: &mut PgConnection, user: UserId, key: &str) -> Result<Claim, PhotoError> {
    let id = id_in(key).ok_or(PhotoError::NotFound)?;
    let upload = upload_queries::find_locked(conn, user, id)?;
    let upload = upload.filter(|upload| upload.is_named(key)).ok_or(PhotoError::NotFound)?;
    let now = Utc::now();
    if let (UploadState::Confirmed, Some(file)) = (upload.state, upload.file) {
        let file = queries::find_ready(conn, user, file)?.ok_or(PhotoError::NotFound)?;
        return Ok(Claim::Done(Box::new(file.into())));
    }
    if upload.is_busy(now) {
        return Ok(Claim::Busy);
    }
    if upload.is_over(now) {
        return Err(PhotoError::UploadExpired);
    }
    let file = Uuid::new_v4();
    upload_queries::claim(conn, user, &upload, file)?;
    Ok(Claim::Mine(Box::new(upload), file))
}

/// Gives a claim back when the request is dropped half-way.
struct ClaimGuard(Option<(Photos, UserId, Uuid, Uuid)>);

impl ClaimGuard {
    fn disarm(mut self) {
        self.0 = None;
    }
}

impl Drop for ClaimGuard {
    fn drop(&mut self) {
        let Some((photos, user, id, file)) = self.0.take() else { return };
        actix_web::rt::spawn(async move {
            if let Err(error) = photos.release(user, id, file, "pending").await {
                tracing::warn!(%user, upload = %id, %error, "a claim is left to lapse");
            }
        });
    }
}
