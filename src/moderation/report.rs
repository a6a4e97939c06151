//! A report, what it was judged by, and how it ended.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::ground::Ground;
use crate::accounts::UserId;
use crate::text::{TextRule, text_newtype, words_of};

/// The most messages that one report may name.
pub(super) const MAX_MESSAGES: usize = 50;

/// The most photos that one report may name.
pub(super) const MAX_PHOTOS: usize = 20;

text_newtype!(
    /// What a reporter adds in their own words; empty means nothing.
    Detail, TextRule::lines("A detail", 0, 2000));
text_newtype!(
    /// What a moderator or an appealing person writes: 1 to 2,000 characters.
    Statement, TextRule::lines("This text", 1, 2000));

/// How a report ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// No rule was broken, as far as can be seen.
    Dismissed,
    /// The person was told.
    Warned,
    /// The person is kept out for a time.
    Suspended,
    /// The person is kept out for good.
    Banned,
}

words_of!(Outcome: Dismissed = "dismissed", Warned = "warned", Suspended = "suspended", Banned = "banned");

/// A report.
#[derive(Debug, Clone)]
pub struct Report {
    /// Its id.
    pub id: Uuid,
    /// Who made it; `None` once the account is gone.
    pub reporter: Option<UserId>,
    /// Whom it is about; `None` once the account is gone.
    pub reported: Option<UserId>,
    /// Their username when it was made.
    pub reported_name: String,
    /// Their display name when it was made.
    pub reported_display_name: Option<String>,
    /// Their bio when it was made.
    pub reported_bio: Option<String>,
    /// For what.
    pub reason: Ground,
    /// The reporter's own words.
    pub detail: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// How it ended, if it has.
    pub outcome: Option<Outcome>,
    /// When it ended.
    pub decided_at: Option<DateTime<Utc>>,
}

/// A position in a list of reports or sanctions.
pub type ReportPosition = (DateTime<Utc>, Uuid);

impl Report {
    /// Where it stands in a list.
    #[must_use]
    pub fn position(&self) -> ReportPosition {
        (self.created_at, self.id)
    }
}

/// A message as it was when it was reported.
#[derive(Debug, Clone)]
pub struct QuotedMessage {
    /// Its place in the conversation.
    pub seq: i64,
    /// Who wrote it.
    pub sender: UserId,
    /// What it says.
    pub body: String,
    /// When.
    pub sent_at: DateTime<Utc>,
}

/// What a moderator wrote beside a report, for moderators.
#[derive(Debug, Clone)]
pub struct Note {
    /// Its id.
    pub id: Uuid,
    /// Who; `None` once the account is gone.
    pub moderator: Option<UserId>,
    /// What.
    pub body: String,
    /// When.
    pub written_at: DateTime<Utc>,
}
