//! Who calls, for handlers that count more than requests.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::address::ClientAddress;
use super::limits::RateLimits;
use super::login::LoginAttempt;
use crate::http::ApiError;

/// The client's address, and what is counted for it.
pub struct Caller {
    /// Where the request comes from.
    pub address: ClientAddress,
    /// All limits of the server.
    pub limits: web::Data<RateLimits>,
}

impl Caller {
    /// Begins a login under a name, which need not exist; 429 `rate_limited` after too many failures.
    pub fn begin_login(&self, name: &str) -> Result<LoginAttempt<'_>, ApiError> {
        self.limits.begin_login(name, self.address)
    }
}

impl FromRequest for Caller {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let address = request.extensions().get::<ClientAddress>().copied();
        let limits = request.app_data::<web::Data<RateLimits>>().cloned();
        let caller = address.zip(limits).map(|(address, limits)| Self { address, limits });
        ready(caller.ok_or_else(|| ApiError::internal(&"limits are not wired into the application")))
    }
}
