//! The documents of deploy/aws, which people apply by hand and `friender storage setup` applies for them: one source.

use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::Value;

const CORS: &str = include_str!("../../../deploy/aws/bucket_cors_policy.json");
const LIFECYCLE: &str = include_str!("../../../deploy/aws/lifecycle.json");
const POLICY: &str = include_str!("../../../deploy/aws/bucket_policy.json");

/// What stands in the documents where a bucket's name belongs.
const BUCKET_NAME: &str = "your-bucket-name";

/// What scripts of an allowed origin may do with a bucket; the origins are settings.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::media) struct CorsDocument {
    /// Marks the rule as ours among others.
    #[serde(rename = "ID")]
    pub(in crate::media) id: String,
    /// Methods of presigned URLs.
    pub(in crate::media) allowed_methods: Vec<String>,
    /// Request headers; signatures decide which of them a request must have.
    pub(in crate::media) allowed_headers: Vec<String>,
    /// Answer headers that scripts may read.
    pub(in crate::media) expose_headers: Vec<String>,
    /// How long browsers may keep a preflight's answer.
    pub(in crate::media) max_age_seconds: i32,
}

/// One rule of the bucket's own housekeeping.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct LifecycleDocument {
    #[serde(rename = "ID")]
    pub(super) id: String,
    pub(super) filter: FilterDocument,
    pub(super) expiration: Option<ExpirationDocument>,
    pub(super) abort_incomplete_multipart_upload: Option<AbortDocument>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct FilterDocument {
    pub(super) prefix: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ExpirationDocument {
    pub(super) days: i32,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct AbortDocument {
    pub(super) days_after_initiation: i32,
}

#[derive(Default, Deserialize)]
struct CorsFile {
    #[serde(rename = "CORSRules")]
    rules: Vec<CorsDocument>,
}

#[derive(Default, Deserialize)]
struct LifecycleFile {
    #[serde(rename = "Rules")]
    rules: Vec<LifecycleDocument>,
}

/// The one CORS rule.
pub(in crate::media) fn cors() -> &'static CorsDocument {
    static DOCUMENT: LazyLock<CorsDocument> =
        LazyLock::new(|| parsed::<CorsFile>(CORS).rules.into_iter().next().unwrap_or_default());
    &DOCUMENT
}

/// All lifecycle rules.
pub(super) fn lifecycle() -> &'static [LifecycleDocument] {
    static DOCUMENT: LazyLock<Vec<LifecycleDocument>> =
        LazyLock::new(|| parsed::<LifecycleFile>(LIFECYCLE).rules);
    &DOCUMENT
}

/// The policy's statements for this bucket.
pub(super) fn policy_statements(bucket: &str, region: &str) -> Vec<Value> {
    let partition = match region {
        china if china.starts_with("cn-") => "arn:aws-cn:s3",
        government if government.starts_with("us-gov-") => "arn:aws-us-gov:s3",
        _ => "arn:aws:s3",
    };
    let text = POLICY.replace("arn:aws:s3", partition).replace(BUCKET_NAME, bucket);
    statements(&parsed(&text))
}

/// The statements of a policy; a single one needs no list.
pub(super) fn statements(policy: &Value) -> Vec<Value> {
    match policy.get("Statement") {
        Some(Value::Array(statements)) => statements.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    }
}

/// The tests hold the documents to their form, so the default is never seen.
fn parsed<T: Default + for<'a> Deserialize<'a>>(text: &str) -> T {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const IAM: &str = include_str!("../../../deploy/aws/iam_policy.json");
    const IAM_SETUP: &str = include_str!("../../../deploy/aws/iam_setup_policy.json");

    #[test]
    fn the_documents_say_what_is_promised() {
        assert_eq!(cors().id, "friender");
        assert_eq!(cors().allowed_methods, ["GET", "HEAD", "PUT"]);
        assert_eq!(
            (cors().expose_headers.as_slice(), cors().max_age_seconds),
            (&["ETag".to_owned()][..], 3600)
        );
        let [abort, expire] = lifecycle() else { panic!("{:?}", lifecycle()) };
        assert_eq!(abort.abort_incomplete_multipart_upload.as_ref().unwrap().days_after_initiation, 1);
        assert_eq!((abort.filter.prefix.as_str(), &abort.expiration), ("", &None));
        assert_eq!(
            (expire.filter.prefix.as_str(), expire.expiration.as_ref().unwrap().days),
            ("quarantine/", 1)
        );
        for (region, partition) in
            [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")]
        {
            let statements = policy_statements("my-photos", region);
            let [only] = statements.as_slice() else { panic!("{statements:?}") };
            assert_eq!(only["Resource"][1], format!("arn:{partition}:s3:::my-photos/*"));
            assert_eq!(
                (&only["Effect"], &only["Condition"]["Bool"]["aws:SecureTransport"]),
                (&"Deny".into(), &"false".into())
            );
        }
    }

    /// Least privilege: objects below three prefixes, and of the bucket only what is looked at and CORS.
    #[test]
    fn the_servers_rights_end_at_its_prefixes() {
        let policy: Value = serde_json::from_str(IAM).unwrap();
        let mut objects = 0;
        for statement in statements(&policy) {
            let actions: Vec<&str> = statement["Action"]
                .as_array()
                .unwrap()
                .iter()
                .map(|action| action.as_str().unwrap())
                .collect();
            assert!(actions.iter().all(|action| !action.contains(['*', '?'])), "{actions:?}");
            if actions.iter().any(|action| action.ends_with("Object")) {
                objects += 1;
                let prefixes = ["photos", "quarantine", "exports"];
                let expected: Vec<Value> =
                    prefixes.map(|prefix| format!("arn:aws:s3:::{BUCKET_NAME}/{prefix}/*").into()).to_vec();
                assert_eq!(statement["Resource"], Value::from(expected));
            } else {
                assert_eq!(statement["Resource"], format!("arn:aws:s3:::{BUCKET_NAME}"));
            }
        }
        assert_eq!(objects, 1);
        assert!(
            IAM_SETUP.contains("s3:CreateBucket") && !IAM_SETUP.contains("Object\""),
            "set-up needs no objects"
        );
    }
}
