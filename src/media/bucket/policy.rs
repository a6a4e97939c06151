//! The bucket's policy: no request without TLS. Statements of others stay.

use serde_json::{Value, json};

use super::{absent_as_none, documents, setting};
use crate::media::error::{MediaError, chain};
use crate::media::s3::MediaStore;

impl MediaStore {
    pub(super) async fn has_policy(&self) -> Result<bool, MediaError> {
        let there = self.policy().await?.map(|policy| documents::statements(&policy)).unwrap_or_default();
        Ok(self.wanted().iter().all(|wanted| there.contains(wanted)))
    }

    pub(super) async fn put_policy(&self) -> Result<(), MediaError> {
        let wanted = self.wanted();
        let is_ours = |one: &Value| wanted.iter().any(|ours| ours.get("Sid") == one.get("Sid"));
        let mut policy = self.policy().await?.unwrap_or_else(|| json!({ "Version": "2012-10-17" }));
        let mut statements = documents::statements(&policy);
        statements.retain(|one| !is_ours(one));
        statements.extend(wanted.iter().cloned());
        if let Some(policy) = policy.as_object_mut() {
            policy.insert("Statement".to_owned(), statements.into());
        }
        let request = self.clients.own.put_bucket_policy().bucket(&*self.bucket);
        let request = request.policy(policy.to_string());
        setting(async { Ok(request.send().await?) }).await.map(drop)
    }

    fn wanted(&self) -> Vec<Value> {
        documents::policy_statements(&self.bucket, &self.region())
    }

    async fn policy(&self) -> Result<Option<Value>, MediaError> {
        let request = self.clients.own.get_bucket_policy().bucket(&*self.bucket);
        let answer = setting(async { Ok(request.send().await?) }).await;
        let Some(text) = absent_as_none(answer, "NoSuchBucketPolicy")?.and_then(|answer| answer.policy)
        else {
            return Ok(None);
        };
        serde_json::from_str(&text).map(Some).map_err(|error| MediaError::Refused {
            code: "MalformedPolicy".to_owned(),
            message: chain(&error),
        })
    }
}
