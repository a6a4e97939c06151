//! Office documents are ZIP archives: which one it is, the names in the archive's directory tell. Nothing is unpacked.

/// The directory's end, and its entries, begin so.
const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";

/// Bytes of the directory's end without its comment, and the most that a comment has.
const END_BYTES: usize = 22;
const COMMENT_BYTES: usize = u16::MAX as usize;

/// Bytes of an entry before its name.
const ENTRY_BYTES: usize = 46;

const ODT: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.text";

/// The kind of office document, if it is one of ours.
pub(super) fn kind(bytes: &[u8]) -> Option<&'static str> {
    let has = |wanted: &str| names(bytes).any(|name| name == wanted.as_bytes());
    // The type stands uncompressed at a fixed place; "text-template" and its like go on behind it.
    if bytes.get(30..30 + ODT.len()) == Some(ODT) && bytes.get(30 + ODT.len()) != Some(&b'-') {
        return has("content.xml").then_some("odt");
    }
    if !has("[Content_Types].xml") {
        return None;
    }
    [("docx", "word/document.xml"), ("xlsx", "xl/workbook.xml")]
        .into_iter()
        .find_map(|(kind, part)| has(part).then_some(kind))
}

/// Whether it brings programs along.
pub(super) fn has_macros(bytes: &[u8]) -> bool {
    let of_office = |name: &[u8]| name.to_ascii_lowercase().ends_with(b"vbaproject.bin");
    names(bytes).any(|name| of_office(name) || name.starts_with(b"Basic/") || name.starts_with(b"Scripts/"))
}

/// Whether the archive has its directory.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    directory(bytes).is_some()
}

/// The names in the directory, up to the first entry that is damaged.
fn names(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = directory(bytes).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = |at: usize| number(rest, at, 2);
        let (name, more) = (length(28)?, length(30)? + length(32)?);
        let found = rest.starts_with(ENTRY).then(|| rest.get(ENTRY_BYTES..ENTRY_BYTES + name))??;
        rest = rest.get(ENTRY_BYTES + name + more..).unwrap_or_default();
        Some(found)
    })
}

fn directory(bytes: &[u8]) -> Option<&[u8]> {
    let from = bytes.len().saturating_sub(END_BYTES + COMMENT_BYTES);
    let tail = bytes.get(from..)?;
    let end = tail.windows(END.len()).rposition(|part| part == END)?;
    let end = tail.get(end..)?;
    let (size, start) = (number(end, 12, 4)?, number(end, 16, 4)?);
    bytes.get(start..start.checked_add(size)?)
}

/// A little-endian number.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at + length)?;
    Some(digits.iter().rev().fold(0, |number, digit| number << 8 | usize::from(*digit)))
}
