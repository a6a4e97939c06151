//! The one error that leaves the server: RFC 9457 problem details with a stable `code`.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, RETRY_AFTER};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::current_request_id;
use crate::db::DbError;

/// What was wrong with one field of the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// JSON pointer (RFC 6901) to the field, such as `/username`.
    pub pointer: String,
    /// What is wrong and what would be accepted.
    pub detail: String,
}

/// A refusal or a failure, as the client hears it.
#[derive(Debug, Clone)]
pub struct ApiError {
    status: StatusCode,
    code: &'static str,
    detail: String,
    errors: Vec<FieldError>,
    retry_after: Option<u32>,
    extensions: serde_json::Map<String, serde_json::Value>,
}

impl ApiError {
    /// A problem with a stable machine `code` and a sentence for people.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
            errors: Vec::new(),
            retry_after: None,
            extensions: Default::default(),
        }
    }

    /// Adds what was wrong with one field.
    pub fn field(mut self, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        self.errors.push(FieldError { pointer: pointer.into(), detail: detail.into() });
        self
    }

    /// Adds a member of its own to the problem (RFC 9457, section 3.2).
    pub fn with(mut self, name: &str, value: impl Serialize) -> Self {
        self.extensions.insert(name.to_owned(), serde_json::to_value(value).unwrap_or_default());
        self
    }

    /// Tells the client after how many seconds trying again makes sense.
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// 401: no session, or one that has ended.
    pub fn unauthorized(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, detail)
    }

    /// 401: the session, or its whole account, is gone.
    pub fn session_ended() -> Self {
        Self::unauthorized("session_ended", "The session has ended. Please log in again.")
    }

    /// 404: missing, or not yours. The two are told by the same bytes.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here, or it is not yours to see.")
    }

    /// 503: something this server needs doesn't answer; trying again soon makes sense.
    pub fn unavailable(code: &'static str, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, detail).retry_after(2)
    }

    /// 500: logged once with its cause, told without it.
    pub fn internal(cause: &dyn fmt::Display) -> Self {
        tracing::error!(%cause, "request failed");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on our side. It was written down; please try again.",
        )
    }

    /// The stable machine-readable code.
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The sentence for people.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The body that goes over the wire.
    pub fn problem(&self) -> Problem {
        Problem {
            problem_type: format!("urn:friender:problem:{}", self.code),
            title: self.status.canonical_reason().unwrap_or("Error").to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.clone(),
            code: self.code.to_owned(),
            request_id: current_request_id(),
            errors: self.errors.clone(),
            error: ErrorSummary { message: self.message(), status: self.status.as_u16() },
            extensions: self.extensions.clone(),
        }
    }

    /// Detail and field errors in one line, for clients that show a single message.
    fn message(&self) -> String {
        let fields: Vec<&str> = self.errors.iter().map(|e| e.detail.as_str()).collect();
        if fields.is_empty() { self.detail.clone() } else { fields.join(" ") }
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.detail)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response.insert_header((CONTENT_TYPE, "application/problem+json"));
        if let Some(seconds) = self.retry_after {
            response.insert_header((RETRY_AFTER, seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.insert_header(("WWW-Authenticate", "Bearer"));
        }
        response.body(serde_json::to_string(&self.problem()).unwrap_or_default())
    }
}

/// Failures that are nobody's fault and gone when tried again.
fn is_passing(error: &diesel::result::Error) -> bool {
    use diesel::result::{DatabaseErrorKind, Error};
    let Error::DatabaseError(kind, info) = error else { return false };
    let message = info.message();
    matches!(kind, DatabaseErrorKind::SerializationFailure | DatabaseErrorKind::ReadOnlyTransaction)
        || message.contains("deadlock detected")
        || message.contains("canceling statement due to")
        || message.contains("the database system is")
        || message.contains("too many clients")
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Overloaded | DbError::TimedOut | DbError::Unavailable(_) => {
                tracing::warn!(cause = %error, "database unavailable");
                Self::unavailable(
                    "database_unavailable",
                    "The database doesn't answer. Please try again in a moment.",
                )
            }
            DbError::Query(ref query) if is_passing(query) => {
                tracing::warn!(cause = %error, "database busy");
                Self::unavailable("database_busy", "The database is busy. Please try again in a moment.")
            }
            DbError::Query(_) | DbError::Lost => Self::internal(&error),
        }
    }
}

/// The body of every error answer (RFC 9457), with `error` for clients that read the older form.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// A URN that names the kind of problem.
    #[serde(rename = "type")]
    pub problem_type: String,
    /// The status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened and what would help, for people.
    pub detail: String,
    /// What happened, for programs; never changes.
    pub code: String,
    /// The same as the answer's `X-Request-Id`.
    pub request_id: String,
    /// One entry for each field that was refused.
    pub errors: Vec<FieldError>,
    /// The same, as older clients read it.
    pub error: ErrorSummary,
    /// What only this kind of problem has.
    #[serde(flatten)]
    #[schema(ignore)]
    pub extensions: serde_json::Map<String, serde_json::Value>,
}

/// The older form of an error.
#[derive(Debug, Serialize, ToSchema)]
pub struct ErrorSummary {
    /// All that is wrong, in one line.
    pub message: String,
    /// The HTTP status.
    pub status: u16,
}

/// Collects what is wrong with a request's fields, so that a person hears it all at once.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldError>);

impl Fields {
    /// Starts with nothing wrong.
    pub fn new() -> Self {
        Self::default()
    }

    /// Keeps the value, or notes what is wrong with it.
    pub fn take<T, E: fmt::Display>(&mut self, pointer: &str, parsed: Result<T, E>) -> Option<T> {
        parsed.map_err(|error| self.refuse(pointer, error.to_string())).ok()
    }

    /// The same for a field that may be absent.
    pub fn take_some<T, E: fmt::Display>(
        &mut self,
        pointer: &str,
        parsed: Option<Result<T, E>>,
    ) -> Option<T> {
        parsed.and_then(|parsed| self.take(pointer, parsed))
    }

    /// Notes what is wrong with a field.
    pub fn refuse(&mut self, pointer: &str, detail: impl Into<String>) {
        self.0.push(FieldError { pointer: pointer.to_owned(), detail: detail.into() });
    }

    /// The problem of a single field (422).
    pub fn refuse_one(pointer: &str, detail: impl Into<String>) -> ApiError {
        let mut fields = Self::new();
        fields.refuse(pointer, detail);
        fields.refused()
    }

    /// The problem that tells all of it (422).
    pub fn refused(self) -> ApiError {
        let mut error = ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_fields",
            "Some fields can't be accepted as they are.",
        );
        error.errors = self.0;
        error
    }

    /// Ends the collection: an error if anything was wrong.
    pub fn finish(self) -> Result<(), ApiError> {
        if self.0.is_empty() { Ok(()) } else { Err(self.refused()) }
    }
}
