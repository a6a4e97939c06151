//! Keeping photos: the row first, then the object, then the row is ready. Whatever fails in between is undone, at once
//! by a guard and for good by [`Photos::sweep`].

use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use chrono::TimeDelta;
use diesel::{Connection, PgConnection};
use tokio::sync::Semaphore;
use uuid::Uuid;

use super::image::{self, ImageError, ProcessedImage};
use super::photo::{ObjectKey, display_name};
use super::queries::{self, NewFileRow};
use crate::accounts::UserId;
use crate::config::PhotoConfig;
use crate::db::{Db, DbError, foreign_key_violation, from_query_error};
use crate::media::{MediaError, MediaStore};

/// Links to photos never live longer than this, whatever the settings say: a block must outlive them soon.
const LONGEST_LINK: Duration = Duration::from_secs(300);

/// No upload takes this long: what is older and unfinished is swept away.
const SWEEP_GRACE: TimeDelta = TimeDelta::minutes(10);

/// How many images are decoded at once.
const DECODERS: usize = 2;

/// Why a photo could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// As many photos as one person may have are there already.
    #[error("at most {limit} photos fit on a profile")]
    PhotoLimit {
        /// How many fit.
        limit: usize,
    },
    /// The bytes are no picture that can be shown.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// What was spooled can't be read back.
    #[error("the upload can't be read back: {0}")]
    Read(io::Error),
    /// The account is gone.
    #[error("the account is gone")]
    Gone,
    /// The work was lost.
    #[error("image processing was lost")]
    Lost,
    /// The store.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(PhotoError);

/// What keeping photos needs.
#[derive(Clone)]
pub struct Photos {
    db: Db,
    media: MediaStore,
    limits: image::Limits,
    max_photos: usize,
    link_life: Duration,
    decoders: Arc<Semaphore>,
}

/// A photo that is kept.
#[derive(Debug, Clone)]
pub struct StoredPhoto {
    /// Its id, the UUID in its key.
    pub id: Uuid,
    /// Where it lies.
    pub key: ObjectKey,
    /// For display.
    pub filename: String,
    /// MIME type of what is stored.
    pub content_type: &'static str,
    /// Bytes of what is stored.
    pub size: usize,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

impl Photos {
    /// Photos in `media`, rows in `db`.
    pub fn new(db: Db, media: MediaStore, config: &PhotoConfig) -> Self {
        let decoders = Arc::new(Semaphore::new(DECODERS));
        Self {
            db,
            media,
            limits: image::Limits::default(),
            max_photos: config.max_photos,
            link_life: config.presigned_url_expiration,
            decoders,
        }
    }

    /// How many photos one person may have.
    pub fn max_photos(&self) -> usize {
        self.max_photos
    }

    /// Checks, re-encodes and keeps one photo. `read` is called when it is this photo's turn, not before: those who
    /// wait hold no picture in memory.
    pub async fn add(
        &self,
        user: UserId,
        filename: Option<&str>,
        read: impl FnOnce() -> io::Result<Bytes> + Send + 'static,
    ) -> Result<StoredPhoto, PhotoError> {
        let image = self.process(read).await?;
        let id = Uuid::new_v4();
        let photo = StoredPhoto {
            id,
            key: ObjectKey::new(user, id, image.extension),
            filename: display_name(filename),
            content_type: image.content_type,
            size: image.bytes.len(),
            width: image.width,
            height: image.height,
        };
        let guard = UploadGuard::new(self, user, &photo);
        match self.begin(user, &photo).await {
            Err(error @ (PhotoError::PhotoLimit { .. } | PhotoError::Gone)) => {
                guard.disarm();
                return Err(error);
            }
            begun => begun?,
        }
        self.media.put(photo.key.as_str(), photo.content_type, image.bytes.into()).await?;
        let finished =
            self.db.run(move |conn| Ok::<_, PhotoError>(queries::mark_ready(conn, user, id)?)).await?;
        if !finished {
            return Err(PhotoError::Gone);
        }
        guard.disarm();
        tracing::info!(%user, file = %id, size = photo.size, "photo added");
        Ok(photo)
    }

    async fn process(
        &self,
        read: impl FnOnce() -> io::Result<Bytes> + Send + 'static,
    ) -> Result<ProcessedImage, PhotoError> {
        let limits = self.limits.clone();
        let decoder = self.decoders.clone().acquire_owned().await.map_err(|_| PhotoError::Lost)?;
        let work = actix_web::web::block(move || {
            // Held by the work itself: the request may be gone before it ends.
            let _decoder = decoder;
            Ok(image::process(&read().map_err(PhotoError::Read)?, &limits)?)
        });
        work.await.map_err(|_| PhotoError::Lost)?
    }

    async fn begin(&self, user: UserId, photo: &StoredPhoto) -> Result<(), PhotoError> {
        let (photo, limit) = (photo.clone(), self.max_photos);
        self.db.run(move |conn| conn.transaction(|conn| insert_uploading(conn, user, &photo, limit))).await
    }

    /// Links to other people's photos, good for PRESIGNED_URL_EXPIRATION or 5 minutes, whichever is less, and for half
    /// of that at least.
    pub async fn links(&self, keys: &[ObjectKey]) -> Result<Vec<String>, MediaError> {
        self.links_for(keys, self.link_life.min(LONGEST_LINK)).await
    }

    /// Links to one's own photos, good for PRESIGNED_URL_EXPIRATION, and for half of that at least.
    pub async fn own_links(&self, keys: &[ObjectKey]) -> Result<Vec<String>, MediaError> {
        self.links_for(keys, self.link_life).await
    }

    async fn links_for(&self, keys: &[ObjectKey], life: Duration) -> Result<Vec<String>, MediaError> {
        let mut links = Vec::with_capacity(keys.len());
        for key in keys {
            links.push(self.media.presign_get(key.as_str(), life).await?.url.to_string());
        }
        Ok(links)
    }

    /// Removes what uploads that didn't end left behind, objects and rows, and tells how many. What fails is left for
    /// the next time.
    pub async fn sweep(&self) -> Result<usize, PhotoError> {
        let rows = self.db.run(|conn| Ok::<_, PhotoError>(queries::unfinished(conn, SWEEP_GRACE)?)).await?;
        let mut swept = 0;
        for (user, id, key) in rows {
            match self.forget(user, id, &key).await {
                Ok(()) => swept += 1,
                Err(error) => {
                    tracing::warn!(%user, file = %id, %error, "an unfinished upload could not be swept")
                }
            }
        }
        Ok(swept)
    }

    async fn forget(&self, user: UserId, id: Uuid, key: &ObjectKey) -> Result<(), PhotoError> {
        self.give_up(user, id, key).await?;
        self.db.run(move |conn| Ok::<_, PhotoError>(queries::delete_doomed(conn, user, id)?)).await?;
        Ok(())
    }

    /// Removes an unfinished upload's object. Its row stays for the sweep: a write to the store that timed out here may
    /// still arrive there.
    async fn give_up(&self, user: UserId, id: Uuid, key: &ObjectKey) -> Result<(), PhotoError> {
        if self.db.run(move |conn| Ok::<_, PhotoError>(queries::doom(conn, user, id)?)).await? {
            self.media.delete(key.as_str()).await?;
        }
        Ok(())
    }
}

fn insert_uploading(
    conn: &mut PgConnection,
    user: UserId,
    photo: &StoredPhoto,
    limit: usize,
) -> Result<(), PhotoError> {
    queries::lock_files_of(conn, user)?;
    let (count, position) = queries::count_and_next(conn, user)?;
    if usize::try_from(count).unwrap_or(usize::MAX) >= limit {
        return Err(PhotoError::PhotoLimit { limit });
    }
    let row = NewFileRow {
        user_id: user,
        id: photo.id,
        key: &photo.key,
        filename: &photo.filename,
        content_type: photo.content_type,
        size: i64::try_from(photo.size).unwrap_or(i64::MAX),
        width: i32::try_from(photo.width).unwrap_or(i32::MAX),
        height: i32::try_from(photo.height).unwrap_or(i32::MAX),
        position,
        state: "uploading",
    };
    queries::insert(conn, &row).map_err(|error| match foreign_key_violation(&error) {
        true => PhotoError::Gone,
        false => error.into(),
    })?;
    Ok(())
}

/// Undoes an upload that doesn't end, also when its request is dropped half-way.
struct UploadGuard(Option<(Photos, UserId, Uuid, ObjectKey)>);

impl UploadGuard {
    fn new(photos: &Photos, user: UserId, photo: &StoredPhoto) -> Self {
        Self(Some((photos.clone(), user, photo.id, photo.key.clone())))
    }

    fn disarm(mut self) {
        self.0 = None;
    }
}

impl Drop for UploadGuard {
    fn drop(&mut self) {
        let Some((photos, user, id, key)) = self.0.take() else { return };
        actix_web::rt::spawn(async move {
            if let Err(error) = photos.give_up(user, id, &key).await {
                tracing::warn!(%user, file = %id, %error, "an unfinished upload is left for the sweep");
            }
        });
    }
}

/// The keys of people's photos, in their owners' order.
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
