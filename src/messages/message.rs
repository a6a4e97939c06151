//! A message and its place in the conversation.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::accounts::UserId;
use crate::text::{TextError, TextRule};

/// What is written: 1 to 4,000 code points.
#[derive(Clone, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// Cleans and checks what somebody typed.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        const RULE: TextRule = TextRule::lines("A message", 1, 4000);
        RULE.clean(input).map(Self)
    }

    /// The clean text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A message that was sent.
#[derive(Clone)]
pub struct Message {
    /// Its place: 1, 2, 3 … without holes.
    pub seq: i64,
    /// Who wrote it.
    pub sender: UserId,
    /// The sender's own id for it.
    pub client_id: Uuid,
    /// What it says.
    pub body: String,
    /// When it was kept.
    pub sent_at: DateTime<Utc>,
}
