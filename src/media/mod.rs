//! Objects in S3.

pub mod embedded;
