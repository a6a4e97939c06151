//! The extractor that proves who asks.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};

use super::account::{SessionId, UserId};
use super::actions::Accounts;
use super::token::TokenError;
use crate::http::ApiError;

/// A person with a good access token: `Authorization: Bearer …`.
#[derive(Debug, Clone, Copy)]
pub struct SignedIn {
    /// Who it is.
    pub user: UserId,
    /// The session that the token belongs to.
    pub session: SessionId,
}

/// Anybody: a token is optional, but one that is sent must be good.
#[derive(Debug, Clone, Copy)]
pub struct MaybeSignedIn(pub Option<SignedIn>);

impl FromRequest for SignedIn {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(identify(request).and_then(|known| {
            known.ok_or_else(|| {
                ApiError::unauthorized(
                    "not_signed_in",
                    "Log in first and send Authorization: Bearer <access_token>.",
                )
            })
        }))
    }
}

impl FromRequest for MaybeSignedIn {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(identify(request).map(MaybeSignedIn))
    }
}

/// Whose good token a request carries, if any.
pub fn bearer(request: &HttpRequest) -> Option<UserId> {
    identify(request).ok().flatten().map(|signed_in| signed_in.user)
}

fn identify(request: &HttpRequest) -> Result<Option<SignedIn>, ApiError> {
    let Some(header) = request.headers().get(AUTHORIZATION) else { return Ok(None) };
    let invalid =
        || ApiError::unauthorized("invalid_token", "The access token is not valid. Please log in again.");
    let header = header.to_str().map_err(|_| invalid())?;
    let (scheme, token) = header.split_once(' ').ok_or_else(invalid)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(invalid());
    }
    let accounts = request
        .app_data::<web::Data<Arc<Accounts>>>()
        .ok_or_else(|| ApiError::internal(&"accounts are not wired into the application"))?;
    match accounts.tokens.verify(token.trim()) {
        Ok((user, session)) => Ok(Some(SignedIn { user, session })),
        Err(TokenError::Expired) => Err(ApiError::unauthorized(
            "token_expired",
            "The access token has expired. Exchange the refresh token at POST /token/refresh.",
        )),
        Err(TokenError::Invalid) => Err(invalid()),
    }
}
