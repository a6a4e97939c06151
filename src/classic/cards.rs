//! What answers show of a person: one card for all of these front ends, each reads what it knows.

use chrono::{DateTime, NaiveTime, Utc};
use serde::Serialize;

use crate::accounts::UserId;
use crate::matches::http::PersonCard;
use crate::people::http::OwnCard;
use crate::profiles::{self, LastActive};

/// A person, with nothing in it that the API's own cards hide.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    id: UserId,
    username: String,
    /// Only one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    /// Put straight into a paragraph: one text.
    hobbies: String,
    interests: String,
    /// One's own ZIP code; of others the place, as far as they let it be read.
    location: Option<String>,
    /// One's own, in miles; null for others.
    radius: Option<u16>,
    /// A link to the profile image.
    image: Option<String>,
    /// Links to all photos.
    img_urls: Vec<String>,
    /// No finer than the last-active band: its first midnight (UTC).
    #[serde(rename = "lastLoginAt")]
    last_login_at: DateTime<Utc>,
}

impl From<PersonCard> for Card {
    fn from(person: PersonCard) -> Self {
        Self {
            id: person.id,
            username: person.username,
            email: None,
            hobbies: person.hobbies.join(", "),
            interests: person.interests.join(", "),
            location: person.location,
            radius: None,
            image: person.image_urls.first().cloned(),
            img_urls: person.image_urls,
            last_login_at: beginning_of(person.last_active),
        }
    }
}

impl From<OwnCard> for Card {
    fn from(own: OwnCard) -> Self {
        Self {
            id: own.id,
            username: own.username,
            email: own.email,
            hobbies: own.hobbies.join(", "),
            interests: own.interests.join(", "),
            location: own.location,
            radius: Some(own.friend_radius),
            image: own.profile_image_url,
            img_urls: own.image_urls,
            // Whoever reads their own card is here.
            last_login_at: beginning_of(LastActive::Today),
        }
    }
}

fn beginning_of(band: LastActive) -> DateTime<Utc> {
    band.begins_on(profiles::today()).and_time(NaiveTime::MIN).and_utc()
}

/// One person.
#[derive(Debug, Serialize)]
pub(super) struct UserAnswer {
    pub(super) user: Card,
}

/// People to decide on.
#[derive(Debug, Serialize)]
pub(super) struct UsersAnswer {
    pub(super) users: Vec<Card>,
}

/// People one is matched with.
#[derive(Debug, Serialize)]
pub(super) struct MatchesAnswer {
    pub(super) matches: Vec<Card>,
}

/// Links to photos.
#[derive(Debug, Serialize)]
pub(super) struct ImagesAnswer {
    pub(super) images: Vec<String>,
}

/// What came of a yes or no.
#[derive(Debug, Serialize)]
pub(super) struct VerdictAnswer {
    /// Whether the two are matched now.
    #[serde(rename = "matchStatus")]
    pub(super) match_status: bool,
    pub(super) message: &'static str,
}

/// A message between two.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MessageCard {
    pub(super) from_username: String,
    pub(super) to_username: String,
    pub(super) body: String,
    pub(super) sent_at: DateTime<Utc>,
    /// Null: how far somebody has read is kept, not when.
    pub(super) read_at: Option<DateTime<Utc>>,
}

/// What two people wrote to each other.
#[derive(Debug, Serialize)]
pub(super) struct MessagesAnswer {
    pub(super) messages: Vec<MessageCard>,
}
