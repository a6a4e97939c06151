//! Lists by pages: `?limit&cursor` in, `{items, next_cursor}` out.

use actix_web::http::StatusCode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Datelike, Utc};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{ApiError, LIST_DEFAULT, LIST_MAX};

/// A position in a list, opaque to clients.
pub struct Cursor;

impl Cursor {
    /// Writes the position down.
    pub fn encode<P: Serialize>(position: &P) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(position).unwrap_or_default())
    }

    /// Reads it back; anything that wasn't ours is 400 `invalid_cursor`.
    pub fn decode<P: DeserializeOwned>(cursor: &str) -> Result<P, ApiError> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
        bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or_else(invalid_cursor)
    }
}

/// Which page of a list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageParams {
    /// How many items at most, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
}

impl PageParams {
    /// For lists that take more in their query string.
    pub fn new(limit: Option<u32>, cursor: Option<String>) -> Self {
        Self { limit, cursor }
    }

    /// The number of items asked for; beyond 1 to 100 it is 400 `invalid_query`.
    pub fn limit(&self) -> Result<u32, ApiError> {
        check_limit(self.limit)
    }

    /// The position to go on from, if this isn't the first page: a time and an id.
    pub fn position<I: DeserializeOwned>(&self) -> Result<Option<(DateTime<Utc>, I)>, ApiError> {
        let position: Option<(DateTime<Utc>, I)> = self.cursor.as_deref().map(Cursor::decode).transpose()?;
        match &position {
            // No list of ours reaches there, and not every such time fits into PostgreSQL.
            Some((at, _)) if !(2000..=9999).contains(&at.year()) => Err(invalid_cursor()),
            _ => Ok(position),
        }
    }
}

fn invalid_cursor() -> ApiError {
    ApiError::new(
        StatusCode::BAD_REQUEST,
        "invalid_cursor",
        "Take the cursor as it came with the page before.",
    )
}

/// `limit` of any list.
pub fn check_limit(limit: Option<u32>) -> Result<u32, ApiError> {
    match limit.unwrap_or(LIST_DEFAULT) {
        limit @ 1..=LIST_MAX => Ok(limit),
        _ => Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "invalid_query",
            "limit takes a number from 1 to 100.",
        )),
    }
}

/// One page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// Send it as `cursor` for the next page; null on the last.
    pub next_cursor: Option<String>,
}

impl Page<()> {
    /// Cuts rows to a page of `limit` and gives the cursor behind it. Ask for one row more: it only tells that there
    /// is more.
    pub fn cut<R, P: Serialize>(rows: &mut Vec<R>, limit: u32, position: impl Fn(&R) -> P) -> Option<String> {
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        rows.last().filter(|_| more).map(|last| Cursor::encode(&position(last)))
    }
}
