//! A file as its owner manages it: how requests name it, and what is said of it.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::photo::ObjectKey;
use crate::text::{TextError, TextRule};

/// The longest key has fewer bytes.
const KEY_BYTES: usize = 256;

const CAPTION: TextRule = TextRule::line("A caption", 0, 200);

/// One of one's own files, as requests name it: by its whole key, or by the UUID in it alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef {
    /// The UUID.
    pub(super) id: Uuid,
    key: Option<String>,
}

impl FileRef {
    /// Reads it; `None` for what can't name any file.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > KEY_BYTES {
            return None;
        }
        let Some((_, name)) = text.rsplit_once('/') else {
            return Uuid::parse_str(text).ok().map(|id| Self { id, key: None });
        };
        let (stem, _) = name.split_once('.')?;
        Uuid::parse_str(stem).ok().map(|id| Self { id, key: Some(text.to_owned()) })
    }

    /// Whether it names the file with this key, given that the UUIDs are equal.
    pub(super) fn fits(&self, key: &ObjectKey) -> bool {
        self.key.as_deref().is_none_or(|given| given == key.as_str())
    }
}

impl From<Uuid> for FileRef {
    fn from(id: Uuid) -> Self {
        Self { id, key: None }
    }
}

/// A line below a photo; may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption(String);

impl Caption {
    /// At most 200 characters.
    pub fn parse(text: &str) -> Result<Self, TextError> {
        CAPTION.clean(text).map(Self)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The photo that stands for somebody: the chosen one, else the first.
#[derive(Debug, Clone)]
pub struct ProfileImage {
    /// Where it lies.
    pub key: ObjectKey,
    /// For display.
    pub filename: String,
    /// MIME type.
    pub content_type: String,
    /// Since when it is the profile image.
    pub since: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::UserId;

    #[test]
    fn a_file_is_named_by_its_key_or_its_uuid() {
        let id = Uuid::new_v4();
        let key = ObjectKey::new(UserId::new(), id, "jpg");
        for text in [key.as_str(), &id.to_string()] {
            let named = FileRef::parse(text).unwrap();
            assert!(named.id == id && named.fits(&key), "{text}");
        }
        let elsewhere = format!("photos/00/{}/{id}.jpg", Uuid::nil());
        assert!(!FileRef::parse(&elsewhere).unwrap().fits(&key));
        let variant = key.as_str().replace(".jpg", "-thumb.jpg");
        for text in ["", "/", "x", "photos/", &variant, &format!("{}/{id}.jpg", "x".repeat(300)), "a/\0.jpg"]
        {
            assert_eq!(FileRef::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_caption_is_one_line() {
        assert_eq!(Caption::parse(" In Rome ").unwrap().as_str(), "In Rome");
        assert_eq!(Caption::parse("").unwrap().as_str(), "");
        for bad in ["a\nb", "a\0b", &"x".repeat(201)] {
            assert!(Caption::parse(bad).is_err(), "{bad}");
        }
    }
}
