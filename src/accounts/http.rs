//! Keeping and ending a session. Sign-up and login answer with the whole profile: they live with `people`.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::SignedIn;
use super::actions::Accounts;
use super::error::AccountError;
use super::sessions::{self, IssuedSession};
use super::visitor::Visitor;
use crate::db::Db;
use crate::http::{ApiError, Body, Problem};

/// What a client needs to stay signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionTokens {
    /// The access token: `Authorization: Bearer …`. Its claim `sub` is the user id.
    pub token: String,
    /// The same as `token`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// Seconds until the access token expires.
    pub expires_in: u64,
    /// Good for one `POST /token/refresh`.
    pub refresh_token: String,
}

impl From<&IssuedSession> for SessionTokens {
    fn from(session: &IssuedSession) -> Self {
        Self {
            token: session.access_token.clone(),
            access_token: session.access_token.clone(),
            token_type: "Bearer",
            expires_in: session.expires_in,
            refresh_token: session.refresh_token.expose_secret().to_owned(),
        }
    }
}

impl From<AccountError> for ApiError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::UsernameTaken => {
                let detail = "Somebody has that username already. Please choose another.";
                Self::new(StatusCode::CONFLICT, "username_taken", detail).field("/username", detail)
            }
            AccountError::WrongCredentials => {
                Self::unauthorized("wrong_credentials", "Username or password is wrong.")
            }
            AccountError::KeptOut => Self::new(
                StatusCode::FORBIDDEN,
                "account_kept_out",
                "A moderator keeps this account out. The reason was sent to its owner.",
            ),
            AccountError::SessionEnded => Self::session_ended(),
            AccountError::Busy => {
                Self::unavailable("busy", "Too many people are logging in. Please try again in a moment.")
            }
            AccountError::Crypto(_) => Self::internal(&error),
            AccountError::Db(error) => error.into(),
        }
    }
}

/// A refresh token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshRequest {
    /// As it came with the login or the last refresh.
    refresh_token: String,
}

/// Exchange a refresh token for new tokens
///
/// Each refresh token is good once; the answer has the next one. A repeat within 20 s, because the answer was lost,
/// gets the same tokens' successor again; a later one ends the session.
#[utoipa::path(tag = "Accounts", request_body = RefreshRequest, security(()),
    responses((status = 200, body = SessionTokens), (status = 401, body = Problem, content_type = "application/problem+json")))]
#[post("/token/refresh")]
pub(crate) async fn refresh_token(
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    visitor: Visitor,
    Body(request): Body<RefreshRequest>,
) -> Result<web::Json<SessionTokens>, ApiError> {
    let accounts = accounts.get_ref().clone();
    let token = request.refresh_token;
    let issued = db.run(move |conn| sessions::refresh(conn, &accounts, &token, &visitor)).await?;
    Ok(web::Json(SessionTokens::from(&issued)))
}

/// End this session
///
/// Ends the session that a valid access token (header) or refresh token (body `{"refresh_token": …}`) names;
/// answers 204 whatever it gets.
#[utoipa::path(tag = "Accounts", security((), ("bearer" = [])), responses((status = 204)))]
#[post("/logout")]
pub(crate) async fn log_out(
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    visitor: Visitor,
    signed_in: Option<SignedIn>,
    refresh: Option<Body<RefreshRequest>>,
) -> Result<HttpResponse, ApiError> {
    if signed_in.is_some() || refresh.is_some() {
        db.run(move |conn| {
            if let Some(SignedIn { user, session }) = signed_in {
                sessions::log_out(conn, user, session, &visitor)?;
            }
            refresh.map_or(Ok(()), |Body(request)| {
                sessions::log_out_refresh(conn, &request.refresh_token, &visitor)
            })
        })
        .await?;
        accounts.revocations.catch_up().await;
    }
    Ok(HttpResponse::NoContent().finish())
}
