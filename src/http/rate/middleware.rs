//! Every request is counted before anything is done for it.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, ResponseError, web};

use super::address::ClientAddress;
use super::class::Class;
use super::limits::{LimitKey, RateLimits, Reached, Standing, whole_seconds};
use crate::http::ApiError;

const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Middleware: notes the client's address, counts the request, and answers 429 where a limit is reached. The headers
/// `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers) tell what is left.
pub async fn limit_rates<B: MessageBody + 'static>(
    limits: web::Data<RateLimits>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let address = ClientAddress::of(request.peer_addr(), request.headers(), &limits.proxies);
    request.extensions_mut().insert(address);
    let keys = keys(&limits, &request, address);
    let mut standings = Vec::new();
    for (class, key) in &keys {
        match limits.count(*class, *key) {
            Ok(standing) => standings.extend(standing),
            Err(reached) => return Ok(refuse(request, reached)),
        }
    }
    let mut response = next.call(request).await?;
    for (class, key) in keys.into_iter().filter(|(class, _)| class.forgives(response.status())) {
        limits.give_back(class, key);
    }
    tell(response.headers_mut(), &standings);
    Ok(response.map_into_left_body())
}

fn keys(limits: &RateLimits, request: &ServiceRequest, address: ClientAddress) -> Vec<(Class, LimitKey)> {
    let classes = Class::of(request.method(), request.path(), &limits.faces);
    if classes.is_empty() {
        return Vec::new();
    }
    let account = (limits.identify)(request.request()).map(LimitKey::Account);
    let key = |class: Class| match account {
        Some(account) if !class.is_by_address() => account,
        _ => address.into(),
    };
    classes.into_iter().map(|class| (class, key(class))).collect()
}

fn refuse<B>(request: ServiceRequest, reached: Reached) -> ServiceResponse<EitherBody<B>> {
    let mut response = ApiError::from(reached).error_response();
    tell(response.headers_mut(), &[reached.standing]);
    request.into_response(response).map_into_right_body()
}

fn tell(headers: &mut HeaderMap, standings: &[Standing]) {
    let list = |item: &dyn Fn(&Standing) -> String| {
        let items: Vec<String> = standings.iter().map(item).collect();
        HeaderValue::from_str(&items.join(", ")).ok().filter(|_| !items.is_empty())
    };
    let policy =
        |s: &Standing| format!("\"{}\";q={};w={}", s.class.name(), s.rate.count, s.rate.period.as_secs());
    let left = |s: &Standing| format!("\"{}\";r={};t={}", s.class.name(), s.left, whole_seconds(s.full_in));
    if let (Some(policy), Some(left)) = (list(&policy), list(&left)) {
        headers.insert(RATE_LIMIT_POLICY, policy);
        headers.insert(RATE_LIMIT, left);
    }
}
