//! Giving the password again, and changing it, over HTTP.

use std::sync::Arc;

use actix_web::{HttpResponse, post, put, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::account::Password;
use super::actions::Accounts;
use super::cookies::Cookies;
use super::error::AccountError;
use super::fresh;
use super::http::AccessGrant;
use super::signed_in::SignedIn;
use super::visitor::Visitor;
use crate::db::Db;
use crate::http::rate::Caller;
use crate::http::{ApiError, Body, Fields, Problem};

/// Your password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FreshRequest {
    /// The password that you log in with.
    password: String,
}

/// An access token of a session whose password was just given.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct FreshGrant {
    #[serde(flatten)]
    access: AccessGrant,
    /// Seconds for which this session may do what is sensitive.
    fresh_for: u64,
}

/// Give your password again
///
/// What is sensitive (another password, another address) needs a password given in the last ten minutes, by login or
/// here; else it is 401 `fresh_login_required`. It counts for this session; the access token that you have stays good.
/// Wrong passwords are limited as at login.
#[utoipa::path(tag = "Accounts", request_body = FreshRequest,
    responses((status = 200, body = FreshGrant), (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/token/fresh")]
pub(crate) async fn give_password_again(
    me: SignedIn,
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    visitor: Visitor,
    cookies: Cookies,
    caller: Caller,
    Body(request): Body<FreshRequest>,
) -> Result<web::Json<FreshGrant>, ApiError> {
    let attempt = caller.begin_login(&me.user.to_string())?;
    let whose = (me.user, me.session);
    let access = fresh::confirm_password(&db, &accounts, whose, &request.password, visitor).await;
    match &access {
        Ok(_) => attempt.succeeded(),
        Err(AccountError::WrongPassword) => {}
        Err(_) => attempt.forget(),
    }
    let access = access?;
    cookies.hand_out_access(&access);
    let access = AccessGrant::from(&access);
    Ok(web::Json(FreshGrant { access, fresh_for: fresh::FRESH.as_secs() }))
}

/// Another password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordRequest {
    /// 8 to 128 characters, none of the common ones.
    new_password: String,
}

/// Change your password
///
/// Needs a password given in the last ten minutes (`POST /token/fresh`). All your other sessions end.
#[utoipa::path(tag = "Me", request_body = PasswordRequest, responses((status = 204)))]
#[put("/me/password")]
pub(crate) async fn change_password(
    me: SignedIn,
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    visitor: Visitor,
    Body(request): Body<PasswordRequest>,
) -> Result<HttpResponse, ApiError> {
    let mut fields = Fields::new();
    let password = fields.take("/new_password", Password::parse(&request.new_password));
    let Some(password) = password else { return Err(fields.refused()) };
    fresh::change_password(&db, &accounts, (me.user, me.session), &password, visitor).await?;
    accounts.revocations.catch_up().await;
    Ok(HttpResponse::NoContent().finish())
}
