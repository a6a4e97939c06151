//! The types of file that a setting may let in.

/// What a type of file is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileUse {
    /// A photo: decoded, made anew, shown to others.
    Picture,
    /// Private to its owner: kept as it is, handed out as an attachment, never shown.
    Document,
}

/// A type of file that may be uploaded.
#[derive(Debug, PartialEq, Eq)]
pub struct UploadType {
    /// Its short name, as the setting spells it.
    pub name: &'static str,
    /// What an upload must announce, lower case, without parameters.
    pub mime: &'static str,
    /// Its usual extensions, without the dot; the first one names stored files.
    pub extensions: &'static [&'static str],
    /// What it is taken for.
    pub used_as: FileUse,
}

/// All types that can be let in. What isn't listed can't be checked, or could run in a browser.
static KNOWN: &[UploadType] = &[
    picture("jpeg", "image/jpeg", &["jpg", "jpeg"]),
    picture("png", "image/png", &["png"]),
    picture("webp", "image/webp", &["webp"]),
    document("pdf", "application/pdf", &["pdf"]),
    document("txt", "text/plain", &["txt"]),
    document("csv", "text/csv", &["csv"]),
    document("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    document("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    document("odt", "application/vnd.oasis.opendocument.text", &["odt"]),
];

const fn picture(name: &'static str, mime: &'static str, extensions: &'static [&'static str]) -> UploadType {
    UploadType { name, mime, extensions, used_as: FileUse::Picture }
}

const fn document(name: &'static str, mime: &'static str, extensions: &'static [&'static str]) -> UploadType {
    UploadType { name, mime, extensions, used_as: FileUse::Document }
}

impl UploadType {
    /// The pictures: what is taken by default.
    pub fn pictures() -> impl Iterator<Item = &'static Self> {
        KNOWN.iter().filter(|known| known.used_as == FileUse::Picture)
    }

    /// The type behind an extension (with or without its dot) or a MIME type, in any case.
    #[must_use]
    pub fn named(text: &str) -> Option<&'static Self> {
        let text = text.trim().to_ascii_lowercase();
        let text = text.strip_prefix('.').unwrap_or(&text);
        // Common, though never registered.
        let text = if text == "image/jpg" { "image/jpeg" } else { text };
        KNOWN.iter().find(|known| known.mime == text || known.extensions.contains(&text))
    }
}

/// A list of extensions or MIME types, each once, in the order given.
pub(super) fn list(raw: &str) -> Result<Vec<&'static UploadType>, String> {
    let mut taken: Vec<&'static UploadType> = Vec::new();
    for item in raw.split(',').map(str::trim).filter(|item| !item.is_empty()) {
        let known = UploadType::named(item).ok_or_else(|| unknown(item))?;
        if !taken.contains(&known) {
            taken.push(known);
        }
    }
    if taken.iter().any(|taken| taken.used_as == FileUse::Picture) {
        return Ok(taken);
    }
    Err("give at least one of jpeg, png and webp: profiles show photos".to_owned())
}

fn unknown(item: &str) -> String {
    let names = |wanted| {
        let names = KNOWN.iter().filter(|known| known.used_as == wanted).map(|known| known.name);
        names.collect::<Vec<_>>().join(", ")
    };
    format!(
        "{item:?} is none of the types that can be checked: {} for photos, {} for documents; give them by extension or MIME type, separated by commas",
        names(FileUse::Picture),
        names(FileUse::Document)
    )
}
