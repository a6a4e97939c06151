//! What can go wrong between us and the bucket.

use aws_sdk_s3::config::http::HttpResponse;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};

/// Why an object could not be had, kept or removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MediaError {
    /// No object has this key.
    #[error("no object has this key")]
    NotFound,
    /// The bucket itself is missing.
    #[error("the bucket does not exist: create it, or correct S3_BUCKET_NAME and AWS_REGION")]
    BucketMissing,
    /// The object is larger than the caller wants to hold.
    #[error("the object has more than {limit} bytes")]
    TooLarge {
        /// What the caller allowed, in bytes.
        limit: usize,
    },
    /// S3 answered, and said no: most often wrong or missing rights.
    #[error(
        "S3 refused the request ({code}): {message}. Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and the key's rights"
    )]
    Refused {
        /// S3's own code, such as `AccessDenied`.
        code: String,
        /// S3's own words.
        message: String,
    },
    /// S3 didn't answer in time, or answered that it can't just now. Trying again later makes sense.
    #[error("S3 can't be reached just now: {0}")]
    Unavailable(String),
}

impl MediaError {
    /// Whether the server knows no such operation: others than Amazon's offer less. Some then do what the rest of the
    /// request says, and answer 200 to something that nobody asked.
    #[must_use]
    pub fn is_not_offered(&self) -> bool {
        let codes = ["NotImplemented", "MethodNotAllowed", "status 200", "status 405", "status 501"];
        matches!(self, Self::Refused { code, .. } if codes.contains(&code.as_str()))
    }
}

impl<E> From<SdkError<E, HttpResponse>> for MediaError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    fn from(error: SdkError<E, HttpResponse>) -> Self {
        let SdkError::ServiceError(answer) = &error else { return Self::Unavailable(chain(&error)) };
        let status = answer.raw().status().as_u16();
        match answer.err().code() {
            Some("NoSuchKey" | "NotFound") => Self::NotFound,
            Some("NoSuchBucket") => Self::BucketMissing,
            Some("SlowDown" | "RequestTimeout" | "ServiceUnavailable" | "InternalError") => {
                Self::Unavailable(chain(&error))
            }
            code if (status >= 500 && status != 501 && code != Some("NotImplemented")) || status == 429 => {
                Self::Unavailable(chain(&error))
            }
            code => Self::Refused {
                code: code.map_or_else(|| format!("status {status}"), str::to_owned),
                message: answer.err().message().unwrap_or("no reason given").to_owned(),
            },
        }
    }
}

/// An error and its causes in one line, without the requests and answers that the SDK's `Debug` would print.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
