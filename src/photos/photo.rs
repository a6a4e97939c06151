//! A file as it is kept, and its names: the key it is stored under, and the file name that people see.

use chrono::{DateTime, Utc};
use diesel_derive_newtype::DieselNewType;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use uuid::Uuid;

use super::image;
use super::variant::Variant;
use crate::accounts::UserId;
use crate::text::words_of;

/// What a file is kept as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Made anew, in three sizes, and shown to others.
    Photo,
    /// Kept as it came, for its owner alone.
    Document,
}

words_of!(FileKind: Photo = "photo", Document = "document");

/// The longest file name that is kept, in bytes.
const FILE_NAME_BYTES: usize = 255;

/// Where an object lies in the bucket: `photos/<2 hex digits>/<user id>/<uuid>.<ext>`.
///
/// The digits are of a hash of the user id: time-ordered ids first would make one hot partition.
#[derive(Debug, Clone, PartialEq, Eq, Hash, DieselNewType)]
pub struct ObjectKey(String);

impl ObjectKey {
    /// The key of a new upload.
    pub(super) fn new(user: UserId, id: Uuid, extension: &str) -> Self {
        let [spread, ..] = <[u8; 32]>::from(Sha256::digest(user.0.as_bytes()));
        Self(format!("photos/{spread:02x}/{user}/{id}.{extension}"))
    }

    /// Where an upload straight to the bucket arrives.
    pub(super) fn quarantined(user: UserId, id: Uuid, extension: &str) -> Self {
        let Self(key) = Self::new(user, id, extension);
        Self(key.replacen("photos/", "quarantine/", 1))
    }

    /// The key as S3 has it; of a photo, its large variant's.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where a photo's variant lies: `<key without .jpg>-<variant>.jpg`.
    #[must_use]
    pub fn variant(&self, variant: Variant) -> String {
        match (variant, self.0.rsplit_once('.')) {
            (Variant::Thumb | Variant::Medium, Some((stem, image::EXTENSION))) => {
                format!("{stem}-{}.{}", variant.name(), image::EXTENSION)
            }
            _ => self.0.clone(),
        }
    }

    /// All objects that belong to it: a photo's sizes, or a document alone.
    #[must_use]
    pub fn objects(&self) -> Vec<String> {
        match self.0.rsplit_once('.') {
            Some((_, image::EXTENSION)) => Variant::ALL.map(|variant| self.variant(variant)).to_vec(),
            _ => vec![self.0.clone()],
        }
    }
}

/// What the keys of all of somebody's objects begin with.
#[must_use]
pub fn prefixes_of(user: UserId) -> [String; 2] {
    let [spread, ..] = <[u8; 32]>::from(Sha256::digest(user.0.as_bytes()));
    ["photos", "quarantine"].map(|folder| format!("{folder}/{spread:02x}/{user}/"))
}

/// A file that is kept.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// Its id, the UUID in its key.
    pub id: Uuid,
    /// Photo or document.
    pub kind: FileKind,
    /// Where it lies.
    pub key: ObjectKey,
    /// For display.
    pub filename: String,
    /// What its owner says about it.
    pub caption: String,
    /// MIME type of what is stored.
    pub content_type: String,
    /// Bytes of what is stored; of a photo, of its large variant.
    pub size: i64,
    /// The store's entity tag, without quotes.
    pub etag: Option<String>,
    /// Pixels; of a photo's large variant.
    pub width: Option<i32>,
    /// Pixels; of a photo's large variant.
    pub height: Option<i32>,
    /// A placeholder to show while it loads.
    pub blurhash: Option<String>,
    /// Whether its owner chose it as the profile image.
    pub is_profile_image: bool,
    /// When it was added.
    pub created_at: DateTime<Utc>,
}

/// The UUID in a key, or a UUID alone; `None` for what can't name any file.
pub(super) fn id_in(key: &str) -> Option<Uuid> {
    let name = key.rsplit('/').next()?;
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    Uuid::parse_str(stem).ok()
}

/// A file name fit for display: the last segment, without control characters, at most 255 bytes.
pub(super) fn display_name(given: Option<&str>) -> String {
    let last = given.unwrap_or_default().rsplit(['/', '\\']).next().unwrap_or_default();
    let mut name = String::new();
    for c in last.trim().chars().filter(|c| !c.is_control()) {
        if name.len() + c.len_utf8() > FILE_NAME_BYTES {
            break;
        }
        name.push(c);
    }
    if name.is_empty() { "photo".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_spread_and_unique() {
        let user = UserId::new();
        let key = ObjectKey::new(user, Uuid::new_v4(), "jpg");
        let parts: Vec<&str> = key.as_str().split('/').collect();
        assert_eq!((parts[0], parts[1].len(), parts[2]), ("photos", 2, user.to_string().as_str()));
        assert_ne!(key, ObjectKey::new(user, Uuid::new_v4(), "jpg"));
    }

    #[test]
    fn variants_lie_beside_the_large_one() {
        let user = UserId::new();
        let key = ObjectKey::new(user, Uuid::new_v4(), "jpg");
        let stem = key.as_str().strip_suffix(".jpg").unwrap();
        assert_eq!(
            key.objects(),
            [format!("{stem}-thumb.jpg"), format!("{stem}-medium.jpg"), key.as_str().to_owned()]
        );
        assert_eq!(key.variant(Variant::Large), key.as_str());
        let document = ObjectKey::new(user, Uuid::new_v4(), "pdf");
        assert_eq!(document.objects(), [document.as_str()]);
        assert_eq!(document.variant(Variant::Thumb), document.as_str());
    }

    #[test]
    fn file_names_are_for_display_only() {
        assert_eq!(display_name(Some("../../etc/pass\0wd.jpg")), "passwd.jpg");
        assert_eq!(display_name(Some(r"C:\me\Foto 1.png")), "Foto 1.png");
        assert_eq!(display_name(Some("  ")), "photo");
        assert_eq!(display_name(None), "photo");
        assert!(display_name(Some(&"é".repeat(200))).len() <= 255);
    }
}
