//! Why settings were refused.

use std::path::PathBuf;

use super::layers::Origin;

/// Settings that can't be used; every message says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value that doesn't parse or is out of range.
    #[error("{name} can't be {shown} (source: {origin}): {accepted}")]
    Invalid {
        /// The setting.
        name: &'static str,
        /// The value in quotes, or `used as given` for a secret one.
        shown: String,
        /// Where the value came from.
        origin: Origin,
        /// What would be accepted.
        accepted: String,
    },
    /// A setting that must be given here.
    #[error("{name} is not set: {advice}")]
    Missing {
        /// The setting.
        name: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// Settings that don't fit each other.
    #[error("{0}")]
    Conflict(&'static str),
    /// An environment variable that is not text.
    #[error("{0} is not valid UTF-8 (source: environment): give plain text")]
    NotText(String),
    /// A file of settings that can't be read.
    #[error("{} can't be read: check that it exists and that you may read it", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// A file of settings with a syntax error. Never quotes the line: it may hold a secret.
    #[error("{} has a mistake {place}: {problem}", .path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// Which line or which name.
        place: String,
        /// What is wrong.
        problem: String,
    },
    /// A key of the TOML file that names no setting.
    #[error("{}: unknown key {key:?}; the nearest known one is {nearest:?} (`friender config --example` lists all)", .path.display())]
    UnknownKey {
        /// The file.
        path: PathBuf,
        /// What it says.
        key: String,
        /// What may have been meant.
        nearest: String,
    },
    /// A key of the TOML file with a value of a wrong kind, or given twice.
    #[error("{}: {key} {problem}", .path.display())]
    BadKey {
        /// The file.
        path: PathBuf,
        /// The key.
        key: String,
        /// What is wrong and what would be right.
        problem: &'static str,
    },
}
