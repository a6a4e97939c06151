//! What is to be kept: checked, and ready for its row and the store.

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::OwnedSemaphorePermit;

use super::document::{self, DocumentError};
use super::image::{self, ProcessedImage, Rendition};
use super::photo::FileKind;
use super::variant::Variant;
use crate::config::UploadType;

/// What bytes are to become.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wanted {
    /// A photo, whatever they are.
    Photo,
    /// A document of this type, whatever they are.
    Document(&'static UploadType),
    /// What they are.
    Either,
}

/// A file that can be kept.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) kind: FileKind,
    /// For display.
    pub(super) filename: String,
    pub(super) content_type: &'static str,
    /// What its key ends with, without the dot.
    pub(super) extension: &'static str,
    pub(super) size: usize,
    /// Width and height of a photo.
    pub(super) pixels: Option<(u32, u32)>,
    pub(super) blurhash: Option<String>,
    pub(super) content_hash: [u8; 32],
    pub(super) perceptual_hash: Option<i64>,
    /// A photo in all sizes, or the document alone.
    pub(super) objects: Vec<Rendition>,
    /// A place among those whose bytes are in memory, until they are stored.
    pub(super) room: Option<OwnedSemaphorePermit>,
}

impl Prepared {
    pub(super) fn photo(filename: String, image: ProcessedImage) -> Self {
        Self {
            kind: FileKind::Photo,
            filename,
            content_type: image::CONTENT_TYPE,
            extension: image::EXTENSION,
            size: image.size,
            pixels: Some((image.width, image.height)),
            blurhash: Some(image.blurhash),
            content_hash: image.content_hash,
            perceptual_hash: Some(image.perceptual_hash),
            objects: image.renditions,
            room: None,
        }
    }

    /// A document as it is, if it is one of this type.
    pub(super) fn document(
        filename: &str,
        kind: &'static UploadType,
        bytes: Bytes,
        room: Option<OwnedSemaphorePermit>,
    ) -> Result<Self, DocumentError> {
        document::check(&bytes, kind)?;
        Ok(Self {
            kind: FileKind::Document,
            filename: document::named(filename, kind),
            content_type: kind.mime,
            extension: kind.extensions.first().copied().unwrap_or_default(),
            size: bytes.len(),
            pixels: None,
            blurhash: None,
            content_hash: Sha256::digest(&bytes).into(),
            perceptual_hash: None,
            objects: vec![Rendition { variant: Variant::Large, bytes }],
            room,
        })
    }

    /// How browsers are told to treat it: nothing for photos, which are shown.
    pub(super) fn disposition(&self) -> Option<String> {
        (self.kind == FileKind::Document).then(|| document::disposition(&self.filename))
    }
}
