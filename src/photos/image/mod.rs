//! From the bytes that somebody sent to a picture that can be shown: pure, and busy for a while.
//!
//! Nothing of the sent file but its pixels survives: whatever it carried (place, camera, thumbnails, comments, a
//! second file behind the picture) is gone, because the picture is drawn and encoded anew.
//! Callers bound how many run at once, and keep it off the async threads.

mod file_type;
mod jpeg;
#[cfg(test)]
mod tests;

use std::io::{Cursor, ErrorKind};

use fast_image_resize as fir;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, RgbImage, RgbaImage};

pub use file_type::FileType;

/// What is taken, and what is made of it.
#[derive(Debug, Clone)]
pub(super) struct Limits {
    /// Width times height of what is sent.
    pub(super) max_pixels: u64,
    /// Width and height of what is sent, each.
    pub(super) max_side: u32,
    /// Memory for the decoded picture, in bytes.
    pub(super) max_alloc: u64,
    /// The longer side of what is made; smaller pictures keep their size.
    pub(super) longer_side: u32,
    /// JPEG quality of what is made, 1 to 100.
    pub(super) quality: u8,
}

impl Default for Limits {
    /// Takes what a 50-megapixel phone sends (8,160 × 6,144), makes what fills a phone's screen.
    fn default() -> Self {
        Self {
            max_pixels: 52_000_000,
            max_side: 16_384,
            max_alloc: 256 * 1024 * 1024,
            longer_side: 1_600,
            quality: 82,
        }
    }
}

/// A picture that can be stored and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ProcessedImage {
    /// The encoded picture, without any metadata.
    pub(super) bytes: Vec<u8>,
    /// Its media type.
    pub(super) content_type: &'static str,
    /// What the name of a file of this type ends with, without the dot.
    pub(super) extension: &'static str,
    /// In pixels, as shown.
    pub(super) width: u32,
    /// In pixels, as shown.
    pub(super) height: u32,
}

/// Why a file was not taken. Each message names the rule and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// Zero bytes.
    #[error("the file is empty: choose the picture again")]
    Empty,
    /// Something else than a JPEG, PNG or WebP, whatever its name says.
    #[error("this is {found}, but photos must be JPEG, PNG or WebP: {}", found.remedy())]
    UnsupportedType {
        /// What its content looks like.
        found: FileType,
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
    #[error("the picture takes more than {max_mebibytes} MiB to open: save it as a JPEG and send that")]
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
            Self::UnsupportedType { found: FileType::Heic } => "heic_not_supported",
            Self::UnsupportedType { .. } => "file_type_not_supported",
            Self::TooManyPixels { .. } => "too_many_pixels",
            Self::TooMuchMemory { .. } => "image_too_complex",
            Self::Truncated => "image_truncated",
            Self::Corrupt => "image_corrupt",
        }
    }
}

/// Decodes, turns upright, shrinks, puts on white, and encodes as a progressive JPEG.
///
/// # Errors
/// The file isn't a whole JPEG, PNG or WebP within the limits.
pub(super) fn process(bytes: &[u8], limits: &Limits) -> Result<ProcessedImage, ImageError> {
    let mut decoder = open(bytes, limits)?;
    let orientation = decoder.orientation().map_err(|error| refused(&error, bytes, limits))?;
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error, bytes, limits))?;
    let mut picture = shrink(picture, limits.longer_side)?;
    // After shrinking, because then few pixels have to move; the longer side is the same either way.
    picture.apply_orientation(orientation);
    encode(&on_white(picture), limits.quality)
}

fn open<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Box<dyn ImageDecoder + 'a>, ImageError> {
    if bytes.is_empty() {
        return Err(ImageError::Empty);
    }
    let format = match FileType::of(bytes) {
        FileType::Jpeg => ImageFormat::Jpeg,
        FileType::Png => ImageFormat::Png,
        FileType::Webp => ImageFormat::WebP,
        found => return Err(ImageError::UnsupportedType { found }),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut allowed = image::Limits::default();
    allowed.max_alloc = Some(limits.max_alloc);
    reader.limits(allowed);
    let decoder = reader.into_decoder().map_err(|error| refused(&error, bytes, limits))?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > limits.max_side || u64::from(width) * u64::from(height) > limits.max_pixels {
        let Limits { max_side, max_pixels, .. } = *limits;
        return Err(ImageError::TooManyPixels { width, height, max_side, max_pixels });
    }
    if decoder.total_bytes() > limits.max_alloc {
        return Err(too_much_memory(limits));
    }
    // The decoder itself paints what is missing grey.
    if format == ImageFormat::Jpeg && !jpeg::is_complete(bytes) {
        return Err(ImageError::Truncated);
    }
    Ok(Box::new(decoder))
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

fn shrink(picture: DynamicImage, longer_side: u32) -> Result<DynamicImage, ImageError> {
    let (width, height) = (picture.width(), picture.height());
    let (wide, high) = fitting(width, height, longer_side);
    let opaque = !picture.color().has_alpha();
    let (pixels, kind) = if opaque {
        (picture.into_rgb8().into_raw(), fir::PixelType::U8x3)
    } else {
        (picture.into_rgba8().into_raw(), fir::PixelType::U8x4)
    };
    let pixels = if (wide, high) == (width, height) {
        pixels
    } else {
        let source = fir::images::Image::from_vec_u8(width, height, pixels, kind);
        let source = source.map_err(|_| ImageError::Corrupt)?;
        let mut target = fir::images::Image::new(wide, high, kind);
        fir::Resizer::new().resize(&source, &mut target, None).map_err(|_| ImageError::Corrupt)?;
        target.into_vec()
    };
    let picture = if opaque {
        RgbImage::from_raw(wide, high, pixels).map(DynamicImage::from)
    } else {
        RgbaImage::from_raw(wide, high, pixels).map(DynamicImage::from)
    };
    picture.ok_or(ImageError::Corrupt)
}

/// The same shape with no side longer than asked, and none of nothing.
fn fitting(width: u32, height: u32, longer_side: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= longer_side {
        return (width, height);
    }
    let scaled = |side: u32| {
        let side = (u64::from(side) * u64::from(longer_side) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(side).unwrap_or(longer_side).max(1)
    };
    (scaled(width), scaled(height))
}

fn on_white(picture: DynamicImage) -> RgbImage {
    let DynamicImage::ImageRgba8(picture) = picture else { return picture.into_rgb8() };
    let mut flat = RgbImage::new(picture.width(), picture.height());
    for (image::Rgba([red, green, blue, alpha]), on) in picture.pixels().zip(flat.pixels_mut()) {
        let mix = |colour: u8| {
            let mixed = (u16::from(colour) * u16::from(*alpha) + 255 * (255 - u16::from(*alpha)) + 127) / 255;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        *on = image::Rgb([mix(*red), mix(*green), mix(*blue)]);
    }
    flat
}

fn encode(picture: &RgbImage, quality: u8) -> Result<ProcessedImage, ImageError> {
    let (width, height) = picture.dimensions();
    let side = |side: u32| u16::try_from(side).map_err(|_| ImageError::Corrupt);
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, quality);
    encoder.set_progressive(true);
    encoder.set_chroma_subsampling_method(jpeg_encoder::ChromaSubsamplingMethod::Average);
    encoder.set_optimized_huffman_tables(true);
    encoder
        .encode(picture.as_raw(), side(width)?, side(height)?, jpeg_encoder::ColorType::Rgb)
        .map_err(|_| ImageError::Corrupt)?;
    Ok(ProcessedImage { bytes, content_type: "image/jpeg", extension: "jpg", width, height })
}
