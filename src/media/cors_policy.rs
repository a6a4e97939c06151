//! What scripts of an allowed origin may do with a bucket: one list for the embedded server and for real buckets.

/// Methods of presigned URLs.
pub(crate) const METHODS: [&str; 3] = ["GET", "HEAD", "PUT"];
/// Request headers; signatures decide which of them a request must have.
pub(crate) const HEADERS: [&str; 1] = ["*"];
/// Answer headers that scripts may read.
pub(crate) const EXPOSED: [&str; 1] = ["ETag"];
/// How long browsers may keep a preflight's answer.
pub(crate) const MAX_AGE_SECONDS: i32 = 3600;
