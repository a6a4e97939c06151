//! What was done with somebody's files: the audit trail.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::accounts::UserId;
use crate::text::words_of;

/// For how many days events are kept.
pub(super) const KEPT_DAYS: i64 = 90;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FileAction {
    /// A new file.
    Added,
    /// Another file took its place.
    Replaced,
    /// It was taken away.
    Removed,
}

words_of!(FileAction: Added = "added", Replaced = "replaced", Removed = "removed");

impl FileAction {
    /// Reads it back.
    pub(super) fn from_column(text: &str) -> Self {
        Self::named(text).unwrap_or(Self::Removed)
    }
}

/// One line of the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEvent {
    /// Its own id.
    pub id: Uuid,
    /// What was done.
    pub action: FileAction,
    /// With which file.
    pub file: Uuid,
    /// As the file was called.
    pub filename: String,
    /// The file that took its place, when it was replaced.
    pub replaced_by: Option<Uuid>,
    /// By whom; `None` is the server itself.
    pub actor: Option<UserId>,
    /// When.
    pub happened_at: DateTime<Utc>,
}
