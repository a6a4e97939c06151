//! An upload straight to the bucket: what its owner announces, and how far it is.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::image::FileType;
use super::photo::{ObjectKey, display_name};
use super::prepared::Wanted;
use crate::config::{FileUse, UploadType};
use crate::text::words_of;

/// What an upload is to become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// One more photo.
    Photo,
    /// The profile image, in place of the one that is.
    ProfileImage,
    /// A document.
    Document,
}

words_of!(Purpose: Photo = "photo", ProfileImage = "profile_image", Document = "document");

impl Purpose {
    pub(super) fn of_str(text: &str) -> Self {
        Self::named(text).unwrap_or(Self::Photo)
    }
}

/// Why an announced upload is not let in. Each message names the rule and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnnounceError {
    /// A type that isn't taken.
    #[error("{what} must be {allowed}: {remedy}")]
    Type {
        /// Photos, or files of any kind.
        what: &'static str,
        /// What is taken.
        allowed: String,
        /// What to do.
        remedy: &'static str,
        /// A name for machines that stays the same.
        code: &'static str,
    },
    /// More bytes than a file may have.
    #[error("a file has at most {limit} bytes: send a smaller one")]
    TooLarge {
        /// How many it may have.
        limit: usize,
    },
}

/// What somebody is about to put into the bucket.
#[derive(Debug, Clone)]
pub struct Announced {
    pub(super) filename: String,
    pub(super) kind: &'static UploadType,
    /// In bytes; unknown where a client can't tell.
    pub(super) size: Option<u64>,
    pub(super) purpose: Purpose,
}

impl Announced {
    /// A file called `filename` with `size` bytes, if that is known, of a media type.
    pub fn parse(
        filename: &str,
        content_type: &str,
        size: Option<u64>,
        as_profile_image: bool,
        allowed: &[&'static UploadType],
        limit: usize,
    ) -> Result<Self, AnnounceError> {
        let media_type = content_type.split(';').next().unwrap_or_default();
        let is_fine = |kind: &&'static UploadType| !as_profile_image || kind.used_as == FileUse::Picture;
        let fine: Vec<_> = allowed.iter().copied().filter(is_fine).collect();
        let Some(kind) = UploadType::named(media_type).filter(|kind| fine.contains(kind)) else {
            return Err(refused_type(media_type, &fine));
        };
        if size.is_some_and(|size| usize::try_from(size).unwrap_or(usize::MAX) > limit) {
            return Err(AnnounceError::TooLarge { limit });
        }
        let purpose = match kind.used_as {
            FileUse::Document => Purpose::Document,
            FileUse::Picture if as_profile_image => Purpose::ProfileImage,
            FileUse::Picture => Purpose::Photo,
        };
        Ok(Self { filename: display_name(Some(filename)), kind, size, purpose })
    }
}

fn refused_type(media_type: &str, allowed: &[&'static UploadType]) -> AnnounceError {
    let takes_documents = allowed.iter().any(|kind| kind.used_as == FileUse::Document);
    let found = match media_type.trim().to_ascii_lowercase().as_str() {
        "image/heic" | "image/heif" => FileType::Heic,
        "image/avif" => FileType::Avif,
        kind if kind.starts_with("video/") => FileType::Video,
        kind if kind.starts_with("image/") => FileType::Gif,
        _ => FileType::Unknown,
    };
    AnnounceError::Type {
        what: if takes_documents { "files" } else { "photos" },
        allowed: allowed.iter().map(|kind| kind.mime).collect::<Vec<_>>().join(", "),
        remedy: match found {
            FileType::Unknown if takes_documents => "save it as one of these",
            found => found.remedy(),
        },
        code: found.refusal_code(),
    }
}

/// An upload that was let in.
#[derive(Debug, Clone)]
pub(super) struct Upload {
    pub(super) id: Uuid,
    /// Where it arrives; nothing is ever served from there.
    pub(super) key: ObjectKey,
    pub(super) filename: String,
    /// As announced.
    pub(super) content_type: String,
    /// As announced, too.
    pub(super) size: Option<i64>,
    pub(super) purpose: Purpose,
    pub(super) state: UploadState,
    /// The file that it becomes, or became.
    pub(super) file: Option<Uuid>,
    /// When its link ends.
    pub(super) expires_at: DateTime<Utc>,
}

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UploadState {
    /// Nobody has looked yet.
    Pending,
    /// Somebody is looking at what arrived, since then.
    Claimed(DateTime<Utc>),
    /// It has become a file.
    Confirmed,
    /// What arrived can't be kept.
    Refused,
}

/// Whoever claimed an upload and says nothing for so long is gone.
const CLAIM_LIFE: TimeDelta = TimeDelta::minutes(2);

/// A link may end while its upload is under way: so long after it what arrived is still taken.
pub(super) const GRACE: TimeDelta = TimeDelta::minutes(10);

impl Upload {
    /// What is to be made of it.
    pub(super) fn wanted(&self) -> Wanted {
        match UploadType::named(&self.content_type) {
            Some(kind) if self.purpose == Purpose::Document => Wanted::Document(kind),
            _ => Wanted::Photo,
        }
    }

    /// Whether a request means it: by its whole key, or by the UUID in it alone.
    pub(super) fn is_named(&self, key: &str) -> bool {
        key == self.key.as_str() || !key.contains('/')
    }

    /// Whether somebody is at it just now.
    pub(super) fn is_busy(&self, now: DateTime<Utc>) -> bool {
        matches!(self.state, UploadState::Claimed(since) if now - since < CLAIM_LIFE)
    }

    /// Whether it is too late to confirm it.
    pub(super) fn is_over(&self, now: DateTime<Utc>) -> bool {
        now - self.expires_at > GRACE
    }
}

/// An upload that may have arrived since it was let in.
#[derive(Debug, Clone)]
pub struct Waiting {
    pub(super) id: Uuid,
    pub(super) key: ObjectKey,
    /// Somebody is looking at it.
    pub(super) is_claimed: bool,
}
