//! An answer as bytes, and what can be wrong with it.

use reqwest::RequestBuilder;
use reqwest::header::HeaderValue;

use super::cast::Viewer;

/// Headers that differ between any two answers. Whether the connection stays depends on how much of a body that nobody
/// wanted had arrived by then.
const PASSING: [&str; 4] = ["date", "x-request-id", "ratelimit", "connection"];

/// An answer without what differs between any two.
#[derive(Debug, PartialEq, Eq)]
pub struct Bytes {
    pub status: u16,
    headers: Vec<(String, String)>,
    pub text: String,
}

impl Bytes {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let id = response.headers()["x-request-id"].to_str().expect("text").to_owned();
        let headers = response.headers().iter().filter(|(name, _)| !PASSING.contains(&name.as_str()));
        let mut headers: Vec<_> = headers.map(|(name, value)| (name.to_string(), in_order(value))).collect();
        headers.sort();
        let text = response.text().await.expect("a body").replace(&id, "REQUEST");
        Self { status, headers, text }
    }

    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub fn is(&self, status: u16) -> Option<String> {
        (self.status != status).then(|| format!("{} instead of {status}: {}", self.status, self.text))
    }

    /// What somebody who may know of it gets: anything but "who are you", "you may not" and "there is nothing".
    pub fn is_known(&self) -> Option<String> {
        let unknown = [401, 403, 404].contains(&self.status) || self.status >= 500;
        unknown.then(|| format!("{} although it is theirs to see: {}", self.status, self.text))
    }

    /// The bytes of the answer for what doesn't exist.
    pub fn is_same(&self, missing: &Self) -> Option<String> {
        (self != missing).then(|| format!("not as missing:\n  {self:?}\n  {missing:?}"))
    }

    /// What somebody without a live account gets.
    pub fn is_refused(&self, viewer: Viewer) -> Option<String> {
        match viewer {
            Viewer::Anonymous | Viewer::Banned => self.is(401),
            // Routes that ask nobody ignore credentials, or know a bad one.
            _ => {
                (self.status >= 500 || self.status == 403).then(|| format!("{}: {}", self.status, self.text))
            }
        }
    }

    /// What a token without an account gets: 401, the answer for what doesn't exist, or that the id is one's own.
    pub fn is_nothing(&self, random: u16) -> Option<String> {
        (![401, 404, 422, random].contains(&self.status)).then(|| format!("{}: {}", self.status, self.text))
    }
}

/// A header's value, the names in it sorted: some lists have another order each time.
fn in_order(value: &HeaderValue) -> String {
    let mut words: Vec<&str> = value.to_str().expect("text").split(", ").collect();
    words.sort_unstable();
    words.join(", ")
}
