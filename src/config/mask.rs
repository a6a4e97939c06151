//! What may be shown of a value.

use url::Url;

use super::settings::{Exposure, Setting};

/// Stands for what is hidden.
const HIDDEN: &str = "********";

/// The value as people may see it.
pub(super) fn shown(setting: &Setting, raw: &str) -> String {
    match setting.exposure {
        Exposure::Plain => raw.to_owned(),
        Exposure::Tail => tail(raw),
        Exposure::Url => database_url(raw),
        Exposure::Secret => HIDDEN.to_owned(),
    }
}

fn tail(raw: &str) -> String {
    match raw.char_indices().rev().nth(3) {
        Some((start, _)) if raw.len() >= 12 => format!("{HIDDEN}{}", raw.get(start..).unwrap_or_default()),
        _ => HIDDEN.to_owned(),
    }
}

/// A database URL with its password hidden, wherever it stands; nothing of what is not a URL.
#[must_use]
pub fn database_url(raw: &str) -> String {
    let Ok(mut url) = Url::parse(raw) else { return HIDDEN.to_owned() };
    // PostgreSQL knows no fragments: what stands before a # may be half a password.
    if !url.has_host() || raw.contains('#') {
        return HIDDEN.to_owned();
    }
    if url.password().is_some() && url.set_password(Some("***")).is_err() {
        return HIDDEN.to_owned();
    }
    // Parameters may hold passwords, too (password=, sslpassword=), and tell people little.
    let parameters = url.query().is_some();
    url.set_query(None);
    url.set_fragment(None);
    if parameters { format!("{url}?…") } else { url.to_string() }
}
