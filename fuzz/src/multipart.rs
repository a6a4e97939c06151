//! Forms as the server reads them: a line with the content type, then the body. What is read keeps to the limits, is the
//! same however the body was cut on its way, and is what a client put in.

use std::sync::LazyLock;

use actix_multipart::Multipart;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use bytes::Bytes;
use friender::http::MAX_TEXT_PART;
use friender::people::http::sign_up_in;
use friender::photos::{FileContent, Form, FormFile};
use futures_util::stream;
use tokio::runtime::{Builder, Runtime};

/// Few and small, so that the limits are met often.
const MAX_FILES: usize = 2;
const MAX_FILE_SIZE: usize = 300;

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().build().expect("a runtime without I/O"));

/// Panics if one of this doesn't hold.
pub fn check(data: &[u8]) {
    as_it_came(data);
    if let Ok(text) = std::str::from_utf8(data) {
        as_a_client_writes_it(text);
    }
}

/// All that a form holds. A refusal is its code.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    texts: Vec<(String, String)>,
    files: Vec<(Option<String>, SeenFile)>,
    fingerprint: Vec<u8>,
}

#[derive(Debug, PartialEq, Eq)]
enum SeenFile {
    Spooled(Bytes),
    TooLarge,
    Surplus,
}

/// The first byte says how the body is cut.
fn as_it_came(data: &[u8]) {
    let Some((step, data)) = data.split_first() else { return };
    let Some(end) = data.iter().position(|byte| *byte == b'\n') else { return };
    let (content_type, body) = (&data[..end], &data[end + 1..]);
    let whole = read(content_type, body, body.len());
    let in_pieces = read(content_type, body, usize::from(*step));
    assert_eq!(whole, in_pieces, "whole, and in pieces of {step} bytes");
}

fn read(content_type: &[u8], body: &[u8], step: usize) -> Result<Seen, &'static str> {
    let form = RUNTIME.block_on(form(content_type, body, step)).map_err(|error| error.code())?;
    assert!(form.texts.iter().all(|(_, text)| text.len() <= MAX_TEXT_PART));
    let fingerprint = form.fingerprint.clone().finish();
    let files = form.files.into_iter().map(|file| (file.filename, seen(file.content))).collect::<Vec<_>>();
    let kept = files.iter().filter(|(_, file)| matches!(file, SeenFile::Spooled(_)));
    assert!(kept.count() <= MAX_FILES);
    let seen = Seen { texts: form.texts.clone(), files, fingerprint };
    let _ = sign_up_in(Form::of_texts(form.texts));
    Ok(seen)
}

async fn form(content_type: &[u8], body: &[u8], step: usize) -> Result<Form, friender::http::ApiError> {
    let mut headers = HeaderMap::new();
    if let Ok(value) = HeaderValue::from_bytes(content_type) {
        headers.insert(CONTENT_TYPE, value);
    }
    let pieces: Vec<_> =
        body.chunks(step.max(1)).map(Bytes::copy_from_slice).map(Ok::<_, PayloadError>).collect();
    let also = ["profile_image"];
    Form::read_with(Multipart::new(&headers, stream::iter(pieces)), &also, MAX_FILES, MAX_FILE_SIZE).await
}

fn seen(content: FileContent) -> SeenFile {
    match content {
        FileContent::Spooled(file) => {
            let bytes = FormFile::read_back(file).expect("what was spooled is read back");
            assert!(bytes.len() <= MAX_FILE_SIZE);
            SeenFile::Spooled(bytes)
        }
        FileContent::TooLarge => SeenFile::TooLarge,
        FileContent::Surplus => SeenFile::Surplus,
    }
}

/// Lines become the parts of a well-made form: `name=value` a text, `name:content` a file.
fn as_a_client_writes_it(text: &str) {
    const BOUNDARY: &str = "----edge-of-a-form-that-a-client-wrote";
    if text.contains(BOUNDARY) {
        return;
    }
    let (mut body, mut texts, mut files) = (String::new(), Vec::new(), Vec::new());
    for line in text.split('\n').take(100) {
        let Some(at) = line.find(['=', ':']) else { continue };
        let (name, value) = (&line[..at], &line[at + 1..]);
        let is_text = line[at..].starts_with('=');
        // A part of this name is a file also without a file's name.
        let is_plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        if !is_plain || is_text && name == "file" {
            continue;
        }
        body += &format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"");
        if is_text {
            texts.push((name, value));
        } else {
            body += "; filename=\"a.jpg\"\r\nContent-Type: image/jpeg";
            let is_asked_for = ["file", "profile_image"].contains(&name);
            files.extend(is_asked_for.then_some(value.as_bytes()));
        }
        body += &format!("\r\n\r\n{value}\r\n");
    }
    body += &format!("--{BOUNDARY}--\r\n");
    let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
    let read = match read(content_type.as_bytes(), body.as_bytes(), 64) {
        Ok(read) => read,
        Err(code) => return assert_eq!(code, "too_large", "{text:?}"),
    };
    let read_texts = read.texts.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    assert!(read_texts.eq(texts), "{text:?}");
    let expected = files.into_iter().enumerate().map(|(place, content)| match content {
        _ if place >= MAX_FILES => SeenFile::Surplus,
        content if content.len() > MAX_FILE_SIZE => SeenFile::TooLarge,
        content => SeenFile::Spooled(Bytes::copy_from_slice(content)),
    });
    assert!(read.files.into_iter().map(|(_, file)| file).eq(expected), "{text:?}");
}
