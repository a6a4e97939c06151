mod colours;
mod types;
mod variants;

use std::io::{Cursor, Write as _};

use image::{DynamicImage, GenericImageView as _, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};

use super::darkroom::open;
use super::{Darkroom, ImageError, Limits, ProcessedImage, Rendition};
use crate::photos::variant::Variant;

const SECRET: &[u8] = b"GPS 52.5200 N 13.4050 E";

/// Grey with a red upper left quarter.
fn marked(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 2 && y < height / 2 { Rgb([220, 20, 20]) } else { Rgb([90, 90, 90]) }
    })
}

/// Hard to compress, so that cutting it cuts pixels.
fn noisy(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        let mixed = (x * 7_919 + y * 104_729).wrapping_mul(2_654_435_761);
        Rgb([(mixed >> 8) as u8, (mixed >> 16) as u8, (mixed >> 24) as u8])
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn jpeg_with_exif(picture: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(SECRET);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 95);
    encoder.add_exif_metadata(&exif).unwrap();
    let (width, height) = (picture.width() as u16, picture.height() as u16);
    encoder.encode(picture, width, height, ColorType::Rgb).unwrap();
    bytes
}

/// A PNG whose header promises what its data doesn't hold.
fn png_bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(marked(8, 8), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    bytes
}

fn jpeg_bomb(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = encoded(marked(8, 8), ImageFormat::Jpeg);
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

fn inspected(bytes: &[u8]) -> Result<(u32, u32), ImageError> {
    open(bytes, &Limits::default()).map(|opened| opened.decoder.dimensions())
}

fn process(bytes: &[u8]) -> Result<ProcessedImage, ImageError> {
    Darkroom::default().process(bytes)
}

fn made(bytes: &[u8]) -> ProcessedImage {
    process(bytes).unwrap()
}

fn refusal(bytes: &[u8]) -> ImageError {
    process(bytes).unwrap_err()
}

fn rendition(made: &ProcessedImage, variant: Variant) -> &[u8] {
    &made.renditions.iter().find(|rendition| rendition.variant == variant).unwrap().bytes
}

fn large(made: &ProcessedImage) -> &[u8] {
    rendition(made, Variant::Large)
}

fn pixels(made: &ProcessedImage) -> DynamicImage {
    let picture = image::load_from_memory(large(made)).unwrap();
    assert_eq!(picture.dimensions(), (made.width, made.height));
    assert_eq!(large(made).len(), made.size);
    picture
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The codes of all segments up to the coded data; and that nothing follows the end.
fn segments(jpeg: &[u8]) -> Vec<u8> {
    assert!(jpeg.ends_with(&[0xFF, 0xD9]));
    let (mut codes, mut at) = (Vec::new(), 2);
    loop {
        assert_eq!(jpeg[at], 0xFF);
        codes.push(jpeg[at + 1]);
        if jpeg[at + 1] == 0xDA {
            return codes;
        }
        at += 2 + usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
    }
}

#[test]
fn large_pictures_shrink_and_small_ones_keep_their_size() {
    for (sent, shown) in [
        ((3_200, 2_000), (1_600, 1_000)),
        ((900, 2_400), (600, 1_600)),
        ((5_000, 1), (1_600, 1)),
        ((40, 30), (40, 30)),
        ((1, 1), (1, 1)),
    ] {
        let jpeg = encoded(marked(sent.0, sent.1), ImageFormat::Jpeg);
        assert_eq!(inspected(&jpeg), Ok(sent));
        let made = made(&jpeg);
        assert_eq!((made.width, made.height), shown);
        pixels(&made);
    }
}

#[test]
fn pictures_that_take_more_to_open_than_they_show_are_counted_whole() {
    // 24 million pixels, 72 MB: fine in one pass, too much while all passes are kept.
    let plain = jpeg_bomb(6_000, 4_000);
    let mut in_passes = plain.clone();
    let frame = in_passes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    in_passes[frame + 1] = 0xC2;
    assert_eq!(inspected(&plain), Ok((6_000, 4_000)));
    assert!(matches!(inspected(&in_passes), Err(ImageError::TooMuchMemory { .. })));
}

#[test]
fn what_is_made_is_a_progressive_jpeg_and_nothing_else() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let made = made(&encoded(noisy(64, 48), format));
        for Rendition { bytes, .. } in &made.renditions {
            let codes = segments(bytes);
            // JFIF's own head, tables, a progressive frame, the data: no EXIF, ICC, XMP or comment.
            assert!(codes.iter().all(|code| matches!(code, 0xE0 | 0xDB | 0xC2 | 0xC4 | 0xDA)), "{codes:x?}");
            assert!(codes.contains(&0xC2), "{codes:x?}");
        }
    }
}

#[test]
fn every_orientation_is_honoured_and_gone_with_all_other_metadata() {
    // Where the first pixel that is stored shall be seen, for orientations 1 to 8 (EXIF 2.32, 4.6.4 A).
    let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0), (1, 0), (1, 1), (0, 1)];
    for (orientation, (right, low)) in (1..=8).zip(corners) {
        let sent = jpeg_with_exif(&marked(80, 40), orientation);
        assert!(contains(&sent, SECRET));
        let made = made(&sent);
        let turned = orientation > 4;
        assert_eq!((made.width, made.height), if turned { (40, 80) } else { (80, 40) }, "{orientation}");
        let picture = pixels(&made);
        for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let Rgba([red, green, ..]) =
                picture.get_pixel(made.width * (1 + 2 * x) / 4, made.height * (1 + 2 * y) / 4);
            assert_eq!(red > green + 60, (x, y) == (right, low), "{orientation}: {red} {green} at {x} {y}");
        }
        assert!(!contains(large(&made), b"Exif") && !contains(large(&made), b"GPS"));
        assert_eq!(process(large(&made)).unwrap().width, made.width);
    }
}

#[test]
fn what_is_cut_is_refused() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(noisy(300, 200), format);
        for percent in [15, 40, 60, 80, 97] {
            let refused = refusal(&whole[..whole.len() * percent / 100]);
            assert!(
                matches!(refused, ImageError::Truncated | ImageError::Corrupt),
                "{format:?} {percent}: {refused:?}"
            );
        }
    }
    let jpeg = jpeg_with_exif(&noisy(300, 200), 1);
    assert_eq!(refusal(&jpeg[..jpeg.len() - 1]), ImageError::Truncated);
    // A thumbnail inside has an end of its own.
    let mut with_thumbnail = jpeg[..2].to_vec();
    let thumbnail = encoded(marked(8, 8), ImageFormat::Jpeg);
    with_thumbnail.extend([0xFF, 0xE1]);
    with_thumbnail.extend((thumbnail.len() as u16 + 2).to_be_bytes());
    with_thumbnail.extend(&thumbnail);
    with_thumbnail.extend(&jpeg[2..jpeg.len() - 500]);
    assert_eq!(refusal(&with_thumbnail), ImageError::Truncated);
}

#[test]
fn damage_is_refused_or_survived_but_never_a_panic() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(noisy(60, 40), format);
        for at in (0..whole.len()).step_by(whole.len() / 150) {
            let mut damaged = whole.clone();
            damaged[at] ^= 0xFF;
            if let Ok(made) = process(&damaged) {
                pixels(&made);
            }
        }
    }
    assert_eq!(refusal(b"\xFF\xD8\xFF\xD9"), ImageError::Corrupt);
    assert_eq!(refusal(b"\x89PNG\r\n\x1A\n but then text"), ImageError::Corrupt);
}

#[test]
fn promises_of_too_many_pixels_are_refused_by_the_header() {
    let side =
        ImageError::TooManyPixels { width: 30_000, height: 30_000, max_side: 16_384, max_pixels: 52_000_000 };
    assert_eq!(refusal(&png_bomb(30_000, 30_000)), side);
    assert_eq!(refusal(&jpeg_bomb(30_000, 30_000)), side);
    assert_eq!(inspected(&png_bomb(30_000, 30_000)), Err(side.clone()));
    for (width, height) in [(20_000, 10), (10, 20_000), (8_000, 8_000)] {
        let refused = refusal(&png_bomb(width, height));
        assert!(matches!(refused, ImageError::TooManyPixels { .. }), "{width} × {height}: {refused:?}");
    }
    assert_eq!(inspected(&jpeg_bomb(8_160, 6_144)), Ok((8_160, 6_144)));
    let absurd = refusal(&png_bomb(u32::MAX >> 1, u32::MAX >> 1));
    assert!(
        matches!(absurd, ImageError::TooManyPixels { .. } | ImageError::TooMuchMemory { .. }),
        "{absurd:?}"
    );
    assert!(side.to_string().contains("30000 × 30000"), "{side}");
    let tight = Limits { max_alloc: 1024 * 1024, ..Limits::default() };
    let refused = Darkroom::new(tight).process(&encoded(noisy(700, 700), ImageFormat::Png));
    assert_eq!(refused, Err(ImageError::TooMuchMemory { max_mebibytes: 1 }));
}

#[test]
fn a_second_file_behind_the_picture_is_gone() {
    let payload = b"PK\x03\x04<script>alert(1)</script>";
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let mut polyglot = encoded(marked(80, 60), format);
        polyglot.write_all(payload).unwrap();
        let made = made(&polyglot);
        assert!(!contains(large(&made), b"script") && !contains(large(&made), b"PK\x03\x04"), "{format:?}");
        assert!(large(&made).ends_with(&[0xFF, 0xD9]));
    }
}

#[test]
fn transparency_becomes_white() {
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let half = RgbaImage::from_fn(2_000, 40, |x, _| {
            if x < 1_000 { Rgba([200, 0, 0, 0]) } else { Rgba([0, 0, 0, 128]) }
        });
        let picture = pixels(&made(&encoded(half, format)));
        assert_eq!(picture.width(), 1_600);
        let Rgba([red, green, blue, _]) = picture.get_pixel(100, 16);
        assert!(red.min(green).min(blue) > 250, "{red} {green} {blue}");
        let Rgba([red, green, blue, _]) = picture.get_pixel(1_500, 16);
        assert!([red, green, blue].iter().all(|part| (120..136).contains(part)), "{red} {green} {blue}");
    }
}

#[test]
fn grey_deep_and_print_colours_are_understood() {
    let grey = DynamicImage::from(marked(40, 40)).into_luma8();
    let deep = DynamicImage::from(marked(40, 40)).into_rgb16();
    for sent in [
        encoded(grey.clone(), ImageFormat::Jpeg),
        encoded(grey, ImageFormat::Png),
        encoded(DynamicImage::from(deep), ImageFormat::Png),
    ] {
        let Rgba([red, ..]) = pixels(&made(&sent)).get_pixel(38, 38);
        assert!((80..100).contains(&red), "{red}");
    }
    // Cyan, magenta, yellow, key: no cyan, full magenta and yellow is red.
    let mut print = Vec::new();
    let red_ink = [0, 255, 255, 0].repeat(32 * 32);
    Encoder::new(&mut print, 95).encode(&red_ink, 32, 32, ColorType::Cmyk).unwrap();
    let Rgba([red, green, blue, _]) = pixels(&made(&print)).get_pixel(16, 16);
    assert!(red > 200 && green < 60 && blue < 60, "{red} {green} {blue}");
}
