//! Which mails there are, and what may become of one.

use chrono::TimeDelta;
use serde::Serialize;
use utoipa::ToSchema;

/// What a mail is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailKind {
    /// Asks to confirm the address.
    Verify,
    /// Asks the old address to agree to a change.
    ChangeOld,
    /// Asks the new address to agree to a change.
    ChangeNew,
    /// Tells the old address that it was changed, and how to undo that.
    Changed,
    /// Lets choose a new password.
    Reset,
    /// Tells that there is a new password.
    PasswordChanged,
    /// Tells that somebody else gave this address.
    AddressTaken,
    /// Tells when the account will be gone, and how to keep it.
    Deletion,
    /// Tells that the copy of everything can be fetched.
    ExportReady,
}

impl MailKind {
    const ALL: [Self; 9] = [
        Self::Verify,
        Self::ChangeOld,
        Self::ChangeNew,
        Self::Changed,
        Self::Reset,
        Self::PasswordChanged,
        Self::AddressTaken,
        Self::Deletion,
        Self::ExportReady,
    ];

    /// As the database has it; never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::ChangeOld => "change_old",
            Self::ChangeNew => "change_new",
            Self::Changed => "changed",
            Self::Reset => "reset",
            Self::PasswordChanged => "password_changed",
            Self::AddressTaken => "address_taken",
            Self::Deletion => "deletion",
            Self::ExportReady => "export_ready",
        }
    }

    /// Reads it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// How long the key in its link is good; `None` for mails without one.
    #[must_use]
    pub fn key_life(self) -> Option<TimeDelta> {
        match self {
            Self::Verify | Self::ChangeOld | Self::ChangeNew | Self::Changed => Some(TimeDelta::hours(48)),
            Self::Reset => Some(TimeDelta::hours(1)),
            Self::PasswordChanged | Self::AddressTaken | Self::Deletion | Self::ExportReady => None,
        }
    }

    /// What the link's page has to do.
    #[must_use]
    pub fn page_verb(self) -> &'static str {
        match self {
            Self::Changed => "undo",
            Self::Reset => "reset",
            _ => "verify",
        }
    }
}

/// What became of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// On its way; tried again if the mail server doesn't answer.
    Waiting,
    /// The mail server took it.
    Delivered,
    /// The mail server refused it, for good.
    Refused,
    /// Given up after many tries.
    Failed,
}

impl MailState {
    /// As the database has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    /// Reads it back.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Waiting, Self::Delivered, Self::Refused, Self::Failed]
            .into_iter()
            .find(|state| state.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_survive_the_way_there_and_back() {
        for kind in MailKind::ALL {
            assert_eq!(MailKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::json!(kind), kind.as_str());
        }
        assert_eq!(MailKind::parse("spam"), None);
    }
}
