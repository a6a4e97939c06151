//! The photo store: written, read, linked to, and removed again, as the server does it.

use std::time::Duration;

use bytes::Bytes;
use uuid::Uuid;

use super::finding::Finding;
use super::measures::{not_needed, not_offered, wanted};
use crate::config::Config;
use crate::media::{Measure, MediaError, MediaStore};

/// Where the object that is tried lies: among what goes by itself after a day, if it can't be removed.
const PREFIX: &str = "quarantine/doctor/";

/// How long the link that is tried would live.
const LINK_LIFE: Duration = Duration::from_secs(300);

/// Checks the store with one small object, which is removed again.
pub(super) async fn examine(media: &MediaStore, config: &Config, mut tell: impl FnMut(Finding)) {
    let private = config.storage.bucket.is_none();
    // A listing, because its refusal has words, other than that of a HEAD.
    if let Err(error) = media.list(PREFIX, None).await {
        return tell(failed("bucket", &error, private));
    }
    tell(Finding::ok("bucket", format!("{} is there and answers", media.bucket())));
    let key = format!("{PREFIX}{}.txt", Uuid::new_v4());
    let content = Bytes::from(Uuid::new_v4().to_string());
    match media.put(&key, "text/plain", content.clone()).await {
        Ok(_) => {
            tell(Finding::ok("put", format!("kept {key}")));
            tell(get(media, &key, &content, private).await);
            presigned(media, &key, &content, private, &mut tell).await;
        }
        Err(error) => tell(failed("put", &error, private)),
    }
    // Also after a put that failed: it may have arrived.
    tell(match media.delete(&key).await {
        Ok(()) => Finding::ok("delete", "removed it again"),
        Err(error) => failed("delete", &error, private),
    });
    let origins = config.browser_origins();
    for measure in Measure::ALL {
        match not_needed(measure, &config.storage, &origins) {
            Some(reason) => tell(Finding::noted(measure.name(), reason)),
            None if measure == Measure::Cors => tell(cors(media, &origins, private).await),
            // The private store shows nothing to anybody without a link, and sweeps by itself.
            None if private => {}
            None => tell(set_up(media, measure).await),
        }
    }
}

async fn set_up(media: &MediaStore, measure: Measure) -> Finding {
    let name = measure.name();
    match media.has(measure, &[]).await {
        Ok(true) => Finding::ok(name, wanted(measure, &[])),
        Ok(false) => Finding::failed(
            name,
            format!("it is not so that {}", wanted(measure, &[])),
            "run `friender storage setup`",
        ),
        Err(error) if error.is_not_offered() => Finding::noted(name, not_offered(measure)),
        // The server itself needs no right to look.
        Err(MediaError::Refused { .. }) => Finding::noted(
            name,
            "not checked: this key may not look; deploy/aws/iam_policy.json lists the rights",
        ),
        Err(error) => failed(name, &error, false),
    }
}

async fn get(media: &MediaStore, key: &str, content: &Bytes, private: bool) -> Finding {
    match media.get(key, content.len()).await {
        Ok(object) if object.bytes == content => Finding::ok("get", "read it back"),
        Ok(_) => other_bytes("get"),
        Err(error) => failed("get", &error, private),
    }
}

fn other_bytes(what: &'static str) -> Finding {
    Finding::failed(
        what,
        "other bytes came back than were kept".to_owned(),
        "look for a proxy or cache between here and S3 that changes or mixes up answers",
    )
}

async fn presigned(
    media: &MediaStore,
    key: &str,
    content: &Bytes,
    private: bool,
    tell: &mut impl FnMut(Finding),
) {
    let url = match media.presign_get(key, LINK_LIFE).await {
        Ok(link) => link.url,
        Err(error) => return tell(failed("link", &error, private)),
    };
    tell(match media.fetch_presigned(&url).await {
        Ok(bytes) if bytes == content => Finding::ok("link", format!("fetched from {}", place(&url))),
        Ok(_) => other_bytes("link"),
        Err(error) => Finding::failed(
            "link",
            &error,
            format!(
                "{}; links lead to {}: S3_PUBLIC_ENDPOINT_URL changes that",
                fix_for(&error, private),
                place(&url)
            ),
        ),
    });
    tell(match media.fetch_presigned(&altered(&url)).await {
        Err(MediaError::Refused { .. }) => Finding::ok("altered link", "refused, as it must be"),
        Err(error) => failed("altered link", &error, private),
        Ok(_) => Finding::failed(
            "altered link",
            "anybody can read the bucket's objects".to_owned(),
            "take public read access from the bucket: block public access, and look at its policy",
        ),
    });
}

/// Scheme and host of a link: the rest is as good as a key.
fn place(url: &str) -> String {
    url::Url::parse(url).map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}

/// The same link with one digit of its signature changed.
fn altered(url: &str) -> String {
    let Some((before, signature)) = url.split_once("X-Amz-Signature=") else { return String::new() };
    let (first, rest) = signature.split_at_checked(1).unwrap_or_default();
    let other = if first == "0" { "1" } else { "0" };
    format!("{before}X-Amz-Signature={other}{rest}")
}

async fn cors(media: &MediaStore, origins: &[String], private: bool) -> Finding {
    let allowed = match media.cors_origins().await {
        Ok(allowed) => allowed,
        Err(error) if error.is_not_offered() => return Finding::noted("CORS", not_offered(Measure::Cors)),
        Err(error) => return failed("CORS", &error, private),
    };
    let missing: Vec<&str> = origins
        .iter()
        .filter(|origin| !allowed.iter().any(|allowed| allowed == "*" || allowed == *origin))
        .map(String::as_str)
        .collect();
    match missing.as_slice() {
        [] => Finding::ok("CORS", format!("the bucket lets in {}", origins.join(", "))),
        missing => Finding::failed(
            "CORS",
            format!("the bucket's rules lack {}", missing.join(", ")),
            "run `friender storage setup`; the server does it at its start, too, where its key may",
        ),
    }
}

fn failed(what: &'static str, error: &MediaError, private: bool) -> Finding {
    Finding::failed(what, error, fix_for(error, private))
}

/// What to do about an error of the store; `private` is the one in the data folder.
pub(crate) fn fix_for(error: &MediaError, private: bool) -> &'static str {
    match error {
        MediaError::Refused { code, .. } if code == "RequestTimeTooSkewed" => {
            "set this machine's clock: S3 refuses requests that are 15 minutes off (timedatectl set-ntp true)"
        }
        _ if private => {
            "look at the photo store's folder (objects/ in the data folder): space, owner, permissions"
        }
        MediaError::Refused { code, .. } => match code.as_str() {
            "InvalidAccessKeyId" | "NotSignedUp" => "correct AWS_ACCESS_KEY_ID: S3 doesn't know it",
            "SignatureDoesNotMatch" => {
                "correct AWS_SECRET_ACCESS_KEY: it doesn't belong to AWS_ACCESS_KEY_ID"
            }
            "ExpiredToken" | "InvalidToken" => "renew the temporary keys and AWS_SESSION_TOKEN",
            "AuthorizationHeaderMalformed"
            | "PermanentRedirect"
            | "status 301"
            | "IllegalLocationConstraintException" => "set AWS_REGION to the bucket's region",
            _ => {
                "give the key the rights of deploy/aws/iam_policy.json: s3:ListBucket and s3:GetBucketCORS on the bucket, \
                 s3:PutObject, s3:GetObject and s3:DeleteObject on its objects"
            }
        },
        MediaError::BucketMissing => {
            "run `friender storage setup` to make the bucket, or correct S3_BUCKET_NAME, AWS_REGION and S3_ENDPOINT_URL"
        }
        MediaError::Unavailable(said) if said.contains("credential") => {
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give this machine a profile or role"
        }
        MediaError::Unavailable(_) => {
            "correct S3_ENDPOINT_URL and AWS_REGION, or look at the network on the way"
        }
        MediaError::NotFound | MediaError::TooLarge { .. } => {
            "look for a proxy or cache between here and S3 that changes or mixes up answers"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_altered_link_differs_in_one_digit() {
        assert_eq!(altered("http://h/k?X-Amz-Signature=0a"), "http://h/k?X-Amz-Signature=1a");
        assert_eq!(altered("http://h/k?X-Amz-Signature=ba"), "http://h/k?X-Amz-Signature=0a");
    }

    #[test]
    fn a_wrong_clock_and_wrong_keys_are_told_apart() {
        let refused = |code: &str| MediaError::Refused { code: code.to_owned(), message: String::new() };
        assert!(fix_for(&refused("RequestTimeTooSkewed"), false).contains("clock"));
        assert!(fix_for(&refused("InvalidAccessKeyId"), false).contains("AWS_ACCESS_KEY_ID"));
        assert!(fix_for(&refused("SignatureDoesNotMatch"), false).contains("AWS_SECRET_ACCESS_KEY"));
        assert!(fix_for(&refused("status 403"), false).contains("s3:ListBucket"));
    }
}
