//! What pages may load, as a Content-Security-Policy.

use actix_web::http::header::{HeaderValue, InvalidHeaderValue};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

/// For the app: everything from this server, photos also from the store, which takes uploads, too.
pub(super) fn of_app(store: Option<&str>) -> Result<HeaderValue, InvalidHeaderValue> {
    let store = store.map_or(String::new(), |origin| format!(" {origin}"));
    HeaderValue::try_from(format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:{store}; \
         connect-src 'self'{store}; font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    ))
}

/// For a page that loads nothing and brings its one style along.
pub(super) fn of_one_page(page: &str) -> String {
    let style = page.split_once("<style>").and_then(|(_, rest)| rest.split_once("</style>"));
    let hash = BASE64_STANDARD.encode(Sha256::digest(style.map_or("", |(style, _)| style)));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
}
