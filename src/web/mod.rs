//! The web app, as `make web` builds it: read once at start, out of this program or from a folder, then served from memory.
//!
//! Its pages have addresses of their own, which the app reads itself: a browser that opens one gets `index.html`.

mod built;
mod file;
mod policy;

use std::collections::HashMap;

use actix_web::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, LOCATION,
};
use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse};

use crate::config::WebConfig;
use crate::media::MediaStore;
use file::File;

/// What opens every page of the app.
const INDEX: &str = "index.html";

/// Where the build puts files whose names change with their content.
const HASHED: &str = "assets/";

/// Paths, and all below them, that are no pages of the app: what is missing there is missing for browsers, too.
const NO_PAGES: [&str; 10] = [
    "/api",
    "/assets",
    "/docs",
    "/health",
    "/livez",
    "/mail-link",
    "/metrics",
    "/openapi.json",
    "/readyz",
    "/redoc",
];

/// Shown at `/` where there is no build.
const NOT_BUILT: &str = include_str!("assets/not-built.html");

const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
/// What the app never asks a browser for.
const NO_PERMISSIONS: HeaderValue =
    HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=()");

/// What is served beside the API.
#[derive(Debug)]
pub enum Pages {
    /// Nothing: `/` leads to the API's own pages.
    Off,
    /// A page that says how to get the app.
    NotBuilt,
    /// The app.
    Built(App),
}

/// The built app in memory.
#[derive(Debug)]
pub struct App {
    files: HashMap<String, File>,
    policy: HeaderValue,
}

impl Pages {
    /// Reads the build, if it is wanted and there is one. Pages may load pictures from the store, and write to it.
    pub async fn open(config: &WebConfig, store: &MediaStore) -> Self {
        if !config.on {
            return Self::Off;
        }
        let origin = store.public_origin().await;
        if let Err(error) = &origin {
            tracing::warn!(%error, "the photo store has no address: the web app's pages will show no photos");
        }
        let contents = match &config.folder {
            Some(folder) => built::in_folder(folder),
            None => built::in_program(),
        };
        let files: HashMap<String, File> = file::files(contents);
        match policy::of_app(origin.ok().as_deref()) {
            Ok(policy) if files.contains_key(INDEX) => Self::Built(App { files, policy }),
            _ => Self::NotBuilt,
        }
    }

    /// The answer to what no other route took; `None` where the app has nothing to say to it either.
    pub fn answer(&self, request: &HttpRequest) -> Option<HttpResponse> {
        if request.method() != Method::GET {
            return None;
        }
        match self {
            Self::Built(app) => app.answer(request),
            _ if request.path() != "/" => None,
            Self::NotBuilt => Some(not_built()),
            Self::Off => Some(HttpResponse::TemporaryRedirect().insert_header((LOCATION, "/docs/")).finish()),
        }
    }
}

impl App {
    fn answer(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let path = request.path().strip_prefix('/')?;
        let (name, file) = match self.files.get_key_value(path) {
            Some(found) => found,
            None if is_page(request) => self.files.get_key_value(INDEX)?,
            None => return None,
        };
        let mut answer = file.answer(request.headers());
        let kept = if name.starts_with(HASHED) { "public, max-age=31536000, immutable" } else { "no-cache" };
        let headers = answer.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
        headers.insert(CONTENT_SECURITY_POLICY, self.policy.clone());
        headers.insert(header::CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
        headers.insert(PERMISSIONS_POLICY, NO_PERMISSIONS);
        Some(answer)
    }
}

/// Whether somebody opens an address in a browser that may be a page of the app.
fn is_page(request: &HttpRequest) -> bool {
    let path = request.path();
    let lies_in =
        |room: &str| path.strip_prefix(room).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let wants_page = || {
        request
            .headers()
            .get_all(ACCEPT)
            .any(|kinds| kinds.to_str().is_ok_and(|kinds| kinds.contains("text/html")))
    };
    path == "/" || (!NO_PAGES.iter().any(|room| lies_in(room)) && wants_page())
}

fn not_built() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((CONTENT_SECURITY_POLICY, policy::of_one_page(NOT_BUILT)))
        .content_type("text/html; charset=utf-8")
        .body(NOT_BUILT)
}
