//! Keeping and ending sessions, and the password. Sign-up and login answer with the whole profile: they live with
//! `people`.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, web};
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::account::SessionId;
use super::actions::Accounts;
use super::cookies::{Cookies, RefreshDelivery};
use super::error::AccountError;
pub(crate) use super::fresh_http::{change_password, give_password_again};
use super::own_sessions::{self, OwnSession};
use super::sessions::{self, AccessToken, IssuedSession};
use super::signed_in::{MaybeSignedIn, SignedIn};
use super::visitor::Visitor;
use crate::db::Db;
use crate::http::{ApiError, Body, Fields, Id, Page, PageParams, Params, Problem};

/// An access token.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessGrant {
    /// The access token: `Authorization: Bearer …`. Its claim `sub` is the user id.
    pub token: String,
    /// The same as `token`.
    pub access_token: String,
    /// Always `Bearer`.
    pub token_type: &'static str,
    /// Seconds until the access token expires.
    pub expires_in: u64,
}

impl From<&AccessToken> for AccessGrant {
    fn from(access: &AccessToken) -> Self {
        Self {
            token: access.token.clone(),
            access_token: access.token.clone(),
            token_type: "Bearer",
            expires_in: access.expires_in,
        }
    }
}

/// What a client needs to stay signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionTokens {
    #[serde(flatten)]
    access: AccessGrant,
    /// Good for one `POST /token/refresh`. Missing if it went into a cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

impl SessionTokens {
    /// The tokens of a session, without the refresh token if that goes into a cookie.
    pub fn of(session: &IssuedSession, delivery: RefreshDelivery) -> Self {
        let shown = delivery == RefreshDelivery::Body;
        Self {
            access: AccessGrant::from(&session.access),
            refresh_token: shown.then(|| session.refresh_token.expose_secret().to_owned()),
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
            // A login says more: why, and how to appeal.
            AccountError::KeptOut(_) => {
                Self::new(StatusCode::FORBIDDEN, "account_kept_out", "A moderator keeps this account out.")
            }
            AccountError::AddressBanned => Fields::refuse_one(
                "/email",
                "This address can't be used here. Take another one, or leave it out.",
            ),
            AccountError::WrongPassword => Fields::refuse_one("/password", "That is not your password."),
            AccountError::FreshLoginRequired => Self::unauthorized(
                "fresh_login_required",
                "Give your password again first: POST /token/fresh. It then counts for ten minutes.",
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
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshRequest {
    /// As it came with the login or the last refresh. Leave the whole body out if it came as a cookie.
    refresh_token: String,
}

/// Exchange a refresh token for new tokens
///
/// Each refresh token is good once; the answer has the next one. A repeat within 20 s, because the answer was lost,
/// gets the same tokens' successor again; a later one ends the session. Where the refresh token is a cookie, send no
/// body: the next one comes as a cookie, too.
#[utoipa::path(tag = "Accounts", request_body = RefreshRequest, security(()),
    responses((status = 200, body = SessionTokens), (status = 401, body = Problem, content_type = "application/problem+json")))]
#[post("/token/refresh")]
pub(crate) async fn refresh_token(
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    visitor: Visitor,
    cookies: Cookies,
    body: Result<Body<RefreshRequest>, ApiError>,
) -> Result<web::Json<SessionTokens>, ApiError> {
    let (token, delivery) = match cookies.refresh().filter(|_| cookies.stand_alone()) {
        Some(token) => {
            cookies.check_origin()?;
            (token.to_owned(), RefreshDelivery::Cookie)
        }
        None => (body?.0.refresh_token, RefreshDelivery::Body),
    };
    let accounts = accounts.get_ref().clone();
    let issued = db.run(move |conn| sessions::refresh(conn, &accounts, &token, &visitor)).await;
    if let (Err(AccountError::SessionEnded), RefreshDelivery::Cookie) = (&issued, delivery) {
        cookies.clear_refresh();
    }
    let session = issued?;
    cookies.hand_out(&session, delivery);
    Ok(web::Json(SessionTokens::of(&session, delivery)))
}

/// End this session
///
/// Ends the session that a valid access token (header) or refresh token (body `{"refresh_token": …}`) names, or one of
/// them as a cookie; answers 204 whatever it gets.
#[utoipa::path(tag = "Accounts", security((), ("bearer" = [])), responses((status = 204)))]
#[post("/logout")]
pub(crate) async fn log_out(
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    visitor: Visitor,
    cookies: Cookies,
    access: Option<MaybeSignedIn>,
    body: Option<Body<RefreshRequest>>,
) -> Result<HttpResponse, ApiError> {
    let me = access.and_then(|access| access.0);
    let cookie = cookies.refresh().filter(|_| cookies.check_origin().is_ok()).map(str::to_owned);
    let refresh: Vec<String> = body.map(|Body(body)| body.refresh_token).into_iter().chain(cookie).collect();
    if me.is_some() || !refresh.is_empty() {
        db.run(move |conn| {
            if let Some(SignedIn { user, session }) = me {
                sessions::log_out(conn, user, session, &visitor)?;
            }
            refresh.iter().try_for_each(|token| sessions::log_out_refresh(conn, token, &visitor))
        })
        .await?;
        accounts.revocations.catch_up().await;
    }
    cookies.clear_access();
    cookies.clear_refresh();
    Ok(HttpResponse::NoContent().finish())
}

/// End all your sessions
///
/// This one, too. Their tokens stop on every server within a second.
#[utoipa::path(tag = "Accounts", responses((status = 204)))]
#[post("/logout/all")]
pub(crate) async fn log_out_everywhere(
    me: SignedIn,
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    visitor: Visitor,
    cookies: Cookies,
) -> Result<HttpResponse, ApiError> {
    db.run(move |conn| own_sessions::log_out_everywhere(conn, me.user, &visitor)).await?;
    accounts.revocations.catch_up().await;
    cookies.clear_access();
    cookies.clear_refresh();
    Ok(HttpResponse::NoContent().finish())
}

/// One of your sessions.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionCard {
    /// Its id, for `DELETE /sessions/{id}`.
    id: Uuid,
    /// The program that logged in, in a few words: `Firefox on Linux`.
    device: String,
    /// Whether it is the one that asks.
    current: bool,
    /// When it logged in.
    created_at: DateTime<Utc>,
    /// When it last took new tokens; never more than an access token's life ago while it is in use.
    last_used_at: DateTime<Utc>,
    /// When it ends, unless it is used before.
    expires_at: DateTime<Utc>,
}

impl SessionCard {
    fn of(session: OwnSession, current: SessionId) -> Self {
        Self {
            id: session.id.0,
            device: session.device,
            current: session.id == current,
            created_at: session.created_at,
            last_used_at: session.last_used_at,
            expires_at: session.expires_at,
        }
    }
}

/// Where you are signed in
///
/// The newest first.
#[utoipa::path(tag = "Accounts", params(PageParams), responses((status = 200, body = Page<SessionCard>)))]
#[get("/sessions")]
pub(crate) async fn list_sessions(
    me: SignedIn,
    db: web::Data<Db>,
    Params(page): Params<PageParams>,
) -> Result<web::Json<Page<SessionCard>>, ApiError> {
    let (limit, behind) = (page.limit()?, page.position()?);
    let list = move |conn: &mut _| own_sessions::list_sessions(conn, me.user, behind, i64::from(limit) + 1);
    let mut own = db.run(list).await?;
    let next_cursor = Page::cut(&mut own, limit, |session| (session.created_at, session.id));
    let items = own.into_iter().map(|session| SessionCard::of(session, me.session)).collect();
    Ok(web::Json(Page { items, next_cursor }))
}

/// End one of your sessions
///
/// Its tokens stop on every server within a second.
#[utoipa::path(tag = "Accounts", params(("id" = Uuid, Path)), responses((status = 204)))]
#[delete("/sessions/{id}")]
pub(crate) async fn end_session(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    visitor: Visitor,
) -> Result<HttpResponse, ApiError> {
    let session = SessionId(id);
    if !db.run(move |conn| own_sessions::end_own_session(conn, me.user, session, &visitor)).await? {
        return Err(ApiError::not_found());
    }
    accounts.revocations.catch_up().await;
    Ok(HttpResponse::NoContent().finish())
}
