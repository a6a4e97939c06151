//! Objects in one bucket, through the SDK.

use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_sdk_s3::primitives::ByteStream;
use bytes::{Bytes, BytesMut};
use chrono::{DateTime, Utc};

use super::client::{Clients, StoreConfig};
use super::error::{MediaError, chain};
use super::presign::{Links, links};

/// What a call may take, all its attempts together.
pub(super) const CALL_TIMEOUT: Duration = Duration::from_millis(2_800);
/// What sending and reading may take on top for each full MiB.
pub(super) const TIMEOUT_PER_MIB: Duration = Duration::from_secs(1);
/// Keys are never used twice, so copies can't go stale; but they shall not outlive the links to them.
const CACHE_CONTROL: &str = "private, max-age=300";

/// One bucket. Cheap to clone; every call ends within 3 seconds, and what carries an object within 1
/// more for each MiB.
#[derive(Debug, Clone)]
pub struct MediaStore {
    pub(super) clients: Arc<Clients>,
    pub(super) bucket: Arc<str>,
    pub(super) links: Links,
}

/// What S3 knows of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectInfo {
    /// The object's key.
    pub key: String,
    /// Its length in bytes.
    pub size: u64,
    /// Its entity tag, without quotes.
    pub etag: String,
    /// Its media type; listings don't tell.
    pub content_type: Option<String>,
    /// When it was stored.
    pub last_modified: Option<DateTime<Utc>>,
}

/// An object with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// What S3 knows of it.
    pub info: ObjectInfo,
    /// All of its bytes.
    pub bytes: Bytes,
}

/// A page of a listing, in order of keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// At most 1,000 objects.
    pub objects: Vec<ObjectInfo>,
    /// What to pass for the next page; `None` after the last one.
    pub next: Option<String>,
}

impl MediaStore {
    /// Prepares the clients; the bucket isn't asked yet: [`MediaStore::check`] does.
    pub async fn connect(config: StoreConfig) -> Self {
        let clients = Arc::new(Clients::build(&config).await);
        Self { clients, bucket: Arc::from(config.bucket), links: links() }
    }

    /// The bucket's name.
    #[must_use]
    pub fn bucket(&self) -> &str {
        &self.bucket
    }

    /// Keeps an object, in place of an older one of the same key; answers its entity tag, without quotes.
    ///
    /// # Errors
    /// [`MediaError::BucketMissing`], [`MediaError::Refused`], [`MediaError::Unavailable`].
    pub async fn put(&self, key: &str, content_type: &str, bytes: Bytes) -> Result<String, MediaError> {
        self.put_for_saving(key, content_type, None, bytes).await
    }

    /// The same, with the Content-Disposition that whoever reads it by a link gets as well: browsers then save it under
    /// a name instead of showing it.
    ///
    /// # Errors
    /// Those of [`MediaStore::put`].
    pub async fn put_for_saving(
        &self,
        key: &str,
        content_type: &str,
        disposition: Option<&str>,
        bytes: Bytes,
    ) -> Result<String, MediaError> {
        let limit = patience(bytes.len() as u64);
        let request = self
            .clients
            .own
            .put_object()
            .bucket(&*self.bucket)
            .key(key)
            .content_type(content_type)
            .set_content_disposition(disposition.map(str::to_owned))
            .cache_control(CACHE_CONTROL)
            .body(ByteStream::from(bytes));
        let stored = within(limit, async { Ok(request.send().await?) }).await?;
        Ok(unquoted(stored.e_tag()))
    }

    /// Reads an object of at most `limit` bytes.
    ///
    /// # Errors
    /// [`MediaError::NotFound`], [`MediaError::TooLarge`], and those of [`MediaStore::put`].
    pub async fn get(&self, key: &str, limit: usize) -> Result<Object, MediaError> {
        let begun = Instant::now();
        let request = self.clients.own.get_object().bucket(&*self.bucket).key(key);
        let mut answer = within(CALL_TIMEOUT, async { Ok(request.send().await?) }).await?;
        let size = length(answer.content_length());
        if size > limit as u64 {
            return Err(MediaError::TooLarge { limit });
        }
        let left = patience(size).saturating_sub(begun.elapsed());
        let bytes = within(left, collect(std::mem::take(&mut answer.body), limit)).await?;
        let info = ObjectInfo {
            key: key.to_owned(),
            size: bytes.len() as u64,
            etag: unquoted(answer.e_tag()),
            content_type: answer.content_type().map(str::to_owned),
            last_modified: answer.last_modified().and_then(time),
        };
        Ok(Object { info, bytes })
    }

    /// What S3 knows of an object, without its bytes.
    ///
    /// # Errors
    /// [`MediaError::NotFound`], and those of [`MediaStore::put`].
    pub async fn head(&self, key: &str) -> Result<ObjectInfo, MediaError> {
        let answer = within(CALL_TIMEOUT, async {
            let request = self.clients.own.head_object().bucket(&*self.bucket).key(key);
            Ok(request.send().await?)
        })
        .await;
        match answer {
            Ok(answer) => Ok(ObjectInfo {
                key: key.to_owned(),
                size: length(answer.content_length()),
                etag: unquoted(answer.e_tag()),
                content_type: answer.content_type().map(str::to_owned),
                last_modified: answer.last_modified().and_then(time),
            }),
            // An answer to HEAD has no body, so it can't say what is missing.
            Err(MediaError::NotFound) => self.check().await.and(Err(MediaError::NotFound)),
            Err(error) => Err(error),
        }
    }

    /// Removes an object; one that isn't there is fine.
    ///
    /// # Errors
    /// Those of [`MediaStore::put`].
    pub async fn delete(&self, key: &str) -> Result<(), MediaError> {
        within(CALL_TIMEOUT, async {
            self.clients.own.delete_object().bucket(&*self.bucket).key(key).send().await?;
            Ok(())
        })
        .await
    }

    /// A page of the objects whose keys start with `prefix`; `from` is the `next` of the page before.
    ///
    /// # Errors
    /// Those of [`MediaStore::put`].
    pub async fn list(&self, prefix: &str, from: Option<&str>) -> Result<Listing, MediaError> {
        let request = self
            .clients
            .own
            .list_objects_v2()
            .bucket(&*self.bucket)
            .prefix(prefix)
            .set_continuation_token(from.map(str::to_owned));
        let answer = within(CALL_TIMEOUT, async { Ok(request.send().await?) }).await?;
        let objects = answer
            .contents()
            .iter()
            .map(|object| ObjectInfo {
                key: object.key().unwrap_or_default().to_owned(),
                size: length(object.size()),
                etag: unquoted(object.e_tag()),
                content_type: None,
                last_modified: object.last_modified().and_then(time),
            })
            .collect();
        Ok(Listing { objects, next: answer.next_continuation_token().map(str::to_owned) })
    }

    /// Whether the bucket answers, for readiness.
    ///
    /// # Errors
    /// Those of [`MediaStore::put`].
    pub async fn check(&self) -> Result<(), MediaError> {
        let asked = within(CALL_TIMEOUT, async {
            self.clients.own.head_bucket().bucket(&*self.bucket).send().await?;
            Ok(())
        });
        match asked.await {
            Err(MediaError::NotFound) => Err(MediaError::BucketMissing),
            answer => answer,
        }
    }
}

/// What a call with so many bytes may take.
fn patience(bytes: u64) -> Duration {
    let mebibytes = u32::try_from(bytes / (1024 * 1024)).unwrap_or(u32::MAX);
    CALL_TIMEOUT + TIMEOUT_PER_MIB.saturating_mul(mebibytes)
}

/// All of a body of at most `limit` bytes.
pub(super) async fn collect(mut body: ByteStream, limit: usize) -> Result<Bytes, MediaError> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|error| MediaError::Unavailable(chain(&error)))?;
        if bytes.len() + chunk.len() > limit {
            return Err(MediaError::TooLarge { limit });
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes.freeze())
}

pub(super) async fn within<T>(
    limit: Duration,
    call: impl Future<Output = Result<T, MediaError>>,
) -> Result<T, MediaError> {
    match tokio::time::timeout(limit, call).await {
        Ok(answer) => answer,
        Err(_) => Err(MediaError::Unavailable(format!("no answer within {} ms", limit.as_millis()))),
    }
}

fn unquoted(etag: Option<&str>) -> String {
    etag.unwrap_or_default().trim_matches('"').to_owned()
}

fn length(length: Option<i64>) -> u64 {
    length.and_then(|length| u64::try_from(length).ok()).unwrap_or_default()
}

fn time(time: &aws_sdk_s3::primitives::DateTime) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(time.secs(), time.subsec_nanos())
}
