//! Requests as these clients write them: a form or JSON, every value a text, and nothing unknown minded.

use std::future::{Ready, ready};

use actix_multipart::Multipart;
use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest};
use serde_json::{Map, Value};

use crate::config::PhotoConfig;
use crate::http::{ApiError, Body};
use crate::photos::{Form, not_a_form};
use crate::profiles::http::{ProfileFields, TagsField};

/// Where files stand besides `file`. Without a file's name it is a text: a link that says to keep the picture.
const IMAGE: &str = "image";

/// A body that isn't read yet: who asks comes first.
pub(super) struct Unread {
    request: HttpRequest,
    payload: Payload,
}

impl FromRequest for Unread {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Ok(Self { request: request.clone(), payload: payload.take() }))
    }
}

impl Unread {
    /// Reads a form with its files, or JSON as if it were one.
    pub(super) async fn read(self, limits: &PhotoConfig) -> Result<Form, ApiError> {
        let kind = self.request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        match kind.unwrap_or_default().to_ascii_lowercase().starts_with("multipart/") {
            true => self.read_form(limits).await,
            false => self.read_json().await,
        }
    }

    /// Reads a form only.
    pub(super) async fn read_form(mut self, limits: &PhotoConfig) -> Result<Form, ApiError> {
        let parts = Multipart::from_request(&self.request, &mut self.payload).await;
        let parts = parts.map_err(|_| not_a_form())?;
        Form::read_with(parts, &[IMAGE], limits.max_photos, limits.max_file_size).await
    }

    async fn read_json(mut self) -> Result<Form, ApiError> {
        let Body(object) = Body::<Map<String, Value>>::from_request(&self.request, &mut self.payload).await?;
        let texts = object.into_iter().filter_map(|(name, value)| Some((name, text(&value)?)));
        Ok(Form::of_texts(texts.collect()))
    }
}

/// A value as a form would write it; none for what isn't given.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Object(_) => None,
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Array(values) => Some(values.iter().filter_map(text).collect::<Vec<_>>().join(",")),
    }
}

/// Takes the first text that is there under one of several spellings.
pub(super) fn take_any(form: &mut Form, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| form.take(name))
}

/// A radius is called otherwise here.
pub(super) fn rename_radius(form: &mut Form) {
    if let Some(radius) = form.take("radius") {
        form.texts.push(("friend_radius".to_owned(), radius));
    }
}

/// The part of a profile that these forms change. What must not be empty and is counts as not given.
pub(super) fn profile_fields(form: &mut Form) -> ProfileFields {
    rename_radius(form);
    let tags = |text: String| TagsField::from_text(&text);
    let hobbies = form.take_list("hobbies").map(tags);
    let interests = form.take_list("interests").map(tags);
    let mut given = |name| form.take(name).filter(|text| !text.trim().is_empty());
    let friend_radius = given("friend_radius").map(|text| {
        // What is no number is refused like one that is too small.
        text.trim().parse().unwrap_or(0)
    });
    ProfileFields {
        hobbies,
        interests,
        location: given("location"),
        friend_radius,
        ..ProfileFields::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_texts_as_a_form_would_have_them() {
        let cases = [
            (json!("a"), Some("a")),
            (json!(25), Some("25")),
            (json!(true), Some("true")),
            (json!(["hiking", "chess", null]), Some("hiking,chess")),
            (json!(null), None),
            (json!({"a": 1}), None),
        ];
        for (value, expected) in cases {
            assert_eq!(text(&value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn what_is_left_empty_is_not_given_and_an_odd_radius_is_none() {
        let texts = [("location", " "), ("radius", "far"), ("hobbies", "a, b"), ("submit", "Save")];
        let mut form = Form::of_texts(texts.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec());
        let fields = profile_fields(&mut form);
        assert_eq!((fields.location, fields.friend_radius), (None, Some(0)));
        assert!(fields.hobbies.is_some() && fields.interests.is_none());
    }
}
