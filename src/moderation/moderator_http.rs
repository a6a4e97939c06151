//! What moderators do over HTTP. To everybody else all of it is 404, as if it weren't there.

use std::sync::Arc;

use actix_web::{HttpResponse, get, post, web};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::cards::{AppealedCard, CaseCard, NoteCard, QueuedReport};
use super::ground::Ground;
use super::queue;
use super::report::Statement;
use super::sanction::{Decision, SUSPENSION_DAYS, SanctionKind};
use crate::accounts::{Accounts, SignedIn};
use crate::db::Db;
use crate::http::{ApiError, Body, Fields, Id, Page, PageParams, Params, Problem};
use crate::media::MediaStore;

/// Which reports.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QueueState {
    /// Those that wait.
    #[default]
    Open,
    /// Those that are decided.
    Decided,
}

/// Which page of which reports.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct QueueQuery {
    /// `open` (not decided yet, if not given) or `decided`.
    #[param(inline)]
    state: Option<QueueState>,
    /// How many, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

/// The queue of reports
///
/// For moderators; to everybody else 404. The oldest first, without those that you have a part in.
#[utoipa::path(tag = "Moderation", params(QueueQuery),
    responses((status = 200, body = Page<QueuedReport>), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[get("/moderation/reports")]
pub(crate) async fn list_reports(
    me: SignedIn,
    db: web::Data<Db>,
    Params(query): Params<QueueQuery>,
) -> Result<web::Json<Page<QueuedReport>>, ApiError> {
    let page = PageParams::new(query.limit, query.cursor);
    let (limit, after) = (page.limit()?, page.position()?);
    let decided = matches!(query.state.unwrap_or_default(), QueueState::Decided);
    let (mut rows, names) =
        db.run(move |conn| queue::queue(conn, me.user, decided, after, i64::from(limit) + 1)).await?;
    let next_cursor = Page::cut(&mut rows, limit, |report| report.position());
    let items = rows.into_iter().map(|report| QueuedReport::of(report, &names)).collect();
    Ok(web::Json(Page { items, next_cursor }))
}

/// A report with what it is judged by
#[utoipa::path(tag = "Moderation", params(("id" = Uuid, Path)),
    responses((status = 200, body = CaseCard), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[get("/moderation/reports/{id}")]
pub(crate) async fn find_report(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    media: web::Data<MediaStore>,
) -> Result<web::Json<CaseCard>, ApiError> {
    let case = db.run(move |conn| queue::case(conn, me.user, id)).await?;
    Ok(web::Json(CaseCard::sign(case, &media).await?))
}

/// What to write beside a report.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteRequest {
    /// 1 to 2,000 characters; only moderators read them.
    body: String,
}

/// A note.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteAnswer {
    /// The note.
    note: NoteCard,
}

/// Write a note beside a report
#[utoipa::path(tag = "Moderation", params(("id" = Uuid, Path)), request_body = NoteRequest,
    responses((status = 201, body = NoteAnswer), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[post("/moderation/reports/{id}/notes")]
pub(crate) async fn add_note(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    Body(request): Body<NoteRequest>,
) -> Result<HttpResponse, ApiError> {
    let mut fields = Fields::new();
    let Some(text) = fields.take("/body", Statement::parse(&request.body)) else {
        return Err(fields.refused());
    };
    let (note, names) = db.run(move |conn| queue::add_note(conn, me.user, id, &text)).await?;
    Ok(HttpResponse::Created().json(NoteAnswer { note: NoteCard::of(note, &names) }))
}

/// What to do about a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// No rule was broken.
    Dismiss,
    /// Tell the person.
    Warn,
    /// Keep the person out for `days`.
    Suspend,
    /// Keep the person out for good.
    Ban,
}

/// A decision. All but `outcome` are for the person it is about, who reads every word; a dismissal takes none.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerdictRequest {
    /// What to do.
    outcome: DecisionKind,
    /// Which rule was broken.
    rule: Option<Ground>,
    /// Why, 1 to 2,000 characters.
    reason: Option<String>,
    /// What it was judged by, in few words that don't tell who reported, 1 to 2,000 characters.
    evidence: Option<String>,
    /// Days that a suspension lasts, 1 to 365; not given for anything else.
    days: Option<i64>,
}

impl VerdictRequest {
    fn parse(&self) -> Result<Decision, ApiError> {
        let mut fields = Fields::new();
        let kind = match self.outcome {
            DecisionKind::Dismiss => return self.parse_dismissal(),
            DecisionKind::Warn => SanctionKind::Warning,
            DecisionKind::Suspend => SanctionKind::Suspension,
            DecisionKind::Ban => SanctionKind::Ban,
        };
        let statement =
            |text: &Option<String>, missing: &str| match text.as_deref().unwrap_or_default().trim() {
                "" => Err(missing.to_owned()),
                text => Statement::parse(text).map_err(|error| error.to_string()),
            };
        let reason = statement(&self.reason, "Tell the person why: they read it, and nothing of the report.");
        let reason = fields.take("/reason", reason);
        let evidence =
            statement(&self.evidence, "Sum up for the person what you judged by, such as: two messages.");
        let evidence = fields.take("/evidence", evidence);
        let rule = fields.take("/rule", self.rule.ok_or("Say which rule was broken."));
        let term = match (kind, self.days) {
            (SanctionKind::Suspension, Some(days)) if SUSPENSION_DAYS.contains(&days) => {
                Some(TimeDelta::days(days))
            }
            (SanctionKind::Suspension, _) => {
                fields.refuse("/days", "A suspension lasts 1 to 365 days.");
                None
            }
            (_, Some(_)) => {
                fields.refuse("/days", "Only a suspension has days: leave them out.");
                None
            }
            (_, None) => None,
        };
        let (Some(reason), Some(evidence), Some(rule)) = (reason, evidence, rule) else {
            return Err(fields.refused());
        };
        fields.finish()?;
        Ok(Decision::Sanction { term, kind, rule, reason, evidence })
    }

    fn parse_dismissal(&self) -> Result<Decision, ApiError> {
        let mut fields = Fields::new();
        let given = [
            ("/rule", self.rule.is_some()),
            ("/reason", self.reason.is_some()),
            ("/evidence", self.evidence.is_some()),
            ("/days", self.days.is_some()),
        ];
        for (pointer, _) in given.iter().filter(|(_, given)| *given) {
            fields.refuse(pointer, "A dismissal tells its person nothing: leave it out, or write a note.");
        }
        fields.finish()?;
        Ok(Decision::Dismiss)
    }
}

/// A report after the decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct DecidedAnswer {
    /// The report.
    report: QueuedReport,
}

/// Decide on a report
///
/// Once. Who is suspended or banned is out of sight and out of every session within a second, and can read why and
/// appeal. The reporter reads the outcome in `GET /reports`.
#[utoipa::path(tag = "Moderation", params(("id" = Uuid, Path)), request_body = VerdictRequest,
    responses((status = 200, body = DecidedAnswer),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
#[post("/moderation/reports/{id}/decision")]
pub(crate) async fn decide_report(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    Body(request): Body<VerdictRequest>,
) -> Result<web::Json<DecidedAnswer>, ApiError> {
    let decision = request.parse()?;
    let keys = accounts.get_ref().clone();
    let (report, names) = db.run(move |conn| queue::decide(conn, &keys, me.user, id, &decision)).await?;
    // Here at once; other servers hear of it within a second.
    accounts.revocations.catch_up().await;
    Ok(web::Json(DecidedAnswer { report: QueuedReport::of(report, &names) }))
}

/// Appeals that wait for an answer
///
/// The oldest first, without your own.
#[utoipa::path(tag = "Moderation", params(PageParams),
    responses((status = 200, body = Page<AppealedCard>), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[get("/moderation/appeals")]
pub(crate) async fn list_appeals(
    me: SignedIn,
    db: web::Data<Db>,
    Params(page): Params<PageParams>,
) -> Result<web::Json<Page<AppealedCard>>, ApiError> {
    let (limit, after) = (page.limit()?, page.position()?);
    let (mut rows, names) =
        db.run(move |conn| queue::appeals(conn, me.user, after, i64::from(limit) + 1)).await?;
    let next_cursor = Page::cut(&mut rows, limit, |sanction| (sanction.appealed_at, sanction.id));
    let items = rows.into_iter().map(|sanction| AppealedCard::of(sanction, &names)).collect();
    Ok(web::Json(Page { items, next_cursor }))
}

/// An answer to an appeal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnswerRequest {
    /// True: the person was right, and the sanction ends.
    granted: bool,
    /// Why, 1 to 2,000 characters; the person reads it.
    answer: String,
}

/// An appeal after the answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppealAnswer {
    /// The sanction, with the appeal.
    appeal: AppealedCard,
}

/// Answer an appeal
///
/// Once. `id` is the sanction's.
#[utoipa::path(tag = "Moderation", params(("id" = Uuid, Path)), request_body = AnswerRequest,
    responses((status = 200, body = AppealAnswer),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json")))]
#[post("/moderation/appeals/{id}/answer")]
pub(crate) async fn answer_appeal(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    Body(request): Body<AnswerRequest>,
) -> Result<web::Json<AppealAnswer>, ApiError> {
    let mut fields = Fields::new();
    let Some(text) = fields.take("/answer", Statement::parse(&request.answer)) else {
        return Err(fields.refused());
    };
    let (sanction, names) =
        db.run(move |conn| queue::answer_appeal(conn, me.user, id, request.granted, &text)).await?;
    Ok(web::Json(AppealAnswer { appeal: AppealedCard::of(sanction, &names) }))
}
