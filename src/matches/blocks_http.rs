//! Blocks over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::blocking;
use crate::accounts::{SignedIn, UserId};
use crate::blocks::Block;
use crate::config::Config;
use crate::db::Db;
use crate::http::{ApiError, Body, Id, Page, PageParams, Params, Problem};

/// Whom to block.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BlockRequest {
    /// Somebody you see or met here.
    user_id: Uuid,
}

/// Somebody you blocked.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlockCard {
    /// Who.
    user_id: UserId,
    /// Their username; nothing else of them is shown.
    username: String,
    /// Since when.
    blocked_at: DateTime<Utc>,
}

impl BlockCard {
    fn of((block, username): (Block, String)) -> Self {
        Self { user_id: block.other, username, blocked_at: block.blocked_at }
    }
}

/// What is in place now.
#[derive(Debug, Serialize, ToSchema)]
pub struct BlockAnswer {
    /// The block.
    block: BlockCard,
}

/// Block somebody
///
/// Silence both ways, everywhere and at once: deck, profile, photos, likes, matches and messages; to each of you the
/// other looks like nobody. A match ends for good. Links to photos that were handed out before die within 5 minutes.
/// A repeat is 200 with the same answer.
#[utoipa::path(tag = "Safety", request_body = BlockRequest,
    responses((status = 201, body = BlockAnswer), (status = 200, body = BlockAnswer),
        (status = 404, body = Problem, content_type = "application/problem+json")))]
#[post("/blocks")]
pub(crate) async fn block_person(
    me: SignedIn,
    db: web::Data<Db>,
    config: web::Data<Config>,
    Body(request): Body<BlockRequest>,
) -> Result<HttpResponse, ApiError> {
    let (other, required) = (UserId(request.user_id), config.accounts.birth_date_required);
    let blocked = db.run(move |conn| blocking::block(conn, me.user, other, required)).await?;
    let status = if blocked.is_new { StatusCode::CREATED } else { StatusCode::OK };
    let block = BlockCard::of((blocked.block, blocked.username));
    Ok(HttpResponse::build(status).json(BlockAnswer { block }))
}

/// Whom you blocked
///
/// The newest first.
#[utoipa::path(tag = "Safety", params(PageParams),
    responses((status = 200, body = Page<BlockCard>), (status = 400, body = Problem, content_type = "application/problem+json")))]
#[get("/blocks")]
pub(crate) async fn list_blocks(
    me: SignedIn,
    db: web::Data<Db>,
    Params(page): Params<PageParams>,
) -> Result<web::Json<Page<BlockCard>>, ApiError> {
    let (limit, before) = (page.limit()?, page.position()?);
    let mut rows =
        db.run(move |conn| blocking::list_blocks(conn, me.user, before, i64::from(limit) + 1)).await?;
    let next_cursor = Page::cut(&mut rows, limit, |(block, _)| block.position());
    Ok(web::Json(Page { items: rows.into_iter().map(BlockCard::of).collect(), next_cursor }))
}

/// Take a block back
///
/// 204, also when there is none. A match that it ended stays ended; who isn't decided on may be shown again.
#[utoipa::path(tag = "Safety", params(("user_id" = Uuid, Path)),
    responses((status = 204), (status = 422, body = Problem, content_type = "application/problem+json")))]
#[delete("/blocks/{user_id}")]
pub(crate) async fn unblock_person(
    me: SignedIn,
    Id(other): Id,
    db: web::Data<Db>,
) -> Result<HttpResponse, ApiError> {
    db.run(move |conn| blocking::unblock(conn, me.user, UserId(other))).await?;
    Ok(HttpResponse::NoContent().finish())
}
