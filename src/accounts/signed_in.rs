//! The extractors that prove who asks, and tell from where.

use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, USER_AGENT};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::account::{SessionId, UserId};
use super::actions::Accounts;
use super::token::TokenError;
use super::visitor::Visitor;
use crate::http::ApiError;
use crate::http::rate::ClientAddress;

/// The longest name of a program that is kept, in characters.
const LONGEST_AGENT: usize = 200;

/// A person with a good access token: `Authorization: Bearer …`. 503 while nobody can tell whether its session has
/// ended.
#[derive(Debug, Clone, Copy)]
pub struct SignedIn {
    /// Who it is.
    pub user: UserId,
    /// The session that the token belongs to.
    pub session: SessionId,
}

/// Anybody: a token is optional, but one that is sent must be good, as far as is known. What is public goes on without
/// the database.
#[derive(Debug, Clone, Copy)]
pub struct MaybeSignedIn(pub Option<SignedIn>);

impl FromRequest for SignedIn {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            // Nobody waits for the database to hear that a token is bad.
            let me = signed_by(&request)?.ok_or_else(not_signed_in)?;
            let accounts = accounts(&request)?;
            accounts.revocations.ensure_known().await?;
            still_open(accounts, me)
        })
    }
}

impl FromRequest for MaybeSignedIn {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let identify = || match signed_by(request)? {
            Some(me) => still_open(accounts(request)?, me).map(Some),
            None => Ok(None),
        };
        ready(identify().map(Self))
    }
}

/// Whose good token a request carries, if any. Whether its session has ended isn't asked.
pub fn bearer(request: &HttpRequest) -> Option<UserId> {
    signed_by(request).ok().flatten().map(|signed_in| signed_in.user)
}

impl FromRequest for Visitor {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let agent = request.headers().get(USER_AGENT).and_then(|agent| agent.to_str().ok());
        ready(Ok(Self {
            user_agent: agent.map(|agent| agent.chars().take(LONGEST_AGENT).collect()),
            network: request.extensions().get::<ClientAddress>().map(|address| address.0.into()),
        }))
    }
}

fn not_signed_in() -> ApiError {
    ApiError::unauthorized("not_signed_in", "Log in first and send Authorization: Bearer <access_token>.")
}

fn accounts(request: &HttpRequest) -> Result<&Accounts, ApiError> {
    let accounts = request.app_data::<web::Data<Arc<Accounts>>>();
    accounts
        .map(|accounts| accounts.as_ref().as_ref())
        .ok_or_else(|| ApiError::internal(&"accounts are not wired into the application"))
}

fn still_open(accounts: &Accounts, me: SignedIn) -> Result<SignedIn, ApiError> {
    if accounts.revocations.is_ended(me.session) { Err(ApiError::session_ended()) } else { Ok(me) }
}

/// Whose token the header has.
fn signed_by(request: &HttpRequest) -> Result<Option<SignedIn>, ApiError> {
    let Some(header) = request.headers().get(AUTHORIZATION) else { return Ok(None) };
    let invalid =
        || ApiError::unauthorized("invalid_token", "The access token is not valid. Please log in again.");
    let header = header.to_str().map_err(|_| invalid())?;
    let (scheme, token) = header.split_once(' ').ok_or_else(invalid)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(invalid());
    }
    match accounts(request)?.tokens.verify(token.trim()) {
        Ok((user, session)) => Ok(Some(SignedIn { user, session })),
        Err(TokenError::Expired) => Err(ApiError::unauthorized(
            "token_expired",
            "The access token has expired. Exchange the refresh token at POST /token/refresh.",
        )),
        Err(TokenError::Invalid) => Err(invalid()),
    }
}
