//! Hashing, slow on purpose, on a few threads of its own.
//!
//! bcrypt reads only 72 bytes, so it gets base64(HMAC-SHA-384(pepper, password)), 64 bytes.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Sha256, Sha384};

use super::account::Password;
use super::hashing::{HashError, HashingPlace, HashingThreads};

/// The pepper in use. Another one gets another number, stored with each hash.
const PEPPER_VERSION: i16 = 1;

/// A password hash and the pepper it was made with.
#[derive(Debug, Clone)]
pub struct HashedPassword {
    pub(super) hash: String,
    pub(super) pepper_version: i16,
}

/// Hashes and verifies passwords.
#[derive(Clone)]
pub struct PasswordHasher {
    pepper: SecretString,
    cost: u32,
    threads: HashingThreads,
    /// What an unknown user's password is compared with, so that the answer takes as long.
    nobody: Arc<str>,
}

impl PasswordHasher {
    /// A hasher with a bcrypt cost of 4 to 16.
    pub fn new(pepper: SecretString, cost: u32) -> Self {
        // Any well-formed hash does: what it is a hash of, nobody knows.
        let nobody = format!("$2b${cost:02}${}", ".".repeat(53)).into();
        Self { pepper, cost, threads: HashingThreads::start(), nobody }
    }

    /// A place in the queue for [`Self::verify`]; [`HashError::Busy`] if too many wait.
    pub(super) fn place(&self) -> Result<HashingPlace, HashError> {
        self.threads.place()
    }

    pub(super) async fn hash(&self, password: &Password) -> Result<HashedPassword, HashError> {
        let peppered = self.peppered(password)?;
        let cost = self.cost;
        let hash = self.place()?.run(move || bcrypt::non_truncating_hash(peppered.expose_secret(), cost));
        Ok(HashedPassword { hash: hash.await?.map_err(failed)?, pepper_version: PEPPER_VERSION })
    }

    /// Compares with a stored hash; with `None` it takes as long and says no.
    pub(super) async fn verify(
        &self,
        place: HashingPlace,
        password: &Password,
        stored: Option<String>,
    ) -> Result<bool, HashError> {
        let peppered = self.peppered(password)?;
        let known = stored.is_some();
        let hash = stored.unwrap_or_else(|| self.nobody.to_string());
        let same = place.run(move || bcrypt::non_truncating_verify(peppered.expose_secret(), &hash));
        Ok(same.await?.map_err(failed)? && known)
    }

    /// Hashes without the queue, for programs that make many accounts with one password.
    pub fn hash_blocking(&self, password: &Password) -> Option<HashedPassword> {
        let peppered = self.peppered(password).ok()?;
        let hash = bcrypt::non_truncating_hash(peppered.expose_secret(), self.cost).ok()?;
        Some(HashedPassword { hash, pepper_version: PEPPER_VERSION })
    }

    /// A hash of some bytes that only this server can make; another `purpose` makes another.
    pub(super) fn keyed(&self, purpose: &str, data: &[u8]) -> Result<[u8; 32], HashError> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.pepper.expose_secret().as_bytes()).map_err(failed)?;
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(data);
        Ok(mac.finalize().into_bytes().into())
    }

    fn peppered(&self, password: &Password) -> Result<SecretString, HashError> {
        let mut mac =
            Hmac::<Sha384>::new_from_slice(self.pepper.expose_secret().as_bytes()).map_err(failed)?;
        mac.update(password.expose().as_bytes());
        Ok(STANDARD.encode(mac.finalize().into_bytes()).into())
    }
}

fn failed(error: impl std::fmt::Display) -> HashError {
    HashError::Failed(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hasher() -> PasswordHasher {
        PasswordHasher::new("pepper".repeat(6).into(), 4)
    }

    #[actix_web::test]
    async fn a_long_password_is_read_to_its_end() {
        let hasher = hasher();
        let [one, other] = ["a", "b"].map(|end| Password::parse(&("x".repeat(100) + end)).unwrap());
        let hash = hasher.hash(&one).await.unwrap().hash;
        assert!(hasher.verify(hasher.place().unwrap(), &one, Some(hash.clone())).await.unwrap());
        assert!(!hasher.verify(hasher.place().unwrap(), &other, Some(hash)).await.unwrap());
    }

    #[actix_web::test]
    async fn nobody_has_a_well_formed_hash_and_no_password() {
        let hasher = hasher();
        let password = Password::parse("correct horse").unwrap();
        assert!(!hasher.verify(hasher.place().unwrap(), &password, None).await.unwrap());
    }

    #[actix_web::test]
    async fn another_pepper_makes_another_hash() {
        let password = Password::parse("correct horse").unwrap();
        let hash = hasher().hash(&password).await.unwrap().hash;
        let other = PasswordHasher::new("salt".repeat(9).into(), 4);
        assert!(!other.verify(other.place().unwrap(), &password, Some(hash)).await.unwrap());
    }
}
