//! A letter, and what is written down of it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use uuid::Uuid;

/// A letter to one person, in plain text and in HTML.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Names it: in the Message-ID, so that a letter sent twice is shown once, and in the outbox.
    pub id: Uuid,
    /// The address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The link in it, if there is one.
    pub link: Option<String>,
}

impl Letter {
    /// The letter as mail programs read it (RFC 5322, RFC 2045).
    pub(super) fn bytes(&self, from: &str) -> Vec<u8> {
        let Self { id, to, subject, text, html, .. } = self;
        let date = Utc::now().to_rfc2822();
        let part = |kind: &str, body: &str| {
            let encoded = STANDARD.encode(body);
            let lines: Vec<&str> =
                encoded.as_bytes().chunks(76).filter_map(|line| std::str::from_utf8(line).ok()).collect();
            format!(
                "--{id}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
                lines.join("\r\n")
            )
        };
        format!(
            "From: {from}\r\nTo: {to}\r\nDate: {date}\r\nMessage-ID: <{id}@friender>\r\nSubject: {subject}\r\n\
             Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/alternative; boundary=\"{id}\"\r\n\r\n{}{}--{id}--\r\n",
            part("text/plain", text),
            part("text/html", html)
        )
        .into_bytes()
    }
}
