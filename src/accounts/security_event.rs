//! What is written down about people's safety: who, what and when, never a secret.

use std::fmt;
use std::net::IpAddr;

use uuid::Uuid;

/// Something that happened to an account's safety.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecurityEvent {
    /// The account was made.
    SignUp,
    /// A login; about the session.
    Login,
    /// A login with a wrong password, or a name that nobody has.
    LoginFailure,
    /// The password was given again for something sensitive; about the session.
    FreshLogin,
    /// The same with a wrong password; about the session.
    FreshLoginFailure,
    /// A used refresh token came back; about the session, which was ended.
    RefreshReuse,
    /// A session was ended by its owner; about the session.
    SignOut,
    /// All sessions were ended by their owner.
    SignOutAll,
    /// All sessions were ended by an operator.
    SignOutByOperator,
    /// Another password.
    PasswordChange,
    /// Another password, by a mailed link.
    PasswordReset,
    /// Another address.
    EmailChange,
    /// A copy of everything was asked for.
    Export,
    /// The owner asked for the account's deletion.
    DeletionAsked,
    /// A login took the deletion back.
    DeletionUndone,
    /// The account was deleted.
    Deleted,
    /// Somebody was blocked; about the person.
    Block,
    /// Somebody was let in again; about the person.
    Unblock,
    /// Somebody was reported; about the report.
    Report,
    /// A moderator decided; about the person decided on.
    Moderation,
    /// An operator gave or took a role.
    RoleChange,
}

impl SecurityEvent {
    /// As the log has it; never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::Login => "login",
            Self::LoginFailure => "login_failure",
            Self::FreshLogin => "fresh_login",
            Self::FreshLoginFailure => "fresh_login_failure",
            Self::RefreshReuse => "refresh_reuse",
            Self::SignOut => "sign_out",
            Self::SignOutAll => "sign_out_all",
            Self::SignOutByOperator => "sign_out_by_operator",
            Self::PasswordChange => "password_change",
            Self::PasswordReset => "password_reset",
            Self::EmailChange => "email_change",
            Self::Export => "export",
            Self::DeletionAsked => "deletion_asked",
            Self::DeletionUndone => "deletion_undone",
            Self::Deleted => "deleted",
            Self::Block => "block",
            Self::Unblock => "unblock",
            Self::Report => "report",
            Self::Moderation => "moderation",
            Self::RoleChange => "role_change",
        }
    }

    /// The event with the session, person or thing that it is about.
    #[must_use]
    pub fn about(self, subject: Uuid) -> Note {
        Note { about: Some(subject), ..self.into() }
    }

    /// The event with where it came from.
    #[must_use]
    pub fn seen_from(self, network: Option<Network>) -> Note {
        Note::from(self).seen_from(network)
    }
}

/// An event with what else is known of it.
#[derive(Debug, Clone)]
pub struct Note {
    pub(super) event: SecurityEvent,
    pub(super) about: Option<Uuid>,
    pub(super) network: Option<Network>,
}

impl Note {
    /// The same with where it came from.
    #[must_use]
    pub fn seen_from(self, network: Option<Network>) -> Self {
        Self { network, ..self }
    }
}

impl From<SecurityEvent> for Note {
    fn from(event: SecurityEvent) -> Self {
        Self { event, about: None, network: None }
    }
}

/// Where a request came from, too coarse to be anybody's: 24 bits of an IPv4 address, 48 of an IPv6 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpAddr);

impl From<IpAddr> for Network {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                [a, b, c, 0].into()
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                [a, b, c, 0, 0, 0, 0, 0].into()
            }
        })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.0, if self.0.is_ipv4() { 24 } else { 48 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_coarser_than_an_address() {
        for (address, network) in [
            ("203.0.113.7", "203.0.113.0/24"),
            ("::ffff:203.0.113.7", "203.0.113.0/24"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ] {
            assert_eq!(Network::from(address.parse::<IpAddr>().unwrap()).to_string(), network);
        }
    }
}
