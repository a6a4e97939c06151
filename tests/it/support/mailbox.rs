//! What the server mailed: the letters in its outbox.

use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use quoted_printable::ParseMode;

use super::app::TestApp;
use super::wait::eventually;

/// A letter that arrived.
#[derive(Debug, Clone)]
pub struct Received {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Received {
    /// Reads a letter as it goes over the wire.
    pub fn parse(raw: &str) -> Self {
        let header = |name: &str| {
            let line = raw.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
            line.unwrap_or_default().trim().trim_matches(['<', '>']).to_owned()
        };
        let part = |kind: &str| {
            let begin = raw.find(&format!("Content-Type: {kind}")).expect("the part");
            let (head, body) = raw[begin..].split_once("\r\n\r\n").expect("a body");
            let body = body.split("\r\n--").next().unwrap_or_default();
            let bytes = match head.split_once("Content-Transfer-Encoding: ").map(|(_, how)| how.trim()) {
                Some("base64") => STANDARD.decode(body.replace("\r\n", "")).expect("base64"),
                Some("quoted-printable") => quoted_printable::decode(body, ParseMode::Strict).expect("that"),
                _ => body.as_bytes().to_vec(),
            };
            String::from_utf8(bytes).expect("UTF-8")
        };
        Self {
            to: header("To"),
            subject: header("Subject"),
            text: part("text/plain"),
            html: part("text/html"),
        }
    }

    /// What stands behind the `#` of its link: what the link does, and the key.
    pub fn link(&self) -> (&str, &str) {
        let (_, rest) = self.text.split_once("/mail-link#").expect("a link");
        rest.split_whitespace().next().and_then(|link| link.split_once('=')).expect("a verb and a key")
    }

    /// The key in its link.
    pub fn token(&self) -> &str {
        self.link().1
    }
}

pub(super) fn read(folder: &Path) -> Vec<Received> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "eml"));
    // Their names are times.
    files.sort();
    files
        .iter()
        .filter_map(|file| std::fs::read_to_string(file).ok())
        .map(|raw| Received::parse(&raw))
        .collect()
}

/// All letters, in the order in which they were asked for.
pub fn letters(app: &TestApp) -> Vec<Received> {
    read(&app.data_dir.path().join("outbox"))
}

/// Waits for the newest of at least `count` letters to an address whose subject begins so.
pub async fn mailed(app: &TestApp, to: &str, subject: &str, count: usize) -> Received {
    let found = || {
        let all = letters(app).into_iter();
        all.filter(|letter| letter.to == to && letter.subject.starts_with(subject)).collect::<Vec<_>>()
    };
    eventually(&format!("{count} × {subject} at {to}"), async || found().len() >= count).await;
    found().pop().expect("a letter")
}
