//! A block: one person's wish, silence for both.

use chrono::{DateTime, Utc};

use crate::accounts::UserId;

/// A block of one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Who is blocked.
    pub other: UserId,
    /// Since when.
    pub blocked_at: DateTime<Utc>,
}

/// A position in the list of one's blocks: by time, then by whom.
pub type BlockPosition = (DateTime<Utc>, UserId);

impl Block {
    /// Where it stands in the list.
    pub fn position(&self) -> BlockPosition {
        (self.blocked_at, self.other)
    }
}

/// That neither of two people blocked the other, as SQL. Both are SQL for a user id, such as `$1` and `p.user_id`.
pub fn no_block_sql(one: &str, other: &str) -> String {
    format!(
        "NOT EXISTS (SELECT FROM blocks b WHERE b.user_id = {one} AND b.blocked_id = {other}) \
         AND NOT EXISTS (SELECT FROM blocks b WHERE b.blocked_id = {one} AND b.user_id = {other})"
    )
}
