//! What a file is, by its first bytes: names and announced types lie.

use std::fmt;

use crate::config::UploadType;

/// A kind of file that people send as a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileType {
    /// JPEG, taken.
    Jpeg,
    /// PNG, taken.
    Png,
    /// WebP, taken.
    Webp,
    /// What iPhones store.
    Heic,
    /// AVIF.
    Avif,
    /// GIF.
    Gif,
    /// SVG: a document with scripts, not a photo.
    Svg,
    /// Windows bitmap.
    Bmp,
    /// TIFF, and most cameras' raw files.
    Tiff,
    /// JPEG XL.
    JpegXl,
    /// MP4, QuickTime and their kin.
    Video,
    /// PDF.
    Pdf,
    /// ZIP, and office documents.
    Zip,
    /// Nothing that we know.
    Unknown,
}

/// How much of a file is searched for the start of an SVG.
const SVG_WITHIN: usize = 1024;

impl FileType {
    /// What photos may be.
    pub(super) const PHOTOS: [Self; 3] = [Self::Jpeg, Self::Png, Self::Webp];

    /// Whether the settings mean it by a type of theirs.
    pub(super) fn is(self, kind: &UploadType) -> bool {
        matches!((self, kind.name), (Self::Jpeg, "jpeg") | (Self::Png, "png") | (Self::Webp, "webp"))
    }

    /// What the refusal of such a file is called by machines.
    pub(in crate::photos) fn refusal_code(self) -> &'static str {
        match self {
            Self::Heic => "heic_not_supported",
            Self::Avif => "avif_not_supported",
            _ => "file_type_not_supported",
        }
    }

    /// The type that the content shows.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Self::Png,
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Self::Webp,
            [_, _, _, _, b'f', b't', b'y', b'p', brands @ ..] => of_brands(brands),
            [b'G', b'I', b'F', b'8', ..] => Self::Gif,
            [b'B', b'M', ..] => Self::Bmp,
            [b'I', b'I', 0x2A, 0, ..] | [b'M', b'M', 0, 0x2A, ..] => Self::Tiff,
            [0xFF, 0x0A, ..] | [0, 0, 0, 0x0C, b'J', b'X', b'L', b' ', ..] => Self::JpegXl,
            [b'%', b'P', b'D', b'F', ..] => Self::Pdf,
            [b'P', b'K', 3, 4, ..] => Self::Zip,
            _ if is_svg(bytes) => Self::Svg,
            _ => Self::Unknown,
        }
    }

    /// What somebody who sent such a file can do.
    pub(in crate::photos) fn remedy(self) -> &'static str {
        match self {
            Self::Heic => {
                "save it as JPEG first (iPhone: Settings, Camera, Formats, Most Compatible; or share it by mail, which converts it)"
            }
            Self::Video => "take a still picture of it and send that",
            Self::Pdf | Self::Zip | Self::Unknown => "choose a picture",
            _ => "open it in a picture program and save it as JPEG",
        }
    }
}

impl fmt::Display for FileType {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Jpeg => "a JPEG picture",
            Self::Png => "a PNG picture",
            Self::Webp => "a WebP picture",
            Self::Heic => "a HEIC picture",
            Self::Avif => "an AVIF picture",
            Self::Gif => "a GIF picture",
            Self::Svg => "an SVG drawing",
            Self::Bmp => "a BMP picture",
            Self::Tiff => "a TIFF or raw picture",
            Self::JpegXl => "a JPEG XL picture",
            Self::Video => "a video",
            Self::Pdf => "a PDF document",
            Self::Zip => "a ZIP archive",
            Self::Unknown => "no picture that we know",
        })
    }
}

/// The types of photos as people call them: "JPEG, PNG or WebP".
pub(super) fn names(formats: &[FileType]) -> String {
    let name = |format: &FileType| match format {
        FileType::Jpeg => "JPEG",
        FileType::Png => "PNG",
        _ => "WebP",
    };
    let names: Vec<&str> = formats.iter().map(name).collect();
    match names.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    }
}

/// HEIC, AVIF and films share one container (ISO/IEC 14496-12); brands of four letters tell them apart: the main one,
/// a version, and those that it is compatible with.
fn of_brands(brands: &[u8]) -> FileType {
    for brand in brands.chunks_exact(4).take(12) {
        match brand {
            b"avif" | b"avis" => return FileType::Avif,
            b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" => return FileType::Heic,
            _ => {}
        }
    }
    match brands.get(..4) {
        Some(b"mif1" | b"msf1") => FileType::Heic,
        _ => FileType::Video,
    }
}

fn is_svg(bytes: &[u8]) -> bool {
    let start = bytes.get(..SVG_WITHIN).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start).to_lowercase();
    start.trim_start_matches('\u{feff}').trim_start().starts_with('<') && start.contains("<svg")
}
