//! What mailed links lead to: no session needed, the key is the proof.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::http::{AddressStatus, AsksLeft};
use super::{Mail, actions, change, reset};
use crate::accounts::{Accounts, Password};
use crate::db::Db;
use crate::http::{ApiError, Body, Problem};

/// The key from a mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MailTokenRequest {
    /// What stands behind the `=` in the mail's link.
    token: String,
}

/// Where the address stands now.
#[derive(Serialize, ToSchema)]
pub struct VerifyAnswer {
    /// Where it stands.
    status: AddressStatus,
}

/// Confirm an address
///
/// With the key from a mail, once. From then on one can log in with the address.
#[utoipa::path(tag = "Accounts", security(()), request_body = MailTokenRequest,
    responses((status = 200, body = VerifyAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/email/verify")]
pub(crate) async fn verify_email(
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    Body(request): Body<MailTokenRequest>,
) -> Result<web::Json<VerifyAnswer>, ApiError> {
    let state = db.run(move |conn| actions::verify(conn, &accounts, &request.token)).await?;
    Ok(web::Json(VerifyAnswer { status: state.into() }))
}

/// Undo a change of address
///
/// With the key from the mail to the old address, within 48 hours. Logs everybody out and mails a link for a new
/// password to the old address.
#[utoipa::path(tag = "Accounts", security(()), request_body = MailTokenRequest,
    responses((status = 204), (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/email/undo")]
pub(crate) async fn undo_email(
    db: web::Data<Db>,
    Body(request): Body<MailTokenRequest>,
) -> Result<HttpResponse, ApiError> {
    db.run(move |conn| change::undo_change(conn, &request.token)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whose password was forgotten.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgotRequest {
    /// The username, or the email address.
    username: String,
}

/// Ask for a new password
///
/// Mails a link to the account's confirmed address. Whether there is such an account is told to nobody else: the
/// answer is the same. Five mails an hour by name; then 429 with Retry-After.
#[utoipa::path(tag = "Accounts", security(()), request_body = ForgotRequest,
    responses((status = 202, body = AsksLeft),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
#[post("/password/forgot")]
pub(crate) async fn forgot_password(
    db: web::Data<Db>,
    mail: web::Data<Mail>,
    Body(request): Body<ForgotRequest>,
) -> Result<HttpResponse, ApiError> {
    let limit = mail.limit;
    let asks = db.run(move |conn| reset::forget_password(conn, &request.username, limit)).await?;
    Ok(HttpResponse::Accepted().json(AsksLeft::from(asks)))
}

/// A new password, and the key from a mail.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetRequest {
    /// What stands behind the `=` in the mail's link.
    token: String,
    /// The new password.
    password: String,
}

/// Set a new password
///
/// With the key from a mail, once, within an hour. Logs out everywhere.
#[utoipa::path(tag = "Accounts", security(()), request_body = ResetRequest,
    responses((status = 204), (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/password/reset")]
pub(crate) async fn reset_password(
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    Body(request): Body<ResetRequest>,
) -> Result<HttpResponse, ApiError> {
    let password = Password::parse(&request.password).map_err(|error| {
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields", error.to_string())
            .field("/password", error.to_string())
    })?;
    reset::reset_password(&db, &accounts, &request.token, &password).await?;
    Ok(HttpResponse::NoContent().finish())
}
