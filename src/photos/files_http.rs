//! One's own files over HTTP: look through them, arrange, name, choose, link, remove.

use std::collections::HashSet;

use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, put, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actions::Photos;
use super::cards::FileCard;
use super::direct::waiting_uploads;
use super::http::FileProblem;
use super::manage::{self, FileChanges};
use super::own_file::{Caption, FileRef};
use crate::accounts::{SignedIn, UserId};
use crate::db::Db;
use crate::http::{ApiError, Body, Fields, Problem};

/// Files that one request may name.
const MAX_NAMED: usize = 100;

/// Your files.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileList {
    /// In your order.
    files: Vec<FileCard>,
    /// How many.
    count: usize,
}

/// Your files
///
/// In your order, with links to each in all sizes. What has arrived straight in the bucket since is confirmed first.
#[utoipa::path(tag = "Photos", responses((status = 200, body = FileList)))]
#[get("/files")]
pub(crate) async fn list_files(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
) -> Result<web::Json<FileList>, ApiError> {
    arrived_files(me.user, &db, &photos).await
}

/// Somebody's files, with what has arrived straight in the bucket since.
pub async fn arrived_files(user: UserId, db: &Db, photos: &Photos) -> Result<web::Json<FileList>, ApiError> {
    let waiting = db.run(move |conn| waiting_uploads(conn, user)).await?;
    if !waiting.is_empty() {
        photos.confirm_waiting(user, waiting).await;
    }
    all_files(user, db, photos).await
}

async fn all_files(user: UserId, db: &Db, photos: &Photos) -> Result<web::Json<FileList>, ApiError> {
    let own = db.run(move |conn| manage::own_files(conn, user)).await?;
    let mut files = Vec::with_capacity(own.len());
    for file in own {
        files.push(photos.own_card(file).await);
    }
    Ok(web::Json(FileList { count: files.len(), files }))
}

/// Some of your files.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileKeys {
    /// Whole keys, or the UUIDs in them; 1 to 100, each once.
    keys: Vec<String>,
}

impl FileKeys {
    fn parse(&self) -> Result<Vec<Option<FileRef>>, ApiError> {
        if self.keys.is_empty() || self.keys.len() > MAX_NAMED {
            return Err(Fields::refuse_one("/keys", format!("Name 1 to {MAX_NAMED} files.")));
        }
        let mut seen = HashSet::new();
        let named: Vec<_> = self.keys.iter().map(|key| FileRef::parse(key)).collect();
        match named.iter().flatten().all(|file| seen.insert(file.id)) {
            true => Ok(named),
            false => Err(Fields::refuse_one("/keys", "Name each file once.")),
        }
    }
}

/// Arrange your files
///
/// Puts the named ones first, in this order; the others follow in the order they had. 404, and nothing changes, if one
/// of them isn't there.
#[utoipa::path(tag = "Photos", request_body = FileKeys, responses((status = 200, body = FileList),
    (status = 404, body = Problem, content_type = "application/problem+json")))]
#[put("/files/order")]
pub(crate) async fn order_files(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    Body(keys): Body<FileKeys>,
) -> Result<web::Json<FileList>, ApiError> {
    let order: Option<Vec<FileRef>> = keys.parse()?.into_iter().collect();
    let order = order.ok_or_else(ApiError::not_found)?;
    db.run(move |conn| manage::reorder(conn, me.user, &order)).await?;
    all_files(me.user, &db, &photos).await
}

/// What to change; only what is given changes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FileFields {
    /// A line below the photo, at most 200 characters; empty for none.
    caption: Option<String>,
    /// `true` makes it your profile image, in place of the one that was. To choose another, say so there.
    is_profile_image: Option<bool>,
}

impl FileFields {
    fn parse(&self) -> Result<FileChanges, ApiError> {
        let mut fields = Fields::new();
        let caption = fields.take_some("/caption", self.caption.as_deref().map(Caption::parse));
        if self.is_profile_image == Some(false) {
            fields.refuse("/is_profile_image", "Make another photo the profile image instead.");
        }
        fields.finish()?;
        Ok(FileChanges { caption, choose: self.is_profile_image == Some(true) })
    }
}

/// Change a file's caption, or make it your profile image
#[utoipa::path(tag = "Photos", params(("key" = String, Path, description = "The whole key, or its UUID alone")),
    request_body = FileFields, responses((status = 200, body = FileCard),
    (status = 404, body = Problem, content_type = "application/problem+json")))]
#[patch("/files/{key:.*}")]
pub(crate) async fn change_file(
    me: SignedIn,
    request: HttpRequest,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    Body(fields): Body<FileFields>,
) -> Result<web::Json<FileCard>, ApiError> {
    let (file, changes) = (in_path(&request)?, fields.parse()?);
    let changed = db.run(move |conn| manage::change_file(conn, me.user, &file, &changes)).await?;
    Ok(web::Json(photos.own_card(changed).await))
}

/// A file by its key or UUID; what can't name any file leads nowhere, like one that nobody has: 404.
pub fn named_file(key: &str) -> Result<FileRef, ApiError> {
    FileRef::parse(key).ok_or_else(ApiError::not_found)
}

/// Keys hold slashes: they may come as they are, or as `%2F`.
fn in_path(request: &HttpRequest) -> Result<FileRef, ApiError> {
    let key = request.match_info().get("key").unwrap_or_default();
    named_file(&key.replace("%2F", "/").replace("%2f", "/"))
}

/// Remove a file
///
/// Links to it end at once, or, if the store can't be reached just now, within minutes.
#[utoipa::path(tag = "Photos", params(("key" = String, Path, description = "The whole key, or its UUID alone")),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[delete("/files/{key:.*}")]
pub(crate) async fn remove_file(
    me: SignedIn,
    request: HttpRequest,
    photos: web::Data<Photos>,
) -> Result<HttpResponse, ApiError> {
    match photos.remove(me.user, me.user, vec![in_path(&request)?]).await?.as_slice() {
        [true] => Ok(HttpResponse::NoContent().finish()),
        _ => Err(ApiError::not_found()),
    }
}

/// What became of one file.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovedFile {
    /// As you named it.
    key: String,
    /// Whether it is gone by this request.
    deleted: bool,
    /// Why not.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<FileProblem>,
}

/// What became of the files.
#[derive(Debug, Serialize, ToSchema)]
pub struct RemovedFiles {
    /// One result for each, in order.
    files: Vec<RemovedFile>,
    /// How many are gone.
    deleted: usize,
    /// How many were not there.
    failed: usize,
}

/// Remove many files
///
/// Each is answered with its own result. 404 when none of them is there.
#[utoipa::path(tag = "Photos", request_body = FileKeys, responses((status = 200, body = RemovedFiles),
    (status = 404, body = Problem, content_type = "application/problem+json")))]
#[post("/files/delete")]
pub(crate) async fn remove_files(
    me: SignedIn,
    photos: web::Data<Photos>,
    Body(keys): Body<FileKeys>,
) -> Result<web::Json<RemovedFiles>, ApiError> {
    let named = keys.parse()?;
    let known: Vec<FileRef> = named.iter().flatten().cloned().collect();
    let mut removed = photos.remove(me.user, me.user, known).await?.into_iter();
    let results = keys.keys.into_iter().zip(named).map(|(key, named)| {
        let deleted = named.is_some() && removed.next().unwrap_or_default();
        RemovedFile { key, deleted, error: (!deleted).then(|| FileProblem::of(&ApiError::not_found())) }
    });
    let files: Vec<RemovedFile> = results.collect();
    let deleted = files.iter().filter(|file| file.deleted).count();
    match deleted {
        0 => Err(ApiError::not_found()),
        _ => Ok(web::Json(RemovedFiles { failed: files.len() - deleted, deleted, files })),
    }
}

/// A file to link to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DownloadRequest {
    /// The whole key, or its UUID alone.
    file_key: String,
}

/// A link to one of your files.
#[derive(Debug, Serialize, ToSchema)]
pub struct DownloadUrl {
    /// GET it, without any header.
    presigned_url: String,
    /// Seconds until it ends.
    expires_in: u64,
    /// The file's whole key.
    file_key: String,
}

/// Get a link to one of your files
///
/// 404 unless the file is yours and there.
#[utoipa::path(tag = "Photos", request_body = DownloadRequest, responses((status = 200, body = DownloadUrl),
    (status = 404, body = Problem, content_type = "application/problem+json")))]
#[post("/download-url")]
pub(crate) async fn download_url(
    me: SignedIn,
    photos: web::Data<Photos>,
    Body(wanted): Body<DownloadRequest>,
) -> Result<web::Json<DownloadUrl>, ApiError> {
    let file = named_file(&wanted.file_key)?;
    let (key, link) = photos.download(me.user, file).await?;
    Ok(web::Json(DownloadUrl {
        presigned_url: link.url.to_string(),
        expires_in: link.expires_in(),
        file_key: key.as_str().to_owned(),
    }))
}
