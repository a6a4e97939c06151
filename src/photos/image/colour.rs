//! Colours: what a picture's own profile takes its numbers for becomes sRGB, which is what everybody takes them for.

use image::{DynamicImage, RgbImage, RgbaImage};
use moxcms::{ColorProfile, Layout, TransformOptions};

/// Phones' and cameras' profiles have a kilobyte or two. Much larger ones are printers' tables.
const LARGEST: usize = 64 * 1024;

/// The same colours in sRGB. A picture without a profile is taken for sRGB; so is one whose profile is damaged, or isn't
/// one of a screen or a camera (grey, CMYK, tables): its decoder has made RGB of it already.
pub(super) fn to_srgb(picture: DynamicImage, profile: Option<&[u8]>) -> DynamicImage {
    profile.and_then(read).and_then(|profile| converted(&picture, &profile)).unwrap_or(picture)
}

fn read(profile: &[u8]) -> Option<ColorProfile> {
    if profile.len() > LARGEST {
        return None;
    }
    ColorProfile::new_from_slice(profile).ok().filter(ColorProfile::is_matrix_shaper)
}

fn converted(picture: &DynamicImage, profile: &ColorProfile) -> Option<DynamicImage> {
    let (width, height, pixels) = (picture.width(), picture.height(), picture.as_bytes());
    let layout = match picture {
        DynamicImage::ImageRgb8(_) => Layout::Rgb,
        DynamicImage::ImageRgba8(_) => Layout::Rgba,
        _ => return None,
    };
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    let transform = profile.create_transform_8bit(layout, &srgb, layout, options).ok()?;
    let mut made = vec![0; pixels.len()];
    transform.transform(pixels, &mut made).ok()?;
    match layout {
        Layout::Rgba => RgbaImage::from_raw(width, height, made).map(DynamicImage::from),
        _ => RgbImage::from_raw(width, height, made).map(DynamicImage::from),
    }
}
