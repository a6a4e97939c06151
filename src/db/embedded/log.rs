//! The server's log: one file of bounded size, and the one of the run before.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::{ClusterError, at};

/// A log that grows beyond this is emptied.
const LARGEST: u64 = 32 << 20;

/// How much of its end an error quotes.
const QUOTED_LINES: usize = 6;

/// Starts a new log and keeps the last run's beside it.
pub(super) fn begin(path: &Path) -> Result<(), ClusterError> {
    match fs::rename(path, path.with_extension("log.1")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(path)(error)),
        _ => Ok(()),
    }
}

/// Opens the log for a server's process. Appending, so that emptying it leaves no hole.
pub(super) fn open(path: &Path) -> Result<File, ClusterError> {
    OpenOptions::new().append(true).create(true).mode(0o600).open(path).map_err(at(path))
}

/// Empties a log that has grown too large.
pub(super) fn keep_short(path: &Path) {
    if fs::metadata(path).is_ok_and(|metadata| metadata.len() > LARGEST) {
        let emptied = OpenOptions::new().write(true).open(path).and_then(|file| file.set_len(0));
        tracing::info!(log = %path.display(), emptied = emptied.is_ok(), "PostgreSQL's log was full");
    }
}

/// What the server said last, for an error message.
pub(super) fn end_of(path: &Path) -> String {
    let read = || -> io::Result<String> {
        let mut file = File::open(path)?;
        let start = file.metadata()?.len().saturating_sub(4096);
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    read().map_or_else(|_| "it left no message".to_owned(), |text| last_lines(&text))
}

/// The last lines of a text as one line.
pub(super) fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let start = lines.len().saturating_sub(QUOTED_LINES);
    lines.get(start..).unwrap_or_default().join("; ")
}
