//! All limits of a server, and what is said to whoever reached one.

use std::net::IpAddr;
use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use uuid::Uuid;

use super::address::ClientAddress;
use super::bucket::{Buckets, Exhausted, Left};
use super::class::{Class, Face};
use crate::config::{Config, ProxyConfig, Rate};
use crate::http::ApiError;

/// By whom something is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitKey {
    /// An account.
    Account(Uuid),
    /// An address, or the IPv6 network of 64 bits that it belongs to.
    Address(IpAddr),
    /// A hash of what somebody calls themselves, known or not.
    Name(u64),
    /// The same at an address at which they were let in before.
    NameAt(u64, IpAddr),
}

impl From<ClientAddress> for LimitKey {
    fn from(address: ClientAddress) -> Self {
        Self::Address(address.group())
    }
}

/// Tells whose request it is, where a token proves it.
pub type Identify = fn(&HttpRequest) -> Option<Uuid>;

struct Limit {
    class: Class,
    rate: Rate,
    buckets: Buckets<LimitKey>,
}

/// What each account and address may do, as this server has counted it.
pub struct RateLimits {
    /// Empty when they are switched off.
    limits: Vec<Limit>,
    pub(super) proxies: ProxyConfig,
    pub(super) identify: Identify,
    pub(super) known: super::login::KnownAddresses,
    pub(super) faces: Vec<Face>,
}

/// A limit and what is left of it, as headers tell.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) class: Class,
    pub(super) rate: Rate,
    pub(super) left: u64,
    pub(super) full_in: Duration,
}

/// A limit that is reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reached {
    pub(super) standing: Standing,
    pub(super) retry_in: Duration,
}

impl RateLimits {
    /// The settings' limits, nothing counted yet.
    pub fn new(config: &Config, identify: Identify) -> Self {
        let limit = |class: Class| {
            let rate = class.rate(&config.limits);
            Limit { class, rate, buckets: Buckets::new(rate, class.burst(&config.limits)) }
        };
        let limits = if config.rate_limits { Class::ALL.map(limit).into() } else { Vec::new() };
        let proxies = config.proxies.clone();
        Self { limits, proxies, identify, known: Default::default(), faces: Vec::new() }
    }

    /// Counts on other mounts as well.
    #[must_use]
    pub fn and_on(mut self, faces: Vec<Face>) -> Self {
        self.faces = faces;
        self
    }

    /// Counts one, or refuses it: 429 `rate_limited` with Retry-After.
    pub fn take(&self, class: Class, key: impl Into<LimitKey>) -> Result<(), ApiError> {
        self.count(class, key.into()).map(drop).map_err(Into::into)
    }

    /// Gives one back that came to nothing.
    pub fn give_back(&self, class: Class, key: impl Into<LimitKey>) {
        if let Some(limit) = self.limit(class) {
            limit.buckets.give_back(&key.into());
        }
    }

    /// Counts one; `None` when nothing is limited.
    pub(super) fn count(&self, class: Class, key: LimitKey) -> Result<Option<Standing>, Reached> {
        let Some(limit) = self.limit(class) else { return Ok(None) };
        let standing = |left, full_in| Standing { class, rate: limit.rate, left, full_in };
        match limit.buckets.take(key) {
            Ok(Left { units, full_in }) => Ok(Some(standing(units, full_in))),
            Err(Exhausted { retry_in, full_in }) => {
                tracing::info!(limit = class.name(), "a rate limit is reached");
                Err(Reached { standing: standing(0, full_in), retry_in })
            }
        }
    }

    fn limit(&self, class: Class) -> Option<&Limit> {
        self.limits.iter().find(|limit| limit.class == class)
    }
}

impl From<Reached> for ApiError {
    fn from(reached: Reached) -> Self {
        let seconds = whole_seconds(reached.retry_in);
        let Standing { class, rate, .. } = reached.standing;
        let detail = format!(
            "Too many {}: at most {rate}. Please try again in {}.",
            class.words(),
            if seconds == 1 { "a second".to_owned() } else { format!("{seconds} seconds") }
        );
        Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", detail).retry_after(seconds)
    }
}

/// Rounded up: who comes back then isn't refused again.
pub(super) fn whole_seconds(time: Duration) -> u32 {
    u32::try_from(time.as_millis().div_ceil(1000)).unwrap_or(u32::MAX).max(1)
}
