//! Hashing, slow on purpose, on a few threads of its own.

use std::sync::Arc;

use bcrypt::HashParts;
use secrecy::{ExposeSecret, SecretString};

use super::account::Password;
use super::hashing::{HashError, HashingPlace, HashingThreads, failed};
use super::pepper::Peppers;
pub use super::queries::HashedPassword;

/// Hashes and verifies passwords.
#[derive(Clone)]
pub struct PasswordHasher {
    peppers: Peppers,
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
        Self { peppers: Peppers::new(pepper), cost, threads: HashingThreads::start(), nobody }
    }

    /// Verifies hashes of another pepper as well, which makes none.
    #[must_use]
    pub fn and_previous(self, pepper: Option<SecretString>) -> Self {
        Self { peppers: self.peppers.and_previous(pepper), ..self }
    }

    /// A place in the queue for [`Self::verify`]; [`HashError::Busy`] if too many wait.
    pub(super) fn place(&self) -> Result<HashingPlace, HashError> {
        self.threads.place()
    }

    pub(super) async fn hash(&self, password: &Password) -> Result<HashedPassword, HashError> {
        let (seasoned, cost) = (self.peppers.current().season(password)?, self.cost);
        let hash = self.place()?.run(move || bcrypt::non_truncating_hash(seasoned.expose_secret(), cost));
        Ok(HashedPassword { hash: hash.await?.map_err(failed)?, pepper_version: self.peppers.version() })
    }

    /// Compares with a stored hash; with `None` it takes as long and says no.
    pub(super) async fn verify(
        &self,
        place: HashingPlace,
        password: &Password,
        stored: Option<HashedPassword>,
    ) -> Result<bool, HashError> {
        let known = stored.is_some();
        let HashedPassword { hash, pepper_version } = stored.unwrap_or_else(|| HashedPassword {
            hash: self.nobody.to_string(),
            pepper_version: self.peppers.version(),
        });
        let peppers = self.peppers.of(pepper_version);
        let seasoned: Vec<SecretString> =
            peppers.into_iter().map(|pepper| pepper.season(password)).collect::<Result<_, _>>()?;
        let same = place.run(move || {
            for seasoned in seasoned {
                if bcrypt::non_truncating_verify(seasoned.expose_secret(), &hash)? {
                    return Ok(true);
                }
            }
            Ok::<_, bcrypt::BcryptError>(false)
        });
        Ok(same.await?.map_err(failed)? && known)
    }

    /// Whether a hash was made with another pepper, or at less cost, than new ones are.
    pub(super) fn is_outdated(&self, stored: &HashedPassword) -> bool {
        let is_cheap = || stored.hash.parse().is_ok_and(|parts: HashParts| parts.get_cost() < self.cost);
        stored.pepper_version != self.peppers.version() || is_cheap()
    }

    /// Hashes without the queue, for programs that make many accounts with one password.
    pub fn hash_blocking(&self, password: &Password) -> Option<HashedPassword> {
        let seasoned = self.peppers.current().season(password).ok()?;
        let hash = bcrypt::non_truncating_hash(seasoned.expose_secret(), self.cost).ok()?;
        Some(HashedPassword { hash, pepper_version: self.peppers.version() })
    }

    /// A hash of some bytes that only this server can make; another `purpose` makes another.
    pub(super) fn mark(&self, purpose: &str, data: &[u8]) -> Result<[u8; 32], HashError> {
        self.peppers.current().mark(purpose, data)
    }

    /// The same with each pepper that may have been in use.
    pub(super) fn marks(&self, purpose: &str, data: &[u8]) -> Result<Vec<[u8; 32]>, HashError> {
        self.peppers.marks(purpose, data)
    }
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
        let hash = hasher.hash(&one).await.unwrap();
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
    async fn another_pepper_makes_another_hash_and_the_previous_one_is_good_until_it_is_unknown() {
        let password = Password::parse("correct horse").unwrap();
        let old = hasher().hash(&password).await.unwrap();
        let new = PasswordHasher::new("salt".repeat(9).into(), 4);
        let both = new.clone().and_previous(Some("pepper".repeat(6).into()));
        let fits = async |hasher: &PasswordHasher, hash: &HashedPassword| {
            hasher.verify(hasher.place().unwrap(), &password, Some(hash.clone())).await.unwrap()
        };
        assert!(!fits(&new, &old).await && fits(&both, &old).await);
        assert!(both.is_outdated(&old) && !hasher().is_outdated(&old));
        let renewed = both.hash(&password).await.unwrap();
        assert!(fits(&new, &renewed).await && !fits(&hasher(), &renewed).await);
        // Of a time when versions were plain numbers.
        for hash in [old, renewed] {
            assert!(fits(&both, &HashedPassword { pepper_version: 1, ..hash }).await);
        }
        let other = Password::parse("incorrect horse").unwrap();
        let stored = both.hash(&other).await.unwrap();
        assert!(!fits(&both, &stored).await);
    }

    #[actix_web::test]
    async fn a_hash_of_less_cost_is_outdated() {
        let password = Password::parse("correct horse").unwrap();
        let hash = hasher().hash(&password).await.unwrap();
        let at = |cost| PasswordHasher::new("pepper".repeat(6).into(), cost);
        assert!(at(5).is_outdated(&hash) && !at(4).is_outdated(&hash));
        let dear = at(5).hash(&password).await.unwrap();
        assert!(!hasher().is_outdated(&dear), "what is dearer is good");
    }
}
