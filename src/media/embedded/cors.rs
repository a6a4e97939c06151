//! Cross-origin rules by bucket, and the answers that follow from them.
//!
//! Source: the Fetch standard's CORS protocol, and S3's evaluation of a bucket's CORS configuration
//! (the first rule that fits origin, method and every asked header).

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use hyper::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_HEADERS,
    ACCESS_CONTROL_REQUEST_METHOD, HeaderMap, HeaderValue, ORIGIN, VARY,
};
use hyper::{Method, StatusCode};
use s3s::dto::CORSRule;
use s3s::{Body, HttpResponse};

use crate::media::bucket::documents;

/// The rules of every bucket. Changed by PutBucketCors, kept in memory: each start gives them anew.
#[derive(Debug, Default)]
pub(super) struct CorsRules {
    by_bucket: RwLock<HashMap<String, Vec<CORSRule>>>,
}

impl CorsRules {
    /// One bucket whose objects the given origins may read and write.
    pub(super) fn for_origins(bucket: &str, origins: &[String]) -> Self {
        let rules = Self::default();
        if !origins.is_empty() {
            rules.set(bucket, vec![rule_for(origins)]);
        }
        rules
    }

    /// Replaces the rules of a bucket.
    pub(super) fn set(&self, bucket: &str, rules: Vec<CORSRule>) {
        let mut by_bucket = self.by_bucket.write().unwrap_or_else(PoisonError::into_inner);
        by_bucket.insert(bucket.to_owned(), rules);
    }

    /// The rules of a bucket; none if it has none.
    pub(super) fn get(&self, bucket: &str) -> Vec<CORSRule> {
        let by_bucket = self.by_bucket.read().unwrap_or_else(PoisonError::into_inner);
        by_bucket.get(bucket).cloned().unwrap_or_default()
    }

    /// The answer to a browser's question whether a request would be allowed.
    pub(super) fn preflight(&self, bucket: &str, headers: &HeaderMap) -> HttpResponse {
        let mut response = HttpResponse::new(Body::empty());
        let (Some(origin), Some(method)) =
            (headers.get(ORIGIN), text(headers.get(ACCESS_CONTROL_REQUEST_METHOD)))
        else {
            *response.status_mut() = StatusCode::BAD_REQUEST;
            return response;
        };
        vary(response.headers_mut());
        let asked = headers.get(ACCESS_CONTROL_REQUEST_HEADERS);
        let rules = self.get(bucket);
        let Some(rule) = rules.iter().find(|rule| {
            allows(rule, origin, method) && allows_headers(rule, text(asked).unwrap_or_default())
        }) else {
            *response.status_mut() = StatusCode::FORBIDDEN;
            return response;
        };
        let answer = response.headers_mut();
        insert(answer, rule, origin);
        if let Some(asked) = asked {
            answer.insert(ACCESS_CONTROL_ALLOW_HEADERS, asked.clone());
        }
        if let Some(seconds) = rule.max_age_seconds {
            answer.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from(seconds));
        }
        response
    }

    /// Adds to an answer what lets the origin's scripts read it.
    pub(super) fn mark(
        &self,
        bucket: &str,
        method: &Method,
        origin: Option<&HeaderValue>,
        answer: &mut HeaderMap,
    ) {
        // Also without an origin: a cached answer to an <img> must not be given to a script later.
        vary(answer);
        let Some(origin) = origin else { return };
        if let Some(rule) = self.get(bucket).iter().find(|rule| allows(rule, origin, method.as_str())) {
            insert(answer, rule, origin);
        }
    }
}

/// The bucket that a path-style request names.
pub(super) fn bucket_of(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}

fn rule_for(origins: &[String]) -> CORSRule {
    let document = documents::cors();
    CORSRule {
        id: Some(document.id.clone()),
        allowed_origins: origins.to_vec(),
        allowed_methods: document.allowed_methods.clone(),
        allowed_headers: Some(document.allowed_headers.clone()),
        expose_headers: Some(document.expose_headers.clone()),
        max_age_seconds: Some(document.max_age_seconds),
    }
}

fn text(value: Option<&HeaderValue>) -> Option<&str> {
    value.and_then(|value| value.to_str().ok())
}

fn allows(rule: &CORSRule, origin: &HeaderValue, method: &str) -> bool {
    let Ok(origin) = origin.to_str() else { return false };
    rule.allowed_origins.iter().any(|allowed| allowed == "*" || allowed == origin)
        && rule.allowed_methods.iter().any(|allowed| allowed == method)
}

fn allows_headers(rule: &CORSRule, asked: &str) -> bool {
    let allowed = rule.allowed_headers.as_deref().unwrap_or_default();
    asked
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .all(|name| allowed.iter().any(|one| one == "*" || one.eq_ignore_ascii_case(name)))
}

fn insert(answer: &mut HeaderMap, rule: &CORSRule, origin: &HeaderValue) {
    answer.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    let exposed = rule.expose_headers.as_deref().unwrap_or_default().join(", ");
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_METHODS, rule.allowed_methods.join(", ")),
        (ACCESS_CONTROL_EXPOSE_HEADERS, exposed),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value)
            && !value.is_empty()
        {
            answer.insert(name, value);
        }
    }
}

fn vary(answer: &mut HeaderMap) {
    answer.insert(
        VARY,
        HeaderValue::from_static("Origin, Access-Control-Request-Headers, Access-Control-Request-Method"),
    );
}
