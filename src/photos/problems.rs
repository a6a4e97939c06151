//! What goes wrong with files, as answers tell it.

use actix_web::http::StatusCode;

use super::document::DocumentError;
use super::error::PhotoError;
use super::image::ImageError;
use super::photo::FileKind;
use crate::http::{ApiError, Fields};
use crate::media::MediaError;

impl From<MediaError> for ApiError {
    fn from(error: MediaError) -> Self {
        match error {
            MediaError::NotFound => Self::not_found(),
            MediaError::BucketMissing => {
                Self::unavailable("storage_bucket_missing", "The photo store's bucket is missing.")
            }
            MediaError::Unavailable(_) | MediaError::Refused { .. } => {
                tracing::warn!(cause = %error, "photo store unavailable");
                Self::unavailable(
                    "storage_unavailable",
                    "The photo store doesn't answer. Please try again in a moment.",
                )
            }
            MediaError::TooLarge { .. } => Self::internal(&error),
        }
    }
}

impl From<PhotoError> for ApiError {
    fn from(error: PhotoError) -> Self {
        match error {
            PhotoError::Full { kind, limit } => full(kind, limit),
            PhotoError::Duplicate { kind, filename } => duplicate(kind, &filename),
            PhotoError::Image(error) => image_problem(&error),
            PhotoError::Document(error) => document_problem(&error),
            PhotoError::NotFound => Self::not_found(),
            PhotoError::NotArrived => conflict("upload_not_arrived", &error),
            PhotoError::UploadExpired => conflict("upload_expired", &error),
            PhotoError::UploadBusy => conflict("upload_in_progress", &error).retry_after(1),
            PhotoError::TooManyUploads => conflict("too_many_uploads", &error),
            PhotoError::NotAsAnnounced { .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "upload_not_as_announced", sentence(&error))
            }
            PhotoError::TooLarge { .. } => {
                Self::new(StatusCode::PAYLOAD_TOO_LARGE, "file_too_large", sentence(&error))
            }
            PhotoError::NotAPhoto => {
                Fields::refuse_one("/is_profile_image", "Only a photo can be the profile image. Choose one.")
            }
            PhotoError::Gone => Self::session_ended(),
            PhotoError::Lost | PhotoError::Read(_) => Self::internal(&error),
            PhotoError::Media(error) => error.into(),
            PhotoError::Db(error) => error.into(),
        }
    }
}

fn conflict(code: &'static str, error: &PhotoError) -> ApiError {
    ApiError::new(StatusCode::CONFLICT, code, sentence(error))
}

/// An error's text with a capital letter and a full stop.
fn sentence(error: &PhotoError) -> String {
    let text = error.to_string();
    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
    format!("{}{rest}.", first.to_uppercase())
}

fn image_problem(error: &ImageError) -> ApiError {
    let status = match error {
        ImageError::UnsupportedType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ApiError::new(status, error.code(), format!("{error}."))
}

fn document_problem(error: &DocumentError) -> ApiError {
    let status = match error.is_of_type() {
        true => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    ApiError::new(status, error.code(), format!("{error}."))
}

fn full(kind: FileKind, limit: usize) -> ApiError {
    let (code, holder) = match kind {
        FileKind::Photo => ("photo_limit", "A profile holds"),
        FileKind::Document => ("document_limit", "An account holds"),
    };
    let detail = format!("{holder} at most {limit} {}s. Remove one first.", kind.as_str());
    ApiError::new(StatusCode::CONFLICT, code, detail)
}

fn duplicate(kind: FileKind, filename: &str) -> ApiError {
    let (code, what) = match kind {
        FileKind::Photo => ("duplicate_photo", "This picture is on your profile"),
        FileKind::Document => ("duplicate_document", "This document is among your files"),
    };
    let detail = format!("{what} already, as “{filename}”. Choose another one.");
    ApiError::new(StatusCode::CONFLICT, code, detail)
}
