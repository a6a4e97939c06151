//! What every route shares: errors, extractors, pages, request ids, security headers.

pub mod docs;
mod error;
mod etag;
mod extract;
pub mod health;
pub mod idempotency;
mod limits;
mod pace;
mod page;
mod problem_docs;
pub mod rate;
mod request_id;
mod respond;
mod unrouted;

pub use error::{ApiError, FieldError, Fields, Problem};
pub use etag::{document_etags, has_tag, tag_answers};
pub use extract::{Body, Id, Params};
pub use limits::{LIST_DEFAULT, LIST_MAX, MAX_BODY, MAX_TEXT_PART};
pub use pace::{broken_body, pace_bodies};
pub use page::{Cursor, Page, PageParams, check_limit};
pub use problem_docs::document_problems;
pub use request_id::{current_request_id, with_request_id};
pub use respond::finish_response;
pub use unrouted::{KnownPaths, keep_to_paths, unrouted};
