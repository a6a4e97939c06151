//! One's own address and mails over HTTP.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, put, web};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::actions::{self, Mail, MailPosition, MailRow};
use super::asks::Asks;
use super::change::{self, AddressState};
use super::error::MailError;
use super::kind::{MailKind, MailState};
use crate::accounts::{self, Accounts, Email, SignedIn, require_fresh};
use crate::db::Db;
use crate::http::{ApiError, Body, Page, PageParams, Params, Problem};

impl From<MailError> for ApiError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::BadToken => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "mail_link_invalid",
                "This link was used already or is too old. Ask for a new mail.",
            ),
            MailError::AddressTaken => Self::new(
                StatusCode::CONFLICT,
                "address_taken",
                "This address was confirmed for another account meanwhile. Log in there, or give another address.",
            ),
            MailError::NothingToConfirm => Self::new(
                StatusCode::CONFLICT,
                "nothing_to_confirm",
                "There is no address that waits to be confirmed. Give one with PUT /me/email.",
            ),
            MailError::NoName => {
                let detail = "Give a username or an email address.";
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields", detail)
                    .field("/username", detail)
            }
            MailError::TooMany { until } => too_many(until),
            MailError::Gone => Self::session_ended(),
            MailError::Outbox(_) => Self::internal(&error),
            MailError::Account(error) => error.into(),
            MailError::Db(error) => error.into(),
        }
    }
}

fn too_many(until: DateTime<Utc>) -> ApiError {
    let seconds = seconds_until(until).max(1);
    let detail = format!(
        "That is enough mails for now. The next one can be asked for in {} minutes. \
         Look into your spam folder meanwhile.",
        seconds.div_ceil(60)
    );
    ApiError::new(StatusCode::TOO_MANY_REQUESTS, "too_many_mails", detail).retry_after(seconds)
}

fn seconds_until(at: DateTime<Utc>) -> u32 {
    let seconds = (at - Utc::now()).as_seconds_f64().ceil();
    // Saturates, and what lies behind us is 0.
    seconds as u32
}

/// Another address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddressRequest {
    /// The new address.
    email: String,
}

/// How many mails may still be asked for.
#[derive(Serialize, ToSchema)]
pub struct AsksLeft {
    /// Mails that can be asked for at once.
    left: usize,
    /// Seconds until the next one can be asked for; 0 if any is left.
    wait_seconds: u32,
}

impl From<Asks> for AsksLeft {
    fn from(asks: Asks) -> Self {
        let wait_seconds = if asks.left > 0 { 0 } else { seconds_until(asks.next_at) };
        Self { left: asks.left, wait_seconds }
    }
}

/// Where an address stands.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AddressStatus {
    /// It is the account's: log in with it.
    Verified,
    /// Confirmed here; the other address of the change is still asked.
    OtherAddressAsked,
    /// A mail asks for confirmation.
    Asked,
}

impl From<AddressState> for AddressStatus {
    fn from(state: AddressState) -> Self {
        match state {
            AddressState::Proven => Self::Verified,
            AddressState::OneSide => Self::OtherAddressAsked,
            AddressState::Asked => Self::Asked,
        }
    }
}

/// Where the address stands, and how many mails may still be asked for.
#[derive(Serialize, ToSchema)]
pub struct AddressAnswer {
    /// Where it stands.
    status: AddressStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    mails: Option<AsksLeft>,
}

/// Change your email address
///
/// Needs a fresh login. An address that isn't confirmed yet is replaced at once. A confirmed one stays until both
/// addresses have agreed by mail; afterwards the old one can undo it for 48 hours. Whether the new one has an account
/// is told to nobody but its owner.
#[utoipa::path(tag = "Accounts", request_body = AddressRequest,
    responses((status = 200, body = AddressAnswer),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
#[put("/me/email")]
pub(crate) async fn change_email(
    me: SignedIn,
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    mail: web::Data<Mail>,
    Body(request): Body<AddressRequest>,
) -> Result<web::Json<AddressAnswer>, ApiError> {
    let email = Email::parse(&request.email).map_err(|error| {
        ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_fields", error.to_string())
            .field("/email", error.to_string())
    })?;
    let limit = mail.limit;
    let changed = db.run(move |conn| {
        require_fresh(conn, me.user, me.session)?;
        accounts::refuse_banned(conn, &accounts, &email)?;
        change::change_address(conn, me.user, &email, limit)
    });
    let (state, asks) = changed.await?;
    Ok(web::Json(AddressAnswer { status: state.into(), mails: asks.map(AsksLeft::from) }))
}

/// Send the confirmation again
///
/// Five mails an hour; then 429 with Retry-After.
#[utoipa::path(tag = "Accounts",
    responses((status = 202, body = AsksLeft),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json")))]
#[post("/email/resend")]
pub(crate) async fn resend_email(
    me: SignedIn,
    db: web::Data<Db>,
    mail: web::Data<Mail>,
) -> Result<HttpResponse, ApiError> {
    let limit = mail.limit;
    let asks = db.run(move |conn| actions::resend(conn, me.user, limit)).await?;
    Ok(HttpResponse::Accepted().json(AsksLeft::from(asks)))
}

/// A mail to you.
#[derive(Serialize, ToSchema)]
pub struct MailCard {
    /// Its id.
    id: Uuid,
    /// What it is about.
    kind: MailKind,
    /// Where it goes.
    address: String,
    /// What became of it.
    state: MailState,
    /// What the mail server said, if it wasn't yes.
    reason: Option<String>,
    /// When it was asked for.
    asked_at: DateTime<Utc>,
    /// When the mail server decided.
    settled_at: Option<DateTime<Utc>>,
}

impl MailCard {
    /// A kind that nobody knows any more is left out.
    fn read(row: MailRow) -> Option<Self> {
        Some(Self {
            id: row.id,
            kind: MailKind::named(&row.kind)?,
            address: row.address,
            state: MailState::named(&row.state)?,
            reason: row.reason,
            asked_at: row.asked_at,
            settled_at: row.settled_at,
        })
    }
}

/// What was mailed to you
///
/// The newest first, with what became of each mail: a mail that doesn't arrive is not your fault. Kept for 90 days.
#[utoipa::path(tag = "Me", params(PageParams),
    responses((status = 200, body = Page<MailCard>),
        (status = 401, body = Problem, content_type = "application/problem+json")))]
#[get("/me/mail")]
pub(crate) async fn list_mail(
    me: SignedIn,
    db: web::Data<Db>,
    Params(params): Params<PageParams>,
) -> Result<web::Json<Page<MailCard>>, ApiError> {
    let (limit, before) = (params.limit()?, params.position::<Uuid>()?);
    let mut rows = db.run(move |conn| actions::list(conn, me.user, before, i64::from(limit) + 1)).await?;
    let next_cursor = Page::cut(&mut rows, limit, |row: &MailRow| -> MailPosition { (row.asked_at, row.id) });
    Ok(web::Json(Page { items: rows.into_iter().filter_map(MailCard::read).collect(), next_cursor }))
}
