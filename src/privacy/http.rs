//! One's own data over HTTP.

use std::sync::Arc;

use actix_web::{HttpResponse, get, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::deletion;
use super::error::PrivacyError;
use super::exports::{self, Export, ExportState};
use crate::accounts::{Accounts, SignedIn, Visitor};
use crate::config::Config;
use crate::db::Db;
use crate::http::{ApiError, Body, Problem};
use crate::media::MediaStore;

impl From<PrivacyError> for ApiError {
    fn from(error: PrivacyError) -> Self {
        match error {
            PrivacyError::Gone => Self::session_ended(),
            PrivacyError::Archive(_) => Self::internal(&error),
            PrivacyError::Mail(error) => error.into(),
            PrivacyError::Account(error) => error.into(),
            PrivacyError::Media(error) => error.into(),
            PrivacyError::Match(error) => error.into(),
            PrivacyError::Moderation(error) => error.into(),
            PrivacyError::Db(error) => error.into(),
        }
    }
}

/// How far the copy of everything is.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExportStatus {
    /// Nobody asked for one within the last days.
    None,
    /// It is being made; look again in a minute.
    Waiting,
    /// Fetch it.
    Ready,
    /// It could not be made; ask for another one.
    Failed,
}

/// A copy of everything that is kept of you.
#[derive(Serialize, ToSchema)]
pub struct ExportAnswer {
    /// How far it is.
    status: ExportStatus,
    /// When it was asked for.
    asked_at: Option<DateTime<Utc>>,
    /// Until when it can be fetched; then it is removed.
    expires_at: Option<DateTime<Utc>>,
    /// Bytes.
    size: Option<i64>,
    /// A link to the ZIP archive, good for minutes: ask again for another one.
    url: Option<String>,
}

async fn answer(
    export: Option<Export>,
    media: &MediaStore,
    config: &Config,
) -> Result<ExportAnswer, ApiError> {
    let Some(export) = export else {
        return Ok(ExportAnswer {
            status: ExportStatus::None,
            asked_at: None,
            expires_at: None,
            size: None,
            url: None,
        });
    };
    let status = match export.state {
        ExportState::Waiting => ExportStatus::Waiting,
        ExportState::Ready => ExportStatus::Ready,
        ExportState::Failed => ExportStatus::Failed,
    };
    let url = match export.state {
        ExportState::Ready => {
            let link = media.presign_get(&export.key, config.photos.presigned_url_expiration).await?;
            Some(link.url.to_string())
        }
        _ => None,
    };
    let (asked_at, size) = (Some(export.asked_at), export.size);
    Ok(ExportAnswer { status, asked_at, expires_at: export.expires_at, size, url })
}

/// The copy of everything
///
/// How far it is, and a link to it once it is ready. It can be fetched for seven days.
#[utoipa::path(tag = "Me",
    responses((status = 200, body = ExportAnswer), (status = 401, body = Problem, content_type = "application/problem+json")))]
#[get("/me/export")]
pub(crate) async fn get_export(
    me: SignedIn,
    db: web::Data<Db>,
    media: web::Data<MediaStore>,
    config: web::Data<Config>,
) -> Result<web::Json<ExportAnswer>, ApiError> {
    let export = db.run(move |conn| exports::export_of(conn, me.user)).await?;
    Ok(web::Json(answer(export, &media, &config).await?))
}

/// Ask for a copy of everything
///
/// One ZIP archive: all that is kept of you as JSON, and your photos. One that is being made, or less than a day old,
/// is answered instead of another one.
#[utoipa::path(tag = "Me",
    responses((status = 202, body = ExportAnswer), (status = 401, body = Problem, content_type = "application/problem+json")))]
#[post("/me/export")]
pub(crate) async fn ask_export(
    me: SignedIn,
    db: web::Data<Db>,
    media: web::Data<MediaStore>,
    config: web::Data<Config>,
) -> Result<HttpResponse, ApiError> {
    let export = db.run(move |conn| exports::ask_export(conn, me.user)).await?;
    Ok(HttpResponse::Accepted().json(answer(Some(export), &media, &config).await?))
}

/// The password, once more.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteRequest {
    /// Your password.
    password: String,
}

/// When the account will be gone.
#[derive(Serialize, ToSchema)]
pub struct DeleteAnswer {
    /// Until then a login brings everything back.
    erase_at: DateTime<Utc>,
}

/// Delete your account
///
/// Nobody sees you from now on, and you are logged out everywhere. After the grace, 14 days by default, everything is
/// erased; a login before that brings it all back. What you wrote to your matches stays readable for them, from a
/// deleted user.
#[utoipa::path(tag = "Me", request_body = DeleteRequest,
    responses((status = 202, body = DeleteAnswer), (status = 401, body = Problem, content_type = "application/problem+json")))]
#[post("/me/delete")]
pub(crate) async fn delete_me(
    me: SignedIn,
    visitor: Visitor,
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    config: web::Data<Config>,
    Body(request): Body<DeleteRequest>,
) -> Result<HttpResponse, ApiError> {
    let grace = config.accounts.deletion_grace;
    let whose = (me.user, me.session);
    let leaving = deletion::ask_deletion(&db, &accounts, whose, &request.password, grace, visitor).await?;
    Ok(HttpResponse::Accepted().json(DeleteAnswer { erase_at: leaving.erase_at }))
}
