//! Decisions, piles and matches over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, post, put, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub use super::cards::{MatchCard, PersonCard};
use super::decisions;
use super::error::MatchError;
use super::matched::{self, Match};
use super::pair::MatchId;
use super::person::{self, Person};
use super::piles::{self, Pile};
use crate::accounts::{SignedIn, UserId};
use crate::config::Config;
use crate::db::Db;
use crate::http::{ApiError, Body, Id, Page, PageParams, Params, Problem};
use crate::photos::Photos;
use crate::profiles;

impl From<MatchError> for ApiError {
    fn from(error: MatchError) -> Self {
        let conflict = |code, detail: &str| Self::new(StatusCode::CONFLICT, code, detail);
        match error {
            MatchError::NotFound => Self::not_found(),
            MatchError::Oneself => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "oneself", "That is you. Choose somebody else.")
            }
            MatchError::AlreadyDecided { liked } => {
                let said = if liked { "yes" } else { "no" };
                conflict(
                    "already_decided",
                    &format!(
                        "You have said {said} already. Only your newest decision can be taken back (DELETE /likes/{{user_id}})."
                    ),
                )
            }
            MatchError::AlreadyMatched => conflict("already_matched", "You are matched. Unmatch instead."),
            MatchError::NotNewest => conflict("not_newest", "Only your newest decision can be taken back."),
            MatchError::Incomplete(missing) => missing.into_iter().fold(
                conflict(
                    "profile_incomplete",
                    "Complete your profile first (PATCH /me): others see it, too.",
                ),
                |error, missing| {
                    error.field(format!("/{}", missing.field()), format!("{} is missing.", missing.field()))
                },
            ),
            MatchError::Gone => Self::session_ended(),
            MatchError::Db(error) => error.into(),
        }
    }
}

/// A yes or a no.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecisionRequest {
    /// Whom it is about.
    user_id: Uuid,
    /// True: yes, let's be friends. False: no.
    liked: bool,
}

/// What came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecisionResult {
    /// Whether you are matched now.
    matched: bool,
    /// The match, if you are.
    #[serde(rename = "match", skip_serializing_if = "Option::is_none")]
    matched_with: Option<MatchCard>,
}

/// Say yes or no
///
/// Once for each person. A repeat gets the same answer; another verdict is 409 `already_decided`. Whoever may be
/// decided on: within your effective radius, or has said yes to you, or lies in your later pile.
#[utoipa::path(tag = "Deck and likes", request_body = DecisionRequest,
    responses((status = 200, body = DecisionResult),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
#[post("/likes")]
pub(crate) async fn decide(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    Body(request): Body<DecisionRequest>,
) -> Result<web::Json<DecisionResult>, ApiError> {
    let (other, required) = (UserId(request.user_id), config.accounts.birth_date_required);
    let found = db
        .run(move |conn| {
            let decided = decisions::decide(conn, me.user, other, request.liked, required)?;
            decided.matched.map(|matched| with_person(conn, me.user, matched)).transpose()
        })
        .await?;
    let matched_with = match found {
        Some((matched, person)) => Some(MatchCard::sign(matched, person, &photos).await?),
        None => None,
    };
    Ok(web::Json(DecisionResult { matched: matched_with.is_some(), matched_with }))
}

fn with_person(
    conn: &mut diesel::PgConnection,
    user: UserId,
    matched: Match,
) -> Result<(Match, Person), MatchError> {
    let viewer = profiles::load_profile(conn, user)?;
    let person = person::person(conn, &viewer, matched.other)?;
    Ok((matched, person))
}

/// Take your newest decision back
///
/// 204, also when there is none; 409 `not_newest` for an older one, `already_matched` after a match.
#[utoipa::path(tag = "Deck and likes", params(("user_id" = Uuid, Path)),
    responses((status = 204), (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[delete("/likes/{user_id}")]
pub(crate) async fn undo(me: SignedIn, Id(other): Id, db: web::Data<Db>) -> Result<HttpResponse, ApiError> {
    db.run(move |conn| decisions::undo(conn, me.user, UserId(other))).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Who said yes to you and waits for your answer
///
/// The newest first.
#[utoipa::path(tag = "Deck and likes", params(PageParams),
    responses((status = 200, body = Page<PersonCard>), (status = 400, body = Problem, content_type = "application/problem+json")))]
#[get("/likes/received")]
pub(crate) async fn received(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    Params(page): Params<PageParams>,
) -> Result<web::Json<Page<PersonCard>>, ApiError> {
    list_pile(Pile::Received, me, &db, &photos, &config, page).await
}

/// Whom you put aside
///
/// The newest first.
#[utoipa::path(tag = "Deck and likes", params(PageParams),
    responses((status = 200, body = Page<PersonCard>), (status = 400, body = Problem, content_type = "application/problem+json")))]
#[get("/later")]
pub(crate) async fn list_later(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    Params(page): Params<PageParams>,
) -> Result<web::Json<Page<PersonCard>>, ApiError> {
    list_pile(Pile::Later, me, &db, &photos, &config, page).await
}

async fn list_pile(
    pile: Pile,
    me: SignedIn,
    db: &Db,
    photos: &Photos,
    config: &Config,
    page: PageParams,
) -> Result<web::Json<Page<PersonCard>>, ApiError> {
    let (limit, before) = (page.limit()?, page.position()?);
    let required = config.accounts.birth_date_required;
    let (entries, next_cursor) = db
        .run(move |conn| {
            let mut entries = piles::list_pile(conn, pile, me.user, before, i64::from(limit) + 1, required)?;
            let next_cursor = Page::cut(&mut entries, limit, |entry| entry.position);
            let entries = person::with_people(conn, me.user, entries, |entry| entry.other)?;
            Ok::<_, MatchError>((entries, next_cursor))
        })
        .await?;
    let people = entries.into_iter().map(|(_, person)| person).collect();
    Ok(web::Json(Page { items: PersonCard::sign_all(people, photos).await?, next_cursor }))
}

/// Put somebody aside
///
/// Off the deck, without a verdict, until you decide or take them off the pile.
#[utoipa::path(tag = "Deck and likes", params(("user_id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[put("/later/{user_id}")]
pub(crate) async fn put_later(
    me: SignedIn,
    Id(other): Id,
    db: web::Data<Db>,
    config: web::Data<Config>,
) -> Result<HttpResponse, ApiError> {
    let required = config.accounts.birth_date_required;
    db.run(move |conn| piles::put_later(conn, me.user, UserId(other), required)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Take somebody off the later pile
///
/// They are back on the deck.
#[utoipa::path(tag = "Deck and likes", params(("user_id" = Uuid, Path)), responses((status = 204)))]
#[delete("/later/{user_id}")]
pub(crate) async fn drop_later(
    me: SignedIn,
    Id(other): Id,
    db: web::Data<Db>,
) -> Result<HttpResponse, ApiError> {
    db.run(move |conn| piles::drop_later(conn, me.user, UserId(other))).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Your matches
///
/// The newest first.
#[utoipa::path(tag = "Matches and messages", params(PageParams),
    responses((status = 200, body = Page<MatchCard>), (status = 400, body = Problem, content_type = "application/problem+json")))]
#[get("/matches")]
pub(crate) async fn list_matches(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    Params(page): Params<PageParams>,
) -> Result<web::Json<Page<MatchCard>>, ApiError> {
    let (limit, before) = (page.limit()?, page.position()?);
    let (rows, next_cursor) = db
        .run(move |conn| {
            let mut rows = matched::list_matches(conn, me.user, before, i64::from(limit) + 1)?;
            let next_cursor = Page::cut(&mut rows, limit, |row| (row.matched_at, row.id));
            let rows = person::with_people(conn, me.user, rows, |row| row.other)?;
            Ok::<_, MatchError>((rows, next_cursor))
        })
        .await?;
    let mut items = Vec::with_capacity(rows.len());
    for (matched, person) in rows {
        items.push(MatchCard::sign(matched, person, &photos).await?);
    }
    Ok(web::Json(Page { items, next_cursor }))
}

/// One of your matches
#[utoipa::path(tag = "Matches and messages", params(("id" = Uuid, Path)),
    responses((status = 200, body = MatchCard), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[get("/matches/{id}")]
pub(crate) async fn find_match(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
) -> Result<web::Json<MatchCard>, ApiError> {
    let (matched, person) = db
        .run(move |conn| {
            let matched = matched::find_match(conn, me.user, MatchId(id))?;
            with_person(conn, me.user, matched)
        })
        .await?;
    Ok(web::Json(MatchCard::sign(matched, person, &photos).await?))
}

/// Unmatch
///
/// Ends the conversation for both. You won't be shown to each other again.
#[utoipa::path(tag = "Matches and messages", params(("id" = Uuid, Path)),
    responses((status = 204), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[delete("/matches/{id}")]
pub(crate) async fn unmatch(me: SignedIn, Id(id): Id, db: web::Data<Db>) -> Result<HttpResponse, ApiError> {
    db.run(move |conn| matched::unmatch(conn, me.user, MatchId(id))).await?;
    Ok(HttpResponse::NoContent().finish())
}
