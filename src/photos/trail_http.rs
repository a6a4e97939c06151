//! The audit trail over HTTP.

use actix_web::{get, web};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::event::{FileAction, FileEvent};
use super::trail;
use crate::accounts::SignedIn;
use crate::db::Db;
use crate::http::{ApiError, Page, PageParams, Params, Problem};

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// You.
    You,
    /// Somebody who keeps the place in order.
    Moderator,
    /// The server, because the file was lost.
    Server,
}

/// What was done with one of your files.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileEventCard {
    /// Its own id.
    id: Uuid,
    /// What was done.
    action: FileAction,
    /// The UUID of the file's key.
    file_id: Uuid,
    /// As the file was called.
    filename: String,
    /// The file that took its place.
    replaced_by: Option<Uuid>,
    /// Who did it.
    by: By,
    /// When.
    happened_at: DateTime<Utc>,
}

/// What was done with your files
///
/// In the last 90 days, the newest first.
#[utoipa::path(tag = "Photos", params(PageParams), responses((status = 200, body = Page<FileEventCard>),
    (status = 400, body = Problem, content_type = "application/problem+json")))]
#[get("/files/events")]
pub(crate) async fn list_events(
    me: SignedIn,
    db: web::Data<Db>,
    Params(page): Params<PageParams>,
) -> Result<web::Json<Page<FileEventCard>>, ApiError> {
    let (limit, after) = (page.limit()?, page.position()?);
    let mut events = db.run(move |conn| trail::file_events(conn, me.user, after, limit + 1)).await?;
    let next_cursor = Page::cut(&mut events, limit, |event| (event.happened_at, event.id));
    let card = |event: FileEvent| FileEventCard {
        by: match event.actor {
            Some(actor) if actor == me.user => By::You,
            Some(_) => By::Moderator,
            None => By::Server,
        },
        id: event.id,
        action: event.action,
        file_id: event.file,
        filename: event.filename,
        replaced_by: event.replaced_by,
        happened_at: event.happened_at,
    };
    Ok(web::Json(Page { items: events.into_iter().map(card).collect(), next_cursor }))
}
