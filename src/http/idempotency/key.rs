//! The key as a client sends it, and what the request was.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::{FromRequest, HttpRequest};
use sha2::{Digest, Sha256};
use utoipa::IntoParams;

use crate::http::ApiError;

const MOST_BYTES: usize = 255;

/// What a client calls one request and all its repeats, if it does: the header `Idempotency-Key`. One that can't be a
/// key is 400 `invalid_idempotency_key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub(super) Option<String>);

impl FromRequest for IdempotencyKey {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get("idempotency-key") else { return ready(Ok(Self(None))) };
        let fits = |text: &&str| {
            (1..=MOST_BYTES).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
        };
        let key = value.to_str().ok().filter(fits).map(|text| Self(Some(text.to_owned())));
        ready(key.ok_or_else(|| {
            ApiError::new(
                StatusCode::BAD_REQUEST,
                "invalid_idempotency_key",
                "An Idempotency-Key has 1 to 255 visible ASCII characters, such as a UUID.",
            )
        }))
    }
}

/// The header, for the API document.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct KeyHeader {
    /// The same for a request and its repeats, such as a UUID: the work is done once, and its answer given again for 24
    /// hours.
    #[param(rename = "Idempotency-Key", max_length = 255)]
    #[expect(dead_code, reason = "describes the header for the OpenAPI document")]
    idempotency_key: Option<String>,
}

/// A hash of what a request holds. Two that hold the same have the same one, however they were encoded.
#[derive(Clone)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self(Sha256::new())
    }

    /// Adds a piece of known length, such as a name.
    pub fn add(&mut self, piece: &[u8]) {
        self.add_more(&(piece.len() as u64).to_be_bytes());
        self.add_more(piece);
    }

    /// Adds bytes of a piece whose length will be [added](Self::add) behind it.
    pub fn add_more(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all that was added.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.0.finalize().to_vec()
    }
}

impl Default for Fingerprint {
    fn default() -> Self {
        Self::new()
    }
}
