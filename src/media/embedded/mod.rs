//! The S3-compatible server of the default set-up.
