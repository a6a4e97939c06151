//! Which origins' scripts may use presigned URLs. Rules of others stay.

use aws_sdk_s3::types::{CorsConfiguration, CorsRule};

use super::{absent_as_none, documents, malformed};
use crate::media::error::MediaError;
use crate::media::s3::{CALL_TIMEOUT, MediaStore, within};

impl MediaStore {
    /// Lets scripts of exactly these origins use presigned URLs; false if that is so already. Without any, the
    /// bucket's rules stay as they are.
    ///
    /// # Errors
    /// Those of [`MediaStore::put`].
    pub async fn apply_cors(&self, origins: &[String]) -> Result<bool, MediaError> {
        if origins.is_empty() || self.has_cors(origins).await? {
            return Ok(false);
        }
        self.put_cors(origins).await.map(|()| true)
    }

    /// The origins whose scripts may read and write by presigned URLs.
    ///
    /// # Errors
    /// Those of [`MediaStore::put`].
    pub async fn cors_origins(&self) -> Result<Vec<String>, MediaError> {
        let lets_all = |rule: &CorsRule| {
            let methods = &documents::cors().allowed_methods;
            methods.iter().all(|method| rule.allowed_methods.contains(method))
        };
        let rules = self.cors_rules().await?;
        Ok(rules.into_iter().filter(lets_all).flat_map(|rule| rule.allowed_origins).collect())
    }

    pub(super) async fn has_cors(&self, origins: &[String]) -> Result<bool, MediaError> {
        let wanted = rule(origins)?;
        let is_wanted =
            |rule: &CorsRule| is_ours(rule) && shape(rule) == shape(&wanted) && same(rule, &wanted);
        Ok(origins.is_empty() || self.cors_rules().await?.iter().any(is_wanted))
    }

    pub(super) async fn put_cors(&self, origins: &[String]) -> Result<(), MediaError> {
        let mut rules = self.cors_rules().await?;
        rules.retain(|rule| !is_ours(rule));
        rules.push(rule(origins)?);
        let configuration = CorsConfiguration::builder().set_cors_rules(Some(rules)).build();
        let configuration = configuration.map_err(malformed)?;
        within(CALL_TIMEOUT, async {
            let request = self.clients.own.put_bucket_cors().bucket(&*self.bucket);
            request.cors_configuration(configuration).send().await?;
            Ok(())
        })
        .await
    }

    async fn cors_rules(&self) -> Result<Vec<CorsRule>, MediaError> {
        let request = self.clients.own.get_bucket_cors().bucket(&*self.bucket);
        let answer = within(CALL_TIMEOUT, async { Ok(request.send().await?) }).await;
        let answer = absent_as_none(answer, "NoSuchCORSConfiguration")?;
        Ok(answer.and_then(|answer| answer.cors_rules).unwrap_or_default())
    }
}

fn rule(origins: &[String]) -> Result<CorsRule, MediaError> {
    let document = documents::cors();
    CorsRule::builder()
        .id(&document.id)
        .set_allowed_origins(Some(origins.to_vec()))
        .set_allowed_methods(Some(document.allowed_methods.clone()))
        .set_allowed_headers(Some(document.allowed_headers.clone()))
        .set_expose_headers(Some(document.expose_headers.clone()))
        .max_age_seconds(document.max_age_seconds)
        .build()
        .map_err(malformed)
}

/// Ours by its name; some servers forget names, so one of our shape without any is ours, too.
fn is_ours(rule: &CorsRule) -> bool {
    let document = documents::cors();
    match rule.id() {
        Some(id) => id == document.id,
        None => shape(rule) == (document.allowed_methods.as_slice(), document.expose_headers.as_slice()),
    }
}

/// What a rule says, but for its origins.
fn shape(rule: &CorsRule) -> (&[String], &[String]) {
    (rule.allowed_methods(), rule.expose_headers())
}

/// Whether two rules let in the same origins, in any order.
fn same(one: &CorsRule, other: &CorsRule) -> bool {
    let sorted = |rule: &CorsRule| {
        let mut origins = rule.allowed_origins().to_vec();
        origins.sort_unstable();
        origins
    };
    sorted(one) == sorted(other)
}
