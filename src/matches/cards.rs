//! What answers show of a person and of a match.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::matched::Match;
use super::pair::MatchId;
use super::person::Person;
use crate::accounts::UserId;
use crate::geo::Band;
use crate::http::ApiError;
use crate::photos::{Photos, Variant};
use crate::profiles::LastActive;

/// A person as you see them.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct PersonCard {
    /// The user id.
    pub id: UserId,
    /// The username.
    pub username: String,
    /// The display name.
    pub display_name: String,
    /// In years, if they told.
    pub age: Option<u32>,
    /// A few lines.
    pub bio: String,
    /// In their order.
    pub hobbies: Vec<String>,
    /// In their order.
    pub interests: Vec<String>,
    /// Those of their hobbies that are yours, too.
    pub shared_hobbies: Vec<String>,
    /// Those of their interests that are yours, too.
    pub shared_interests: Vec<String>,
    /// Town and state, only the state, or nothing, as the person chose.
    pub location: Option<String>,
    /// The same as `location`.
    pub place: Option<String>,
    /// Miles between your ZIP code's centre and theirs, as a band.
    pub distance_band: Option<Band>,
    /// How recently they were here.
    pub last_active: LastActive,
    /// Links to their photos in medium size (at most 800 pixels a side), good for minutes; the profile image first.
    pub image_urls: Vec<String>,
    /// True of a match whose account is gone: you can read what was written, and nothing else.
    pub gone: bool,
}

impl PersonCard {
    /// Signs the photos' links.
    pub async fn sign(person: Person, photos: &Photos) -> Result<Self, ApiError> {
        let image_urls = photos.links(&person.photos, Variant::Medium).await?;
        Ok(Self {
            id: person.id,
            username: person.username,
            display_name: person.display_name,
            age: person.age,
            bio: person.bio,
            hobbies: person.hobbies,
            interests: person.interests,
            shared_hobbies: person.shared_hobbies,
            shared_interests: person.shared_interests,
            location: person.place.clone(),
            place: person.place,
            distance_band: person.distance_band,
            last_active: person.last_active,
            image_urls,
            gone: person.gone,
        })
    }

    /// The same for many.
    pub async fn sign_all(people: Vec<Person>, photos: &Photos) -> Result<Vec<Self>, ApiError> {
        let mut cards = Vec::with_capacity(people.len());
        for person in people {
            cards.push(Self::sign(person, photos).await?);
        }
        Ok(cards)
    }
}

/// A match as you see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchCard {
    /// The match's id, also its conversation's.
    pub id: MatchId,
    /// Since when.
    pub matched_at: DateTime<Utc>,
    /// Who it is.
    pub user: PersonCard,
    /// How many of their messages you haven't read.
    pub unread: i64,
}

impl MatchCard {
    /// Signs the photos' links.
    pub(super) async fn sign(matched: Match, person: Person, photos: &Photos) -> Result<Self, ApiError> {
        let user = PersonCard::sign(person, photos).await?;
        Ok(Self { id: matched.id, matched_at: matched.matched_at, user, unread: matched.unread })
    }
}
