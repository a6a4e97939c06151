//! One's own files by the documents' other names. A bucket in a path must be the one that there is.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, web};
use serde_json::{Value, json};

use super::documents_http::file_named;
use super::house::House;
use super::texts::Unread;
use crate::accounts::SignedIn;
use crate::http::ApiError;
use crate::media::MediaStore;
use crate::photos::files_http::{FileList, arrived_files};
use crate::photos::http::keep_all;

/// Keeps photos.
#[actix_web::routes]
#[post("/uploads3")]
#[post("/uploads3/{bucket}")]
pub(super) async fn upload(
    me: SignedIn,
    house: House,
    media: web::Data<MediaStore>,
    request: HttpRequest,
    body: Unread,
) -> Result<HttpResponse, ApiError> {
    demand_bucket(&request, &media)?;
    let limits = &house.config.photos;
    let form = body.read_form(limits).await?;
    keep_all(me.user, &house.photos, limits.max_file_size, form).await
}

/// A link to a file, as plain text.
#[get("/downloads3/{key:.*}")]
pub(super) async fn download(
    me: SignedIn,
    house: House,
    media: web::Data<MediaStore>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let file = file_named(&house, me.user, &key_in(&request, &media)).await?;
    let (_, link) = house.photos.download(me.user, file).await?;
    Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(link.url.to_string()))
}

/// One's files.
#[actix_web::routes]
#[get("/files")]
#[get("/listfiles")]
#[get("/listfiles/{bucket}")]
#[get("/listfiles/{bucket}/")]
pub(super) async fn list(
    me: SignedIn,
    house: House,
    media: web::Data<MediaStore>,
    request: HttpRequest,
) -> Result<web::Json<FileList>, ApiError> {
    demand_bucket(&request, &media)?;
    arrived_files(me.user, &house.db, &house.photos).await
}

/// Removes a file.
#[actix_web::routes]
#[delete("/files/{key:.*}")]
#[delete("/deletefile/{key:.*}")]
pub(super) async fn remove(
    me: SignedIn,
    house: House,
    media: web::Data<MediaStore>,
    request: HttpRequest,
) -> Result<web::Json<Value>, ApiError> {
    let key = key_in(&request, &media);
    let file = file_named(&house, me.user, &key).await?;
    match house.photos.remove(me.user, me.user, vec![file]).await?.as_slice() {
        [true] => Ok(web::Json(json!({"message": "The file is deleted.", "deleted": true, "file_key": key}))),
        _ => Err(ApiError::not_found()),
    }
}

fn demand_bucket(request: &HttpRequest, media: &MediaStore) -> Result<(), ApiError> {
    let named = request.match_info().get("bucket").unwrap_or_default();
    if named.is_empty() || named == media.bucket() {
        return Ok(());
    }
    let detail = "There is no such bucket here. Leave it out.";
    Err(ApiError::new(StatusCode::NOT_FOUND, "unknown_bucket", detail))
}

/// A key with its slashes, as they are or as `%2F`, perhaps behind the bucket.
fn key_in(request: &HttpRequest, media: &MediaStore) -> String {
    let path = request.match_info().get("key").unwrap_or_default();
    let path = path.replace("%2F", "/").replace("%2f", "/");
    let below = path.strip_prefix(media.bucket()).and_then(|rest| rest.strip_prefix('/'));
    below.unwrap_or(&path).to_owned()
}
