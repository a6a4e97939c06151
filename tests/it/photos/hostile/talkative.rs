//! Good pictures that carry more than pixels, in each of the formats and each of the eight orientations.

use image::{ImageFormat, Rgb, RgbImage};

use super::{Fate, Hostile, SECRET, hostile};
use crate::photos::pictures::encoded;

/// Grey with a red upper left quarter, and a shade of its own so that no two are alike.
pub fn marked(width: u32, height: u32, shade: u8) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match x < width / 2 && y < height / 2 {
        true => Rgb([230, 20, 20]),
        false => Rgb([90, 90, 60 + shade % 60]),
    })
}

pub fn jpeg_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("short").to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

/// Puts a chunk behind the head of a PNG.
pub fn png_chunk(png: &[u8], name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&png[..33], &chunk(name, content), &png[33..]].concat()
}

pub fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut crc = flate2::Crc::new();
    crc.update(name);
    crc.update(content);
    let length = u32::try_from(content.len()).expect("short").to_be_bytes();
    [&length, name.as_slice(), content, &crc.sum().to_be_bytes()].concat()
}

pub fn webp_chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("short").to_le_bytes();
    let padding: &[u8] = if content.len() % 2 == 1 { &[0] } else { &[] };
    [name.as_slice(), &length, content, padding].concat()
}

/// A WebP of the extended kind; `flags` say what it has beside its picture.
pub fn webp(size: (u32, u32), flags: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
    let side = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
    let head = [vec![flags, 0, 0, 0], side(size.0), side(size.1)].concat();
    let body = [b"WEBP".to_vec(), webp_chunk(b"VP8X", &head), chunks.concat()].concat();
    webp_chunk(b"RIFF", &body)
}

/// The chunk that holds the picture of a simple WebP.
pub fn webp_picture(picture: RgbImage) -> Vec<u8> {
    encoded(picture, ImageFormat::WebP)[12..].to_vec()
}

/// TIFF's structure with an orientation, a place and a camera.
fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(SECRET);
    exif
}

fn with_exif(picture: RgbImage, format: ImageFormat, orientation: u8) -> Vec<u8> {
    let (size, exif) = (picture.dimensions(), exif(orientation));
    match format {
        ImageFormat::Jpeg => {
            let content = [b"Exif\0\0".as_slice(), &exif].concat();
            jpeg_segment(&encoded(picture, format), 0xE1, &content)
        }
        ImageFormat::Png => png_chunk(&encoded(picture, format), b"eXIf", &exif),
        _ => webp(size, 0x08, &[webp_picture(picture), webp_chunk(b"EXIF", &exif)]),
    }
}

/// Where the stored picture's upper left corner shall be seen, for orientations 1 to 8 (EXIF 2.32, 4.6.4 A).
const CORNERS: [(bool, bool); 8] = [
    (false, false),
    (true, false),
    (true, true),
    (false, true),
    (false, false),
    (true, false),
    (true, true),
    (false, true),
];

pub fn files() -> Vec<Hostile> {
    let mut files = Vec::new();
    for (f, format) in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP].into_iter().enumerate() {
        for (orientation, red) in (1_u8..=8).zip(CORNERS) {
            let picture = marked(64, 32, orientation + 10 * f as u8);
            let size = if orientation > 4 { (32, 64) } else { (64, 32) };
            let bytes = with_exif(picture, format, orientation);
            files.push(hostile(format!("{format:?}-{orientation}"), bytes, Fate::Upright { size, red }));
        }
        for nonsense in [0, 9, 255] {
            let bytes = with_exif(marked(48, 48, (30 + f as u8).wrapping_add(nonsense)), format, nonsense);
            files.push(hostile(format!("{format:?}-orientation-{nonsense}"), bytes, Fate::Kept));
        }
    }
    files.extend(jpegs());
    files.extend(pngs());
    files.extend(webps());
    files
}

fn jpegs() -> Vec<Hostile> {
    let thumbnail = [b"JFXX\0\x10".as_slice(), &encoded(marked(8, 8, 1), ImageFormat::Jpeg), SECRET].concat();
    let segments: [(&str, u8, Vec<u8>); 8] = [
        ("xmp", 0xE1, [b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>".as_slice(), SECRET].concat()),
        ("iptc", 0xED, [b"Photoshop 3.0\x008BIM\x04\x04".as_slice(), SECRET].concat()),
        ("comment", 0xFE, SECRET.to_vec()),
        ("icc", 0xE2, [b"ICC_PROFILE\0\x01\x01".as_slice(), SECRET].concat()),
        ("thumbnail", 0xE0, thumbnail),
        ("adobe", 0xEE, b"Adobe\0\x64\0\0\0\0\x01".to_vec()),
        ("own", 0xEF, SECRET.to_vec()),
        ("much", 0xEB, SECRET.repeat(2_000)),
    ];
    let mut files = Vec::new();
    for (n, (name, marker, content)) in segments.iter().enumerate() {
        let jpeg = encoded(marked(40, 40, n as u8), ImageFormat::Jpeg);
        files.push(hostile(format!("jpeg-{name}"), jpeg_segment(&jpeg, *marker, content), Fate::Kept));
    }
    // A film behind the picture, as motion photos have; a script; an archive.
    for (n, tail) in
        [b"\0\0\0\x18ftypmp42".as_slice(), b"<script>alert(1)</script>", b"PK\x03\x04"].iter().enumerate()
    {
        let jpeg = encoded(marked(44, 40, n as u8), ImageFormat::Jpeg);
        files.push(hostile(format!("jpeg-tail-{n}"), [jpeg.as_slice(), tail, SECRET].concat(), Fate::Kept));
    }
    files
}

fn pngs() -> Vec<Hostile> {
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut deflate, &vec![b'x'; 50_000_000]).unwrap();
    let bomb = [b"Comment\0\0".as_slice(), &deflate.finish().unwrap()].concat();
    let chunks: [(&str, &[u8; 4], Vec<u8>); 7] = [
        ("text", b"tEXt", [b"Location\0".as_slice(), SECRET].concat()),
        ("international", b"iTXt", [b"XML:com.adobe.xmp\0\0\0\0\0".as_slice(), SECRET].concat()),
        ("time", b"tIME", b"\x07\xEA\x0B\x15\x0C\0\0".to_vec()),
        ("own", b"seCr", SECRET.to_vec()),
        ("scale", b"pHYs", b"\0\0\0\x01\0\0\0\x01\x01".to_vec()),
        ("gamma", b"gAMA", 45_455_u32.to_be_bytes().to_vec()),
        ("compressed-bomb", b"zTXt", bomb),
    ];
    let mut files = Vec::new();
    for (n, (name, kind, content)) in chunks.iter().enumerate() {
        let png = encoded(marked(40, 44, n as u8), ImageFormat::Png);
        files.push(hostile(format!("png-{name}"), png_chunk(&png, kind, content), Fate::Kept));
    }
    let png = encoded(marked(52, 44, 1), ImageFormat::Png);
    files.push(hostile("png-tail", [png.as_slice(), b"<script>", SECRET].concat(), Fate::Kept));
    files
}

fn webps() -> Vec<Hostile> {
    let own = |flags: u8, name: &[u8; 4], shade: u8| {
        let picture = webp_picture(marked(48, 40, shade));
        webp((48, 40), flags, &[picture, webp_chunk(name, SECRET)])
    };
    vec![
        hostile("webp-xmp", own(0x04, b"XMP ", 1), Fate::Kept),
        hostile("webp-own", own(0, b"SECR", 2), Fate::Kept),
        hostile(
            "webp-tail",
            [encoded(marked(48, 40, 3), ImageFormat::WebP), SECRET.to_vec()].concat(),
            Fate::Kept,
        ),
    ]
}
