//! What follows for whoever broke a rule, and how it is taken back.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::ground::Ground;
use super::report::{Outcome, ReportPosition, Statement};
use crate::accounts::UserId;
use crate::text::words_of;

/// What it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SanctionKind {
    /// Told, and nothing more.
    Warning,
    /// Kept out for a time.
    Suspension,
    /// Kept out for good.
    Ban,
}

words_of!(SanctionKind: Warning = "warning", Suspension = "suspension", Ban = "ban");

impl SanctionKind {
    /// Reads the word back; what nobody knows is the mildest.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::named(text).unwrap_or(Self::Warning)
    }
}

/// Days that a suspension may last.
pub(super) const SUSPENSION_DAYS: std::ops::RangeInclusive<i64> = 1..=365;

/// What a moderator decides.
#[derive(Debug, Clone)]
pub enum Decision {
    /// No rule was broken.
    Dismiss,
    /// One was.
    Sanction {
        /// For how long: `None` for a warning or a ban.
        term: Option<TimeDelta>,
        /// What it is.
        kind: SanctionKind,
        /// Which rule.
        rule: Ground,
        /// Why, for the person.
        reason: Statement,
        /// What it was judged by, for the person; never who told.
        evidence: Statement,
    },
}

impl Decision {
    /// How the report ends.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Dismiss => Outcome::Dismissed,
            Self::Sanction { kind: SanctionKind::Warning, .. } => Outcome::Warned,
            Self::Sanction { kind: SanctionKind::Suspension, .. } => Outcome::Suspended,
            Self::Sanction { kind: SanctionKind::Ban, .. } => Outcome::Banned,
        }
    }
}

/// A sanction, as its person may read all of it.
#[derive(Debug, Clone)]
pub struct Sanction {
    /// Whose it is.
    pub user: UserId,
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: SanctionKind,
    /// Which rule was broken.
    pub rule: Ground,
    /// Why.
    pub reason: String,
    /// What it was judged by.
    pub evidence: String,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when, if not for good.
    pub ends_at: Option<DateTime<Utc>>,
    /// When it was taken back or over.
    pub lifted_at: Option<DateTime<Utc>>,
    /// What the person says against it.
    pub appeal: Option<String>,
    /// When they said so.
    pub appealed_at: Option<DateTime<Utc>>,
    /// Whether they were right.
    pub appeal_granted: Option<bool>,
    /// Why.
    pub appeal_answer: Option<String>,
}

impl Sanction {
    /// Where it stands in its person's list.
    #[must_use]
    pub fn position(&self) -> ReportPosition {
        (self.created_at, self.id)
    }
}
