//! One id for a request: taken from the client or made, returned, logged, and part of every problem.

use std::time::Instant;

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use tracing::Instrument;
use uuid::Uuid;

tokio::task_local! {
    static REQUEST_ID: String;
}

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id of the request being answered; empty outside one.
pub fn current_request_id() -> String {
    REQUEST_ID.try_with(Clone::clone).unwrap_or_default()
}

/// Middleware, the outermost: everything inside knows the request's id, the answer carries it, and one line is logged
/// when the answer begins. Query strings stay out of the log.
pub async fn with_request_id<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = given(&request).unwrap_or_else(|| Uuid::now_v7().to_string());
    let header = HeaderValue::from_str(&id).unwrap_or(HeaderValue::from_static("unprintable"));
    let span =
        tracing::info_span!("request", request_id = %id, method = %request.method(), path = request.path());
    let begun = Instant::now();
    let answered = async move {
        let mut response = next.call(request).await?;
        response.headers_mut().insert(X_REQUEST_ID, header);
        let milliseconds = begun.elapsed().as_millis();
        tracing::info!(status = response.status().as_u16(), milliseconds, "answered");
        Ok(response)
    };
    REQUEST_ID.scope(id, answered.instrument(span)).await
}

/// A client's id is kept if it is short and printable: it ends up in logs.
fn given(request: &ServiceRequest) -> Option<String> {
    let id = request.headers().get(X_REQUEST_ID)?.to_str().ok()?;
    let fits = (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic());
    fits.then(|| id.to_owned())
}
