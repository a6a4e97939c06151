//! What stands for a picture: a placeholder to show while it loads, and a number that like pictures share.

use image::{DynamicImage, RgbImage};

use super::ImageError;

/// Pixels of the side from which a placeholder is drawn: it has no finer detail.
const PLACEHOLDER_SIDE: u32 = 32;

/// A BlurHash (<https://blurha.sh>): 4 × 3 components, lying or standing as the picture does; no more than it has pixels.
pub(super) fn blurhash(thumb: &RgbImage) -> Result<String, ImageError> {
    let (across, down) = if thumb.width() >= thumb.height() { (4, 3) } else { (3, 4) };
    let tiny = DynamicImage::from(thumb.clone())
        .thumbnail(PLACEHOLDER_SIDE.min(thumb.width()), PLACEHOLDER_SIDE.min(thumb.height()))
        .into_rgba8();
    let (width, height) = tiny.dimensions();
    let (across, down) = (width.min(across), height.min(down));
    blurhash::encode(across, down, width, height, tiny.as_raw()).map_err(|_| ImageError::Corrupt)
}

/// 64 bits, one for each neighbouring pair of an 8 × 8 field of brightness: whether it gets brighter to the right.
/// Scaling and encoding anew change few of them ("difference hash").
pub(super) fn perceptual_hash(thumb: &RgbImage) -> i64 {
    let field = DynamicImage::from(thumb.clone()).thumbnail_exact(9, 8).into_luma8();
    let mut bits = 0_u64;
    for row in field.as_raw().chunks_exact(9) {
        for pair in row.windows(2) {
            bits = bits << 1 | u64::from(matches!(pair, [left, right] if left < right));
        }
    }
    bits.cast_signed()
}
