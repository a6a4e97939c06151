//! Where pictures are opened and made anew, without more memory than there is.

use std::io::{Cursor, ErrorKind};
use std::sync::{PoisonError, RwLock};

use bytes::Bytes;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbImage};
use sha2::{Digest, Sha256};

use super::colour::to_srgb;
use super::resize::{on_white, shrink, smaller};
use super::{FileType, ImageError, Limits, ProcessedImage, Rendition, digest, jpeg, webp};
use crate::photos::variant::Variant;

/// How many pictures may be in work at once; more than that only wait for each other.
pub(in crate::photos) const ENLARGERS: usize = 2;

/// JPEG quality of what is made, 1 to 100.
const QUALITY: u8 = 82;

/// Opens pictures one beside the other if they fit into the memory together, else one after the other.
#[derive(Debug, Default)]
pub struct Darkroom {
    limits: Limits,
    /// Held for writing by whoever needs more than an equal share of the memory.
    memory: RwLock<()>,
}

impl Darkroom {
    /// With these limits.
    pub(in crate::photos) fn new(limits: Limits) -> Self {
        Self { limits, memory: RwLock::default() }
    }

    /// Decodes, turns upright, shrinks, puts on white, and encodes as progressive JPEGs of all sizes. Blocks.
    ///
    /// # Errors
    /// The file isn't a whole JPEG, PNG or WebP within the limits.
    pub fn process(&self, bytes: &[u8]) -> Result<ProcessedImage, ImageError> {
        let opened = open(bytes, &self.limits)?;
        if opened.memory > self.limits.max_alloc / ENLARGERS as u64 {
            let _alone = self.memory.write().unwrap_or_else(PoisonError::into_inner);
            print(&self.draw(bytes, opened)?)
        } else {
            let _shared = self.memory.read().unwrap_or_else(PoisonError::into_inner);
            print(&self.draw(bytes, opened)?)
        }
    }

    /// The picture in its largest size.
    fn draw(&self, bytes: &[u8], opened: Opened<'_>) -> Result<RgbImage, ImageError> {
        let picture = DynamicImage::from_decoder(opened.decoder);
        let picture = picture.map_err(|error| refused(&error, bytes, &self.limits))?;
        let picture = shrink(picture, Variant::Large.longer_side())?;
        let mut picture = to_srgb(picture, opened.profile.as_deref());
        // After shrinking, because then few pixels have to move; the longer side is the same either way.
        picture.apply_orientation(opened.orientation);
        Ok(on_white(picture))
    }
}

/// A picture whose head is read.
pub(super) struct Opened<'a> {
    pub(super) decoder: Box<dyn ImageDecoder + 'a>,
    orientation: Orientation,
    /// What its colours are (ICC).
    profile: Option<Vec<u8>>,
    /// What opening all of it takes, in bytes.
    memory: u64,
}

pub(super) fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Opened<'a>, ImageError> {
    if bytes.is_empty() {
        return Err(ImageError::Empty);
    }
    let takes = |format| limits.formats.contains(&format);
    let format = match FileType::of(bytes) {
        FileType::Jpeg if takes(FileType::Jpeg) => ImageFormat::Jpeg,
        FileType::Png if takes(FileType::Png) => ImageFormat::Png,
        FileType::Webp if takes(FileType::Webp) => ImageFormat::WebP,
        found => return Err(ImageError::UnsupportedType { found, formats: limits.formats.clone() }),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut allowed = image::Limits::default();
    allowed.max_alloc = Some(limits.max_alloc);
    reader.limits(allowed);
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error, bytes, limits))?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > limits.max_side || u64::from(width) * u64::from(height) > limits.max_pixels {
        let Limits { max_side, max_pixels, .. } = *limits;
        return Err(ImageError::TooManyPixels { width, height, max_side, max_pixels });
    }
    let memory = memory(&decoder, format, bytes);
    if memory > limits.max_alloc {
        return Err(too_much_memory(limits));
    }
    // The decoder itself paints what is missing grey.
    if format == ImageFormat::Jpeg && !jpeg::is_complete(bytes) {
        return Err(ImageError::Truncated);
    }
    if format == ImageFormat::WebP && !webp::is_complete(bytes) {
        return Err(ImageError::Truncated);
    }
    if format == ImageFormat::WebP && !webp::frames_fit(bytes, (width, height)) {
        return Err(ImageError::Corrupt);
    }
    let orientation = decoder.orientation().map_err(|error| refused(&error, bytes, limits))?;
    // Without a profile that can be read its colours are taken as they are.
    let profile = decoder.icc_profile().ok().flatten();
    Ok(Opened { decoder: Box::new(decoder), orientation, profile, memory })
}

/// What opening a picture takes: its pixels, a copy with 8 bits for each colour where it has more, and what the decoders
/// keep on top: two bytes for each colour until a progressive JPEG is complete, four for each pixel of a WebP.
fn memory(decoder: &impl ImageDecoder, format: ImageFormat, bytes: &[u8]) -> u64 {
    let (width, height) = decoder.dimensions();
    let (pixels, opened) = (u64::from(width) * u64::from(height), decoder.total_bytes());
    let colours = decoder.color_type();
    let deep = u16::from(colours.channel_count()) * 8 < colours.bits_per_pixel();
    let copy = if deep { opened / 2 } else { 0 };
    let kept = match format {
        ImageFormat::Jpeg if jpeg::is_progressive(bytes) => 6,
        ImageFormat::WebP => 4,
        _ => 0,
    };
    opened + copy + pixels * kept
}

fn refused(error: &image::ImageError, bytes: &[u8], limits: &Limits) -> ImageError {
    match error {
        image::ImageError::Limits(_) => too_much_memory(limits),
        image::ImageError::IoError(error) if error.kind() == ErrorKind::UnexpectedEof => {
            ImageError::Truncated
        }
        _ if FileType::of(bytes) == FileType::Jpeg && !jpeg::is_complete(bytes) => ImageError::Truncated,
        _ => ImageError::Corrupt,
    }
}

fn too_much_memory(limits: &Limits) -> ImageError {
    ImageError::TooMuchMemory { max_mebibytes: limits.max_alloc / (1024 * 1024) }
}

/// All sizes, each made of the next larger one.
fn print(large: &RgbImage) -> Result<ProcessedImage, ImageError> {
    let in_large = Bytes::from(encode(large)?);
    let (width, height) = large.dimensions();
    let medium = smaller(large, Variant::Medium.longer_side())?;
    let in_medium = match &medium {
        Some(medium) => Bytes::from(encode(medium)?),
        None => in_large.clone(),
    };
    let medium = medium.as_ref().unwrap_or(large);
    let thumb = smaller(medium, Variant::Thumb.longer_side())?;
    let in_thumb = match &thumb {
        Some(thumb) => Bytes::from(encode(thumb)?),
        None => in_medium.clone(),
    };
    let thumb = thumb.as_ref().unwrap_or(medium);
    Ok(ProcessedImage {
        size: in_large.len(),
        width,
        height,
        blurhash: digest::blurhash(thumb)?,
        content_hash: Sha256::digest(&in_large).into(),
        perceptual_hash: digest::perceptual_hash(thumb),
        renditions: vec![
            Rendition { variant: Variant::Thumb, bytes: in_thumb },
            Rendition { variant: Variant::Medium, bytes: in_medium },
            Rendition { variant: Variant::Large, bytes: in_large },
        ],
    })
}

fn encode(picture: &RgbImage) -> Result<Vec<u8>, ImageError> {
    let (width, height) = picture.dimensions();
    let side = |side: u32| u16::try_from(side).map_err(|_| ImageError::Corrupt);
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, QUALITY);
    encoder.set_progressive(true);
    encoder.set_chroma_subsampling_method(jpeg_encoder::ChromaSubsamplingMethod::Average);
    encoder.set_optimized_huffman_tables(true);
    encoder
        .encode(picture.as_raw(), side(width)?, side(height)?, jpeg_encoder::ColorType::Rgb)
        .map_err(|_| ImageError::Corrupt)?;
    Ok(bytes)
}
