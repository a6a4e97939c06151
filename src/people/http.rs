//! Sign-up, login, oneself and others over HTTP.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, get, patch, post, put, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::actions::{self, PeopleError};
use super::load_own;
pub use super::own_card::{OwnCard, own_card};
pub use super::sign_up_form::sign_up_in;
use super::sign_up_form::{SignUpForm, SignUpRequest, read_sign_up};
use crate::accounts::http::SessionTokens;
use crate::accounts::{Accounts, Cookies, SignedIn, UserId, Visitor};
use crate::config::Config;
use crate::db::Db;
use crate::http::{ApiError, Body, Fields, Id, Problem};
use crate::matches::http::PersonCard;
use crate::photos::files_http::named_file;
use crate::photos::http::{UploadResult, keep_files};
use crate::photos::{Photos, Variant};
use crate::profiles::http::ProfileFields;

impl From<PeopleError> for ApiError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::Gone => Self::session_ended(),
            PeopleError::NotFound => Self::not_found(),
            PeopleError::Account(error) => error.into(),
            PeopleError::Change(error) => error.into(),
            PeopleError::Photo(error) => error.into(),
            PeopleError::Match(error) => error.into(),
            PeopleError::Db(error) => error.into(),
        }
    }
}

/// A fresh session and whose it is.
#[derive(Serialize, ToSchema)]
pub struct SessionAnswer {
    /// You.
    pub(super) user: OwnCard,
    #[serde(flatten)]
    pub(super) tokens: SessionTokens,
    /// What became of the photos that came with the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) photos: Option<UploadResult>,
    /// True if this login took the account's deletion back: everything is as it was.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(super) restored: bool,
}

/// Sign up
///
/// As JSON, or as a form with any number of `file` parts. Only username and password are needed now; what the deck
/// needs and is missing can be given later with `PATCH /me`. A bad photo doesn't undo the account: `photos` has a
/// result for each file.
#[utoipa::path(tag = "Accounts", security(()),
    request_body(content((SignUpRequest = "application/json"), (SignUpForm = "multipart/form-data"))),
    responses((status = 201, body = SessionAnswer),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[post("/users")]
pub(crate) async fn sign_up(
    request: HttpRequest,
    payload: web::Payload,
    (visitor, cookies): (Visitor, Cookies),
    db: web::Data<Db>,
    accounts: web::Data<Arc<Accounts>>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
) -> Result<HttpResponse, ApiError> {
    let (form, files, refresh) = read_sign_up(&request, payload.into_inner(), &config.photos).await?;
    cookies.check_delivery(refresh)?;
    let session = actions::sign_up(&db, &accounts, form, visitor).await?;
    let kept = match files {
        files if files.is_empty() => None,
        files => Some(keep_files(&photos, config.photos.max_file_size, session.user, files).await?.0),
    };
    let (user, tokens) = (session.user, SessionTokens::of(&session, refresh));
    let answer = session_answer(&db, &photos, &config, user, tokens, kept).await?;
    cookies.hand_out(&session, refresh);
    Ok(HttpResponse::Created().json(answer))
}

pub(super) async fn session_answer(
    db: &Db,
    photos: &Photos,
    config: &Config,
    user: UserId,
    tokens: SessionTokens,
    kept: Option<UploadResult>,
) -> Result<SessionAnswer, ApiError> {
    let own = db.run(move |conn| load_own(conn, user)).await?;
    let user = OwnCard::sign(own, photos, config).await?;
    Ok(SessionAnswer { user, tokens, photos: kept, restored: false })
}

/// Yourself.
#[derive(Serialize, ToSchema)]
pub struct OwnAnswer {
    user: OwnCard,
}

/// You
#[utoipa::path(tag = "Me",
    responses((status = 200, body = OwnAnswer), (status = 401, body = Problem, content_type = "application/problem+json")))]
#[get("/me")]
pub(crate) async fn get_me(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
) -> Result<web::Json<OwnAnswer>, ApiError> {
    let user = own_card(me.user, &db, &photos, &config).await?;
    Ok(web::Json(OwnAnswer { user }))
}

/// Change your profile
///
/// Only the given fields change. `profile_image_key` names a photo of yours; 404 if it is none.
#[utoipa::path(tag = "Me", request_body = ProfileFields,
    responses((status = 200, body = OwnAnswer), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[patch("/me")]
pub(crate) async fn change_me(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    Body(fields): Body<ProfileFields>,
) -> Result<web::Json<OwnAnswer>, ApiError> {
    change(me.user, &db, &fields).await?;
    let user = own_card(me.user, &db, &photos, &config).await?;
    Ok(web::Json(OwnAnswer { user }))
}

/// Your profile
///
/// The same as `GET /me`, without the wrapping.
#[utoipa::path(tag = "Me",
    responses((status = 200, body = OwnCard), (status = 401, body = Problem, content_type = "application/problem+json")))]
#[get("/profile")]
pub(crate) async fn get_profile(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
) -> Result<web::Json<OwnCard>, ApiError> {
    Ok(web::Json(own_card(me.user, &db, &photos, &config).await?))
}

/// Change your profile and get all of it
///
/// Only the given fields change. `profile_image_key` names a photo of yours; 404 if it is none.
#[utoipa::path(tag = "Me", request_body = ProfileFields,
    responses((status = 200, body = OwnCard), (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json")))]
#[put("/profile")]
pub(crate) async fn put_profile(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    Body(fields): Body<ProfileFields>,
) -> Result<web::Json<OwnCard>, ApiError> {
    change(me.user, &db, &fields).await?;
    Ok(web::Json(own_card(me.user, &db, &photos, &config).await?))
}

async fn change(user: UserId, db: &Db, fields: &ProfileFields) -> Result<(), ApiError> {
    let mut refused = Fields::new();
    let changes = fields.parse(&mut refused);
    refused.finish()?;
    let image = fields.profile_image_key.as_deref().map(named_file).transpose()?;
    Ok(db.run(move |conn| actions::change_own(conn, user, &changes, image.as_ref())).await?)
}

/// Somebody: yourself or another.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum Somebody {
    /// Yourself, with everything.
    Own(Box<OwnCard>),
    /// Another, as you see them.
    Other(Box<PersonCard>),
}

/// Somebody.
#[derive(Serialize, ToSchema)]
pub struct SomebodyAnswer {
    user: Somebody,
}

/// Somebody
///
/// Email, ZIP code and radius only of yourself; of others the place's name and a distance band.
#[utoipa::path(tag = "People", params(("id" = Uuid, Path)),
    responses((status = 200, body = SomebodyAnswer), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[get("/users/{id}")]
pub(crate) async fn see_user(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
) -> Result<web::Json<SomebodyAnswer>, ApiError> {
    let (other, required) = (UserId(id), config.accounts.birth_date_required);
    let user = if other == me.user {
        Somebody::Own(Box::new(own_card(other, &db, &photos, &config).await?))
    } else {
        let person = db.run(move |conn| actions::see_person(conn, me.user, other, required)).await?;
        Somebody::Other(Box::new(PersonCard::sign(person, &photos).await?))
    };
    Ok(web::Json(SomebodyAnswer { user }))
}

/// Links to somebody's photos.
#[derive(Serialize, ToSchema)]
pub struct Images {
    /// In their largest size, good for minutes; the profile image first.
    images: Vec<String>,
}

/// Somebody's photos
#[utoipa::path(tag = "Photos", params(("id" = Uuid, Path)),
    responses((status = 200, body = Images), (status = 404, body = Problem, content_type = "application/problem+json")))]
#[get("/users/{id}/images")]
pub(crate) async fn see_images(
    me: SignedIn,
    Id(id): Id,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
) -> Result<web::Json<Images>, ApiError> {
    let (other, required) = (UserId(id), config.accounts.birth_date_required);
    let images = if other == me.user {
        let own = db.run(move |conn| load_own(conn, other)).await?;
        photos.own_links(&own.photos, Variant::Large).await?
    } else {
        let person = db.run(move |conn| actions::see_person(conn, me.user, other, required)).await?;
        photos.links(&person.photos, Variant::Large).await?
    };
    Ok(web::Json(Images { images }))
}
