//! Hobbies and interests in people's own words, normalised so that the same word is the same tag.

use crate::text::{TextError, TextRule};

/// How many hobbies, and how many interests, one profile holds.
pub const MAX_TAGS: usize = 20;

const TAG: TextRule = TextRule::line("A hobby or interest", 1, 40);

/// Why a list of tags can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TagError {
    /// More than [`MAX_TAGS`].
    #[error("At most {MAX_TAGS} entries fit here.")]
    TooMany,
    /// One of them isn't a word or two.
    #[error(transparent)]
    Text(#[from] TextError),
}

/// Tag names in the person's order: NFC, lower case, single spaces, no two alike.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagList(Vec<String>);

impl TagList {
    /// Parses entries; empty ones are left out.
    pub fn parse<'a>(entries: impl IntoIterator<Item = &'a str>) -> Result<Self, TagError> {
        let mut tags = Vec::new();
        for entry in entries {
            let entry = entry.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            if entry.is_empty() {
                continue;
            }
            let tag = TAG.clean(&entry)?;
            if !tags.contains(&tag) {
                tags.push(tag);
            }
            if tags.len() > MAX_TAGS {
                return Err(TagError::TooMany);
            }
        }
        Ok(Self(tags))
    }

    /// The names.
    pub fn names(&self) -> &[String] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_word_is_the_same_tag() {
        let tags = TagList::parse(" Board  Games,hiking,, HIKING ,Cafe\u{301}s".split(',')).unwrap();
        assert_eq!(tags.names(), ["board games", "hiking", "cafés"]);
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        assert!(TagList::parse(["a\0b"]).is_err());
        assert!(TagList::parse(["x".repeat(41).as_str()]).is_err());
        let many: Vec<String> = (0..21).map(|n| n.to_string()).collect();
        assert_eq!(TagList::parse(many.iter().map(String::as_str)), Err(TagError::TooMany));
    }
}
