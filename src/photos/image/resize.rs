//! Making pictures smaller.

use image::{DynamicImage, RgbImage, RgbaImage};
use pic_scale::{
    ImageSize, ImageStore, ImageStoreMut, Resampling, ResamplingFunction, Scaler, ThreadingPolicy,
};

use super::ImageError;

/// Makes a picture smaller where it is larger, and one of 8 bits for each colour.
pub(super) fn shrink(picture: DynamicImage, longer_side: u32) -> Result<DynamicImage, ImageError> {
    if picture.color().has_alpha() {
        let picture = picture.into_rgba8();
        let Some(size) = smaller_size(picture.dimensions(), longer_side) else { return Ok(picture.into()) };
        let plan = scaler().plan_rgba_resampling(of(picture.dimensions()), of(size), true);
        let pixels =
            resample(&*plan.map_err(|_| ImageError::Corrupt)?, picture.dimensions(), &picture, size)?;
        RgbaImage::from_raw(size.0, size.1, pixels).map(DynamicImage::from).ok_or(ImageError::Corrupt)
    } else {
        let picture = picture.into_rgb8();
        Ok(smaller(&picture, longer_side)?.unwrap_or(picture).into())
    }
}

/// The picture made smaller; `None` if it is small enough as it is.
pub(super) fn smaller(picture: &RgbImage, longer_side: u32) -> Result<Option<RgbImage>, ImageError> {
    let Some(size) = smaller_size(picture.dimensions(), longer_side) else { return Ok(None) };
    let plan = scaler().plan_rgb_resampling(of(picture.dimensions()), of(size));
    let pixels = resample(&*plan.map_err(|_| ImageError::Corrupt)?, picture.dimensions(), picture, size)?;
    RgbImage::from_raw(size.0, size.1, pixels).ok_or(ImageError::Corrupt).map(Some)
}

/// Sharp, and on this thread alone: pictures are made side by side already.
fn scaler() -> Scaler {
    Scaler::new(ResamplingFunction::Lanczos3).set_threading_policy(ThreadingPolicy::Single)
}

fn of((width, height): (u32, u32)) -> ImageSize {
    ImageSize::new(width as usize, height as usize)
}

fn resample<const N: usize>(
    plan: &Resampling<u8, N>,
    from: (u32, u32),
    pixels: &[u8],
    to: (u32, u32),
) -> Result<Vec<u8>, ImageError> {
    let (from, to) = (of(from), of(to));
    let source = ImageStore::borrow(pixels, from.width, from.height).map_err(|_| ImageError::Corrupt)?;
    let mut target = ImageStoreMut::alloc(to.width, to.height);
    plan.resample(&source, &mut target).map_err(|_| ImageError::Corrupt)?;
    Ok(target.as_bytes().to_vec())
}

/// The same shape with no side longer than asked, and none of nothing; `None` if it is no longer.
fn smaller_size((width, height): (u32, u32), longer_side: u32) -> Option<(u32, u32)> {
    let longer = width.max(height);
    let scaled = |side: u32| {
        let side = (u64::from(side) * u64::from(longer_side) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(side).unwrap_or(longer_side).max(1)
    };
    (longer > longer_side).then(|| (scaled(width), scaled(height)))
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
