//! The bucket's own housekeeping. Rules of others stay.

use aws_sdk_s3::types::{
    AbortIncompleteMultipartUpload, BucketLifecycleConfiguration, ExpirationStatus, LifecycleExpiration,
    LifecycleRule, LifecycleRuleFilter,
};

use super::documents::{self, LifecycleDocument};
use super::{absent_as_none, malformed, setting};
use crate::media::error::MediaError;
use crate::media::s3::MediaStore;

impl MediaStore {
    pub(super) async fn has_lifecycle(&self) -> Result<bool, MediaError> {
        let there = self.lifecycle_rules().await?;
        let is_there = |wanted: &LifecycleDocument| there.iter().any(|rule| does(rule, wanted));
        Ok(documents::lifecycle().iter().all(is_there))
    }

    pub(super) async fn put_lifecycle(&self) -> Result<(), MediaError> {
        let is_ours = |rule: &LifecycleRule| {
            documents::lifecycle().iter().any(|ours| rule.id() == Some(ours.id.as_str()))
        };
        let mut rules = self.lifecycle_rules().await?;
        rules.retain(|rule| !is_ours(rule));
        for wanted in documents::lifecycle() {
            rules.push(rule(wanted)?);
        }
        let configuration =
            BucketLifecycleConfiguration::builder().set_rules(Some(rules)).build().map_err(malformed)?;
        let request = self.clients.own.put_bucket_lifecycle_configuration().bucket(&*self.bucket);
        let request = request.lifecycle_configuration(configuration);
        setting(async { Ok(request.send().await?) }).await.map(drop)
    }

    async fn lifecycle_rules(&self) -> Result<Vec<LifecycleRule>, MediaError> {
        let request = self.clients.own.get_bucket_lifecycle_configuration().bucket(&*self.bucket);
        let answer = setting(async { Ok(request.send().await?) }).await;
        let answer = absent_as_none(answer, "NoSuchLifecycleConfiguration")?;
        Ok(answer.and_then(|answer| answer.rules).unwrap_or_default())
    }
}

/// Whether a rule, whoever made it, does what is wanted.
fn does(rule: &LifecycleRule, wanted: &LifecycleDocument) -> bool {
    let prefix = rule.filter().and_then(LifecycleRuleFilter::prefix).unwrap_or_default();
    let days = rule.expiration().and_then(LifecycleExpiration::days);
    let abort = rule
        .abort_incomplete_multipart_upload()
        .and_then(AbortIncompleteMultipartUpload::days_after_initiation);
    rule.status() == &ExpirationStatus::Enabled
        && prefix == wanted.filter.prefix
        && days == wanted.expiration.as_ref().map(|expiration| expiration.days)
        && abort == wanted.abort_incomplete_multipart_upload.as_ref().map(|abort| abort.days_after_initiation)
}

fn rule(wanted: &LifecycleDocument) -> Result<LifecycleRule, MediaError> {
    let expiration = wanted.expiration.as_ref();
    let abort = wanted.abort_incomplete_multipart_upload.as_ref();
    LifecycleRule::builder()
        .id(&wanted.id)
        .status(ExpirationStatus::Enabled)
        .filter(LifecycleRuleFilter::builder().prefix(&wanted.filter.prefix).build())
        .set_expiration(expiration.map(|one| LifecycleExpiration::builder().days(one.days).build()))
        .set_abort_incomplete_multipart_upload(abort.map(|abort| {
            let days = abort.days_after_initiation;
            AbortIncompleteMultipartUpload::builder().days_after_initiation(days).build()
        }))
        .build()
        .map_err(malformed)
}
