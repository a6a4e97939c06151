use image::ImageFormat;

use super::{encoded, marked, refusal};
use crate::config::UploadType;
use crate::photos::image::{Darkroom, FileType, ImageError, Limits};

fn unsupported(found: FileType) -> ImageError {
    ImageError::UnsupportedType { found, formats: FileType::PHOTOS.to_vec() }
}

#[test]
fn settings_may_let_in_less() {
    let only = |names: &[&str]| {
        let types: Vec<_> = names.iter().filter_map(|name| UploadType::named(name)).collect();
        Darkroom::new(Limits::of(&types))
    };
    let [jpeg, png] = [ImageFormat::Jpeg, ImageFormat::Png].map(|format| encoded(marked(8, 8), format));
    assert!(only(&["jpg", "webp"]).process(&jpeg).is_ok());
    let told = only(&["jpg", "webp"]).process(&png).unwrap_err();
    assert_eq!(told.code(), "file_type_not_supported");
    assert!(told.to_string().contains("a PNG picture, but photos must be JPEG or WebP"), "{told}");
    let told = only(&[".png", "pdf"]).process(&jpeg).unwrap_err().to_string();
    assert!(told.contains("must be PNG: open it"), "{told}");
}

#[test]
fn other_files_are_named_by_their_content() {
    let files: [(&[u8], FileType); 16] = [
        (b"GIF89a\x01\0\x01\0", FileType::Gif),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", FileType::Svg),
        (b"\xEF\xBB\xBF\n<?xml version='1.0'?>\n<!-- drawn --><SVG/>", FileType::Svg),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", FileType::Heic),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", FileType::Heic),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", FileType::Avif),
        (b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2", FileType::Video),
        (b"BM\x36\0\0\0", FileType::Bmp),
        (b"MM\0*\0\0\0\x08", FileType::Tiff),
        (b"\xFF\x0A\0\0", FileType::JpegXl),
        (b"%PDF-1.7", FileType::Pdf),
        (b"PK\x03\x04rest", FileType::Zip),
        (b"<html><body>hello</body></html>", FileType::Unknown),
        (b"MZ\x90\0", FileType::Unknown),
        (b"\0", FileType::Unknown),
        (b"RIFF\0\0\0\0WAVE", FileType::Unknown),
    ];
    for (bytes, found) in files {
        assert_eq!(refusal(bytes), unsupported(found));
    }
    assert_eq!(refusal(b""), ImageError::Empty);
    assert_eq!(unsupported(FileType::Avif).code(), "avif_not_supported");
    let heic = unsupported(FileType::Heic);
    assert_eq!(heic.code(), "heic_not_supported");
    let message = heic.to_string();
    assert!(
        message.contains("HEIC") && message.contains("JPEG, PNG or WebP") && message.contains("iPhone"),
        "{message}"
    );
}
