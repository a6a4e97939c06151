//! From text to values. An `Err` says what would be accepted.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

use super::{Environment, LogFormat, Network, ProxyHeader, Rate};

/// The largest photo any setting may allow: it is held in memory while it is worked on.
const LARGEST_FILE: usize = 1 << 30;
/// The shortest secret taken.
pub(super) const SECRET_BYTES: usize = 32;

type Parsed<T> = Result<T, String>;

pub(super) fn text(raw: &str) -> Parsed<String> {
    Ok(raw.to_owned())
}

pub(super) fn path(raw: &str) -> Parsed<PathBuf> {
    Ok(PathBuf::from(raw))
}

pub(super) fn environment(raw: &str) -> Parsed<Environment> {
    choice(raw, &[("development", Environment::Development), ("production", Environment::Production)])
}

pub(super) fn log_format(raw: &str) -> Parsed<LogFormat> {
    choice(raw, &[("text", LogFormat::Text), ("json", LogFormat::Json)])
}

pub(super) fn switch(raw: &str) -> Parsed<bool> {
    choice(raw, &[("on", true), ("off", false)])
}

pub(super) fn required(raw: &str) -> Parsed<bool> {
    choice(raw, &[("optional", false), ("required", true)])
}

fn choice<T: Copy>(raw: &str, choices: &[(&str, T)]) -> Parsed<T> {
    let chosen = choices.iter().find(|(word, _)| word.eq_ignore_ascii_case(raw));
    chosen.map(|(_, value)| *value).ok_or_else(|| {
        let words: Vec<_> = choices.iter().map(|(word, _)| *word).collect();
        format!("give {}", words.join(" or "))
    })
}

/// A whole number within `range`.
pub(super) fn number<T>(range: RangeInclusive<T>) -> impl Fn(&str) -> Parsed<T>
where
    T: FromStr + PartialOrd + std::fmt::Display,
{
    move |raw| {
        let number = raw.parse().ok().filter(|number| range.contains(number));
        number.ok_or_else(|| format!("give a whole number from {} to {}", range.start(), range.end()))
    }
}

/// So many in so long: `600/min`, `10/15min`, `20/h`, `1000/day`.
pub(super) fn rate(raw: &str) -> Parsed<Rate> {
    let parsed = || {
        let (count, period) = raw.split_once('/')?;
        let digits = period.find(|c: char| !c.is_ascii_digit())?;
        let (times, unit) = period.split_at(digits);
        let times: u64 = if times.is_empty() { 1 } else { times.parse().ok()? };
        let unit = match unit.to_ascii_lowercase().as_str() {
            "s" => 1,
            "min" => 60,
            "h" => 3600,
            "day" => 86_400,
            _ => return None,
        };
        let count = count.parse().ok().filter(|count| (1..=1_000_000).contains(count))?;
        let seconds = times.checked_mul(unit).filter(|seconds| (1..=31 * 86_400).contains(seconds))?;
        Some(Rate::new(count, seconds))
    };
    parsed().ok_or_else(|| {
        "give COUNT/PERIOD with a count from 1 to 1000000 and s, min, h or day, such as 600/min, 10/15min or 20/h; \
         a month at most"
            .to_owned()
    })
}

/// Addresses and networks, with commas between.
pub(super) fn networks(raw: &str) -> Parsed<Vec<Network>> {
    let items = raw.split(',').map(str::trim).filter(|item| !item.is_empty());
    let network = |item: &str| {
        Network::parse(item).ok_or_else(|| {
            format!("{item:?} is no address and no network; give some such as 10.0.0.0/8, 192.0.2.7 or 2001:db8::/32")
        })
    };
    items.map(network).collect()
}

pub(super) fn proxy_header(raw: &str) -> Parsed<ProxyHeader> {
    choice(raw, &[("x-forwarded-for", ProxyHeader::XForwardedFor), ("forwarded", ProxyHeader::Forwarded)])
}

/// Whole seconds within `range`.
pub(super) fn seconds(range: RangeInclusive<u64>) -> impl Fn(&str) -> Parsed<Duration> {
    move |raw| {
        number(range.clone())(raw)
            .map(Duration::from_secs)
            .map_err(|_| format!("give whole seconds from {} to {}", range.start(), range.end()))
    }
}

/// Whole days within `range`.
pub(super) fn days(range: RangeInclusive<u64>) -> impl Fn(&str) -> Parsed<Duration> {
    move |raw| number(range.clone())(raw).map(|days| Duration::from_secs(days * 86_400))
}

/// Bytes, or a whole number with a unit.
pub(super) fn size(raw: &str) -> Parsed<usize> {
    let digits = raw.find(|c: char| !c.is_ascii_digit()).unwrap_or(raw.len());
    let (number, unit) = raw.split_at(digits);
    let factor = match unit.trim_start().to_ascii_lowercase().as_str() {
        "" | "b" => Some(1),
        "kb" => Some(1_000),
        "kib" => Some(1 << 10),
        "mb" => Some(1_000_000),
        "mib" => Some(1 << 20),
        "gb" => Some(1_000_000_000),
        "gib" => Some(1 << 30),
        _ => None,
    };
    number
        .parse::<usize>()
        .ok()
        .zip(factor)
        .and_then(|(number, factor)| number.checked_mul(factor))
        .filter(|bytes| (1..=LARGEST_FILE).contains(bytes))
        .ok_or_else(|| {
            "give bytes, such as 20971520, or a size, such as 20MiB or 20MB, from 1 byte to 1GiB".to_owned()
        })
}

/// `IP:PORT`, with `localhost` as the one name: what a listener binds must not hang on a name server.
pub(super) fn address(raw: &str) -> Parsed<SocketAddr> {
    let local = || {
        let port = raw.strip_prefix("localhost:")?.parse().ok()?;
        Some(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port))
    };
    raw.parse().ok().or_else(local).ok_or_else(|| {
        "give an IP address and a port, such as 127.0.0.1:8080, 0.0.0.0:8080 or [::1]:8080".to_owned()
    })
}

/// At least [`SECRET_BYTES`] bytes.
pub(super) fn long_secret(raw: &str) -> Parsed<SecretString> {
    if raw.len() < SECRET_BYTES {
        return Err(format!(
            "give at least {SECRET_BYTES} bytes, not {}; `openssl rand -base64 48` makes some",
            raw.len()
        ));
    }
    Ok(SecretString::from(raw))
}

pub(super) fn secret(raw: &str) -> Parsed<SecretString> {
    Ok(SecretString::from(raw))
}

/// A URL, or libpq's own `key=value` form.
pub(super) fn database_url(raw: &str) -> Parsed<SecretString> {
    let url = raw.starts_with("postgres://") || raw.starts_with("postgresql://");
    if url && !is_unambiguous(raw) {
        // Else the database's library would take a part of the password for the host, and print it.
        return Err(
            "escape what is special in its user and password: %40 for @, %3A for :, %2F for /, %3F for ?, \
                    %25 for %"
                .to_owned(),
        );
    }
    if url || (!raw.contains("://") && raw.contains('=')) {
        return Ok(SecretString::from(raw));
    }
    Err("give a PostgreSQL URL, such as postgres://user:password@host:5432/friender".to_owned())
}

/// Whether user and password end where they seem to: `[user[:password]@]host[:port][,host[:port]…]`.
fn is_unambiguous(url: &str) -> bool {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let (user, hosts) = authority.split_once('@').unwrap_or(("", authority));
    let port = |host: &str| match host.rsplit_once(']').map_or(host, |(_, port)| port).split_once(':') {
        Some((_, port)) => port.bytes().all(|b| b.is_ascii_digit()),
        None => true,
    };
    let clean = !hosts.contains('@') && user.matches(':').count() <= 1;
    // An @ after the first slash belongs to a password with a slash, unless it is a parameter's.
    let path = rest.strip_prefix(authority).unwrap_or_default().split('?').next().unwrap_or_default();
    clean && !path.contains('@') && hosts.split(',').all(port)
}

/// A mail server, and whether the way to it is encrypted.
pub(super) fn smtp_url(raw: &str) -> Parsed<SecretString> {
    let fits = |url: &Url| {
        let way = (url.scheme(), url.query());
        let is_known = matches!(way, ("smtps", None) | ("smtp", None | Some("tls=required")));
        // Nobody's password goes over the wire in the open.
        let is_safe = url.password().is_none() || way != ("smtp", None);
        is_known && is_safe && url.has_host() && url.password().is_some() != url.username().is_empty()
    };
    Url::parse(raw).ok().filter(fits).map(|_| SecretString::from(raw)).ok_or_else(|| {
        "give smtps://user:password@host, smtp://user:password@host:587?tls=required, or smtp://host:25 without a \
         password (%40 for an @ in the user's name)"
            .to_owned()
    })
}

/// Whom mails are from.
pub(super) fn mailbox(raw: &str) -> Parsed<String> {
    let address = raw.rsplit_once('<').map_or(raw, |(_, rest)| rest.trim_end_matches('>'));
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | ',');
    let fits = address.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && !domain.is_empty());
    if fits && address.chars().all(plain) && raw.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        return Ok(raw.to_owned());
    }
    Err("give an address, such as Friender <hello@example.com>, in plain letters".to_owned())
}

pub(super) fn bucket(raw: &str) -> Parsed<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if (3..=63).contains(&raw.len()) && raw.chars().all(fits) {
        return Ok(raw.to_owned());
    }
    Err("give the bucket's bare name (3 to 63 letters, digits, dots or dashes; no s3:// and no folder)"
        .to_owned())
}

pub(super) fn region(raw: &str) -> Parsed<String> {
    if raw.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') {
        return Ok(raw.to_owned());
    }
    Err("give a region's name, such as us-east-1".to_owned())
}

/// An http(s) URL that carries no password.
pub(super) fn endpoint(raw: &str) -> Parsed<Url> {
    let fits = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none()
    };
    Url::parse(raw).ok().filter(fits).ok_or_else(|| {
        "give an http or https URL without user, password or query, such as https://s3.example.com".to_owned()
    })
}

/// Exact origins, as browsers send them: they are compared letter by letter.
pub(super) fn origins(raw: &str) -> Parsed<Vec<String>> {
    let mut origins: Vec<String> = Vec::new();
    for item in raw.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let exact = exact_origin(item)?;
        if !origins.contains(&exact) {
            origins.push(exact);
        }
    }
    Ok(origins)
}

fn exact_origin(item: &str) -> Parsed<String> {
    let example = "such as https://app.example.com or http://localhost:3000";
    if item.contains('*') {
        return Err(format!("wildcards are not taken; list each origin, {example}"));
    }
    let origin = Url::parse(item)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
        .map(|url| url.origin().ascii_serialization())
        .ok_or_else(|| format!("{item:?} is no web origin; give scheme://host[:port], {example}"))?;
    if origin == item {
        return Ok(origin);
    }
    Err(format!("{item:?} is not as browsers send it; write {origin}"))
}
