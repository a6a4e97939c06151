//! Pictures that people send: refused, or made anew as the three JPEGs that are kept. What came in doesn't decide how
//! much memory opening takes: run it with a limit (`scripts/fuzz` does).

use std::sync::LazyLock;

use friender::photos::{Darkroom, FileType, ProcessedImage, Variant};

static DARKROOM: LazyLock<Darkroom> = LazyLock::new(Darkroom::default);

/// Panics if one of this doesn't hold.
pub fn check(bytes: &[u8]) {
    match DARKROOM.process(bytes) {
        Ok(made) => {
            let taken = matches!(FileType::of(bytes), FileType::Jpeg | FileType::Png | FileType::Webp);
            assert!(taken, "a picture of another type was taken");
            shown(&made);
        }
        Err(error) => assert!(!error.code().is_empty() && !error.to_string().is_empty()),
    }
}

/// Whatever is kept can be shown, in the sizes that are promised.
fn shown(made: &ProcessedImage) {
    let sizes: Vec<Variant> = made.renditions.iter().map(|rendition| rendition.variant).collect();
    assert_eq!(sizes, Variant::ALL);
    for rendition in &made.renditions {
        let picture = image::load_from_memory_with_format(&rendition.bytes, image::ImageFormat::Jpeg);
        let picture = picture.expect("a JPEG of our own making opens");
        let (width, height) = (picture.width(), picture.height());
        assert!(width > 0 && height > 0 && width.max(height) <= rendition.variant.longer_side());
        // Nothing that came with the picture is handed on.
        let markers = [b"Exif\0\0".as_slice(), b"ICC_PROFILE\0", b"http://ns.adobe.com/xap/"];
        assert!(!markers.iter().any(|mark| rendition.bytes.windows(mark.len()).any(|part| part == *mark)));
    }
    let large = made.renditions.last().expect("three sizes");
    assert_eq!(large.bytes.len(), made.size);
    assert!(made.width.max(made.height) <= Variant::Large.longer_side());
    assert!(!made.blurhash.is_empty());
}
