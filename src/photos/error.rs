//! Why something with photos failed.

use std::io;

use super::document::DocumentError;
use super::image::ImageError;
use super::photo::FileKind;
use crate::db::{DbError, from_query_error};
use crate::media::MediaError;

/// Why a photo could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// As many files of a kind as one person may have are there already.
    #[error("a person has at most {limit} {}s: remove one first", kind.as_str())]
    Full {
        /// Of which kind.
        kind: FileKind,
        /// How many fit.
        limit: usize,
    },
    /// The same picture, or the same document, is there already.
    #[error("this {} is there already, as {filename}: choose another one", kind.as_str())]
    Duplicate {
        /// What it is.
        kind: FileKind,
        /// What the one that is there is called.
        filename: String,
    },
    /// The bytes are no picture that can be shown.
    #[error(transparent)]
    Image(#[from] ImageError),
    /// The bytes are no document that can be kept.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// What was spooled can't be read back.
    #[error("the upload can't be read back: {0}")]
    Read(#[from] io::Error),
    /// No such file, or somebody else's.
    #[error("not found")]
    NotFound,
    /// Nothing has been put yet.
    #[error("nothing has arrived under this key yet: put the file first, then confirm it")]
    NotArrived,
    /// Something else arrived.
    #[error(
        "what arrived doesn't have the {announced} bytes that were announced: ask for a new URL and send the file again"
    )]
    NotAsAnnounced {
        /// How many bytes it should have.
        announced: usize,
    },
    /// More bytes than a file may have.
    #[error("a file has at most {limit} bytes: send a smaller one")]
    TooLarge {
        /// How many it may have.
        limit: usize,
    },
    /// Too late.
    #[error("the upload URL has expired: ask for a new one and send the file again")]
    UploadExpired,
    /// Somebody else is confirming the same upload.
    #[error("this upload is being looked at already: ask again in a moment")]
    UploadBusy,
    /// Too many links are good at once.
    #[error("too many uploads are open: finish some, or wait until their URLs have expired")]
    TooManyUploads,
    /// Only photos can be shown on a profile.
    #[error("only a photo can be the profile image")]
    NotAPhoto,
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

impl PhotoError {
    /// Whether trying the same content again would only fail again.
    pub(super) fn is_final(&self) -> bool {
        let is_bad = matches!(self, Self::Image(_) | Self::Document(_));
        let is_long = matches!(self, Self::NotAsAnnounced { .. } | Self::TooLarge { .. });
        is_bad || is_long || matches!(self, Self::Full { .. } | Self::Duplicate { .. })
    }

    /// Whether it was decided before anything was written down.
    pub(super) fn keeps_no_row(&self) -> bool {
        matches!(self, Self::Full { .. } | Self::Duplicate { .. } | Self::Gone)
    }
}
