//! Reports and one's own sanctions over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

pub use super::cards::{
    AppealCard, AppealedCard, CaseCard, EvidenceMessage, NamedCard, NoteCard, QueuedReport, ReportCard,
    SanctionCard,
};
use super::error::ModerationError;
use super::ground::Ground;
use super::report::{Detail, MAX_MESSAGES, MAX_PHOTOS, Statement};
use super::reports::{self, ReportForm};
use super::sanction::SanctionKind;
use super::sanctions;
use crate::accounts::{Accounts, MayAppeal, SignedIn, UserId};
use crate::config::Config;
use crate::db::Db;
use crate::http::{ApiError, Body, Fields, Id, Page, PageParams, Params, Problem};
use crate::media::MediaStore;

impl From<ModerationError> for ApiError {
    fn from(error: ModerationError) -> Self {
        let conflict = |code, detail: &str| Self::new(StatusCode::CONFLICT, code, detail);
        match error {
            ModerationError::NotFound => Self::not_found(),
            ModerationError::UnknownMessage(seq) => Fields::refuse_one(
                "/message_seqs",
                format!(
                    "There is no message {seq} between you. Name messages of your conversation by their seq."
                ),
            ),
            ModerationError::UnknownPhoto(place) => Fields::refuse_one(
                &format!("/photos/{place}"),
                "That is no photo that they show now. Name photos by their link, key or id.",
            ),
            ModerationError::AlreadyDecided => {
                conflict("already_decided", "Somebody has decided already. Read it again.")
            }
            ModerationError::ReportedGone => conflict(
                "account_gone",
                "The reported account is gone: nothing can be laid on it. Dismiss the report.",
            ),
            ModerationError::AlreadyAppealed => conflict(
                "already_appealed",
                "You have appealed already. The answer will stand in GET /me/sanctions.",
            ),
            ModerationError::SanctionOver => {
                conflict("sanction_over", "It is over: nothing is left to appeal against.")
            }
            ModerationError::Match(error) => error.into(),
            ModerationError::Message(error) => error.into(),
            ModerationError::Account(error) => error.into(),
            ModerationError::Profile(error) => error.into(),
            ModerationError::Media(error) => error.into(),
            ModerationError::Db(error) => error.into(),
        }
    }
}

/// The answer to somebody whose password was right, but who is kept out: why, until when, and how to appeal.
pub async fn kept_out(db: &Db, accounts: &Accounts, user: UserId) -> ApiError {
    let found = db.run(move |conn| sanctions::standing_sanction(conn, user)).await;
    let sanction = match found {
        Ok(sanction) => sanction,
        Err(error) => return error.into(),
    };
    let token = match accounts.appeal_tokens().issue(user) {
        Ok(token) => token,
        Err(error) => return error.into(),
    };
    let ends_at = sanction.as_ref().and_then(|sanction| sanction.ends_at);
    let (code, until) = match sanction.as_ref().map(|sanction| sanction.kind) {
        Some(SanctionKind::Suspension) => {
            let until = ends_at.map(|at| format!(" until {} UTC", at.format("%Y-%m-%d %H:%M")));
            ("account_suspended", until.unwrap_or_default())
        }
        _ => ("account_banned", " for good".to_owned()),
    };
    let why = sanction.as_ref().map(|s| format!(" The rule: {} Why: “{}”", s.rule.rule(), s.reason));
    let why = why.unwrap_or_default();
    let detail = format!(
        "You are kept out{until}.{why} Read all of it with GET /me/sanctions and appeal with POST \
         /me/sanctions/{{id}}/appeal: send appeal_token as the bearer token."
    );
    ApiError::new(StatusCode::FORBIDDEN, code, detail)
        .with("appeal_token", token)
        .with("sanction", sanction.map(SanctionCard::from))
}

/// Whom to report, for what, and what shows it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// Somebody you see or met here.
    user_id: Uuid,
    /// For what.
    reason: Ground,
    /// In your own words, up to 2,000 characters.
    detail: Option<String>,
    /// Messages of your conversation, by seq, at most 50. It may have ended.
    message_seqs: Option<Vec<i64>>,
    /// Photos that they show: links as in `image_urls`, keys or ids, at most 20.
    photos: Option<Vec<String>>,
}

/// A report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportAnswer {
    /// The report.
    report: ReportCard,
}

/// Report somebody
///
/// The named messages and photos, their names and their bio are copied at once: taking them back later changes nothing.
/// They are never told who reported them. What came of it stands in `GET /reports`. Blocking is separate: `POST /blocks`.
#[utoipa::path(tag = "Safety", request_body = ReportRequest,
    responses((status = 201, body = ReportAnswer),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/reports")]
pub(crate) async fn report_person(
    me: SignedIn,
    db: web::Data<Db>,
    media: web::Data<MediaStore>,
    config: web::Data<Config>,
    Body(request): Body<ReportRequest>,
) -> Result<HttpResponse, ApiError> {
    let mut fields = Fields::new();
    let detail = fields.take_some("/detail", request.detail.as_deref().map(Detail::parse));
    let (messages, photos) = (request.message_seqs.unwrap_or_default(), request.photos.unwrap_or_default());
    if messages.len() > MAX_MESSAGES {
        fields.refuse("/message_seqs", format!("Name at most {MAX_MESSAGES} messages."));
    }
    if photos.len() > MAX_PHOTOS {
        fields.refuse("/photos", format!("Name at most {MAX_PHOTOS} photos."));
    }
    fields.finish()?;
    let form =
        ReportForm { reported: UserId(request.user_id), reason: request.reason, detail, messages, photos };
    let report = reports::report(&db, &media, me.user, form, config.accounts.birth_date_required).await?;
    Ok(HttpResponse::Created().json(ReportAnswer { report: report.into() }))
}

/// Your reports and what came of them
///
/// The newest first.
#[utoipa::path(tag = "Safety", params(PageParams),
    responses((status = 200, body = Page<ReportCard>), (status = 400, body = Problem, content_type = "application/problem+json")))]
#[get("/reports")]
pub(crate) async fn own_reports(
    me: SignedIn,
    db: web::Data<Db>,
    Params(page): Params<PageParams>,
) -> Result<web::Json<Page<ReportCard>>, ApiError> {
    let (limit, before) = (page.limit()?, page.position()?);
    let mut rows =
        db.run(move |conn| reports::own_reports(conn, me.user, before, i64::from(limit) + 1)).await?;
    let next_cursor = Page::cut(&mut rows, limit, |report| report.position());
    Ok(web::Json(Page { items: rows.into_iter().map(ReportCard::from).collect(), next_cursor }))
}

/// What was laid on you, and why
///
/// The newest first. Also with the `appeal_token` that a login gives when you are kept out.
#[utoipa::path(tag = "Safety", params(PageParams),
    responses((status = 200, body = Page<SanctionCard>), (status = 400, body = Problem, content_type = "application/problem+json")))]
#[get("/me/sanctions")]
pub(crate) async fn own_sanctions(
    MayAppeal(me): MayAppeal,
    db: web::Data<Db>,
    Params(page): Params<PageParams>,
) -> Result<web::Json<Page<SanctionCard>>, ApiError> {
    let (limit, before) = (page.limit()?, page.position()?);
    let mut rows =
        db.run(move |conn| sanctions::own_sanctions(conn, me, before, i64::from(limit) + 1)).await?;
    let next_cursor = Page::cut(&mut rows, limit, |sanction| sanction.position());
    Ok(web::Json(Page { items: rows.into_iter().map(SanctionCard::from).collect(), next_cursor }))
}

/// What you say against a sanction.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AppealRequest {
    /// 1 to 2,000 characters.
    text: String,
}

/// A sanction.
#[derive(Debug, Serialize, ToSchema)]
pub struct SanctionAnswer {
    /// The sanction.
    sanction: SanctionCard,
}

/// Appeal
///
/// Once for each sanction; a moderator answers. Also with the `appeal_token` that a login gives when you are kept out.
#[utoipa::path(tag = "Safety", params(("id" = Uuid, Path)), request_body = AppealRequest,
    responses((status = 201, body = SanctionAnswer),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
#[post("/me/sanctions/{id}/appeal")]
pub(crate) async fn appeal(
    MayAppeal(me): MayAppeal,
    Id(id): Id,
    db: web::Data<Db>,
    Body(request): Body<AppealRequest>,
) -> Result<HttpResponse, ApiError> {
    let mut fields = Fields::new();
    let Some(text) = fields.take("/text", Statement::parse(&request.text)) else {
        return Err(fields.refused());
    };
    let sanction = db.run(move |conn| sanctions::appeal(conn, me, id, &text)).await?;
    Ok(HttpResponse::Created().json(SanctionAnswer { sanction: sanction.into() }))
}
