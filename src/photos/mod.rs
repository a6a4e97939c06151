//! Photos: checked, re-encoded, kept in the store under new keys, shown by links that expire.

mod actions;
mod form;
pub mod http;
mod image;
mod photo;
mod queries;

pub use actions::{PhotoError, Photos, StoredPhoto, photo_keys};
pub use form::{FileContent, Form, FormFile, not_a_form};
pub use image::{FileType, ImageError};
pub use photo::ObjectKey;
