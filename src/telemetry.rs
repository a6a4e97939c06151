//! Logs: structured events on stderr, as text for people or JSON for machines.

use std::io::{self, IsTerminal as _};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::{LogConfig, LogFormat};

/// Dependencies that talk much and say little, and how much of it is heard unless the filter names them.
const CAPS: &[(&str, LevelFilter)] = &[
    ("actix_server", LevelFilter::WARN),
    ("aws_config", LevelFilter::WARN),
    ("aws_runtime", LevelFilter::WARN),
    ("aws_sdk_s3", LevelFilter::WARN),
    ("aws_smithy_http_client", LevelFilter::WARN),
    ("aws_smithy_runtime", LevelFilter::WARN),
    ("h2", LevelFilter::WARN),
    ("hyper", LevelFilter::WARN),
    ("hyper_util", LevelFilter::WARN),
    ("mio", LevelFilter::WARN),
    ("r2d2", LevelFilter::WARN),
    ("rustls", LevelFilter::WARN),
    // Calls every refusal of a client's request, such as a link that has expired, an error.
    ("s3s", LevelFilter::OFF),
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
    let named = |module: &str| parts.iter().any(|part| part.split(['=', ':']).next() == Some(module));
    let lowers = |cap: LevelFilter| base.is_some_and(|level| cap < level);
    let capped = CAPS.iter().filter(|(module, cap)| lowers(*cap) && !named(module));
    let capped: Vec<String> = capped.map(|(module, cap)| format!("{module}={cap}")).collect();
    parts.extend(capped);
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
        for text in ["trace", "info"] {
            assert!(parts(text).contains("s3s=off") && parts(text).contains("hyper=warn"), "{text}");
        }
        // A level that is low already is never raised, but s3s stays off below each.
        for text in ["warn", "error"] {
            assert!(parts(text).contains("s3s=off") && !parts(text).contains("hyper="), "{text}");
        }
        assert!(!parts("off").contains('='));
        for text in ["info,s3s=debug", "info,s3s::auth=debug"] {
            assert!(!parts(text).contains("s3s=off") && parts(text).contains("hyper=warn"), "{text}");
        }
    }
}
