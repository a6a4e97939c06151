//! Names, passwords and addresses: parsed once, trusted below.

use std::collections::HashSet;
use std::fmt;
use std::sync::LazyLock;

use diesel_derive_newtype::DieselNewType;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::text::TextRule;

/// A user's id: a UUIDv7, made here.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, DieselNewType,
)]
#[serde(transparent)]
#[schema(value_type = Uuid)]
pub struct UserId(pub Uuid);

impl UserId {
    /// A new id.
    pub fn new() -> Self {
        Self(Uuid::now_v7())
    }

    /// The id's last 32 bits, which are random: they order people who are otherwise equal.
    pub fn shuffle(self) -> i32 {
        let [.., a, b, c, d] = *self.0.as_bytes();
        i32::from_be_bytes([a, b, c, d])
    }
}

impl Default for UserId {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A session's id: a UUIDv7, made here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, DieselNewType)]
#[serde(transparent)]
pub struct SessionId(pub Uuid);

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The name somebody logs in with: `[A-Za-z0-9_.-]{3,30}`, unique without case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

/// Names that would speak for the house, or that broken clients send.
const RESERVED: [&str; 16] = [
    "admin",
    "administrator",
    "api",
    "deleted",
    "friender",
    "help",
    "me",
    "moderator",
    "null",
    "root",
    "security",
    "staff",
    "support",
    "system",
    "undefined",
    "unknown",
];

/// Why a username can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UsernameError {
    /// Not 3 to 30 of the allowed characters.
    #[error("A username has 3 to 30 characters: letters a to z, digits, dot, dash and underscore.")]
    Malformed,
    /// One of the few that nobody gets.
    #[error("That username is reserved. Please choose another.")]
    Reserved,
}

impl Username {
    /// Parses a name for a new account.
    pub fn parse(input: &str) -> Result<Self, UsernameError> {
        let fits = (3..=30).contains(&input.len())
            && input.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
        match input {
            _ if !fits => Err(UsernameError::Malformed),
            _ if RESERVED.contains(&input.to_ascii_lowercase().as_str()) => Err(UsernameError::Reserved),
            _ => Ok(Self(input.to_owned())),
        }
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As compared.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

/// A password as somebody typed it, NFC-normalised. Never printed.
#[derive(Debug, Clone)]
pub struct Password(SecretString);

/// Why a password can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Not 8 to 128 code points (NIST SP 800-63B).
    #[error("A password has 8 to 128 characters.")]
    Length,
    /// Everybody tries it first.
    #[error("That password is on lists of stolen ones. Please choose another.")]
    Common,
    /// NUL can't be typed, and tools cut there.
    #[error("A password can't contain control characters.")]
    Control,
}

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("common_passwords.txt").lines().filter(|line| !line.starts_with('#')).collect()
});

impl Password {
    /// Parses a password for a new account.
    pub fn parse(input: &str) -> Result<Self, PasswordError> {
        let password: String = input.nfc().collect();
        match password.chars().count() {
            _ if password.chars().any(char::is_control) => Err(PasswordError::Control),
            0..8 | 129.. => Err(PasswordError::Length),
            _ if COMMON.contains(password.to_lowercase().as_str()) => Err(PasswordError::Common),
            _ => Ok(Self(password.into())),
        }
    }

    /// A password to compare with: no rule but the upper bound, because it may be older than the rules.
    pub fn attempt(input: &str) -> Option<Self> {
        let password: String = input.nfc().collect();
        (password.chars().count() <= 128).then(|| Self(password.into()))
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// An address as somebody typed it; only a mail that arrives can prove it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

/// Why an address can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("That is not an email address. One looks like name@example.org.")]
pub struct EmailError;

impl Email {
    /// Parses an address: one `@`, something on both sides, a dot in the domain, at most 254 bytes (RFC 5321).
    pub fn parse(input: &str) -> Result<Self, EmailError> {
        const RULE: TextRule = TextRule::line("An email address", 3, 254);
        let input = RULE.clean(input).map_err(|_| EmailError)?;
        let (local, domain) = input.rsplit_once('@').ok_or(EmailError)?;
        let plain =
            |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '@' | ',' | '<' | '>' | '"');
        let is_domain = domain.split('.').count() > 1
            && domain
                .split('.')
                .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'));
        let fits =
            input.len() <= 254 && (1..=64).contains(&local.len()) && local.chars().all(plain) && is_domain;
        if fits { Ok(Self(input)) } else { Err(EmailError) }
    }

    /// As compared with those of banned people: without case, and without what follows a plus sign.
    pub(super) fn compared(&self) -> String {
        let address = self.0.to_lowercase();
        let (local, domain) = address.rsplit_once('@').unwrap_or((&address, ""));
        format!("{}@{domain}", local.split('+').next().unwrap_or_default())
    }

    /// As typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As compared: without case.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usernames() {
        for good in ["ada", "Ada.L_ovelace-1", "a-b", &"x".repeat(30)] {
            assert_eq!(Username::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "ab", "ada ", " ada", "аda", "a\0da", "ad@", "ada\n", &"x".repeat(31)] {
            assert_eq!(Username::parse(bad), Err(UsernameError::Malformed), "{bad:?}");
        }
        assert_eq!(Username::parse("Admin"), Err(UsernameError::Reserved));
        assert_eq!(Username::parse("ADA").unwrap().key(), "ada");
    }

    #[test]
    fn passwords() {
        assert!(Password::parse("correct horse").is_ok());
        assert!(Password::parse(&"é".repeat(128)).is_ok());
        assert_eq!(Password::parse(&"é".repeat(129)).unwrap_err(), PasswordError::Length);
        assert_eq!(Password::parse("1234567").unwrap_err(), PasswordError::Length);
        assert_eq!(Password::parse("Password123").unwrap_err(), PasswordError::Common);
        assert_eq!(Password::parse("longenough\0").unwrap_err(), PasswordError::Control);
        let (composed, combining) = ("zo\u{eb}zo\u{eb}zo\u{eb}", "zoe\u{308}zoe\u{308}zoe\u{308}");
        assert_eq!(Password::parse(composed).unwrap().expose(), Password::parse(combining).unwrap().expose());
        assert!(!format!("{:?}", Password::parse("correct horse").unwrap()).contains("horse"));
    }

    #[test]
    fn addresses_are_compared_without_case_and_tag() {
        let compared = |text| Email::parse(text).unwrap().compared();
        assert_eq!(compared("Ada+Friends@Mail.example.org"), compared("ada@mail.example.org"));
        assert_ne!(compared("ada@mail.example.org"), compared("ada@example.org"));
    }

    #[test]
    fn emails() {
        assert!(Email::parse("ada@example.org").is_ok());
        assert!(Email::parse("ada+friends@mail.example.org").is_ok());
        for bad in
            ["", "ada", "ada@", "@example.org", "a da@example.org", "ada@example", "a@b@c.org", "ada@.org"]
        {
            assert!(Email::parse(bad).is_err(), "{bad:?}");
        }
    }
}
