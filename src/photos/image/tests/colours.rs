//! A picture's colour profile is applied, not only dropped.

use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use moxcms::ColorProfile;

use super::*;

/// Red, green, blue: of a patch, and of the same colour in sRGB.
type Patch = ([u8; 3], [u8; 3]);

/// Worked out from the standards' primaries and curves.
const OF_DISPLAY_P3: [Patch; 3] =
    [([200, 100, 60], [215, 93, 47]), ([100, 180, 90], [65, 182, 77]), ([60, 90, 190], [50, 91, 197])];
const OF_ADOBE_RGB: [Patch; 3] =
    [([200, 100, 60], [227, 100, 55]), ([100, 180, 90], [0, 182, 83]), ([60, 90, 190], [36, 90, 194])];

fn patch(colour: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(64, 64, Rgb(colour))
}

fn jpeg_with(profile: &[u8], picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 95);
    encoder.add_icc_profile(profile).unwrap();
    encoder.encode(picture, picture.width() as u16, picture.height() as u16, ColorType::Rgb).unwrap();
    bytes
}

fn with(mut encoder: impl ImageEncoder, profile: &[u8], picture: &RgbImage) {
    encoder.set_icc_profile(profile.to_vec()).unwrap();
    encoder.write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8).unwrap();
}

/// The same picture with the same profile as JPEG, PNG and WebP.
fn files(profile: &[u8], picture: &RgbImage) -> [Vec<u8>; 3] {
    let (mut png, mut webp) = (Vec::new(), Vec::new());
    with(PngEncoder::new(&mut png), profile, picture);
    with(WebPEncoder::new_lossless(&mut webp), profile, picture);
    [jpeg_with(profile, picture), png, webp]
}

fn shown(bytes: &[u8]) -> [u8; 3] {
    let image::Rgba([red, green, blue, _]) = pixels(&made(bytes)).get_pixel(32, 32);
    [red, green, blue]
}

fn is_close(one: [u8; 3], other: [u8; 3]) -> bool {
    one.iter().zip(other).all(|(one, other)| one.abs_diff(other) <= 4)
}

#[test]
fn wide_colours_become_what_they_were_meant_to_be() {
    for (profile, patches) in
        [(ColorProfile::new_display_p3(), OF_DISPLAY_P3), (ColorProfile::new_adobe_rgb(), OF_ADOBE_RGB)]
    {
        let profile = profile.encode().unwrap();
        for (sent, meant) in patches {
            for bytes in files(&profile, &patch(sent)) {
                let found = shown(&bytes);
                assert!(is_close(found, meant), "{sent:?} became {found:?}, not {meant:?}");
            }
        }
    }
}

#[test]
fn what_is_srgb_or_says_nothing_good_stays_as_it_is() {
    let colour = [100, 180, 90];
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    let grey = ColorProfile::new_gray_with_gamma(2.2).encode().unwrap();
    let cut = &p3[..p3.len() / 2];
    let large = [p3.as_slice(), &vec![0; 70_000]].concat();
    for profile in [srgb.as_slice(), &grey, cut, b"no profile", &large] {
        let found = shown(&jpeg_with(profile, &patch(colour)));
        assert!(is_close(found, colour), "{found:?}");
    }
}

#[test]
fn a_profile_that_lies_is_no_harm() {
    let p3 = ColorProfile::new_display_p3().encode().unwrap();
    for at in 0..p3.len() {
        for byte in [0, 0x7F, 0xFF] {
            let mut lying = p3.clone();
            lying[at] = byte;
            made(&jpeg_with(&lying, &RgbImage::new(4, 4)));
        }
    }
}

#[test]
fn transparency_survives_it() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let mut png = Vec::new();
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_icc_profile(profile).unwrap();
    let picture = RgbaImage::from_fn(64, 64, |x, _| Rgba([200, 100, 60, if x < 32 { 0 } else { 255 }]));
    encoder.write_image(&picture, 64, 64, ExtendedColorType::Rgba8).unwrap();
    let shown = pixels(&made(&png));
    let at = |x: u32| {
        let image::Rgba([red, green, blue, _]) = shown.get_pixel(x, 32);
        [red, green, blue]
    };
    assert!(is_close(at(8), [255; 3]) && is_close(at(56), [215, 93, 47]), "{:?} {:?}", at(8), at(56));
}
