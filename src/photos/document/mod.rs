//! Documents: kept as they are, private to their owner, handed out as attachments and never shown.
//!
//! Names and announced types lie: what a file is, its content tells. Where the content tells nothing, as with plain text,
//! it has to be text and no markup.

mod office;

use super::image::FileType;
use crate::config::{FileUse, UploadType};

/// The longest file name that is kept, in bytes.
const NAME_BYTES: usize = 255;

/// How much of a PDF's end is searched for its last line; readers do the same.
const PDF_END_WITHIN: usize = 1024;

/// Why a document was not taken. Each message names the rule and what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Zero bytes.
    #[error("the file is empty: choose it again")]
    Empty,
    /// The content is of another type than it was said to be.
    #[error("this is no {} file, whatever its name says: send it as what it is", expected.to_uppercase())]
    OtherType {
        /// What it should be.
        expected: &'static str,
    },
    /// The end is missing.
    #[error("the file ends before the document does: send it again, whole")]
    Truncated,
    /// What looks like text to people is a program or a page to browsers.
    #[error(
        "this is a page or a drawing with markup (HTML, SVG, XML), not plain text: save it as PDF and send that"
    )]
    Markup,
    /// Bytes that no text has.
    #[error("this is not plain text in UTF-8: save it as such and send that")]
    NotText,
    /// It would run something where it is opened.
    #[error("the document holds macros: save it without them and send that")]
    Macros,
}

impl DocumentError {
    /// A name for machines that stays the same.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file_empty",
            Self::OtherType { .. } | Self::Markup | Self::NotText => "file_type_not_supported",
            Self::Truncated => "document_truncated",
            Self::Macros => "document_with_macros",
        }
    }

    /// Whether it is the type that isn't taken, and not this file of it.
    #[must_use]
    pub fn is_of_type(&self) -> bool {
        self.code() == "file_type_not_supported"
    }
}

/// The type of document that a file sent as a form is; none for what has to be a picture.
pub(super) fn kind_of(
    bytes: &[u8],
    filename: &str,
    allowed: &[&'static UploadType],
) -> Option<&'static UploadType> {
    let name = match FileType::of(bytes) {
        FileType::Pdf => "pdf",
        FileType::Zip => office::kind(bytes)?,
        FileType::Jpeg | FileType::Png | FileType::Webp => return None,
        // Only the name can tell text from text.
        _ => extension(filename)
            .and_then(UploadType::named)
            .map(|kind| kind.name)
            .filter(|name| is_text(name))?,
    };
    let known = UploadType::named(name).filter(|kind| kind.used_as == FileUse::Document);
    known.filter(|kind| allowed.contains(kind))
}

/// Whether the content is a document of this type.
pub(super) fn check(bytes: &[u8], kind: &'static UploadType) -> Result<(), DocumentError> {
    if bytes.is_empty() {
        return Err(DocumentError::Empty);
    }
    let expected = kind.name;
    let other = Err(DocumentError::OtherType { expected });
    match (expected, FileType::of(bytes)) {
        ("pdf", FileType::Pdf) => check_pdf(bytes),
        (name, found) if is_text(name) && found != FileType::Pdf => check_text(bytes),
        ("docx" | "xlsx" | "odt", FileType::Zip) => match office::kind(bytes) {
            Some(found) if found == expected && office::has_macros(bytes) => Err(DocumentError::Macros),
            Some(found) if found == expected => Ok(()),
            Some(_) => other,
            None if office::is_whole(bytes) => other,
            None => Err(DocumentError::Truncated),
        },
        _ => other,
    }
}

/// From its first byte to its last line: what stands before or instead of them would be for other readers.
fn check_pdf(bytes: &[u8]) -> Result<(), DocumentError> {
    if !bytes.starts_with(b"%PDF-") {
        return Err(DocumentError::OtherType { expected: "pdf" });
    }
    let end = bytes.get(bytes.len().saturating_sub(PDF_END_WITHIN)..).unwrap_or_default();
    match end.windows(5).any(|part| part == b"%%EOF") {
        true => Ok(()),
        false => Err(DocumentError::Truncated),
    }
}

/// Browsers that guess take what begins with a tag for a page.
fn check_text(bytes: &[u8]) -> Result<(), DocumentError> {
    let text = std::str::from_utf8(bytes).map_err(|_| DocumentError::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.chars().any(|c| c.is_control() && !['\n', '\r', '\t', '\u{c}'].contains(&c)) {
        return Err(DocumentError::NotText);
    }
    match text.trim_start().starts_with('<') {
        true => Err(DocumentError::Markup),
        false => Ok(()),
    }
}

fn is_text(name: &str) -> bool {
    ["txt", "csv"].contains(&name)
}

fn extension(filename: &str) -> Option<&str> {
    filename.rsplit_once('.').map(|(_, extension)| extension)
}

/// The name that a document is kept by: as its owner calls it, and always with an extension of its type, because a
/// downloaded file is opened by its name.
pub(super) fn named(filename: &str, kind: &UploadType) -> String {
    let given = extension(filename).unwrap_or_default().to_ascii_lowercase();
    if kind.extensions.contains(&given.as_str()) {
        return filename.to_owned();
    }
    let extension = kind.extensions.first().copied().unwrap_or_default();
    let mut stem = filename.to_owned();
    while stem.len() + 1 + extension.len() > NAME_BYTES {
        stem.pop();
    }
    format!("{stem}.{extension}")
}

/// The header that makes browsers save a file under its name (RFC 6266): plainly for all, exactly for those who can.
pub(super) fn disposition(filename: &str) -> String {
    let is_plain = |c: char| (c.is_ascii_graphic() || c == ' ') && !"\"\\%".contains(c);
    let plain: String = filename.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let exact = filename.bytes().fold(String::new(), |text, byte| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' => text + &char::from(byte).to_string(),
        _ => text + &format!("%{byte:02X}"),
    });
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests;
