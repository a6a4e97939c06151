//! The deck over HTTP.

use actix_web::{get, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::actions::{self, EmptyDeck};
use crate::accounts::SignedIn;
use crate::config::Config;
use crate::db::Db;
use crate::http::{ApiError, Params, Problem, check_limit};
use crate::matches::http::PersonCard;
use crate::photos::Photos;
use crate::profiles::about;

/// How many to draw.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeckQuery {
    /// How many people at most, 1 to 100.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u32>,
}

/// People to say yes or no to.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeckPage {
    /// The best first. Decide, and ask again for the next ones.
    items: Vec<PersonCard>,
    /// Only when there is nobody: why, and what would help.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_empty: Option<ReasonEmpty>,
}

/// Why there is nobody to show. Counts of other people are rounded.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonEmpty {
    /// All of it in words.
    message: String,
    /// The radius that counts, in miles.
    effective_radius: u16,
    /// How many people a wider radius would show.
    within: Vec<WithinRadius>,
    /// How many you have decided on.
    decided: i64,
    /// How many lie in your later pile.
    later: i64,
    /// The smallest radius that would show somebody, if one would.
    suggested_radius: Option<u16>,
}

/// People within a radius.
#[derive(Debug, Serialize, ToSchema)]
pub struct WithinRadius {
    /// Miles.
    radius: u16,
    /// Rounded; "under 10" below ten.
    about: String,
}

impl From<EmptyDeck> for ReasonEmpty {
    fn from(empty: EmptyDeck) -> Self {
        let suggested = empty.within.iter().find(|(_, people)| *people > 0);
        Self {
            message: in_words(&empty, suggested),
            suggested_radius: suggested.map(|(radius, _)| *radius),
            effective_radius: empty.effective_radius,
            within: empty
                .within
                .iter()
                .map(|(radius, n)| WithinRadius { radius: *radius, about: about(*n) })
                .collect(),
            decided: empty.decided,
            later: empty.later,
        }
    }
}

fn in_words(empty: &EmptyDeck, suggested: Option<&(u16, i64)>) -> String {
    let mut words = format!("Nobody is left within {} miles.", empty.effective_radius);
    match suggested {
        Some((radius, people @ ..10)) if *people > 0 => {
            words += &format!(" A few people are within {radius} miles.")
        }
        Some((radius, people)) => {
            words += &format!(" About {} people are within {radius} miles.", about(*people))
        }
        None => words += " Nobody new is farther out, either: come back another day.",
    }
    if empty.decided > 0 {
        words += &format!(" You have decided on {} already.", empty.decided);
    }
    if empty.later > 0 {
        words += &format!(" {} wait in your later pile.", empty.later);
    }
    words
}

/// The next people
///
/// Within your effective radius, not decided on, not put aside; who shares more with you, is nearer and was here more
/// recently comes first. 409 `profile_incomplete` says what your profile is missing.
#[utoipa::path(tag = "Deck and likes", params(DeckQuery),
    responses((status = 200, body = DeckPage), (status = 409, body = Problem, content_type = "application/problem+json")))]
#[get("/deck")]
pub(crate) async fn deck(
    me: SignedIn,
    db: web::Data<Db>,
    photos: web::Data<Photos>,
    config: web::Data<Config>,
    Params(query): Params<DeckQuery>,
) -> Result<web::Json<DeckPage>, ApiError> {
    let (limit, required) = (check_limit(query.limit)?, config.accounts.birth_date_required);
    let deck = db.run(move |conn| actions::deck(conn, me.user, limit, required)).await?;
    let items = PersonCard::sign_all(deck.people, &photos).await?;
    Ok(web::Json(DeckPage { items, reason_empty: deck.empty.map(ReasonEmpty::from) }))
}
