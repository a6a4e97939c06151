//! What somebody who is kept out gets instead of a session: enough to read their sanctions and to appeal.
//!
//! `appeal_` and base64url of user id, expiry in Unix seconds, and an HMAC of both.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::account::UserId;
use super::actions::Accounts;
use super::error::AccountError;
use super::password::PasswordHasher;

/// Tells it from an access token.
const PREFIX: &str = "appeal_";
const PURPOSE: &str = "appeal token";
/// Time enough to write a few lines; another login gives another.
const LIFE_SECONDS: u64 = 60 * 60;
/// A user id and an expiry.
const CLAIMS: usize = 16 + 8;

/// Issues and verifies appeal tokens, with the keys that passwords are hashed with.
pub struct AppealTokens<'a>(&'a PasswordHasher);

impl Accounts {
    /// The tokens of those who are kept out.
    #[must_use]
    pub fn appeal_tokens(&self) -> AppealTokens<'_> {
        AppealTokens::new(&self.passwords)
    }
}

impl<'a> AppealTokens<'a> {
    /// Tokens of these keys.
    #[must_use]
    pub fn new(passwords: &'a PasswordHasher) -> Self {
        Self(passwords)
    }

    /// A token for somebody whose password was right, but who is kept out. Good for an hour.
    pub fn issue(&self, user: UserId) -> Result<String, AccountError> {
        let expiry = jsonwebtoken::get_current_timestamp() + LIFE_SECONDS;
        let claims = [user.0.as_bytes().as_slice(), &expiry.to_be_bytes()].concat();
        Ok(written(&claims, &self.0.mark(PURPOSE, &claims)?))
    }

    /// Whose appeal token it is; `None` for any other token, a forged and an old one.
    #[must_use]
    pub fn verify(&self, token: &str) -> Option<UserId> {
        let bytes = URL_SAFE_NO_PAD.decode(token.strip_prefix(PREFIX)?).ok()?;
        let (claims, _) = bytes.split_at_checked(CLAIMS)?;
        let (user, expiry) = claims.split_at_checked(16)?;
        let user = UserId(Uuid::from_slice(user).ok()?);
        let expiry = u64::from_be_bytes(expiry.try_into().ok()?);
        let mut good = self.0.marks(PURPOSE, claims).ok()?.into_iter().map(|mac| written(claims, &mac));
        let is_good = good.any(|good| constant_time_eq(good.as_bytes(), token.as_bytes()));
        (is_good && expiry > jsonwebtoken::get_current_timestamp()).then_some(user)
    }
}

fn written(claims: &[u8], mac: &[u8]) -> String {
    PREFIX.to_owned() + &URL_SAFE_NO_PAD.encode([claims, mac].concat())
}

/// Compares without telling by its time where the first difference is.
fn constant_time_eq(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}
