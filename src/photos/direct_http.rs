//! Uploads straight to the bucket over HTTP: ask for a link, put, confirm.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actions::Photos;
use super::cards::FileCard;
use super::upload::{AnnounceError, Announced};
use crate::accounts::SignedIn;
use crate::config::Config;
use crate::http::{ApiError, Body, Fields, Problem};

/// What you are about to put.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UploadUrlRequest {
    /// For display. `file_name` is understood as well.
    #[serde(alias = "file_name")]
    filename: String,
    /// Its media type, such as `image/jpeg`.
    content_type: String,
    /// Its exact length in bytes: the store takes no other.
    size: u64,
}

/// Where to put it.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadUrl {
    /// Send the file's bytes to this URL, within `expires_in` seconds.
    presigned_url: String,
    /// `PUT`.
    method: &'static str,
    /// Send exactly these headers along. Content-Length is signed, too; every client sets it by itself.
    headers: BTreeMap<String, String>,
    /// Confirm with it: `POST /files`.
    file_key: String,
    /// Seconds until the URL ends.
    expires_in: u64,
}

impl UploadUrlRequest {
    fn parse(&self, as_profile_image: bool, config: &Config) -> Result<Announced, ApiError> {
        announced((&self.filename, &self.content_type, Some(self.size)), as_profile_image, config)
    }
}

/// What somebody says that they will put: its name, its media type and, if they know, its length.
pub fn announced(
    (filename, content_type, size): (&str, &str, Option<u64>),
    as_profile_image: bool,
    config: &Config,
) -> Result<Announced, ApiError> {
    let mut fields = Fields::new();
    if filename.chars().any(char::is_control) {
        fields.refuse("/filename", "A file name has no control characters. Please rename it.");
    }
    if size == Some(0) {
        fields.refuse("/size", "The file is empty. Choose it again.");
    }
    fields.finish()?;
    let (types, limit) = (&config.photos.allowed_file_types, config.photos.max_file_size);
    Announced::parse(filename, content_type, size, as_profile_image, types, limit)
        .map_err(|error| problem(filename, &error))
}

fn problem(filename: &str, error: &AnnounceError) -> ApiError {
    let (status, code) = match error {
        AnnounceError::Type { code, .. } => (StatusCode::UNSUPPORTED_MEDIA_TYPE, *code),
        AnnounceError::TooLarge { .. } => (StatusCode::PAYLOAD_TOO_LARGE, "file_too_large"),
    };
    let name = super::photo::display_name(Some(filename));
    ApiError::new(status, code, format!("{name}: {error}."))
}

/// Ask for a URL to upload to
///
/// Send the file itself to `presigned_url` with PUT and exactly the `headers` given, then confirm it with `POST /files`.
/// Nobody sees it before; your next look at `/me`, `/profile` or `/files` confirms it as well.
#[utoipa::path(tag = "Photos", request_body = UploadUrlRequest,
    responses((status = 200, body = UploadUrl),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/upload-url")]
pub(crate) async fn upload_url(
    me: SignedIn,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    Body(wanted): Body<UploadUrlRequest>,
) -> Result<web::Json<UploadUrl>, ApiError> {
    grant(me, &photos, wanted.parse(false, &config)?).await
}

/// Ask for a URL to upload your profile image to
///
/// The same as `POST /upload-url`, but once it is confirmed it replaces the profile image you have.
#[utoipa::path(tag = "Photos", request_body = UploadUrlRequest,
    responses((status = 200, body = UploadUrl),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/profile/image")]
pub(crate) async fn profile_image_url(
    me: SignedIn,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    Body(wanted): Body<UploadUrlRequest>,
) -> Result<web::Json<UploadUrl>, ApiError> {
    grant(me, &photos, wanted.parse(true, &config)?).await
}

async fn grant(
    me: SignedIn,
    photos: &Photos,
    announced: Announced,
) -> Result<web::Json<UploadUrl>, ApiError> {
    let grant = photos.grant(me.user, announced).await?;
    Ok(web::Json(UploadUrl {
        expires_in: grant.put.expires_in(),
        presigned_url: grant.put.url,
        method: "PUT",
        headers: grant.put.headers.into_iter().collect(),
        file_key: grant.key.as_str().to_owned(),
    }))
}

/// An upload to confirm.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmRequest {
    /// As `POST /upload-url` or `POST /profile/image` gave it.
    file_key: String,
}

/// Confirm an upload
///
/// Checks what arrived and keeps it under a new key, as with `POST /upload`. Asked again, it gives the same file: 201 when
/// it was made just now, else 200.
#[utoipa::path(tag = "Photos", request_body = ConfirmRequest,
    responses((status = 201, body = FileCard), (status = 200, body = FileCard),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/files")]
pub(crate) async fn confirm_upload(
    me: SignedIn,
    photos: web::Data<Photos>,
    Body(upload): Body<ConfirmRequest>,
) -> Result<HttpResponse, ApiError> {
    let confirmed = photos.confirm(me.user, &upload.file_key).await?;
    let status = if confirmed.is_new { StatusCode::CREATED } else { StatusCode::OK };
    Ok(HttpResponse::build(status).json(photos.own_card(confirmed.file).await))
}
