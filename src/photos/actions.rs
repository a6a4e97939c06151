//! Keeping files: the row first, then the objects, then the row is ready. Whatever fails in between is undone.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use diesel::{Connection, PgConnection};
use futures_util::future::try_join_all;
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::error::PhotoError;
use super::event::FileAction;
use super::image::{self, Darkroom, Rendition};
use super::photo::{FileKind, ObjectKey, StoredFile, display_name};
use super::prepared::{Prepared, Wanted};
use super::preparing::COURIERS;
use super::queries::{self, NewFileRow};
use super::sweep::UploadGuard;
use super::trail::{Deed, record, record_replaced};
use super::upload_queries;
use super::variant::Variant;
use crate::accounts::UserId;
use crate::config::{PhotoConfig, UploadType};
use crate::db::{Db, DbError, foreign_key_violation};
use crate::media::MediaStore;

/// What keeping photos needs.
#[derive(Clone)]
pub struct Photos {
    pub(super) db: Db,
    pub(super) media: MediaStore,
    pub(super) link_life: Duration,
    pub(super) allowed: Arc<[&'static UploadType]>,
    max_photos: usize,
    max_documents: usize,
    /// Bytes of a file at most.
    pub(super) max_size: usize,
    pub(super) darkroom: Arc<Darkroom>,
    pub(super) enlargers: Arc<Semaphore>,
    pub(super) couriers: Arc<Semaphore>,
}

/// What becomes a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewFile {
    pub(super) id: Uuid,
    /// Whether it takes the place of the profile image.
    pub(super) replaces: bool,
    /// The upload straight to the bucket that it came by.
    pub(super) upload: Option<Uuid>,
}

impl Photos {
    /// Photos in `media`, rows in `db`.
    pub fn new(db: Db, media: MediaStore, config: &PhotoConfig) -> Self {
        Self {
            db,
            media,
            link_life: config.presigned_url_expiration,
            allowed: config.allowed_file_types.clone().into(),
            max_photos: config.max_photos,
            max_documents: config.max_documents,
            max_size: config.max_file_size,
            darkroom: Arc::new(Darkroom::new(image::Limits::of(&config.allowed_file_types))),
            enlargers: Arc::new(Semaphore::new(image::ENLARGERS)),
            couriers: Arc::new(Semaphore::new(COURIERS)),
        }
    }

    /// How many photos one person may have.
    pub fn max_photos(&self) -> usize {
        self.max_photos
    }

    /// How many files of a kind one person may have.
    pub(super) fn limit(&self, kind: FileKind) -> usize {
        match kind {
            FileKind::Photo => self.max_photos,
            FileKind::Document => self.max_documents,
        }
    }

    /// Checks and keeps one file: a photo made anew, or, if the settings let its type in, a document as it is. `content`
    /// is asked for when it is this file's turn, not before: those who wait hold nothing in memory.
    pub async fn add(
        &self,
        user: UserId,
        filename: Option<&str>,
        content: impl Future<Output = Result<Bytes, PhotoError>>,
    ) -> Result<StoredFile, PhotoError> {
        let new = NewFile { id: Uuid::new_v4(), replaces: false, upload: None };
        Box::pin(self.keep(user, new, self.prepare(display_name(filename), Wanted::Either, content))).await
    }

    /// The same for a photo, in place of the profile image, if there is one.
    pub async fn add_as_profile_image(
        &self,
        user: UserId,
        filename: Option<&str>,
        content: impl Future<Output = Result<Bytes, PhotoError>>,
    ) -> Result<StoredFile, PhotoError> {
        let new = NewFile { id: Uuid::new_v4(), replaces: true, upload: None };
        Box::pin(self.keep(user, new, self.prepare(display_name(filename), Wanted::Photo, content))).await
    }

    pub(super) async fn keep(
        &self,
        user: UserId,
        new: NewFile,
        prepared: impl Future<Output = Result<Prepared, PhotoError>>,
    ) -> Result<StoredFile, PhotoError> {
        let prepared = prepared.await?;
        let (id, upload, kind) = (new.id, new.upload, prepared.kind);
        let key = ObjectKey::new(user, id, prepared.extension);
        let guard = UploadGuard::new(self, user, id, &key);
        let (row, limit) = (uploading(user, new, &key, &prepared), self.limit(kind));
        match self.db.run(move |conn| conn.transaction(|conn| begin(conn, &row, kind, limit))).await {
            Err(error) if error.keeps_no_row() => {
                guard.disarm();
                return Err(error);
            }
            begun => begun?,
        }
        let etag = match Box::pin(self.store(&key, prepared)).await {
            Ok(etag) => etag,
            Err(error) => {
                // Before the answer: whoever comes back at once finds neither their picture nor their place taken.
                self.doom(user, id).await;
                return Err(error);
            }
        };
        let finish =
            move |conn: &mut PgConnection| conn.transaction(|conn| finish(conn, user, id, upload, &etag));
        let (file, replaced) = self.db.run(finish).await?;
        guard.disarm();
        tracing::info!(%user, file = %id, size = file.size, "{} added", kind.as_str());
        if let Some((id, key)) = replaced {
            match self.forget(user, id, &key).await {
                Ok(()) => tracing::info!(%user, file = %id, "profile image replaced"),
                Err(error) => {
                    tracing::warn!(%user, file = %id, %error, "a replaced photo is left for the sweep")
                }
            }
        }
        Ok(file)
    }

    /// All objects at once; gives the entity tag of the file itself.
    async fn store(&self, key: &ObjectKey, prepared: Prepared) -> Result<String, PhotoError> {
        let disposition = prepared.disposition();
        let Prepared { objects, content_type, room: _room, .. } = prepared;
        let puts = objects.into_iter().map(async |Rendition { variant, bytes }| {
            let (key, disposition) = (key.variant(variant), disposition.as_deref());
            let etag = self.media.put_for_saving(&key, content_type, disposition, bytes).await?;
            Ok::<_, PhotoError>((variant, etag))
        });
        let etags = try_join_all(puts).await?;
        let itself = etags.into_iter().find(|(variant, _)| *variant == Variant::Large);
        Ok(itself.map(|(_, etag)| etag).unwrap_or_default())
    }
}

fn uploading(user: UserId, new: NewFile, key: &ObjectKey, prepared: &Prepared) -> NewFileRow {
    let pixels = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
    NewFileRow {
        user_id: user,
        id: new.id,
        key: key.clone(),
        kind: prepared.kind.as_str(),
        filename: prepared.filename.clone(),
        content_type: prepared.content_type,
        size: i64::try_from(prepared.size).unwrap_or(i64::MAX),
        width: prepared.pixels.map(|(width, _)| pixels(width)),
        height: prepared.pixels.map(|(_, height)| pixels(height)),
        state: "uploading",
        blurhash: prepared.blurhash.clone(),
        content_hash: prepared.content_hash.to_vec(),
        perceptual_hash: prepared.perceptual_hash,
        is_profile_image: new.replaces,
    }
}

/// Takes a place for the file. One that replaces another needs none.
fn begin(conn: &mut PgConnection, row: &NewFileRow, kind: FileKind, limit: usize) -> Result<(), PhotoError> {
    queries::lock_files_of(conn, row.user_id)?;
    if !row.is_profile_image {
        check_room(conn, row.user_id, kind, limit)?;
    }
    let position = queries::next_position(conn, row.user_id)?;
    if let Some(filename) =
        queries::insert(conn, row, position).map_err(|error| match foreign_key_violation(&error) {
            true => PhotoError::Gone,
            false => error.into(),
        })?
    {
        return Err(PhotoError::Duplicate { kind, filename });
    }
    Ok(())
}

/// Whether one more file of this kind fits.
pub(super) fn check_room(
    conn: &mut PgConnection,
    user: UserId,
    kind: FileKind,
    limit: usize,
) -> Result<(), PhotoError> {
    match usize::try_from(queries::count(conn, user, kind)?).unwrap_or(usize::MAX) < limit {
        true => Ok(()),
        false => Err(PhotoError::Full { kind, limit }),
    }
}

/// The file is stored: from now on it is there. Gives what it replaces, doomed.
fn finish(
    conn: &mut PgConnection,
    user: UserId,
    id: Uuid,
    upload: Option<Uuid>,
    etag: &str,
) -> Result<(StoredFile, Option<(Uuid, ObjectKey)>), PhotoError> {
    queries::lock_files_of(conn, user)?;
    if let Some(upload) = upload
        && !upload_queries::confirm(conn, user, upload, id)?
    {
        return Err(PhotoError::UploadBusy);
    }
    let replaced = match queries::replaces(conn, user, id)? {
        true => queries::doom_profile_image(conn, user)?,
        false => None,
    };
    let position = replaced.as_ref().map(|row| row.position);
    let row = queries::mark_ready(conn, user, id, etag, position)?.ok_or(PhotoError::Gone)?;
    let file = StoredFile::from(row);
    let deed = |file, filename| Deed { owner: user, actor: Some(user), file, filename };
    match &replaced {
        Some(old) => record_replaced(conn, deed(old.id, &old.filename), id)?,
        None => record(conn, deed(id, &file.filename), FileAction::Added)?,
    }
    Ok((file, replaced.map(|row| (row.id, row.key))))
}

/// The keys of people's photos: the profile image first, then in their owners' order.
pub fn photo_keys(
    conn: &mut PgConnection,
    users: &[UserId],
) -> Result<HashMap<UserId, Vec<ObjectKey>>, DbError> {
    let mut by_user: HashMap<UserId, Vec<ObjectKey>> = HashMap::new();
    for (user, key) in queries::keys(conn, users)? {
        by_user.entry(user).or_default().push(key);
    }
    Ok(by_user)
}
