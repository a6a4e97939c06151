//! The key in a mailed link: 256 random bits, kept here by their SHA-256 only.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The key, as it stands in the link.
pub struct MailToken([u8; 32]);

impl MailToken {
    pub(super) fn new() -> Self {
        Self(rand::random())
    }

    /// Reads one; what isn't one gives `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self(URL_SAFE_NO_PAD.decode(text.trim()).ok()?.try_into().ok()?))
    }

    /// For the link, and nowhere else.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the database keeps.
    pub(super) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_the_way_there_and_back() {
        let token = MailToken::new();
        assert_eq!(MailToken::parse(&token.to_text()).unwrap().hash(), token.hash());
        assert_ne!(MailToken::new().hash(), token.hash());
        for bad in ["", "x", "AAAA", "not base64 at all!"] {
            assert!(MailToken::parse(bad).is_none(), "{bad:?}");
        }
    }
}
