//! Answers that clients ask for again and again: `ETag` on every one, 304 without a body where nothing has changed.

use actix_web::body::{BoxBody, MessageBody, None as NoBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{OpenApi, RefOr, Response};

use super::unrouted::below_mount;

/// Middleware: tags what the API answers to GET with a hash of its body. Links to photos in it begin at rounded times, so
/// that an unchanged answer has the same bytes for minutes.
pub async fn tag_answers<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let may_be_tagged = request.method() == Method::GET && below_mount(request.path()).is_some();
    let response = next.call(request).await?;
    let is_json = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if !may_be_tagged || !is_json || response.status() != StatusCode::OK {
        return Ok(response.map_into_boxed_body());
    }
    let (request, response) = response.into_parts();
    let known = request.headers().get_all(IF_NONE_MATCH).any(|_| true);
    let (head, body) = response.into_parts();
    let response = match body.try_into_bytes() {
        Ok(body) => tagged(head, body, known.then(|| request.headers())),
        Err(body) => head.set_body(body.boxed()),
    };
    Ok(ServiceResponse::new(request, response))
}

fn tagged(head: HttpResponse<()>, body: Bytes, asked: Option<&HeaderMap>) -> HttpResponse {
    let hash = Sha256::digest(&body);
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let mut response = if asked.is_some_and(|headers| has_tag(headers, &hex)) {
        let mut response = head.set_body(NoBody::new().boxed());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().remove(CONTENT_TYPE);
        response
    } else {
        head.set_body(body.boxed())
    };
    // Weak: compressed or not, it says the same.
    if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{hex}\"")) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// Whether somebody who sends these headers has what bears this tag.
pub fn has_tag(headers: &HeaderMap, hex: &str) -> bool {
    let lines = headers.get_all(IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|tag| is_same(tag, hex))
}

fn is_same(tag: &str, hex: &str) -> bool {
    let tag = tag.trim();
    let opaque = tag.strip_prefix("W/").unwrap_or(tag);
    tag == "*" || opaque.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) == Some(hex)
}

/// Writes it into the API document: every GET that answers with JSON.
pub fn document_etags(document: &mut OpenApi) {
    for operation in document.paths.paths.values_mut().filter_map(|item| item.get.as_mut()) {
        document_etag(operation);
    }
}

fn document_etag(operation: &mut Operation) {
    let text = || ObjectBuilder::new().schema_type(Type::String).build();
    let Some(RefOr::T(found)) = operation.responses.responses.get_mut("200") else { return };
    if !found.content.contains_key("application/json") {
        return;
    }
    let header =
        HeaderBuilder::new().schema(Some(text())).description(Some("Names this state of the answer")).build();
    found.headers.insert("ETag".to_owned(), RefOr::T(header));
    let unchanged =
        Response::builder().description("Nothing has changed since the answer with that ETag").build();
    operation.responses.responses.insert("304".to_owned(), RefOr::T(unchanged));
    let asked = ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .description(Some("The ETag of an earlier answer: 304 without a body if it is still the same"))
        .schema(Some(text()))
        .build();
    operation.parameters.get_or_insert_default().push(RefOr::T(asked));
}
