//! What is cut off, damaged, or no picture at all.

use image::ImageFormat;

use super::talkative::marked;
use super::{Fate, Hostile, hostile};
use crate::photos::pictures::{encoded, sized};

pub fn files() -> Vec<Hostile> {
    let mut files = others();
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = sized(90, 70, format);
        for percent in [1, 3, 7, 12, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 99] {
            let cut = whole[..whole.len() * percent / 100].to_vec();
            files.push(hostile(format!("cut-{percent}.{format:?}"), cut, Fate::Refused("")));
        }
        for n in 0..20 {
            let (mut damaged, at) = (whole.clone(), whole.len() * (n * 4 + 10) / 100);
            damaged[at] ^= 0xFF;
            files.push(hostile(format!("damaged-at-{at}.{format:?}"), damaged, Fate::Either));
        }
    }
    files
}

fn others() -> Vec<Hostile> {
    const TYPE: &str = "file_type_not_supported";
    let noise: Vec<u8> = (0_u32..5_000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let jpeg = encoded(marked(40, 40, 50), ImageFormat::Jpeg);
    let files: [(&str, &[u8], &str); 22] = [
        ("empty.jpg", b"", "file_empty"),
        ("one-byte.jpg", b"\xFF", TYPE),
        ("zeros.jpg", &[0; 4_096], TYPE),
        ("noise.jpg", &noise, TYPE),
        ("text.jpg", b"only words, many of them, and no picture", TYPE),
        ("svg.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", TYPE),
        (
            "svg-with-head.png",
            b"\xEF\xBB\xBF<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x 'y'>]><svg/>",
            TYPE,
        ),
        ("page.jpg", b"<!DOCTYPE html><html><script>alert(1)</script></html>", TYPE),
        ("phone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic_not_supported"),
        ("phone.heif", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic_not_supported"),
        ("phone.jpg", b"\0\0\0\x18ftypheix\0\0\0\0mif1heix", "heic_not_supported"),
        ("new.avif", b"\0\0\0\x18ftypavif\0\0\0\0mif1avif", "avif_not_supported"),
        ("film.jpg", b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom", TYPE),
        ("paper.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3", TYPE),
        ("archive.jpg", b"PK\x03\x04\x14\0\0\0\x08\0", TYPE),
        ("program.jpg", b"MZ\x90\0\x03\0\0\0", TYPE),
        ("elf.jpg", b"\x7FELF\x02\x01\x01\0", TYPE),
        ("raw.tiff", b"II*\0\x08\0\0\0\0\0", TYPE),
        ("old.bmp", b"BM\x36\0\0\0\0\0\0\0", TYPE),
        ("new.jxl", b"\xFF\x0A\0\0\0\0", TYPE),
        ("ends-at-once.jpg", b"\xFF\xD8\xFF\xD9", "image_corrupt"),
        ("script-first.jpg", &[b"<script>alert(1)</script>".as_slice(), &jpeg].concat(), TYPE),
    ];
    files.into_iter().map(|(name, bytes, code)| hostile(name, bytes.to_vec(), Fate::Refused(code))).collect()
}
