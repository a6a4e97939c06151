//! Making pictures smaller.

use fast_image_resize as fir;
use image::{DynamicImage, RgbImage, RgbaImage};

use super::ImageError;

/// Makes a picture smaller where it is larger, and one of 8 bits for each colour.
pub(super) fn shrink(picture: DynamicImage, longer_side: u32) -> Result<DynamicImage, ImageError> {
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

/// The same for a picture that is needed in its own size as well; `None` if it is small enough as it is.
pub(super) fn smaller(picture: &RgbImage, longer_side: u32) -> Result<Option<RgbImage>, ImageError> {
    let (width, height) = picture.dimensions();
    let (wide, high) = fitting(width, height, longer_side);
    if (wide, high) == (width, height) {
        return Ok(None);
    }
    let kind = fir::PixelType::U8x3;
    let source = fir::images::ImageRef::new(width, height, picture.as_raw(), kind);
    let source = source.map_err(|_| ImageError::Corrupt)?;
    let mut target = fir::images::Image::new(wide, high, kind);
    fir::Resizer::new().resize(&source, &mut target, None).map_err(|_| ImageError::Corrupt)?;
    RgbImage::from_raw(wide, high, target.into_vec()).ok_or(ImageError::Corrupt).map(Some)
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

/// What is transparent shows white.
pub(super) fn on_white(picture: DynamicImage) -> RgbImage {
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
