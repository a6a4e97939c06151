//! From the bytes that somebody sent to a picture that can be shown: pure, and busy for a while.
//!
//! Nothing of the sent file but its pixels survives: whatever it carried (place, camera, thumbnails, comments, a
//! second file behind the picture) is gone, because the picture is drawn and encoded anew. Its colour profile is applied before.
//! Callers bound how many run at once, and keep it off the async threads.

mod colour;
mod darkroom;
mod digest;
mod file_type;
mod jpeg;
mod resize;
#[cfg(test)]
mod tests;
mod webp;

use bytes::Bytes;

pub use darkroom::Darkroom;
pub(super) use darkroom::ENLARGERS;
pub use file_type::FileType;

use super::variant::Variant;
use crate::config::UploadType;

/// The media type of every photo that is kept.
pub(super) const CONTENT_TYPE: &str = "image/jpeg";
/// What the name of a file of this type ends with, without the dot.
pub(super) const EXTENSION: &str = "jpg";

/// What is taken.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    /// Width times height of what is sent.
    pub(super) max_pixels: u64,
    /// Width and height of what is sent, each.
    pub(super) max_side: u32,
    /// Memory for opening pictures, in bytes, of all that are open together.
    pub(super) max_alloc: u64,
    /// Of JPEG, PNG and WebP, those that are let in.
    pub(super) formats: Vec<FileType>,
}

impl Limits {
    /// Only pictures of some of the types that the settings let in.
    pub(super) fn of(allowed: &[&'static UploadType]) -> Self {
        let all = Self::default();
        let formats = all.formats.into_iter().filter(|format| allowed.iter().any(|kind| format.is(kind)));
        Self { formats: formats.collect(), ..Self::default() }
    }
}

impl Default for Limits {
    /// Takes what a 50-megapixel phone sends (8,160 × 6,144).
    fn default() -> Self {
        Self {
            max_pixels: 52_000_000,
            max_side: 16_384,
            max_alloc: 160 * 1024 * 1024,
            formats: FileType::PHOTOS.to_vec(),
        }
    }
}

/// A picture that can be stored and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessedImage {
    /// One for each [`Variant`], in its order.
    pub renditions: Vec<Rendition>,
    /// Bytes of the large one.
    pub size: usize,
    /// In pixels, as the large one shows it.
    pub width: u32,
    /// In pixels, as the large one shows it.
    pub height: u32,
    /// A placeholder to show while the picture loads.
    pub blurhash: String,
    /// SHA-256 of the large one: the same picture sent again gets the same.
    pub content_hash: [u8; 32],
    /// Like pictures differ in few of its bits.
    pub perceptual_hash: i64,
}

/// A picture in one of its sizes: encoded, without any metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    /// Which size.
    pub variant: Variant,
    /// The JPEG.
    pub bytes: Bytes,
}

/// Why a file was not taken. Each message names the rule and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// Zero bytes.
    #[error("the file is empty: choose the picture again")]
    Empty,
    /// Something else than a JPEG, PNG or WebP, whatever its name says.
    #[error("this is {found}, but photos must be {}: {}", file_type::names(formats), found.remedy())]
    UnsupportedType {
        /// What its content looks like.
        found: FileType,
        /// What is let in.
        formats: Vec<FileType>,
    },
    /// More width, height or pixels than are taken.
    #[error(
        "the picture has {width} × {height} pixels, but {max_side} a side and {} million in all are the most: make it smaller and send it again",
        max_pixels / 1_000_000
    )]
    TooManyPixels {
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
        /// The limit for each side.
        max_side: u32,
        /// The limit for all.
        max_pixels: u64,
    },
    /// More memory than is given, for other reasons than its pixels.
    #[error(
        "the picture takes more than {max_mebibytes} MiB to open: make it smaller, save it as a JPEG and send that"
    )]
    TooMuchMemory {
        /// The limit, in MiB.
        max_mebibytes: u64,
    },
    /// The end of the file is missing.
    #[error("the file ends before the picture does: send it again, whole")]
    Truncated,
    /// The content is not what its type demands.
    #[error("the picture is damaged and can't be read: open it, save it as a new JPEG, and send that")]
    Corrupt,
}

impl ImageError {
    /// A name for machines that stays the same.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::UnsupportedType { found, .. } => found.refusal_code(),
            Self::TooManyPixels { .. } => "too_many_pixels",
            Self::TooMuchMemory { .. } => "image_too_complex",
            Self::Truncated => "image_truncated",
            Self::Corrupt => "image_corrupt",
        }
    }
}
