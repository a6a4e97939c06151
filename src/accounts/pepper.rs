//! Peppers: keys of password hashes and of other marks, which no copy of the database holds. While one takes the other's
//! place, two are known.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256, Sha384};

use super::account::Password;
use super::hashing::{HashError, failed};

#[derive(Clone)]
pub(super) struct Pepper {
    key: SecretString,
    version: i16,
}

impl Pepper {
    fn new(key: SecretString) -> Self {
        let digest =
            Sha256::new().chain_update("password pepper").chain_update(key.expose_secret()).finalize();
        // Two bytes tell two peppers apart, and tell nothing of either.
        let version = digest.iter().take(2).fold(0, |version, byte| version << 8 | i16::from(*byte));
        Self { key, version }
    }

    /// What goes into bcrypt, which reads only 72 bytes: 64 of base64(HMAC-SHA-384(pepper, password)).
    pub(super) fn season(&self, password: &Password) -> Result<SecretString, HashError> {
        let mut mac = Hmac::<Sha384>::new_from_slice(self.key.expose_secret().as_bytes()).map_err(failed)?;
        mac.update(password.expose().as_bytes());
        Ok(STANDARD.encode(mac.finalize().into_bytes()).into())
    }

    /// A hash of some bytes that only this server can make; another `purpose` makes another.
    pub(super) fn mark(&self, purpose: &str, data: &[u8]) -> Result<[u8; 32], HashError> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.key.expose_secret().as_bytes()).map_err(failed)?;
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(data);
        Ok(mac.finalize().into_bytes().into())
    }
}

/// The pepper in use, and perhaps another one.
#[derive(Clone)]
pub(super) struct Peppers {
    current: Pepper,
    previous: Option<Pepper>,
}

impl Peppers {
    pub(super) fn new(current: SecretString) -> Self {
        Self { current: Pepper::new(current), previous: None }
    }

    pub(super) fn and_previous(self, previous: Option<SecretString>) -> Self {
        let another = previous.filter(|key| key.expose_secret() != self.current.key.expose_secret());
        Self { previous: another.map(Pepper::new), ..self }
    }

    /// The one that new hashes are made with.
    pub(super) fn current(&self) -> &Pepper {
        &self.current
    }

    /// Tells which pepper a new hash was made with: stored with it.
    pub(super) fn version(&self) -> i16 {
        self.current.version
    }

    /// Those with which a hash of that version may have been made: all, if it is none of theirs.
    pub(super) fn of(&self, version: i16) -> Vec<&Pepper> {
        let known = self.all().any(|pepper| pepper.version == version);
        self.all().filter(|pepper| !known || pepper.version == version).collect()
    }

    /// [`Pepper::mark`] with each, the current one's first.
    pub(super) fn marks(&self, purpose: &str, data: &[u8]) -> Result<Vec<[u8; 32]>, HashError> {
        self.all().map(|pepper| pepper.mark(purpose, data)).collect()
    }

    fn all(&self) -> impl Iterator<Item = &Pepper> {
        std::iter::once(&self.current).chain(&self.previous)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_s_version_names_its_pepper_and_an_unknown_one_any() {
        let [one, two] = ["pepper".repeat(6), "salt".repeat(9)].map(SecretString::from);
        let peppers = Peppers::new(one.clone()).and_previous(Some(two.clone()));
        let [one, two] = [one, two].map(|key| Pepper::new(key).version);
        assert_ne!(one, two);
        let found = |version| peppers.of(version).iter().map(|pepper| pepper.version).collect::<Vec<_>>();
        assert_eq!((found(one), found(two)), (vec![one], vec![two]));
        let unknown = (0..3).find(|version| ![one, two].contains(version)).unwrap();
        assert_eq!(found(unknown), [one, two]);
        assert_eq!(peppers.version(), one);
    }
}
