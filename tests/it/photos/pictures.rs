//! Pictures, and what is none.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// Where somebody lives, as a camera writes it down.
pub const SECRET: &[u8] = b"GPS 40.7484 N 73.9967 W";

pub fn picture(format: ImageFormat) -> Vec<u8> {
    sized(16, 12, format)
}

/// A small JPEG that looks like no other number's.
pub fn numbered(number: usize) -> Vec<u8> {
    let colour = |shift: usize| (number.wrapping_mul(0x9E37_79B9) >> shift) as u8;
    let pixels = RgbImage::from_fn(16, 12, |x, y| match (x / 4 + y / 4) % 2 {
        0 => Rgb([colour(0), colour(8), colour(16)]),
        _ => Rgb([colour(24), (number % 256) as u8, 90]),
    });
    encoded(pixels, ImageFormat::Jpeg)
}

pub fn encoded(pixels: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(pixels).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn sized(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let pixels = RgbImage::from_fn(width, height, |x, y| Rgb([(x * 7) as u8, (y * 11) as u8, 90]));
    encoded(pixels, format)
}

/// A JPEG with EXIF, a comment, and something behind its end.
pub fn talkative_jpeg() -> Vec<u8> {
    let plain = picture(ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x01\0\0\0\0\0\0\0".to_vec();
    exif.extend(SECRET);
    let segment = |marker: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xFF, marker], length.as_slice(), content].concat()
    };
    [&plain[..2], &segment(0xE1, &exif), &segment(0xFE, SECRET), &plain[2..], SECRET].concat()
}

/// A PNG that says it is larger than anything that is taken.
pub fn bomb() -> Vec<u8> {
    let mut bytes = picture(ImageFormat::Png);
    bytes[16..20].copy_from_slice(&30_000_u32.to_be_bytes());
    bytes[20..24].copy_from_slice(&30_000_u32.to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.sum().to_be_bytes());
    bytes
}

pub fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
