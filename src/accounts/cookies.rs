//! Cookie mode: for front ends that are served from the API's own origin and send no header.
//!
//! What is to be set is noted on the request; [`set_cookies`] writes it onto the answer, whoever makes it.

use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_web::body::MessageBody;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, COOKIE, HOST, HeaderValue, ORIGIN, SET_COOKIE, UPGRADE};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, FromRequest, HttpMessage, HttpRequest, web};
use secrecy::ExposeSecret;
use serde::Deserialize;
use utoipa::ToSchema;

use super::sessions::{AccessToken, IssuedSession, SESSION_ROLLS};
use crate::config::{Config, Environment};
use crate::http::{ApiError, Fields};
use crate::text::words_of;

/// The cookie that holds the access token.
pub const ACCESS_COOKIE: &str = "friender_access";
const REFRESH: &str = "friender_refresh";

/// The routes that read the refresh cookie, below the API's mount: no other gets to see it.
const REFRESH_PATHS: [&str; 2] = ["/token", "/logout"];

/// Where a client wants its refresh token.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum RefreshDelivery {
    /// In the answer's body.
    #[default]
    Body,
    /// In an HttpOnly cookie that only the token routes get. Needs FRIENDER_WEB or FRIENDER_COOKIES.
    Cookie,
}

words_of!(RefreshDelivery: Body = "body", Cookie = "cookie");

/// The cookies of one request, and what its answer will set. What is off is neither read nor set.
pub struct Cookies {
    request: HttpRequest,
    /// Cookie mode.
    access_on: bool,
    /// Also without cookie mode, where the web app is served: it keeps no token within reach of scripts.
    refresh_on: bool,
    secure: bool,
}

/// What an answer will set: for each name and path, the rest.
#[derive(Default)]
struct ToSet(BTreeMap<(&'static str, String), String>);

impl FromRequest for Cookies {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self::of(request)))
    }
}

impl Cookies {
    /// The cookies of a request.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let config = request.app_data::<web::Data<Config>>();
        let access_on = config.is_some_and(|config| config.accounts.cookies);
        let refresh_on = access_on || config.is_some_and(|config| config.web.on);
        // Elsewhere there is hardly TLS, and browsers keep such cookies from plain HTTP.
        let secure = config.is_some_and(|config| config.environment == Environment::Production);
        Self { request: request.clone(), access_on, refresh_on, secure }
    }

    /// The access token that came as a cookie.
    pub(super) fn access(&self) -> Option<&str> {
        self.read(ACCESS_COOKIE)
    }

    /// The refresh token that came as a cookie.
    pub(super) fn refresh(&self) -> Option<&str> {
        self.read(REFRESH)
    }

    /// Whether the request came without a body.
    pub(super) fn stand_alone(&self) -> bool {
        !self.request.headers().contains_key(CONTENT_TYPE)
    }

    fn is_on(&self, name: &str) -> bool {
        if name == REFRESH { self.refresh_on } else { self.access_on }
    }

    fn read(&self, name: &str) -> Option<&str> {
        let headers = self.request.headers().get_all(COOKIE).filter(|_| self.is_on(name));
        let pairs = headers.filter_map(|header| header.to_str().ok()).flat_map(|header| header.split(';'));
        pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, v)| v)
    }

    /// A browser sends cookies along whoever asks it to: what writes, or opens a socket, must come from our own pages.
    pub(super) fn check_origin(&self) -> Result<(), ApiError> {
        let reads = [Method::GET, Method::HEAD].contains(self.request.method());
        let opens = self.request.headers().contains_key(UPGRADE);
        if (reads && !opens) || is_same_origin(&self.request) {
            return Ok(());
        }
        let detail = "Cookies count only for requests from this server's own pages. Send Authorization: Bearer \
                      <access_token> instead.";
        Err(ApiError::new(StatusCode::FORBIDDEN, "cross_origin", detail))
    }

    /// Refuses to promise a cookie that isn't set here.
    pub fn check_delivery(&self, delivery: RefreshDelivery) -> Result<(), ApiError> {
        if self.refresh_on || delivery == RefreshDelivery::Body {
            return Ok(());
        }
        Err(Fields::refuse_one(
            "/refresh",
            "This server sets no cookies (FRIENDER_WEB and FRIENDER_COOKIES are off): leave it out.",
        ))
    }

    /// Sets the access cookie, and the refresh cookie where that is wanted.
    pub fn hand_out(&self, session: &IssuedSession, delivery: RefreshDelivery) {
        self.hand_out_access(&session.access);
        if delivery == RefreshDelivery::Cookie {
            let life = SESSION_ROLLS.num_seconds().unsigned_abs();
            self.set_refresh(session.refresh_token.expose_secret(), life);
        }
    }

    /// Sets the access cookie, for the mount that the request came to.
    pub fn hand_out_access(&self, access: &AccessToken) {
        self.set(ACCESS_COOKIE, &access.token, self.mount(), access.expires_in);
    }

    /// Takes the access cookie back.
    pub fn clear_access(&self) {
        self.set(ACCESS_COOKIE, "", self.mount(), 0);
    }

    /// The first segment of the request's path: each mount has its own cookie.
    fn mount(&self) -> &str {
        let path = self.request.path();
        let end = path.char_indices().skip(1).find(|(_, c)| *c == '/').map_or(path.len(), |(at, _)| at);
        path.get(..end).unwrap_or("/")
    }

    /// Takes the refresh cookie back.
    pub(super) fn clear_refresh(&self) {
        self.set_refresh("", 0);
    }

    fn set_refresh(&self, value: &str, life: u64) {
        let mount = if self.request.path().starts_with("/api/v1/") { "/api/v1" } else { "/api" };
        for path in REFRESH_PATHS {
            self.set(REFRESH, value, &format!("{mount}{path}"), life);
        }
    }

    fn set(&self, name: &'static str, value: &str, path: &str, life: u64) {
        if self.is_on(name) {
            let secure = if self.secure { "; Secure" } else { "" };
            let cookie =
                format!("{name}={value}; Path={path}; Max-Age={life}; HttpOnly; SameSite=Strict{secure}");
            let mut extensions = self.request.extensions_mut();
            let mut to_set = extensions.remove::<ToSet>().unwrap_or_default();
            to_set.0.insert((name, path.to_owned()), cookie);
            extensions.insert(to_set);
        }
    }
}

/// What the browser says of itself; a program that says nothing can send a header instead.
fn is_same_origin(request: &HttpRequest) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    match header("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => {
            let origin = header(ORIGIN.as_str()).and_then(|origin| origin.split_once("://"));
            origin.is_some_and(|(_, host)| Some(host) == header(HOST.as_str()))
        }
    }
}

/// Middleware: sets the cookies that were noted while the request was answered.
pub async fn set_cookies<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let to_set = response.request().extensions_mut().remove::<ToSet>().unwrap_or_default();
    for cookie in to_set.0.into_values() {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
    }
    Ok(response)
}
