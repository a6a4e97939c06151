//! Why something with photos failed.

use std::io;

use super::image::ImageError;
use crate::db::{DbError, from_query_error};
use crate::media::MediaError;

/// Why a photo could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// As many photos as one person may have are there already.
    #[error("at most {limit} photos fit on a profile: remove one first")]
    PhotoLimit {
        /// How many fit.
        limit: usize,
    },
    /// The same picture is there already.
    #[error("this picture is on the profile already, as {filename}: choose another one")]
    Duplicate {
        /// What the one that is there is called.
        filename: String,
    },
    /// The bytes are no picture that can be shown.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// What was spooled can't be read back.
    #[error("the upload can't be read back: {0}")]
    Read(#[from] io::Error),
    /// The account is gone.
    #[error("the account is gone")]
    Gone,
    /// The work was lost.
    #[error("image processing was lost")]
    Lost,
    /// The store.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(PhotoError);
