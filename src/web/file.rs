//! One file of the app, and what a browser gets of it.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, VARY,
};
use bytes::Bytes;
use sha2::{Digest, Sha256};

use crate::http::has_tag;

/// What the endings of names stand for. What isn't here is sent as bytes.
const TYPES: [(&str, &str); 14] = [
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
];

/// How the build may have packed a file, beside it: ending and name of the encoding, smallest first.
const PACKED: [(&str, &str); 2] = [(".br", "br"), (".gz", "gzip")];

/// A file and its packed forms.
#[derive(Debug)]
pub(super) struct File {
    content: Bytes,
    content_type: &'static str,
    /// A hash of the content.
    tag: String,
    packed: Vec<(&'static str, Bytes)>,
}

/// Puts the packed forms to their files.
pub(super) fn files(contents: Vec<(String, Bytes)>) -> HashMap<String, File> {
    let mut contents: HashMap<String, Bytes> =
        contents.into_iter().filter(|(name, _)| is_for_browsers(name)).collect();
    let is_packed = |name: &String| {
        PACKED.iter().any(|(ending, _)| name.strip_suffix(ending).is_some_and(|of| contents.contains_key(of)))
    };
    let names: Vec<String> = contents.keys().filter(|name| !is_packed(name)).cloned().collect();
    let mut files = HashMap::new();
    for name in names {
        let Some(content) = contents.remove(&name) else { continue };
        let mut packed = |ending: &str| contents.remove(&format!("{name}{ending}"));
        let packed =
            PACKED.iter().filter_map(|(ending, encoding)| Some((*encoding, packed(ending)?))).collect();
        let hash = Sha256::digest(&content);
        let tag = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        files.insert(name.clone(), File { content_type: content_type(&name), content, tag, packed });
    }
    files
}

/// What the build writes for itself or for debugging stays here.
fn is_for_browsers(name: &str) -> bool {
    !name.ends_with(".map") && !name.split('/').any(|part| part.starts_with('.'))
}

fn content_type(name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default();
    TYPES.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, kind)| kind)
}

impl File {
    /// The file in the smallest form that is understood; only its tag to whoever has it. What isn't packed here may be
    /// packed on its way out.
    pub(super) fn answer(&self, asked: &HeaderMap) -> HttpResponse {
        let known = has_tag(asked, &self.tag);
        let status = if known { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        let mut answer = HttpResponse::build(status);
        // Weak: packed or not, it says the same.
        answer.insert_header((ETAG, format!("W/\"{}\"", self.tag)));
        if !self.packed.is_empty() {
            answer.insert_header((VARY, HeaderValue::from_static("accept-encoding")));
        }
        if known {
            return answer.finish();
        }
        answer.insert_header((CONTENT_TYPE, self.content_type));
        match self.packed.iter().find(|(encoding, _)| understands(asked, encoding)) {
            Some((encoding, packed)) => {
                answer.insert_header((CONTENT_ENCODING, *encoding)).body(packed.clone())
            }
            None => answer.body(self.content.clone()),
        }
    }
}

/// Whether a browser has named an encoding, and not to refuse it.
fn understands(asked: &HeaderMap, encoding: &str) -> bool {
    let lines = asked.get_all(ACCEPT_ENCODING).filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let is_it = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        is_it && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    })
}
