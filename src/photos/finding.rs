//! What the reaper finds: rows and objects that have lost each other.

use std::fmt;

use uuid::Uuid;

use super::photo::ObjectKey;
use crate::accounts::UserId;

/// Something that hangs in the air.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// A file's row that was given up or removed, or whose upload never ended.
    Unfinished {
        /// Whose file.
        user: UserId,
        /// Its id.
        id: Uuid,
        /// Where it may lie.
        key: ObjectKey,
    },
    /// An upload straight to the bucket whose time is over.
    Expired {
        /// Whose upload.
        user: UserId,
        /// Its id.
        id: Uuid,
        /// Where it may lie.
        key: ObjectKey,
    },
    /// An object that no row knows.
    Orphan(String),
    /// A photo's row whose object is gone.
    Dangling {
        /// Whose photo.
        user: UserId,
        /// Its id.
        id: Uuid,
        /// Where it should lie.
        key: ObjectKey,
    },
    /// A photo that lacks one of its smaller sizes.
    Incomplete(String),
    /// An object that isn't named like any of ours. Never touched.
    Foreign(String),
}

impl Finding {
    /// Whether the reaper would do something about it.
    #[must_use]
    pub fn is_reaped(&self) -> bool {
        !matches!(self, Self::Incomplete(_) | Self::Foreign(_))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unfinished { key, .. } => write!(f, "unfinished or removed: {}", key.as_str()),
            Self::Expired { key, .. } => write!(f, "expired upload: {}", key.as_str()),
            Self::Orphan(key) => write!(f, "object without a row: {key}"),
            Self::Dangling { key, .. } => write!(f, "row without its object: {}", key.as_str()),
            Self::Incomplete(key) => write!(f, "a smaller size is missing (left alone): {key}"),
            Self::Foreign(key) => write!(f, "not one of ours (left alone): {key}"),
        }
    }
}

/// What a pass came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reaped {
    /// Rows of photos looked at.
    pub rows: usize,
    /// Objects looked at.
    pub objects: usize,
    /// What was found and asked for something to be done.
    pub found: usize,
    /// How much of it is done.
    pub done: usize,
    /// What was found and is left alone.
    pub left_alone: usize,
    /// Whether there may be more: one pass does so much and no more.
    pub more: bool,
}

impl fmt::Display for Reaped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rows, objects, found, done, left_alone, more } = self;
        write!(f, "{rows} photos and {objects} objects compared: {found} found, {done} removed")?;
        if *left_alone > 0 {
            write!(f, ", {left_alone} left alone")?;
        }
        if *more {
            f.write_str(". There may be more: run this again")?;
        }
        Ok(())
    }
}

/// Whose object this is, by its key: `<prefix>/<2 hex digits>/<user id>/<uuid>…`.
pub(super) fn owner(key: &str) -> Option<(UserId, Uuid)> {
    let mut parts = key.split('/');
    let (_, spread, user, name) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || spread.len() != 2 {
        return None;
    }
    let id = name.get(..36)?;
    let behind = name.get(36..)?;
    let is_ours = behind.starts_with(['.', '-']);
    let user = Uuid::parse_str(user).ok()?;
    Uuid::parse_str(id).ok().filter(|_| is_ours).map(|id| (UserId(user), id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_tells_its_owner() {
        let (user, id) = (UserId::new(), Uuid::new_v4());
        let key = ObjectKey::new(user, id, "jpg");
        for object in key.objects() {
            assert_eq!(owner(&object), Some((user, id)), "{object}");
        }
        assert_eq!(owner(&format!("quarantine/ab/{user}/{id}.png")), Some((user, id)));
        for other in [
            "photos/readme.txt".to_owned(),
            format!("photos/ab/{user}/{id}"),
            format!("photos/ab/{user}/{id}x.jpg"),
            format!("photos/ab/{user}/more/{id}.jpg"),
            format!("photos/abc/{user}/{id}.jpg"),
            format!("photos/ab/ada/{id}.jpg"),
            format!("photos/ab/{user}/ééééééééééééééééééééé.jpg"),
        ] {
            assert_eq!(owner(&other), None, "{other}");
        }
    }
}
