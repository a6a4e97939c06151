//! Conversations over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, put, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::actions::{self, MessageError};
use super::message::{Body as MessageBody, Message};
use crate::accounts::{SignedIn, UserId};
use crate::db::Db;
use crate::http::{ApiError, Body, Fields, Id, Page, PageParams, Params, Problem, check_limit};
use crate::matches::http::PersonCard;
use crate::matches::{self, MatchError, MatchId};
use crate::photos::Photos;

impl From<MessageError> for ApiError {
    fn from(error: MessageError) -> Self {
        match error {
            MessageError::ClientIdReused => {
                let detail = "That client_id stands for another text. Use a new one for each message.";
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "client_id_reused", detail)
                    .field("/client_id", detail)
            }
            MessageError::Repeated => Self::internal(&error),
            MessageError::ReceiverGone => Self::new(
                StatusCode::CONFLICT,
                "user_gone",
                "This person is not here any more. What you wrote to each other stays readable.",
            ),
            MessageError::Match(error) => error.into(),
            MessageError::Db(error) => error.into(),
        }
    }
}

/// A message.
#[derive(Serialize, ToSchema)]
pub struct MessageCard {
    /// Its place in the conversation: 1, 2, 3 …
    seq: i64,
    /// Who wrote it.
    sender: UserId,
    /// The sender's own id for it.
    client_id: Uuid,
    /// What it says.
    body: String,
    /// When.
    sent_at: DateTime<Utc>,
}

impl From<Message> for MessageCard {
    fn from(m: Message) -> Self {
        Self { seq: m.seq, sender: m.sender, client_id: m.client_id, body: m.body, sent_at: m.sent_at }
    }
}

/// A conversation's last message.
#[derive(Serialize, ToSchema)]
pub struct LastMessageCard {
    /// Its place in the conversation.
    seq: i64,
    /// Who wrote it.
    sender: UserId,
    /// Its first 200 characters.
    body: String,
    /// When.
    sent_at: DateTime<Utc>,
}

/// A conversation as you see it.
#[derive(Serialize, ToSchema)]
pub struct ConversationCard {
    /// The match it belongs to.
    match_id: MatchId,
    /// With whom.
    user: PersonCard,
    /// Since when you are matched.
    matched_at: DateTime<Utc>,
    /// The last message, if there is one.
    last_message: Option<LastMessageCard>,
    /// How many of their messages you haven't read.
    unread: i64,
    /// Up to where you have read.
    read_seq: i64,
    /// Up to where they have read.
    other_read_seq: i64,
}

/// Your conversations
///
/// The one where something happened last first.
#[utoipa::path(tag = "Matches and messages", params(PageParams),
    responses((status = 200, body = Page<ConversationCard>), (status = 400, body = Problem, content_type = "application/problem+json")))]
#[get("/conversations")]
pub(crate) async fn conversations(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    Params(page): Params<PageParams>,
) -> Result<web::Json<Page<ConversationCard>>, ApiError> {
    let (limit, before) = (page.limit()?, page.position()?);
    let (rows, next_cursor) = db
        .run(move |conn| {
            let mut rows = matches::conversations(conn, me.user, before, i64::from(limit) + 1)?;
            let next_cursor = Page::cut(&mut rows, limit, |row| (row.last_at, row.id));
            let rows = matches::with_people(conn, me.user, rows, |row| row.other)?;
            Ok::<_, MatchError>((rows, next_cursor))
        })
        .await?;
    let mut items = Vec::with_capacity(rows.len());
    for (row, person) in rows {
        items.push(card(row, PersonCard::sign(person, &photos).await?));
    }
    Ok(web::Json(Page { items, next_cursor }))
}

fn card(row: matches::Match, user: PersonCard) -> ConversationCard {
    let sent_at = row.last_at;
    let last_message = row.last_message.map(|m| LastMessageCard {
        seq: m.seq,
        sender: m.sender,
        body: m.beginning,
        sent_at,
    });
    ConversationCard {
        match_id: row.id,
        user,
        matched_at: row.matched_at,
        last_message,
        unread: row.unread,
        read_seq: row.read_seq,
        other_read_seq: row.other_read_seq,
    }
}

/// Which part of a conversation.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    /// Only messages below this seq; the last ones of them.
    before: Option<i64>,
    /// Only messages above this seq; the first ones of them. How a client catches up.
    after: Option<i64>,
    /// How many, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
}

/// Part of a conversation.
#[derive(Serialize, ToSchema)]
pub struct HistoryPage {
    /// By seq, the oldest first.
    items: Vec<MessageCard>,
    /// Always null: go on with `before` the first or `after` the last seq.
    next_cursor: Option<String>,
}

/// Messages of a match
///
/// Without `before` and `after`: the last ones.
#[utoipa::path(tag = "Matches and messages", params(("id" = Uuid, Path), HistoryQuery),
    responses((status = 200, body = HistoryPage), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[get("/matches/{id}/messages")]
pub(crate) async fn history(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    Params(query): Params<HistoryQuery>,
) -> Result<web::Json<HistoryPage>, ApiError> {
    let limit = check_limit(query.limit)?;
    if query.before.is_some() && query.after.is_some() {
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "invalid_query",
            "Give either before or after, not both.",
        ));
    }
    let rows = db
        .run(move |conn| {
            actions::history(conn, me.user, MatchId(id), query.before, query.after, limit.into())
        })
        .await?;
    Ok(web::Json(HistoryPage { items: rows.into_iter().map(MessageCard::from).collect(), next_cursor: None }))
}

/// A message to send.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SendRequest {
    /// 1 to 4,000 characters.
    body: String,
    /// A UUID of your own, new for each message, the same for each retry of it.
    client_id: Uuid,
}

/// The message as it was kept.
#[derive(Serialize, ToSchema)]
pub struct SendResult {
    /// The message.
    message: MessageCard,
}

/// Send a message
///
/// A retry with the same `client_id` gets the first answer again; another text under the same id is 422
/// `client_id_reused`. To somebody who has left it is 409 `user_gone`.
#[utoipa::path(tag = "Matches and messages", params(("id" = Uuid, Path)), request_body = SendRequest,
    responses((status = 201, body = SendResult),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/matches/{id}/messages")]
pub(crate) async fn send(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    Body(request): Body<SendRequest>,
) -> Result<HttpResponse, ApiError> {
    let mut fields = Fields::new();
    let Some(body) = fields.take("/body", MessageBody::parse(&request.body)) else {
        return Err(fields.refused());
    };
    let sent =
        db.run(move |conn| actions::send(conn, me.user, MatchId(id), request.client_id, &body)).await?;
    Ok(HttpResponse::Created().json(SendResult { message: sent.message.into() }))
}

/// Up to where you have read.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadRequest {
    /// The seq of the last message you saw.
    seq: i64,
}

/// Mark as read
///
/// A mark never moves back.
#[utoipa::path(tag = "Matches and messages", params(("id" = Uuid, Path)), request_body = ReadRequest,
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[put("/matches/{id}/read")]
pub(crate) async fn mark_read(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    Body(request): Body<ReadRequest>,
) -> Result<HttpResponse, ApiError> {
    if request.seq < 0 {
        return Err(Fields::refuse_one("/seq", "seq is 0 or more."));
    }
    db.run(move |conn| actions::mark_read(conn, me.user, MatchId(id), request.seq)).await?;
    Ok(HttpResponse::NoContent().finish())
}
