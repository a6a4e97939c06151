//! Signing up and logging in: a token that lasts for hours, because nobody here renews one.

use actix_web::{HttpResponse, post, web};
use serde::Serialize;

use super::cards::Card;
use super::house::House;
use super::texts::{Unread, rename_radius};
use crate::accounts::{self, Cookies, IssuedSession, MaybeSignedIn, UserId, Visitor};
use crate::http::ApiError;
use crate::http::rate::Caller;
use crate::people;
use crate::people::http::sign_up_in;
use crate::people::login_http::let_in;
use crate::photos::http::{UploadResult, keep_files};

/// An access token.
#[derive(Serialize)]
struct TokenAnswer {
    token: String,
    /// What became of the photos that came along.
    #[serde(skip_serializing_if = "Option::is_none")]
    photos: Option<UploadResult>,
}

/// Sign up: JSON or a form, and the new user comes back.
#[post("/users")]
pub(super) async fn sign_up(
    house: House,
    (visitor, cookies): (Visitor, Cookies),
    body: Unread,
) -> Result<HttpResponse, ApiError> {
    let (user, _) = open_account(&house, visitor, &cookies, body).await?;
    Ok(HttpResponse::Created().json(Card::from(house.own_card(user).await?)))
}

/// Sign up with the picture first: a token comes back.
#[post("/auth/register")]
pub(super) async fn register(
    house: House,
    (visitor, cookies): (Visitor, Cookies),
    body: Unread,
) -> Result<HttpResponse, ApiError> {
    let (_, answer) = open_account(&house, visitor, &cookies, body).await?;
    Ok(HttpResponse::Created().json(answer))
}

async fn open_account(
    house: &House,
    visitor: Visitor,
    cookies: &Cookies,
    body: Unread,
) -> Result<(UserId, TokenAnswer), ApiError> {
    let limits = &house.config.photos;
    let mut form = body.read(limits).await?;
    let files = std::mem::take(&mut form.files);
    rename_radius(&mut form);
    let session = people::sign_up(&house.db, &house.accounts, sign_up_in(form)?, visitor).await?;
    let photos = match files {
        files if files.is_empty() => None,
        files => Some(keep_files(&house.photos, limits.max_file_size, session.user, files).await?.0),
    };
    let token = token_of(house, cookies, &session).await?;
    Ok((session.user, TokenAnswer { token, photos }))
}

/// Log in, under the names of both front ends.
#[actix_web::routes]
#[post("/login")]
#[post("/auth/token")]
pub(super) async fn log_in(
    house: House,
    (visitor, cookies): (Visitor, Cookies),
    caller: Caller,
    body: Unread,
) -> Result<web::Json<TokenAnswer>, ApiError> {
    let mut form = body.read(&house.config.photos).await?;
    let mut take = |name| form.take(name).unwrap_or_default();
    let (username, password) = (take("username"), take("password"));
    let (session, _) = let_in(&house.db, &house.accounts, &caller, visitor, (&username, &password)).await?;
    let token = token_of(&house, &cookies, &session).await?;
    Ok(web::Json(TokenAnswer { token, photos: None }))
}

/// Ends the session: for clients that live by the cookie, which no script can drop.
#[post("/logout")]
pub(super) async fn log_out(
    house: House,
    (visitor, cookies): (Visitor, Cookies),
    access: Option<MaybeSignedIn>,
) -> Result<HttpResponse, ApiError> {
    if let Some(me) = access.and_then(|access| access.0) {
        house.db.run(move |conn| accounts::log_out(conn, me.user, me.session, &visitor)).await?;
        house.accounts.revocations.catch_up().await;
    }
    cookies.clear_access();
    Ok(HttpResponse::NoContent().finish())
}

/// A token for these clients in place of the short one; where cookies are on, as a cookie, too.
async fn token_of(house: &House, cookies: &Cookies, session: &IssuedSession) -> Result<String, ApiError> {
    let user = session.user;
    let names = house.db.run(move |conn| accounts::account_names(conn, &[user])).await?;
    let (_, username) = names.into_iter().next().ok_or_else(ApiError::session_ended)?;
    let access = accounts::long_access_token(&house.accounts, session, &username)?;
    cookies.hand_out_access(&access);
    Ok(access.token)
}
