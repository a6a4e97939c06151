//! Rate limits, and whom to believe about a client's address.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// So many in so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many, at least one.
    pub count: u32,
    /// In how long.
    pub period: Duration,
}

impl Rate {
    /// So many in so many seconds.
    pub const fn new(count: u32, seconds: u64) -> Self {
        Self { count, period: Duration::from_secs(seconds) }
    }
}

/// As people say it: `120 a minute`, `10 in 15 minutes`.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.period.as_secs();
        let units = [(86_400, "a day", "days"), (3600, "an hour", "hours"), (60, "a minute", "minutes")];
        match units.into_iter().find(|(unit, ..)| seconds >= *unit && seconds.is_multiple_of(*unit)) {
            Some((unit, one, _)) if seconds == unit => write!(f, "{} {one}", self.count),
            Some((unit, _, many)) => write!(f, "{} in {} {many}", self.count, seconds / unit),
            None => write!(f, "{} in {seconds} seconds", self.count),
        }
    }
}

/// How much is taken from whom. What each counts is said in the settings' table.
#[derive(Debug, Clone)]
pub struct LimitsConfig {
    /// GET and HEAD.
    pub reads: Rate,
    /// How many reads may come at once.
    pub read_burst: u32,
    /// All other requests.
    pub writes: Rate,
    /// New accounts from one address.
    pub sign_ups: Rate,
    /// Logins with a wrong password or name.
    pub failed_logins: Rate,
    /// Mails that somebody has sent to an address.
    pub mails: Rate,
    /// Yes and no.
    pub decisions: Rate,
    /// Messages.
    pub messages: Rate,
    /// Uploads.
    pub uploads: Rate,
    /// Reports of people.
    pub reports: Rate,
}

impl Default for LimitsConfig {
    fn default() -> Self {
        Self {
            reads: Rate::new(600, 60),
            read_burst: 200,
            writes: Rate::new(120, 60),
            sign_ups: Rate::new(20, 3600),
            failed_logins: Rate::new(10, 900),
            mails: Rate::new(5, 3600),
            decisions: Rate::new(1000, 86_400),
            messages: Rate::new(60, 60),
            uploads: Rate::new(120, 3600),
            reports: Rate::new(20, 86_400),
        }
    }
}

/// The proxies in front of the server, and where they write down whose request it is.
#[derive(Debug, Clone, Default)]
pub struct ProxyConfig {
    /// Whose word is taken.
    pub trusted: Vec<Network>,
    /// The one header that they set; any other is the client's own.
    pub header: ProxyHeader,
}

/// A header that names a request's earlier addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProxyHeader {
    /// `X-Forwarded-For`, as most proxies do.
    #[default]
    XForwardedFor,
    /// `Forwarded` (RFC 7239).
    Forwarded,
}

/// Addresses with the same first bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    first: u128,
    is_v4: bool,
    /// How many bits are not compared.
    free: u32,
}

impl Network {
    /// `10.0.0.0/8`, `2001:db8::/32`, or one address; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/').map_or((text, None), |(a, p)| (a, Some(p)));
        let (bits, is_v4) = bits(address.trim().parse().ok()?);
        let width = if is_v4 { 32 } else { 128 };
        let prefix = prefix.map_or(Some(width), |prefix| prefix.trim().parse().ok())?;
        let free = u32::checked_sub(width, prefix)?;
        Some(Self { first: bits.checked_shr(free).unwrap_or(0), is_v4, free })
    }

    /// Whether the address is one of them.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (bits, is_v4) = bits(address.to_canonical());
        is_v4 == self.is_v4 && bits.checked_shr(self.free).unwrap_or(0) == self.first
    }
}

fn bits(address: IpAddr) -> (u128, bool) {
    match address {
        IpAddr::V4(address) => (u32::from(address).into(), true),
        IpAddr::V6(address) => (address.into(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_what_begins_like_it() {
        for (network, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"),
            ("10.1.2.3", "10.1.2.3", "10.1.2.4"),
            ("10.1.2.0/24", "::ffff:10.1.2.9", "::10.1.2.9"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
            ("::1", "::1", "127.0.0.1"),
            ("0.0.0.0/0", "203.0.113.9", "::1"),
            ("::/0", "2001:db8::1", "10.0.0.1"),
        ] {
            let network = Network::parse(network).expect(network);
            assert!(network.contains(inside.parse().unwrap()), "{inside} in {network:?}");
            assert!(!network.contains(outside.parse().unwrap()), "{outside} in {network:?}");
        }
        for bad in ["", "10.0.0.0/33", "::/129", "10.0.0/8", "host", "10.0.0.0/", "10.0.0.0/-1", "*"] {
            assert_eq!(Network::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn rates_are_said_in_words() {
        for (rate, words) in [
            (Rate::new(120, 60), "120 a minute"),
            (Rate::new(10, 900), "10 in 15 minutes"),
            (Rate::new(1000, 86_400), "1000 a day"),
            (Rate::new(5, 7200), "5 in 2 hours"),
            (Rate::new(3, 90), "3 in 90 seconds"),
        ] {
            assert_eq!(rate.to_string(), words);
        }
    }
}
