//! Presigned URLs: signed here without asking S3, checked there.
//!
//! Links for reading start at a rounded time, so that every instance makes the same one for a while and browsers
//! find the picture in their cache; the rounding takes at most half of a link's life.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aws_sdk_s3::presigning::PresigningConfig;
use chrono::{DateTime, Utc};
use moka::sync::Cache;

use super::error::{MediaError, chain};
use super::s3::MediaStore;

/// Links kept ready; each takes about 700 bytes.
const CACHED_LINKS: u64 = 20_000;
const CACHED_FOR: Duration = Duration::from_secs(600);

/// Links by key, start and life.
pub(super) type Links = Cache<(String, Duration, Duration), Arc<str>>;

/// Room for links that were signed already.
pub(super) fn links() -> Links {
    Cache::builder().max_capacity(CACHED_LINKS).time_to_live(CACHED_FOR).build()
}

/// A link for reading one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresignedGet {
    /// The link; whoever has it may read until it ends.
    pub url: Arc<str>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

impl PresignedGet {
    /// Whole seconds that are left; 0 when it has ended.
    #[must_use]
    pub fn expires_in(&self) -> u64 {
        seconds_until(self.expires_at)
    }
}

fn seconds_until(end: DateTime<Utc>) -> u64 {
    u64::try_from((end - Utc::now()).num_seconds()).unwrap_or_default()
}

/// A link for writing one object of one type and one length.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresignedPut {
    /// The link; S3 refuses any other type or length.
    pub url: String,
    /// Headers to send along, exactly. Content-Length is signed, too, and set by every client itself.
    pub headers: Vec<(String, String)>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
}

impl PresignedPut {
    /// Whole seconds that are left; 0 when it has ended.
    #[must_use]
    pub fn expires_in(&self) -> u64 {
        seconds_until(self.expires_at)
    }
}

impl MediaStore {
    /// A link that reads `key` for at least half of `expires`, and never longer than `expires`.
    ///
    /// Within a window of half of `expires` everybody gets the same link. Whether the object exists isn't asked.
    ///
    /// # Errors
    /// [`MediaError::Unavailable`] if there are no keys to sign with.
    pub async fn presign_get(&self, key: &str, expires: Duration) -> Result<PresignedGet, MediaError> {
        let start = window_start(SystemTime::now(), expires);
        let expires_at = DateTime::<Utc>::from(UNIX_EPOCH + start + expires);
        let entry = (key.to_owned(), start, expires);
        if let Some(url) = self.links.get(&entry) {
            return Ok(PresignedGet { url, expires_at });
        }
        let request = self.clients.public.get_object().bucket(&*self.bucket).key(key);
        let signed = request.presigned(signing(UNIX_EPOCH + start, expires)?).await?;
        let url: Arc<str> = Arc::from(signed.uri());
        self.links.insert(entry, Arc::clone(&url));
        Ok(PresignedGet { url, expires_at })
    }

    /// The web origin that presigned URLs lead to, whether there are keys to sign with or not.
    ///
    /// # Errors
    /// [`MediaError::Unavailable`] if the settings make no URL.
    pub async fn public_origin(&self) -> Result<String, MediaError> {
        let anybody = aws_sdk_s3::config::Credentials::new("anybody", "anything", None, None, "friender");
        let request = self.clients.public.get_object().bucket(&*self.bucket).key("photo").customize();
        let request =
            request.config_override(aws_sdk_s3::config::Builder::new().credentials_provider(anybody));
        let signed = request.presigned(signing(SystemTime::now(), CACHED_FOR)?).await?;
        let url = url::Url::parse(signed.uri()).map_err(|error| MediaError::Unavailable(chain(&error)))?;
        Ok(url.origin().ascii_serialization())
    }

    /// A link that writes `key` once or more within `expires`, with exactly this type and this many bytes.
    ///
    /// # Errors
    /// [`MediaError::Unavailable`] if there are no keys to sign with.
    pub async fn presign_put(
        &self,
        key: &str,
        content_type: &str,
        length: u64,
        expires: Duration,
    ) -> Result<PresignedPut, MediaError> {
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        self.presign_any_put(key, content_type, Some(length), expires).await
    }

    /// The same for as many bytes as the store takes: whoever reads what arrived has to bound it.
    ///
    /// # Errors
    /// [`MediaError::Unavailable`] if there are no keys to sign with.
    pub async fn presign_put_of_any_length(
        &self,
        key: &str,
        content_type: &str,
        expires: Duration,
    ) -> Result<PresignedPut, MediaError> {
        self.presign_any_put(key, content_type, None, expires).await
    }

    async fn presign_any_put(
        &self,
        key: &str,
        content_type: &str,
        length: Option<i64>,
        expires: Duration,
    ) -> Result<PresignedPut, MediaError> {
        let start = UNIX_EPOCH + window_start(SystemTime::now(), Duration::ZERO);
        let request = self
            .clients
            .public
            .put_object()
            .bucket(&*self.bucket)
            .key(key)
            .content_type(content_type)
            .set_content_length(length);
        let signed = request.presigned(signing(start, expires)?).await?;
        let headers = signed
            .headers()
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-length"))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let expires_at = DateTime::<Utc>::from(start + expires);
        Ok(PresignedPut { url: signed.uri().to_owned(), headers, expires_at })
    }
}

/// The start of the window that `now` lies in, since 1970: windows of half of `expires`, of a second at least.
fn window_start(now: SystemTime, expires: Duration) -> Duration {
    let window = (expires.as_secs() / 2).max(1);
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    Duration::from_secs(now - now % window)
}

fn signing(start: SystemTime, expires: Duration) -> Result<PresigningConfig, MediaError> {
    PresigningConfig::builder()
        .start_time(start)
        .expires_in(expires)
        .build()
        .map_err(|error| MediaError::Unavailable(chain(&error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_are_half_a_life_long_and_a_second_at_least() {
        let life = Duration::from_secs(300);
        for (now, start) in [(0, 0), (149, 0), (150, 150), (299, 150), (300, 300)] {
            assert_eq!(window_start(UNIX_EPOCH + Duration::from_secs(now), life), Duration::from_secs(start));
        }
        let odd = UNIX_EPOCH + Duration::from_millis(7_900);
        assert_eq!(window_start(odd, Duration::from_secs(1)), Duration::from_secs(7));
    }
}
