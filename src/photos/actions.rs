//! Keeping photos: the row first, then the objects, then the row is ready. Whatever fails in between is undone.

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
use super::image::{self, Darkroom, ProcessedImage, Rendition};
use super::photo::{ObjectKey, StoredFile, display_name};
use super::queries::{self, NewFileRow};
use super::sweep::UploadGuard;
use super::trail::{Deed, record, record_replaced};
use super::upload_queries;
use super::variant::Variant;
use crate::accounts::UserId;
use crate::config::PhotoConfig;
use crate::db::{Db, DbError, foreign_key_violation};
use crate::media::MediaStore;

/// What keeping photos needs.
#[derive(Clone)]
pub struct Photos {
    pub(super) db: Db,
    pub(super) media: MediaStore,
    pub(super) link_life: Duration,
    max_photos: usize,
    /// Bytes of a file at most.
    pub(super) max_size: usize,
    darkroom: Arc<Darkroom>,
    enlargers: Arc<Semaphore>,
}

/// What a picture is to become.
#[derive(Debug, Clone)]
pub(super) struct NewPhoto {
    pub(super) id: Uuid,
    /// For display.
    pub(super) filename: String,
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
            max_photos: config.max_photos,
            max_size: config.max_file_size,
            darkroom: Arc::new(Darkroom::new(image::Limits::of(&config.allowed_file_types))),
            enlargers: Arc::new(Semaphore::new(image::ENLARGERS)),
        }
    }

    /// How many photos one person may have.
    pub fn max_photos(&self) -> usize {
        self.max_photos
    }

    /// Checks, re-encodes and keeps one photo. `content` is asked for when it is this photo's turn, not before: those
    /// who wait hold no picture in memory.
    pub async fn add(
        &self,
        user: UserId,
        filename: Option<&str>,
        content: impl Future<Output = Result<Bytes, PhotoError>>,
    ) -> Result<StoredFile, PhotoError> {
        let filename = display_name(filename);
        let new = NewPhoto { id: Uuid::new_v4(), filename, replaces: false, upload: None };
        self.keep(user, new, content).await
    }

    /// The same in place of the profile image, if there is one.
    pub async fn add_as_profile_image(
        &self,
        user: UserId,
        filename: Option<&str>,
        content: impl Future<Output = Result<Bytes, PhotoError>>,
    ) -> Result<StoredFile, PhotoError> {
        let filename = display_name(filename);
        let new = NewPhoto { id: Uuid::new_v4(), filename, replaces: true, upload: None };
        self.keep(user, new, content).await
    }

    pub(super) async fn keep(
        &self,
        user: UserId,
        new: NewPhoto,
        content: impl Future<Output = Result<Bytes, PhotoError>>,
    ) -> Result<StoredFile, PhotoError> {
        let image = self.process(content).await?;
        let (id, upload, key) = (new.id, new.upload, ObjectKey::new(user, new.id, image::EXTENSION));
        let guard = UploadGuard::new(self, user, id, &key);
        let (row, limit) = (uploading(user, new, &key, &image), self.max_photos);
        match self.db.run(move |conn| conn.transaction(|conn| begin(conn, &row, limit))).await {
            Err(
                error @ (PhotoError::PhotoLimit { .. } | PhotoError::Duplicate { .. } | PhotoError::Gone),
            ) => {
                guard.disarm();
                return Err(error);
            }
            begun => begun?,
        }
        let etag = match self.store(&key, image.renditions).await {
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
        tracing::info!(%user, file = %id, size = file.size, "photo added");
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

    async fn process(
        &self,
        content: impl Future<Output = Result<Bytes, PhotoError>>,
    ) -> Result<ProcessedImage, PhotoError> {
        let enlarger = self.enlargers.clone().acquire_owned().await.map_err(|_| PhotoError::Lost)?;
        let (bytes, darkroom) = (content.await?, self.darkroom.clone());
        let work = actix_web::web::block(move || {
            // Held by the work itself: the request may be gone before it ends.
            let _enlarger = enlarger;
            Ok(darkroom.process(&bytes)?)
        });
        work.await.map_err(|_| PhotoError::Lost)?
    }

    /// All sizes at once; gives the large one's entity tag.
    async fn store(&self, key: &ObjectKey, renditions: Vec<Rendition>) -> Result<String, PhotoError> {
        let puts = renditions.into_iter().map(async |Rendition { variant, bytes }| {
            Ok::<_, PhotoError>((
                variant,
                self.media.put(&key.variant(variant), image::CONTENT_TYPE, bytes).await?,
            ))
        });
        let etags = try_join_all(puts).await?;
        let large = etags.into_iter().find(|(variant, _)| *variant == Variant::Large);
        Ok(large.map(|(_, etag)| etag).unwrap_or_default())
    }
}

fn uploading(user: UserId, new: NewPhoto, key: &ObjectKey, image: &ProcessedImage) -> NewFileRow {
    let pixels = |pixels: u32| Some(i32::try_from(pixels).unwrap_or(i32::MAX));
    NewFileRow {
        user_id: user,
        id: new.id,
        key: key.clone(),
        filename: new.filename,
        content_type: image::CONTENT_TYPE,
        size: i64::try_from(image.size).unwrap_or(i64::MAX),
        width: pixels(image.width),
        height: pixels(image.height),
        state: "uploading",
        blurhash: Some(image.blurhash.clone()),
        content_hash: image.content_hash.to_vec(),
        perceptual_hash: Some(image.perceptual_hash),
        is_profile_image: new.replaces,
    }
}

/// Takes a place for the photo. One that replaces another needs none.
fn begin(conn: &mut PgConnection, row: &NewFileRow, limit: usize) -> Result<(), PhotoError> {
    queries::lock_files_of(conn, row.user_id)?;
    let (count, position) = queries::count_and_next(conn, row.user_id)?;
    if !row.is_profile_image && usize::try_from(count).unwrap_or(usize::MAX) >= limit {
        return Err(PhotoError::PhotoLimit { limit });
    }
    if let Some(filename) =
        queries::insert(conn, row, position).map_err(|error| match foreign_key_violation(&error) {
            true => PhotoError::Gone,
            false => error.into(),
        })?
    {
        return Err(PhotoError::Duplicate { filename });
    }
    Ok(())
}

/// The photo is stored: from now on it is shown. Gives what it replaces, doomed.
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
