//! Uploading photos through the server.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::actions::Photos;
use super::cards::FileCard;
use super::error::PhotoError;
use super::form::{FileContent, Form, FormFile, not_a_form};
use super::photo::{FileKind, StoredFile, display_name};
use crate::accounts::{SignedIn, UserId};
use crate::config::Config;
use crate::db::Db;
use crate::http::idempotency::{IdempotencyKey, KeyHeader, once};
use crate::http::{ApiError, Id, Problem};

/// What became of one file.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum FileResult {
    /// It is kept.
    Kept(Box<KeptFile>),
    /// It isn't, and why.
    Refused(RefusedFile),
}

/// A file that is kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct KeptFile {
    /// True.
    uploaded: bool,
    #[serde(flatten)]
    file: FileCard,
}

/// A file that isn't kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct RefusedFile {
    /// As it was called.
    filename: String,
    /// False.
    uploaded: bool,
    /// Why.
    error: FileProblem,
}

/// Why one file isn't kept, and what would help.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileProblem {
    /// For programs.
    code: &'static str,
    /// For people.
    message: String,
}

impl FileProblem {
    pub(super) fn of(error: &ApiError) -> Self {
        Self { code: error.code(), message: error.detail().to_owned() }
    }
}

/// What became of an upload.
#[derive(Debug, Serialize, ToSchema)]
pub struct UploadResult {
    /// One result for each file, in order.
    pub files: Vec<FileResult>,
    /// How many are kept.
    pub uploaded: usize,
    /// How many are not.
    pub failed: usize,
}

/// A form with photos, or with documents.
#[derive(ToSchema)]
pub struct UploadForm {
    /// One or more JPEG, PNG or WebP images, or documents of a type that the server takes, each a part named `file`.
    #[schema(value_type = Vec<String>, format = Binary, content_media_type = "application/octet-stream")]
    #[expect(dead_code, reason = "describes the form for the OpenAPI document")]
    file: Vec<Vec<u8>>,
}

/// Keeps each file of a form. One bad file doesn't spoil the others.
pub async fn keep_files(
    photos: &Photos,
    max_file_size: usize,
    user: UserId,
    files: Vec<FormFile>,
) -> Result<(UploadResult, Option<ApiError>), ApiError> {
    let mut result = UploadResult { files: Vec::new(), uploaded: 0, failed: 0 };
    let mut first_error = None;
    for file in files {
        let filename = display_name(file.filename.as_deref());
        match keep_file(photos, max_file_size, user, file, false).await {
            Ok(file) => {
                result.uploaded += 1;
                let file = photos.own_card(file).await;
                result.files.push(FileResult::Kept(Box::new(KeptFile { uploaded: true, file })));
            }
            Err(error) => {
                result.failed += 1;
                let message = format!("{filename}: {}", error.detail());
                let problem = FileProblem { code: error.code(), message };
                result.files.push(FileResult::Refused(RefusedFile {
                    filename,
                    uploaded: false,
                    error: problem,
                }));
                first_error.get_or_insert(error);
            }
        }
    }
    Ok((result, first_error))
}

/// Keeps one file of a form, perhaps in place of the profile image.
pub async fn keep_file(
    photos: &Photos,
    max_file_size: usize,
    user: UserId,
    file: FormFile,
    as_profile_image: bool,
) -> Result<StoredFile, ApiError> {
    let content = match file.content {
        FileContent::Spooled(content) => content,
        FileContent::Surplus => {
            return Err(PhotoError::Full { kind: FileKind::Photo, limit: photos.max_photos() }.into());
        }
        FileContent::TooLarge => {
            return Err(ApiError::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "file_too_large",
                format!("A file has at most {}. Send a smaller one.", in_words(max_file_size)),
            ));
        }
    };
    let content = async {
        let read = web::block(|| FormFile::read_back(content)).await;
        Ok(read.map_err(|_| PhotoError::Lost)??)
    };
    let filename = file.filename.as_deref();
    Ok(match as_profile_image {
        true => photos.add_as_profile_image(user, filename, content).await?,
        false => photos.add(user, filename, content).await?,
    })
}

/// A number of bytes as people say it, rounded down: what is told must be accepted.
fn in_words(bytes: usize) -> String {
    match bytes {
        ..1024 => format!("{bytes} bytes"),
        1024..0x10_0000 => format!("{} KiB", bytes >> 10),
        _ => format!("{} MiB", bytes >> 20),
    }
}

/// Upload photos and documents
///
/// Any number of `file` parts, each answered with its own result. When none of them can be kept, the answer is the
/// first one's problem. Sent again under the same `Idempotency-Key` within 24 hours, it is kept once.
#[utoipa::path(tag = "Photos", params(KeyHeader), request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, body = UploadResult),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 415, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/upload")]
pub(crate) async fn upload(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    key: IdempotencyKey,
    form: Result<Multipart, actix_web::Error>,
) -> Result<HttpResponse, ApiError> {
    keep_form(me, "/upload", (db, photos, config), key, form).await
}

/// Upload photos of your own
///
/// The same as `POST /upload`; `id` is your own.
#[utoipa::path(tag = "Photos", params(("id" = Uuid, Path), KeyHeader),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, body = UploadResult),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
#[post("/users/{id}/images")]
pub(crate) async fn upload_for(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    key: IdempotencyKey,
    form: Result<Multipart, actix_web::Error>,
) -> Result<HttpResponse, ApiError> {
    if id != me.user.0 {
        return Err(ApiError::not_found());
    }
    keep_form(me, "/users/{id}/images", (db, photos, config), key, form).await
}

async fn keep_form(
    me: SignedIn,
    route: &'static str,
    (db, photos, config): (web::Data<Db>, web::Data<Photos>, web::Data<Config>),
    key: IdempotencyKey,
    form: Result<Multipart, actix_web::Error>,
) -> Result<HttpResponse, ApiError> {
    let limit = config.photos.max_file_size;
    let form = Form::read(form.map_err(|_| not_a_form())?, config.photos.max_files(), limit).await?;
    let fingerprint = form.fingerprint.clone();
    let work = async move { keep_all(me.user, &photos, limit, form).await };
    once(&db, (me.user.0, route), key, fingerprint, work).await
}

/// Keeps each file of a form that has some; when none of them can be kept, the first one's problem.
pub async fn keep_all(
    user: UserId,
    photos: &Photos,
    limit: usize,
    form: Form,
) -> Result<HttpResponse, ApiError> {
    if form.files.is_empty() {
        return Err(ApiError::new(StatusCode::BAD_REQUEST, "no_files", "The form has no part named `file`."));
    }
    match keep_files(photos, limit, user, form.files).await? {
        (result, Some(error)) if result.uploaded == 0 => {
            let refused = result.files.iter().enumerate().filter_map(|(n, file)| match file {
                FileResult::Refused(file) => Some((n, file)),
                FileResult::Kept(_) => None,
            });
            Err(refused
                .fold(error, |error, (n, file)| error.field(format!("/file/{n}"), &file.error.message)))
        }
        (result, _) => Ok(HttpResponse::Created().json(result)),
    }
}
