//! The extractors that prove who asks, and tell from where.

use std::future::{Ready, ready};
use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::{Payload, ServiceRequest};
use actix_web::http::header::{AUTHORIZATION, HeaderValue, USER_AGENT};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};

use super::account::{SessionId, UserId};
use super::actions::Accounts;
use super::cookies::Cookies;
use super::token::TokenError;
use super::visitor::Visitor;
use crate::http::ApiError;
use crate::http::rate::ClientAddress;

/// The longest name of a program that is kept, in characters.
const LONGEST_AGENT: usize = 200;

/// A person with a good access token: `Authorization: Bearer …`, or a cookie where there are any. 503 while nobody can tell whether its session has
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
            let claim = claim(&request)?.ok_or_else(not_signed_in)?;
            accounts(&request)?.revocations.ensure_known().await?;
            settle(&request, claim)?.ok_or_else(not_signed_in)
        })
    }
}

impl FromRequest for MaybeSignedIn {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let identify = || match claim(request)? {
            Some(claim) => settle(request, claim),
            None => Ok(None),
        };
        ready(identify().map(Self))
    }
}

/// Whose good token a request carries, if any. Whether its session has ended isn't asked.
pub fn bearer(request: &HttpRequest) -> Option<UserId> {
    claim(request).ok().flatten().map(|claim| claim.me.user)
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

/// Takes a request as if it had come without an Authorization header, for clients that send one without a token in it.
pub fn disregard_header(request: &mut ServiceRequest) {
    request.headers_mut().remove(AUTHORIZATION);
    request.extensions_mut().remove::<Found>();
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

/// Who a token says that somebody is.
#[derive(Debug, Clone, Copy)]
struct Claim {
    me: SignedIn,
    by_cookie: bool,
}

/// What was found out about a request's token, kept with the request: limits ask as well as handlers.
#[derive(Clone)]
struct Found(Result<Option<Claim>, ApiError>);

fn claim(request: &HttpRequest) -> Result<Option<Claim>, ApiError> {
    let known = request.extensions().get::<Found>().cloned();
    let found = known.unwrap_or_else(|| {
        let found = Found(find_claim(request));
        request.extensions_mut().insert(found.clone());
        found
    });
    found.0
}

/// Whose token came along, good by itself. The header beats the cookie; a bad cookie counts as none and is cleared.
fn find_claim(request: &HttpRequest) -> Result<Option<Claim>, ApiError> {
    let cookies = Cookies::of(request);
    let tokens = &accounts(request)?.tokens;
    let signed_in = |(user, session)| SignedIn { user, session };
    if let Some(header) = request.headers().get(AUTHORIZATION) {
        let me = token_in(header).ok_or(TokenError::Invalid).and_then(|token| tokens.verify(token));
        let me = me.map(signed_in).map_err(refusal)?;
        return Ok(Some(Claim { me, by_cookie: false }));
    }
    let Some(token) = cookies.access() else { return Ok(None) };
    let Ok(me) = tokens.verify(token).map(signed_in) else {
        cookies.clear_access();
        return Ok(None);
    };
    cookies.check_origin()?;
    Ok(Some(Claim { me, by_cookie: true }))
}

/// Whoever it is, unless their session has ended.
fn settle(request: &HttpRequest, claim: Claim) -> Result<Option<SignedIn>, ApiError> {
    match accounts(request)?.revocations.is_ended(claim.me.session) {
        false => Ok(Some(claim.me)),
        true if claim.by_cookie => {
            Cookies::of(request).clear_access();
            Ok(None)
        }
        true => Err(ApiError::session_ended()),
    }
}

/// The token in an Authorization header; `None` if it holds anything else.
pub(super) fn token_in(header: &HeaderValue) -> Option<&str> {
    let (scheme, token) = header.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn refusal(error: TokenError) -> ApiError {
    match error {
        TokenError::Expired => ApiError::unauthorized(
            "token_expired",
            "The access token has expired. Exchange the refresh token at POST /token/refresh.",
        ),
        TokenError::Invalid => {
            ApiError::unauthorized("invalid_token", "The access token is not valid. Please log in again.")
        }
    }
}
