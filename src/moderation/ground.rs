//! What people report others for: at the same time the rules of the house, and what breaks them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::text::words_of;

/// A rule of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Insults, threats, going on after a no.
    Harassment,
    /// Contempt for what people are.
    Hate,
    /// Pictures that don't belong here.
    InappropriatePhotos,
    /// Somebody else's name or face.
    FakeProfile,
    /// Advertising.
    Spam,
    /// Getting at people's money or secrets.
    Scam,
    /// Not an adult.
    Underage,
    /// Danger to oneself or others.
    Danger,
    /// None of these: `detail` says what.
    Other,
}

words_of!(
    Ground:
    Harassment = "harassment",
    Hate = "hate",
    InappropriatePhotos = "inappropriate_photos",
    FakeProfile = "fake_profile",
    Spam = "spam",
    Scam = "scam",
    Underage = "underage",
    Danger = "danger",
    Other = "other",
);

impl Ground {
    /// Reads the word back; what nobody knows is something else.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::named(text).unwrap_or(Self::Other)
    }

    /// The rule, as whoever broke it reads it.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::Harassment => "Treat people with respect. No insults, no threats, and a no is a no.",
            Self::Hate => "No contempt for anybody's origin, religion, sex, gender, love, age or disability.",
            Self::InappropriatePhotos => "No nudity and no violence on photos.",
            Self::FakeProfile => "Be yourself: no other person's name or face.",
            Self::Spam => "No advertising, and no message to everybody.",
            Self::Scam => "Don't try to get at people's money, passwords or private data.",
            Self::Underage => "Friender is for adults.",
            Self::Danger => "Nobody's safety may be put at risk, one's own included.",
            Self::Other => "What harms people here has no place here.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back() {
        for ground in Ground::ALL.iter().copied() {
            assert_eq!(Ground::parse(ground.as_str()), ground);
            assert_eq!(serde_json::to_value(ground).unwrap(), ground.as_str());
        }
    }
}
