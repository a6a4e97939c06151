//! Which mails there are, and what may become of one.

use chrono::TimeDelta;
use serde::Serialize;
use utoipa::ToSchema;

use crate::text::words_of;

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

words_of!(
    MailKind:
    Verify = "verify",
    ChangeOld = "change_old",
    ChangeNew = "change_new",
    Changed = "changed",
    Reset = "reset",
    PasswordChanged = "password_changed",
    AddressTaken = "address_taken",
    Deletion = "deletion",
    ExportReady = "export_ready",
);

impl MailKind {
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

words_of!(MailState: Waiting = "waiting", Delivered = "delivered", Refused = "refused", Failed = "failed");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_survive_the_way_there_and_back() {
        for kind in MailKind::ALL.iter().copied() {
            assert_eq!(MailKind::named(kind.as_str()), Some(kind));
            assert_eq!(serde_json::json!(kind), kind.as_str());
        }
        assert_eq!(MailKind::named("spam"), None);
    }
}
