//! What a bucket's measures mean, in words: when one doesn't apply, what it brings, what to do without.

use crate::config::StorageConfig;
use crate::media::Measure;

/// Why a measure doesn't apply to this bucket.
pub(crate) fn not_needed(
    measure: Measure,
    storage: &StorageConfig,
    origins: &[String],
) -> Option<&'static str> {
    let plain = storage.endpoint.as_ref().is_some_and(|endpoint| endpoint.scheme() == "http");
    match measure {
        Measure::Cors if origins.is_empty() => Some(
            "FRIENDER_CORS_ORIGINS names no origin, so no browser could upload; name the web app's there",
        ),
        Measure::TlsOnly if plain => {
            Some("not set: S3_ENDPOINT_URL is plain http, and the policy would shut us out")
        }
        _ => None,
    }
}

/// What a measure brings, in plain words.
pub(crate) fn wanted(measure: Measure, origins: &[String]) -> String {
    match measure {
        Measure::PublicAccess => "all public access is blocked".to_owned(),
        Measure::Ownership => "objects belong to the bucket's owner, access lists have no effect".to_owned(),
        Measure::TlsOnly => "requests without TLS are refused".to_owned(),
        Measure::Cors => format!("pages of {} may upload and download by links", origins.join(", ")),
        Measure::Lifecycle => "what is in quarantine/ and unfinished uploads go after a day".to_owned(),
    }
}

/// What to do where a server has no such thing.
pub(crate) fn not_offered(measure: Measure) -> &'static str {
    match measure {
        Measure::PublicAccess | Measure::Ownership => {
            "this S3 server has no such setting: see to it that its buckets are not public"
        }
        Measure::TlsOnly => "this S3 server has no such setting: let nothing but TLS reach it",
        Measure::Cors => {
            "this S3 server has no such setting: let it allow the web app's origin in its own way"
        }
        Measure::Lifecycle => {
            "this S3 server has no such setting: Friender itself removes what was never confirmed"
        }
    }
}
