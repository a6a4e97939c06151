//! `Idempotency-Key`: a request that is sent again because its answer was lost does nothing twice.
//!
//! The first one claims the key in the database and leaves its answer there; the others get that answer. A claim whose
//! server died can be taken over after two minutes.

mod key;
mod queries;

use std::future::Future;

use actix_web::HttpResponse;
use actix_web::body::MessageBody;
use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use diesel::PgConnection;
use tracing::Instrument;
use uuid::Uuid;

use super::ApiError;
use crate::db::{Db, DbError};
pub use key::{Fingerprint, IdempotencyKey, KeyHeader};
use queries::{Claim, Slot};

/// Does the work, unless it was done under the same key before: then gives that answer again.
///
/// 422 `idempotency_key_reused` when the key came with another request, 409 `still_running` while the first one runs.
/// Only success is kept: what was refused did nothing and may be tried again. With a key, the work goes on when its
/// client is gone.
pub async fn once(
    db: &Db,
    (user, route): (Uuid, &'static str),
    IdempotencyKey(key): IdempotencyKey,
    fingerprint: Fingerprint,
    work: impl Future<Output = Result<HttpResponse, ApiError>> + 'static,
) -> Result<HttpResponse, ApiError> {
    let Some(key) = key else { return work.await };
    let slot = Slot { user, route, key, fingerprint: fingerprint.finish(), claim: Uuid::new_v4() };
    let claimed = slot.clone();
    match db.run(move |conn| queries::claim(conn, &claimed).map_err(DbError::from)).await? {
        Claim::Ours => {}
        Claim::Answered { status, body } => return Ok(again(status, body)),
        Claim::Running => return Err(still_running()),
        Claim::OtherRequest => return Err(reused()),
    }
    let db = db.clone();
    let task = async move { settle(&db, slot, work.await).await };
    let done = actix_web::rt::spawn(task.in_current_span()).await;
    done.unwrap_or_else(|error| Err(ApiError::internal(&error)))
}

/// Keeps a success; lets the key go otherwise.
async fn settle(
    db: &Db,
    slot: Slot,
    answer: Result<HttpResponse, ApiError>,
) -> Result<HttpResponse, ApiError> {
    let (answer, kept) = match answer {
        Ok(response) if response.status().is_success() => {
            let (head, body) = response.into_parts();
            match body.try_into_bytes() {
                Ok(body) => {
                    let text = String::from_utf8_lossy(&body).into_owned();
                    let status = head.status().as_u16();
                    (Ok(head.set_body(body).map_into_boxed_body()), Some((status, text)))
                }
                Err(body) => (Ok(head.set_body(body)), None),
            }
        }
        other => (other, None),
    };
    let settled = db.run(move |conn| {
        match kept {
            Some((status, body)) => queries::keep(conn, &slot, status, &body),
            None => queries::release(conn, &slot),
        }
        .map_err(DbError::from)
    });
    if let Err(error) = settled.await {
        // The work is done; only a repeat would notice, and is told to wait until the claim is over.
        tracing::warn!(%error, "an answer could not be kept for repeats");
    }
    answer
}

fn again(status: u16, body: String) -> HttpResponse {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    HttpResponse::build(status)
        .insert_header(("idempotency-replayed", "true"))
        .content_type(ContentType::json())
        .body(body)
}

fn still_running() -> ApiError {
    let detail =
        "The first request with this Idempotency-Key is still being worked on. Ask again in a moment.";
    ApiError::new(StatusCode::CONFLICT, "still_running", detail).retry_after(1)
}

fn reused() -> ApiError {
    ApiError::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "idempotency_key_reused",
        "This Idempotency-Key came with another request before. Make a new key for each new upload.",
    )
}

/// Forgets the answers of more than 24 hours ago, and tells how many.
pub fn purge(conn: &mut PgConnection) -> Result<usize, DbError> {
    Ok(queries::purge(conn)?)
}
