//! What every answer gets on its way out: security headers, and a problem body where a library left none.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, ResponseError, web};

use super::ApiError;
use super::health::Stopping;

const HEADERS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
];

/// Middleware: security headers on every answer, `no-store` unless a handler said otherwise, and
/// problem+json also for the errors that the framework made itself. HEAD is routed as GET: the protocol's layer below
/// remembers it and leaves the body away.
pub async fn finish_response<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    let response = next.call(request).await?.map_into_boxed_body();
    let mut response = if is_bare_error(&response) { with_problem(response) } else { response };
    let stopping = response.request().app_data::<web::Data<Stopping>>().is_some_and(|s| s.has_begun());
    if stopping || [StatusCode::PAYLOAD_TOO_LARGE, StatusCode::REQUEST_TIMEOUT].contains(&response.status()) {
        // The rest of what is too large or too slow isn't waited for, and a server that stops isn't come back to.
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

fn is_bare_error(response: &ServiceResponse<BoxBody>) -> bool {
    let status = response.status();
    let json = response.headers().get(CONTENT_TYPE).is_some_and(|t| t.as_bytes().ends_with(b"json"));
    (status.is_client_error() || status.is_server_error()) && !json
}

fn with_problem(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let allow = response.headers().get(ALLOW).cloned();
    let error = match status {
        StatusCode::NOT_FOUND => ApiError::not_found(),
        StatusCode::METHOD_NOT_ALLOWED => {
            ApiError::new(status, "method_not_allowed", "This path doesn't take that method.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => {
            ApiError::new(status, "too_large", "The request is larger than allowed here.")
        }
        status if status.is_server_error() => {
            ApiError::internal(&"the framework answered with a server error")
        }
        status => ApiError::new(
            status,
            "bad_request",
            status.canonical_reason().unwrap_or("Bad request").to_owned(),
        ),
    };
    let (request, _) = response.into_parts();
    let mut response = ServiceResponse::new(request, error.error_response());
    if let Some(allow) = allow {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}
