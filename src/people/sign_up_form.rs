//! The sign-up form in its two shapes: JSON, and multipart with photos.

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use utoipa::ToSchema;

use super::actions::SignUp;
use crate::accounts::{Email, Password, RefreshDelivery, Username};
use crate::config::PhotoConfig;
use crate::http::{ApiError, Body, Fields};
use crate::photos::{Form, FormFile, not_a_form};
use crate::profiles::http::{ProfileFields, TagsField};

/// A new account. Only username and password are needed at once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignUpRequest {
    /// 3 to 30 of letters, digits, dot, dash and underscore; unique without case.
    username: String,
    /// 8 to 128 characters, not one that everybody uses.
    password: String,
    /// An address to be verified later.
    email: Option<String>,
    display_name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    /// `YYYY-MM-DD`.
    birth_date: Option<String>,
    bio: Option<String>,
    hobbies: Option<TagsField>,
    interests: Option<TagsField>,
    /// A ZIP code.
    location: Option<String>,
    /// `town`, `state` or `hidden`; `town` if not given.
    place_shown: Option<String>,
    /// Miles, 1 to 500; 25 if not given.
    friend_radius: Option<i64>,
    /// Where you want the refresh token, as in the login.
    #[serde(default)]
    refresh: RefreshDelivery,
}

/// The same as a form: all values are text.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form for the OpenAPI document")]
pub(crate) struct SignUpForm {
    username: String,
    password: String,
    email: Option<String>,
    display_name: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    birth_date: Option<String>,
    bio: Option<String>,
    /// With commas between.
    hobbies: Option<String>,
    /// With commas between.
    interests: Option<String>,
    location: Option<String>,
    place_shown: Option<String>,
    friend_radius: Option<String>,
    /// `body` or `cookie`: where you want the refresh token, as in the login.
    refresh: Option<String>,
    /// Any number of JPEG, PNG or WebP images, each a part named `file`.
    #[schema(value_type = Vec<String>, required = false, format = Binary, content_media_type = "application/octet-stream")]
    file: Option<Vec<Vec<u8>>>,
}

/// Reads either shape: the account, its photos, and where its refresh token goes.
pub(super) async fn read_sign_up(
    request: &HttpRequest,
    mut payload: Payload,
    limits: &PhotoConfig,
) -> Result<(SignUp, Vec<FormFile>, RefreshDelivery), ApiError> {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !content_type.to_ascii_lowercase().starts_with("multipart/") {
        let Body(form) = Body::<SignUpRequest>::from_request(request, &mut payload).await?;
        let refresh = form.refresh;
        return Ok((parse(form, Fields::new())?, Vec::new(), refresh));
    }
    let parts = Multipart::from_request(request, &mut payload).await.map_err(|_| not_a_form())?;
    let mut form = Form::read(parts, limits.max_files(), limits.max_file_size).await?;
    let files = std::mem::take(&mut form.files);
    let (account, refresh) = read_texts(form)?;
    Ok((account, files, refresh))
}

/// The new account that a form's texts describe.
pub fn sign_up_in(form: Form) -> Result<SignUp, ApiError> {
    Ok(read_texts(form)?.0)
}

fn read_texts(form: Form) -> Result<(SignUp, RefreshDelivery), ApiError> {
    let mut fields = Fields::new();
    let request = from_texts(form, &mut fields);
    let refresh = request.refresh;
    Ok((parse(request, fields)?, refresh))
}

/// All values of a form are text.
fn from_texts(mut form: Form, fields: &mut Fields) -> SignUpRequest {
    let hobbies = form.take_list("hobbies");
    let interests = form.take_list("interests");
    let mut take = |name| form.take(name);
    let radius = take("friend_radius").filter(|text| !text.trim().is_empty()).map(|text| {
        text.trim().parse::<i64>().map_err(|_| "A friend radius is a whole number of miles from 1 to 500.")
    });
    let refresh = take("refresh").filter(|text| !text.trim().is_empty());
    let refresh = refresh.map(|text| {
        RefreshDelivery::named(text.trim()).ok_or("The refresh token comes in the body or as a cookie.")
    });
    SignUpRequest {
        username: take("username").unwrap_or_default(),
        password: take("password").unwrap_or_default(),
        email: take("email"),
        display_name: take("display_name"),
        first_name: take("first_name"),
        last_name: take("last_name"),
        birth_date: take("birth_date"),
        bio: take("bio"),
        hobbies: hobbies.map(|text| TagsField::from_text(&text)),
        interests: interests.map(|text| TagsField::from_text(&text)),
        location: take("location"),
        place_shown: take("place_shown"),
        friend_radius: fields.take_some("/friend_radius", radius),
        refresh: fields.take_some("/refresh", refresh).unwrap_or_default(),
    }
}

fn parse(form: SignUpRequest, mut fields: Fields) -> Result<SignUp, ApiError> {
    let username = fields.take("/username", Username::parse(&form.username));
    let password = fields.take("/password", Password::parse(&form.password));
    // Front ends send optional fields that were left empty: they count as not given.
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let email = fields.take_some("/email", given(form.email).as_deref().map(Email::parse));
    let profile = ProfileFields {
        display_name: given(form.display_name),
        first_name: given(form.first_name),
        last_name: given(form.last_name),
        birth_date: given(form.birth_date),
        bio: given(form.bio),
        hobbies: form.hobbies,
        interests: form.interests,
        location: given(form.location),
        place_shown: given(form.place_shown),
        friend_radius: form.friend_radius,
        profile_image_key: None,
    };
    let profile = profile.parse(&mut fields);
    let (Some(username), Some(password)) = (username, password) else { return Err(fields.refused()) };
    fields.finish()?;
    Ok(SignUp { username, password, email, profile })
}
