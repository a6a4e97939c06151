//! Objects in S3: real S3 and the embedded server of the default set-up go the same way, through the SDK.
//!
//! No access list is ever sent (buckets belong to their owner alone), and nothing is public: clients read and write
//! by presigned URLs, which say which object, until when, and for writing which type and length.

mod bucket;
mod client;
pub mod embedded;
mod error;
mod files;
mod presign;
mod probe;
mod s3;
#[cfg(test)]
mod tests;

pub use bucket::Measure;
pub use client::StoreConfig;
pub use error::MediaError;
pub use presign::{PresignedGet, PresignedPut};
pub use s3::{Listing, MediaStore, Object, ObjectInfo};
