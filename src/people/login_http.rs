//! Logging in over HTTP.

use std::sync::Arc;

use actix_web::{post, web};
use serde::Deserialize;
use utoipa::ToSchema;

use super::http::{SessionAnswer, session_answer};
use crate::accounts::http::SessionTokens;
use crate::accounts::{self, AccountError, Accounts, Cookies, IssuedSession, RefreshDelivery, Visitor};
use crate::config::Config;
use crate::db::Db;
use crate::http::rate::Caller;
use crate::http::{ApiError, Body, Problem};
use crate::moderation::http::kept_out;
use crate::photos::Photos;
use crate::privacy::{self, ComeBack};

/// Username, or verified email, and password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogInRequest {
    /// The username or a verified email address.
    username: String,
    /// The password.
    password: String,
    /// Where you want the refresh token: in the answer's `body` (the default), or, on servers that set cookies, in an
    /// HttpOnly `cookie` that only the token routes get.
    #[serde(default)]
    refresh: RefreshDelivery,
}

/// Log in
///
/// An unknown name and a wrong password get the same answer, after the same time. Whom a moderator keeps out, a right
/// password gets 403 `account_suspended` or `account_banned` with two members of its own: `sanction` says why and until
/// when, and `appeal_token` is, for an hour, the bearer token of `GET /me/sanctions` and
/// `POST /me/sanctions/{id}/appeal`, and of nothing else.
#[utoipa::path(tag = "Accounts", security(()), request_body = LogInRequest,
    responses((status = 200, body = SessionAnswer), (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json")))]
#[post("/login")]
pub(crate) async fn log_in(
    (visitor, cookies): (Visitor, Cookies),
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    caller: Caller,
    Body(login): Body<LogInRequest>,
) -> Result<web::Json<SessionAnswer>, ApiError> {
    cookies.check_delivery(login.refresh)?;
    let (session, restored) =
        let_in(&db, &accounts, &caller, visitor, (&login.username, &login.password)).await?;
    let (user, tokens) = (session.user, SessionTokens::of(&session, login.refresh));
    let answer = session_answer(&db, &photos, &config, user, tokens, None).await?;
    cookies.hand_out(&session, login.refresh);
    Ok(web::Json(SessionAnswer { restored, ..answer }))
}

/// Opens a session for a name and its password: counts the attempt, says why somebody is kept out, and takes an
/// account's deletion back; whether it did stands beside the session.
pub async fn let_in(
    db: &Db,
    accounts: &Arc<Accounts>,
    caller: &Caller,
    visitor: Visitor,
    (username, password): (&str, &str),
) -> Result<(IssuedSession, bool), ApiError> {
    let attempt = caller.begin_login(username)?;
    let session = accounts::log_in(db, accounts, username, password, visitor).await;
    match &session {
        Ok(_) => attempt.succeeded(),
        Err(AccountError::WrongCredentials) => {}
        Err(_) => attempt.forget(),
    }
    let session = match session {
        Err(AccountError::KeptOut(user)) => return Err(kept_out(db, accounts, user).await),
        session => session?,
    };
    let user = session.user;
    let back = db.run(move |conn| privacy::come_back(conn, user)).await?;
    if back == ComeBack::KeptOut {
        return Err(kept_out(db, accounts, user).await);
    }
    Ok((session, back == ComeBack::Restored))
}
