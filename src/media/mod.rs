//! Objects in S3.

pub(crate) mod cors_policy;
pub mod embedded;
