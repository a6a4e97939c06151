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
        matches!(
            self,
            Self::Image(_)
                | Self::PhotoLimit { .. }
                | Self::Duplicate { .. }
                | Self::NotAsAnnounced { .. }
                | Self::TooLarge { .. }
        )
    }
}
