//! Photos: checked, re-encoded, kept in the store under new keys, shown by links that expire.

mod actions;
mod cards;
mod direct;
pub mod direct_http;
mod error;
mod form;
pub mod http;
mod image;
mod links;
mod photo;
mod queries;
mod sweep;
mod upload;
mod upload_queries;
mod variant;

pub use actions::{Photos, photo_keys};
pub use cards::{FileCard, VariantUrls};
pub use direct::{Confirmed, Grant, waiting_uploads};
pub use error::PhotoError;
pub use form::{FileContent, Form, FormFile, not_a_form};
pub use image::{FileType, ImageError};
pub use links::PhotoLinks;
pub use photo::{ObjectKey, StoredFile};
pub use upload::{AnnounceError, Announced, Purpose, Waiting};
pub use variant::Variant;
