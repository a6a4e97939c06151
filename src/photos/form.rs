//! Reading multipart forms: texts, and files spooled to disk, so that a form costs no memory to speak of.

use std::io::{Read, Seek, Write};

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::http::StatusCode;
use bytes::Bytes;
use futures_util::StreamExt;

use crate::http::idempotency::Fingerprint;
use crate::http::{ApiError, MAX_TEXT_PART, broken_body};

/// The part that carries a photo. A form may have any number of them.
const FILE_PART: &str = "file";

/// Parts of a form, files and texts together.
const MAX_PARTS: usize = 200;

/// What the files of one form may weigh together. Each part is bounded on its own, but what is too large or too many
/// has to be read to get at what follows.
struct Budget {
    left: usize,
    whole: usize,
}

impl Budget {
    /// All photos that a person may have, at their largest, and one to spare.
    fn new(max_files: usize, max_file_size: usize) -> Self {
        let whole = max_files.saturating_add(1).saturating_mul(max_file_size);
        Self { left: whole, whole }
    }

    fn spend(&mut self, bytes: usize) -> Result<(), ApiError> {
        self.left = self.left.checked_sub(bytes).ok_or_else(|| {
            too_large(format!(
                "The files of a form have at most {} MiB together. Send fewer at once.",
                self.whole >> 20
            ))
        })?;
        Ok(())
    }
}

/// A form, read to its end.
pub struct Form {
    /// The text parts, by name.
    pub texts: Vec<(String, String)>,
    /// The file parts, in order.
    pub files: Vec<FormFile>,
    /// What it holds, in one number.
    pub fingerprint: Fingerprint,
}

/// A file part.
pub struct FormFile {
    /// As the client called it.
    pub filename: Option<String>,
    /// What it sent, if it kept to the limits.
    pub content: FileContent,
}

/// What a file part held.
pub enum FileContent {
    /// Its bytes, on disk.
    Spooled(std::fs::File),
    /// More bytes than a file may have.
    TooLarge,
    /// More files than a person may have photos.
    Surplus,
}

impl FormFile {
    /// The bytes, read back from disk. Blocks.
    pub fn read_back(mut file: std::fs::File) -> std::io::Result<Bytes> {
        let mut bytes = Vec::new();
        file.rewind()?;
        file.read_to_end(&mut bytes)?;
        Ok(Bytes::from(bytes))
    }
}

impl Form {
    /// Reads a form with at most `max_files` files of `max_file_size` bytes; more or larger ones are noted, not kept.
    /// Beyond one file more than that, nothing is read any further: 413 `too_large`.
    pub async fn read(parts: Multipart, max_files: usize, max_file_size: usize) -> Result<Self, ApiError> {
        Self::read_with(parts, &[], max_files, max_file_size).await
    }

    /// The same where files come under other names as well, if they have a file's name of their own.
    pub async fn read_with(
        mut parts: Multipart,
        also: &[&str],
        max_files: usize,
        max_file_size: usize,
    ) -> Result<Self, ApiError> {
        let (texts, files, fingerprint) = (Vec::new(), Vec::new(), Fingerprint::new());
        let mut form = Self { texts, files, fingerprint };
        let (mut count, mut budget) = (0, Budget::new(max_files, max_file_size));
        while let Some(part) = parts.next().await {
            let part = part.map_err(broken)?;
            count += 1;
            if count > MAX_PARTS {
                return Err(malformed(format!("A form has at most {MAX_PARTS} parts.")));
            }
            let name = part.name().unwrap_or_default().to_owned();
            let print = &mut form.fingerprint;
            print.add(name.as_bytes());
            print.add(filename(&part).unwrap_or_default().as_bytes());
            let is_other = also.contains(&name.as_str()) && filename(&part).is_some();
            if name == FILE_PART || is_other {
                let room = form.files.len() < max_files;
                form.files.extend(read_file(part, room, max_file_size, &mut budget, print).await?);
            } else if filename(&part).is_some() {
                // A file that nobody asked for, like any unknown part.
                read_file(part, false, max_file_size, &mut budget, print).await?;
            } else {
                let text = read_text(part).await?;
                print.add(text.as_bytes());
                form.texts.push((name, text));
            }
        }
        Ok(form)
    }

    /// What else than a form says the same: texts alone.
    pub fn of_texts(texts: Vec<(String, String)>) -> Self {
        Self { texts, files: Vec::new(), fingerprint: Fingerprint::new() }
    }

    /// Takes a text part's value out; the last one counts.
    pub fn take(&mut self, name: &str) -> Option<String> {
        let position = self.texts.iter().rposition(|(part, _)| part == name)?;
        Some(self.texts.remove(position).1)
    }

    /// Takes all text parts of a name, with commas between: what a row of checkboxes sends.
    pub fn take_list(&mut self, name: &str) -> Option<String> {
        let (mine, others): (Vec<_>, Vec<_>) = self.texts.drain(..).partition(|(part, _)| part == name);
        self.texts = others;
        let values: Vec<String> = mine.into_iter().map(|(_, value)| value).collect();
        (!values.is_empty()).then(|| values.join(","))
    }
}

/// A file part; none for what browsers send when no file was chosen: one without a name and without bytes.
async fn read_file(
    mut part: Field,
    room: bool,
    limit: usize,
    budget: &mut Budget,
    print: &mut Fingerprint,
) -> Result<Option<FormFile>, ApiError> {
    let filename = filename(&part);
    let mut file =
        if room { Some(tempfile::tempfile().map_err(|error| ApiError::internal(&error))?) } else { None };
    let mut size = 0;
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(broken)?;
        budget.spend(chunk.len())?;
        print.add_more(&chunk);
        size += chunk.len();
        if size > limit {
            file = None;
        }
        if let Some(file) = &mut file {
            file.write_all(&chunk).map_err(|error| ApiError::internal(&error))?;
        }
    }
    print.add(&size.to_be_bytes());
    if size == 0 && filename.as_deref().is_none_or(str::is_empty) {
        return Ok(None);
    }
    let content = match file {
        Some(file) => FileContent::Spooled(file),
        None if room => FileContent::TooLarge,
        None => FileContent::Surplus,
    };
    Ok(Some(FormFile { filename, content }))
}

fn filename(part: &Field) -> Option<String> {
    part.content_disposition().and_then(|d| d.get_filename()).map(str::to_owned)
}

async fn read_text(mut part: Field) -> Result<String, ApiError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.next().await {
        bytes.extend_from_slice(&chunk.map_err(broken)?);
        if bytes.len() > MAX_TEXT_PART {
            return Err(too_large("A text of the form is too long.".to_owned()));
        }
    }
    String::from_utf8(bytes).map_err(|_| malformed("A text of the form is not UTF-8.".to_owned()))
}

fn too_large(detail: String) -> ApiError {
    ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail)
}

fn malformed(detail: String) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "malformed_form", detail)
}

fn broken(error: MultipartError) -> ApiError {
    match error {
        MultipartError::ContentTypeMissing
        | MultipartError::ContentTypeParse
        | MultipartError::ContentTypeIncompatible
        | MultipartError::BoundaryMissing => not_a_form(),
        MultipartError::Payload(error) => broken_body(&error, "malformed_form"),
        error => malformed(format!("The form can't be read: {error}.")),
    }
}

/// 415: what came isn't a form.
pub fn not_a_form() -> ApiError {
    ApiError::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "form_expected",
        "Send multipart/form-data with one `file` part for each photo. With curl: -F 'file=@photo.jpg'.",
    )
}

#[cfg(test)]
mod tests {
    use actix_web::error::PayloadError;
    use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
    use futures_util::stream;

    use super::*;

    /// Reads a form of two files of 100 bytes at most.
    async fn read(parts: &[(&str, usize)]) -> Result<Form, ApiError> {
        let mut body = String::new();
        for (disposition, size) in parts {
            let content = "x".repeat(*size);
            body += &format!("--b\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n");
        }
        body += "--b--\r\n";
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=b"));
        let body = stream::iter([Ok::<_, PayloadError>(Bytes::from(body))]);
        Form::read(Multipart::new(&headers, body), 2, 100).await
    }

    #[actix_web::test]
    async fn the_last_text_counts_and_lists_are_joined() {
        let (email, hobby) = (r#"name="email""#, r#"name="hobbies""#);
        let mut form = read(&[(email, 1), (hobby, 2), (email, 3), (hobby, 4)]).await.unwrap();
        assert_eq!(form.take("email").as_deref(), Some("xxx"));
        assert_eq!(form.take_list("hobbies").as_deref(), Some("xx,xxxx"));
        assert_eq!(form.take_list("hobbies"), None);
    }

    #[actix_web::test]
    async fn a_file_under_another_name_is_ignored() {
        let form = read(&[(r#"name="avatar"; filename="a.jpg""#, 90), (r#"name="bio""#, 9)]).await.unwrap();
        assert_eq!((form.files.len(), form.texts.len()), (0, 1));
    }

    #[actix_web::test]
    async fn too_many_and_too_large_files_are_noted_within_the_budget() {
        let file = r#"name="file"; filename="a.jpg""#;
        let form = read(&[(file, 101), (file, 99), (file, 1), (r#"name="bio""#, 9)]).await.unwrap();
        let contents: Vec<&FileContent> = form.files.iter().map(|file| &file.content).collect();
        use FileContent::{Spooled, Surplus, TooLarge};
        assert!(matches!(contents[..], [TooLarge, Spooled(_), Surplus]));
        assert_eq!(form.texts[0].1.len(), 9);
    }

    #[actix_web::test]
    async fn the_whole_form_has_a_limit() {
        let file = r#"name="file"; filename="a.jpg""#;
        assert!(read(&[(file, 100), (file, 100), (file, 100)]).await.is_ok());
        for parts in [&[(file, 301)][..], &[(file, 100), (file, 100), (file, 50), (file, 51)]] {
            let refused = read(parts).await.err().expect("more than three files' bytes are refused");
            assert_eq!(refused.code(), "too_large");
        }
    }

    #[actix_web::test]
    async fn a_file_input_left_empty_is_no_file() {
        let form = read(&[(r#"name="file"; filename="""#, 0), (r#"name="file""#, 0)]).await.unwrap();
        assert!(form.files.is_empty());
        let form = read(&[(r#"name="file"; filename="a.jpg""#, 0)]).await.unwrap();
        assert_eq!(form.files.len(), 1);
    }
}
