//! Failed logins: a few, then slower, for the name and for the address alike. Nobody is locked out for good, and whoever
//! was let in at an address before isn't slowed down there by strangers who try their name.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::IpAddr;
use std::time::Duration;

use moka::sync::Cache;

use super::address::ClientAddress;
use super::class::Class;
use super::limits::{LimitKey, RateLimits};
use crate::http::ApiError;

/// How many names with an address are remembered at most, and how long.
const MOST_KNOWN: u64 = 100_000;
const KNOWN_FOR: Duration = Duration::from_secs(60 * 24 * 3600);

/// Names, and addresses at which they were let in.
pub(super) struct KnownAddresses {
    seen: Cache<(u64, IpAddr), ()>,
    // Keyed anew at each start: nobody can make two names fall together.
    hasher: RandomState,
}

impl Default for KnownAddresses {
    fn default() -> Self {
        let seen = Cache::builder().max_capacity(MOST_KNOWN).time_to_idle(KNOWN_FOR).build();
        Self { seen, hasher: RandomState::new() }
    }
}

/// A login being tried. It counts as failed, also when it breaks off, until the opposite is said.
#[must_use = "say how it ended"]
pub struct LoginAttempt<'a> {
    limits: &'a RateLimits,
    taken: Vec<LimitKey>,
    name: u64,
    address: IpAddr,
}

impl RateLimits {
    pub(super) fn begin_login(
        &self,
        name: &str,
        address: ClientAddress,
    ) -> Result<LoginAttempt<'_>, ApiError> {
        let name = self.known.hasher.hash_one(name.trim().to_lowercase());
        let address = address.group();
        let keys = match self.known.seen.contains_key(&(name, address)) {
            true => vec![LimitKey::NameAt(name, address)],
            false => vec![LimitKey::Address(address), LimitKey::Name(name)],
        };
        let mut attempt = LoginAttempt { limits: self, taken: Vec::new(), name, address };
        for key in keys {
            if let Err(reached) = self.count(Class::FailedLogins, key) {
                attempt.forget();
                return Err(reached.into());
            }
            attempt.taken.push(key);
        }
        Ok(attempt)
    }
}

impl LoginAttempt<'_> {
    /// The password was right.
    pub fn succeeded(self) {
        self.limits.known.seen.insert((self.name, self.address), ());
        self.forget();
    }

    /// Nobody knows whether it was right: something else went wrong.
    pub fn forget(self) {
        for key in &self.taken {
            self.limits.give_back(Class::FailedLogins, *key);
        }
    }
}
