//! Logs: structured events on stderr, as text for people or JSON for machines.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{LogConfig, LogFormat};

/// Dependencies that talk much and say little. Heard at warn, unless the filter names them.
const NOISY: &[&str] = &[
    "actix_server",
    "aws_config",
    "aws_runtime",
    "aws_sdk_s3",
    "aws_smithy_http_client",
    "aws_smithy_runtime",
    "h2",
    "hyper",
    "hyper_util",
    "mio",
    "r2d2",
    "rustls",
    "s3s",
];

/// Why logs can't be set up.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// A filter that nobody would understand as meant.
    #[error(
        "FRIENDER_LOG can't be {filter:?}: {part:?} is neither a level (error, warn, info, debug, trace, off) nor MODULE=LEVEL; write for example info,friender=debug"
    )]
    Filter {
        /// The whole filter.
        filter: String,
        /// Its part that is wrong.
        part: String,
    },
    /// Something else has claimed the process's logs.
    #[error("logs are already set up in this process")]
    AlreadySet,
}

/// Sets up the process's logs. To be called once.
///
/// # Errors
/// [`TelemetryError::Filter`] when the filter is malformed.
pub fn init(config: &LogConfig) -> Result<(), TelemetryError> {
    let builder = tracing_subscriber::fmt().with_env_filter(filter(&config.filter)?).with_writer(io::stderr);
    let done = match config.format {
        LogFormat::Json => builder.json().flatten_event(true).finish().try_init(),
        // Left to itself the layer honours NO_COLOR, so colours are only ever taken away here.
        LogFormat::Text if io::stderr().is_terminal() => builder.finish().try_init(),
        LogFormat::Text => builder.with_ansi(false).finish().try_init(),
    };
    done.map_err(|_| TelemetryError::AlreadySet)
}

/// Stricter than the library, which takes a misspelt level for a module's name and then stays silent.
fn filter(text: &str) -> Result<EnvFilter, TelemetryError> {
    let mut parts = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        if !understood(part) {
            return Err(TelemetryError::Filter { filter: text.to_owned(), part: part.to_owned() });
        }
        parts.push(part.to_owned());
    }
    let base = parts.iter().filter_map(|part| part.parse::<LevelFilter>().ok()).next_back();
    if base.is_some_and(|level| level > LevelFilter::WARN) {
        let named = |module: &str| parts.iter().any(|part| part.split(['=', ':']).next() == Some(module));
        let quiet: Vec<_> =
            NOISY.iter().filter(|module| !named(module)).map(|m| format!("{m}=warn")).collect();
        parts.extend(quiet);
    }
    EnvFilter::try_new(parts.join(","))
        .map_err(|_| TelemetryError::Filter { filter: text.to_owned(), part: text.to_owned() })
}

fn understood(part: &str) -> bool {
    let is_level = |text: &str| text.parse::<LevelFilter>().is_ok();
    match part.split_once('=') {
        Some((module, level)) => {
            let spelt = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '-');
            !module.is_empty() && module.chars().all(spelt) && is_level(level)
        }
        None => is_level(part),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_modules_are_taken() {
        for text in
            ["info", "WARN", "off", "info,friender=debug", " info , friender::db=trace,", "friender=off", ""]
        {
            assert!(filter(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn what_would_silently_mean_something_else_is_refused_by_name() {
        for (text, part) in [
            ("inof", "inof"),
            ("info,friender", "friender"),
            ("info,friender=loud", "friender=loud"),
            ("info;friender=debug", "info;friender=debug"),
            ("=debug", "=debug"),
        ] {
            let message = filter(text).unwrap_err().to_string();
            assert!(message.contains("FRIENDER_LOG") && message.contains(&format!("{part:?}")), "{message}");
        }
    }

    #[test]
    fn noisy_dependencies_are_quiet_unless_named_or_already_quieter() {
        let parts = |text| filter(text).unwrap().to_string();
        assert!(parts("info").contains("s3s=off"));
        assert!(!parts("info,s3s=debug").contains("s3s=off"));
        assert!(!parts("info,s3s::auth=debug").contains("s3s=off"));
        assert!(!parts("error").contains("warn"));
        assert!(!parts("off").contains("warn"));
    }
}
