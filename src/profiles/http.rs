//! Places, tags, pause, and the profile's fields as requests carry them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, put, web};
use chrono::{SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::actions::{self, ChangeError, ProfileError};
use super::birth_date::BirthDate;
use super::moves::{MOVES_A_DAY, TooManyMoves};
use super::place_shown::PlaceShown;
use super::profile::{Bio, DisplayName, FriendRadius, PersonalName, ProfileChanges, RadiusError, about};
use super::tag::{TagError, TagList};
use crate::accounts::{MaybeSignedIn, SignedIn};
use crate::config::Config;
use crate::db::Db;
use crate::geo::{ZipCode, ZipCodeError, effective_radius, zip_table};
use crate::http::{ApiError, Body, Fields, Params, Problem, check_limit};

impl From<ProfileError> for ApiError {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::Gone => Self::session_ended(),
            ProfileError::Db(error) => error.into(),
        }
    }
}

impl From<ChangeError> for ApiError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Moves(TooManyMoves { again_at }) => {
                let seconds = (again_at - Utc::now()).num_seconds().clamp(0, 86_400);
                let detail = format!(
                    "A ZIP code can be changed {MOVES_A_DAY} times in 24 hours. The next change is possible at {}.",
                    again_at.to_rfc3339_opts(SecondsFormat::Secs, true)
                );
                Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_moves", detail.clone())
                    .field("/location", detail)
                    .retry_after(u32::try_from(seconds + 1).unwrap_or(u32::MAX))
            }
            ChangeError::Profile(error) => error.into(),
        }
    }
}

/// Hobbies or interests: a list, or one text with commas between.
#[derive(Debug, Clone, ToSchema)]
#[schema(value_type = TagsShape)]
pub struct TagsField(Vec<String>);

#[derive(Deserialize, ToSchema)]
#[serde(untagged)]
enum TagsShape {
    List(Vec<String>),
    Text(String),
}

impl<'de> Deserialize<'de> for TagsField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let shape = TagsShape::deserialize(deserializer)
            .map_err(|_| serde::de::Error::custom("a list of texts, or one text with commas between"))?;
        Ok(match shape {
            TagsShape::List(list) => Self(list),
            TagsShape::Text(text) => Self::from_text(&text),
        })
    }
}

impl TagsField {
    /// Splits a form's text at its commas.
    pub fn from_text(text: &str) -> Self {
        Self(text.split(',').map(str::to_owned).collect())
    }

    fn parse(&self) -> Result<TagList, TagError> {
        TagList::parse(self.0.iter().map(String::as_str))
    }
}

/// The fields of a profile. Only the given ones change; an empty text empties what may be empty.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileFields {
    /// The name that others see, 1 to 50 characters; at sign-up it begins as the username.
    pub display_name: Option<String>,
    /// Only you see it.
    pub first_name: Option<String>,
    /// Only you see it.
    pub last_name: Option<String>,
    /// `YYYY-MM-DD`, 18 years ago or more. Others see your age.
    pub birth_date: Option<String>,
    /// Up to 1,000 characters.
    pub bio: Option<String>,
    /// At most 20.
    pub hobbies: Option<TagsField>,
    /// At most 20.
    pub interests: Option<TagsField>,
    /// A ZIP code, five digits; changed at most three times in 24 hours. Others see the place's name, as far as
    /// `place_shown` says.
    pub location: Option<String>,
    /// What others read of your place: `town` (town and state), `state`, or `hidden`; at sign-up `town`.
    pub place_shown: Option<String>,
    /// Miles, 1 to 500; counts as the next of 5, 10, 25, 50, 100, 250, 500.
    pub friend_radius: Option<i64>,
    /// The key of one of your photos: it becomes your profile image.
    pub profile_image_key: Option<String>,
}

impl ProfileFields {
    /// Parses all fields, noting what is wrong with each.
    pub fn parse(&self, fields: &mut Fields) -> ProfileChanges {
        let today = actions::today();
        ProfileChanges {
            display_name: fields
                .take_some("/display_name", self.display_name.as_deref().map(DisplayName::parse)),
            first_name: fields.take_some("/first_name", self.first_name.as_deref().map(PersonalName::parse)),
            last_name: fields.take_some("/last_name", self.last_name.as_deref().map(PersonalName::parse)),
            birth_date: fields.take_some(
                "/birth_date",
                self.birth_date.as_deref().map(|text| BirthDate::parse(text.trim(), today)),
            ),
            bio: fields.take_some("/bio", self.bio.as_deref().map(Bio::parse)),
            hobbies: fields.take_some("/hobbies", self.hobbies.as_ref().map(TagsField::parse)),
            interests: fields.take_some("/interests", self.interests.as_ref().map(TagsField::parse)),
            zip: fields.take_some("/location", self.location.as_deref().map(known_zip)),
            place_shown: fields.take_some("/place_shown", self.place_shown.as_deref().map(PlaceShown::parse)),
            friend_radius: fields.take_some("/friend_radius", self.friend_radius.map(FriendRadius::parse)),
        }
    }
}

fn known_zip(text: &str) -> Result<ZipCode, ZipCodeError> {
    let zip = ZipCode::parse(text.trim())?;
    zip_table().find(zip).map(|place| place.zip)
}

fn zip_problem(error: ZipCodeError, pointer: &str) -> ApiError {
    Fields::refuse_one(pointer, error.to_string())
}

/// A ZIP code's place.
#[derive(Debug, Serialize, ToSchema)]
pub struct ZipPlace {
    /// Five digits.
    zip: String,
    /// The town.
    place: &'static str,
    /// Two letters.
    state: &'static str,
}

/// Look a ZIP code up
///
/// For forms, before they are sent: 422 for one that doesn't exist.
#[utoipa::path(tag = "Places", security((), ("bearer" = [])), params(("zip" = String, Path, description = "Five digits")),
    responses((status = 200, body = ZipPlace), (status = 422, body = Problem, content_type = "application/problem+json")))]
#[get("/zip-codes/{zip}")]
pub(crate) async fn zip_code(
    _: MaybeSignedIn,
    zip: web::Path<String>,
) -> Result<web::Json<ZipPlace>, ApiError> {
    let zip = known_zip(&zip).map_err(|error| zip_problem(error, "/zip"))?;
    let place = zip_table().get(zip).ok_or_else(ApiError::not_found)?;
    Ok(web::Json(ZipPlace { zip: place.zip.to_string(), place: place.name, state: place.state }))
}

/// What to complete.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TagQuery {
    /// How the tag begins; without it, the most used tags of all.
    prefix: Option<String>,
    /// How many, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
}

/// A suggestion.
#[derive(Debug, Serialize, ToSchema)]
pub struct TagSuggestion {
    /// The tag.
    name: String,
    /// How many people use it, rounded.
    about: String,
}

/// Suggestions, most used first.
#[derive(Debug, Serialize, ToSchema)]
pub struct TagSuggestions {
    /// The suggestions.
    items: Vec<TagSuggestion>,
    /// Always null: type more letters instead.
    next_cursor: Option<String>,
}

/// Suggest hobbies and interests
#[utoipa::path(tag = "Places", security((), ("bearer" = [])), params(TagQuery),
    responses((status = 200, body = TagSuggestions), (status = 422, body = Problem, content_type = "application/problem+json")))]
#[get("/tags")]
pub(crate) async fn tags(
    _: MaybeSignedIn,
    db: web::Data<Db>,
    Params(query): Params<TagQuery>,
) -> Result<web::Json<TagSuggestions>, ApiError> {
    let limit = check_limit(query.limit)?;
    // The same cleaning as for tags: what can't be one begins none.
    let mut fields = Fields::new();
    let prefix = fields.take("/prefix", TagList::parse(query.prefix.as_deref()));
    fields.finish()?;
    let prefix = prefix.and_then(|list| list.names().first().cloned()).unwrap_or_default();
    let rows = db.run(move |conn| actions::suggest_tags(conn, &prefix, limit)).await?;
    let items = rows.into_iter().map(|(name, uses)| TagSuggestion { name, about: about(uses) }).collect();
    Ok(web::Json(TagSuggestions { items, next_cursor: None }))
}

/// Around where, and how far.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReachQuery {
    /// Five digits.
    zip: String,
    /// Miles, 1 to 500; counts as the next of 5, 10, 25, 50, 100, 250, 500.
    radius: i64,
}

/// How many people a radius reaches.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reach {
    /// Rounded, "under 10" below ten: nobody can be found by it.
    about: String,
    /// The radius that counts, in miles.
    effective_radius: u16,
}

/// How many people live within a radius of a ZIP code
#[utoipa::path(tag = "Places", security((), ("bearer" = [])), params(ReachQuery),
    responses((status = 200, body = Reach), (status = 422, body = Problem, content_type = "application/problem+json")))]
#[get("/reach")]
pub(crate) async fn reach(
    _: MaybeSignedIn,
    db: web::Data<Db>,
    config: web::Data<Config>,
    Params(query): Params<ReachQuery>,
) -> Result<web::Json<Reach>, ApiError> {
    let zip = known_zip(&query.zip).map_err(|error| zip_problem(error, "/zip"))?;
    let radius = FriendRadius::parse(query.radius)
        .map_err(|error: RadiusError| Fields::refuse_one("/radius", error.to_string()))?;
    let edge = effective_radius(radius.miles());
    let required = config.accounts.birth_date_required;
    let bands = db.run(move |conn| actions::count_by_band(conn, zip, edge, required)).await?;
    let people = bands.iter().map(|(_, people)| people).sum();
    Ok(web::Json(Reach { about: about(people), effective_radius: edge }))
}

/// Whether to be hidden.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PauseRequest {
    /// True: shown to nobody new. Matches stay.
    paused: bool,
}

/// Pause, or end the pause
#[utoipa::path(tag = "Me", request_body = PauseRequest,
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json")))]
#[put("/me/pause")]
pub(crate) async fn pause(
    me: SignedIn,
    db: web::Data<Db>,
    Body(request): Body<PauseRequest>,
) -> Result<HttpResponse, ApiError> {
    db.run(move |conn| actions::set_paused(conn, me.user, request.paused)).await?;
    Ok(HttpResponse::NoContent().finish())
}
