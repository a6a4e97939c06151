//! What handlers take from a request, refused with a problem where it doesn't fit.

use std::future::{Ready, ready};
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use serde::de::{DeserializeOwned, IgnoredAny};
use uuid::Uuid;

use super::{ApiError, MAX_BODY, broken_body};

/// A JSON body, at most [`MAX_BODY`] bytes.
///
/// 415 without a JSON content type, 413 when too large, 400 when it isn't JSON, 422 when it is JSON of another shape.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = is_json(request);
        let mut payload = payload.take();
        Box::pin(async move {
            if !is_json {
                return Err(ApiError::new(
                    StatusCode::UNSUPPORTED_MEDIA_TYPE,
                    "json_expected",
                    "Send JSON with the header Content-Type: application/json.",
                ));
            }
            let mut body = web::BytesMut::new();
            while let Some(chunk) = payload.next().await {
                let chunk = chunk.map_err(|error| broken_body(&error, "malformed_json"))?;
                if body.len() + chunk.len() > MAX_BODY {
                    return Err(too_large());
                }
                body.extend_from_slice(&chunk);
            }
            parse(&body).map(Body)
        })
    }
}

fn is_json(request: &HttpRequest) -> bool {
    let Some(value) = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()) else { return false };
    value.parse::<mime::Mime>().is_ok_and(|m| m.subtype() == mime::JSON || m.suffix() == Some(mime::JSON))
}

fn malformed(detail: &str) -> ApiError {
    ApiError::new(StatusCode::BAD_REQUEST, "malformed_json", detail)
}

fn too_large() -> ApiError {
    ApiError::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too_large",
        format!("The body is larger than {} kB.", MAX_BODY / 1024),
    )
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    // serde would read a list as a struct, by the order of its fields.
    if body.trim_ascii_start().starts_with(b"[") {
        serde_json::from_slice::<IgnoredAny>(body).map_err(|_| malformed("The body is not valid JSON."))?;
        return Err(other_shape().field("", "Send a JSON object, not a list."));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.into_inner();
        if cause.classify() != serde_json::error::Category::Data {
            return malformed("The body is not valid JSON.");
        }
        // The position says nothing to a person who wrote an object.
        let text = cause.to_string();
        let detail = text.split(" at line ").next().unwrap_or_default().to_owned();
        other_shape().field(pointer(&path), detail)
    })?;
    json.end().map_err(|_| malformed("There is something behind the JSON."))?;
    Ok(value)
}

fn other_shape() -> ApiError {
    ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "invalid_fields",
        "The JSON doesn't have the expected shape.",
    )
}

/// `tags[0].name` as a JSON pointer.
fn pointer(path: &str) -> String {
    if path == "." || path == "?" {
        return String::new();
    }
    let parts = path.split(['.', '[', ']']).filter(|part| !part.is_empty());
    parts.fold(String::new(), |pointer, part| pointer + "/" + part)
}

/// A query string; a wrong value or an unknown name is 400 `invalid_query`.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Params<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(web::Query::<T>::from_query(request.query_string()).map(|q| Params(q.into_inner())).map_err(
            |error| {
                let detail = error.to_string();
                let detail = detail.strip_prefix("Query deserialize error: ").unwrap_or(&detail).to_owned();
                ApiError::new(
                    StatusCode::BAD_REQUEST,
                    "invalid_query",
                    format!("The query string: {detail}."),
                )
            },
        ))
    }
}

/// The UUID in a path. One that isn't a UUID leads nowhere, like one that nobody has: 404.
#[derive(Debug, Clone, Copy)]
pub struct Id(pub Uuid);

impl FromRequest for Id {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request.match_info().iter().next().and_then(|(_, value)| Uuid::parse_str(value).ok());
        ready(id.map(Id).ok_or_else(ApiError::not_found))
    }
}
