//! Photos: checked, re-encoded, kept in the store under new keys, shown by links that expire. And documents, if the
//! settings let any in: checked, kept as they are, for their owner alone.

mod actions;
mod cards;
mod direct;
pub mod direct_http;
mod document;
mod error;
mod event;
mod event_queries;
pub mod files_http;
mod finding;
mod form;
pub mod http;
mod image;
mod links;
mod manage;
mod own_file;
mod own_file_queries;
mod photo;
mod prepared;
mod preparing;
mod problems;
mod queries;
mod reaper;
mod reaper_queries;
mod search;
mod sweep;
mod trail;
pub mod trail_http;
mod upload;
mod upload_queries;
mod variant;

pub use actions::{Photos, photo_keys};
pub use cards::{DocumentUrls, FileCard, FileUrls, VariantUrls};
pub use direct::{Confirmed, Grant, waiting_uploads};
pub use document::DocumentError;
pub use error::PhotoError;
pub use event::{FileAction, FileEvent};
pub use finding::{Finding, Reaped};
pub use form::{FileContent, Form, FormFile, not_a_form};
pub use image::{Darkroom, FileType, ImageError, ProcessedImage, Rendition};
pub use links::PhotoLinks;
pub use manage::{
    FileChanges, change_file, choose_profile_image, own_documents, own_files, profile_image, reorder,
};
pub use own_file::{Caption, FileRef, ProfileImage};
pub use photo::{FileKind, ObjectKey, StoredFile, prefixes_of};
pub use reaper::{ReapError, Reaping};
pub use trail::{file_events, purge_file_events};
pub use upload::{AnnounceError, Announced, Purpose, Waiting};
pub use variant::Variant;
