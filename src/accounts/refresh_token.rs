//! Refresh tokens: `session.secret`, the secret known here only by its SHA-256.
//!
//! The successor's secret is an HMAC of the old one, so that a retry whose answer was lost gets the same successor
//! without our storing it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::account::{SessionId, UserId};

/// A refresh token, taken apart. Its first half names user and session: sessions are keyed by both.
#[derive(Clone)]
pub struct RefreshToken {
    /// Whose session.
    pub user: UserId,
    /// Which one.
    pub session: SessionId,
    secret: [u8; 32],
}

impl RefreshToken {
    /// The first token of a session.
    pub fn first(user: UserId, session: SessionId) -> Self {
        Self { user, session, secret: rand::random() }
    }

    /// Reads a token; what isn't one gives `None`.
    #[must_use]
    pub fn parse(token: &str) -> Option<Self> {
        let (handle, secret) = token.split_once('.')?;
        let handle: [u8; 32] = URL_SAFE_NO_PAD.decode(handle).ok()?.try_into().ok()?;
        let secret = URL_SAFE_NO_PAD.decode(secret).ok()?.try_into().ok()?;
        let (user, session) = handle.split_at(16);
        let user = UserId(Uuid::from_slice(user).ok()?);
        Some(Self { user, session: SessionId(Uuid::from_slice(session).ok()?), secret })
    }

    /// The token as the client keeps it.
    #[must_use]
    pub fn to_secret(&self) -> SecretString {
        let handle = [*self.user.0.as_bytes(), *self.session.0.as_bytes()].concat();
        format!("{}.{}", URL_SAFE_NO_PAD.encode(handle), URL_SAFE_NO_PAD.encode(self.secret)).into()
    }

    /// What the database keeps.
    pub(super) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.secret).to_vec()
    }

    /// The token that follows this one; the same whenever it is asked for.
    pub(super) fn successor(&self, key: &SecretString) -> Option<Self> {
        let mut mac = Hmac::<Sha256>::new_from_slice(key.expose_secret().as_bytes()).ok()?;
        mac.update(b"refresh token successor");
        mac.update(&self.secret);
        Some(Self { secret: mac.finalize().into_bytes().into(), ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_the_way_there_and_back() {
        let token = RefreshToken::first(UserId::new(), SessionId(Uuid::now_v7()));
        let read = RefreshToken::parse(token.to_secret().expose_secret()).unwrap();
        assert_eq!((read.user, read.session, read.hash()), (token.user, token.session, token.hash()));
    }

    #[test]
    fn the_successor_is_always_the_same_and_another() {
        let (key, token) = ("key".into(), RefreshToken::first(UserId::new(), SessionId(Uuid::now_v7())));
        let next = token.successor(&key).unwrap();
        assert_eq!(next.hash(), token.successor(&key).unwrap().hash());
        assert_ne!(next.hash(), token.hash());
        assert_ne!(next.hash(), token.successor(&"other".into()).unwrap().hash());
    }

    #[test]
    fn what_is_no_token_is_none() {
        for bad in ["", ".", "a.b", "eyJhbGciOiJub25lIn0.e30."] {
            assert!(RefreshToken::parse(bad).is_none(), "{bad:?}");
        }
    }
}
