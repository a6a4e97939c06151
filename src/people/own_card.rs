//! Oneself, as the owner reads it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::own::Own;
use crate::accounts::UserId;
use crate::config::Config;
use crate::http::ApiError;
use crate::photos::{Photos, Variant};
use crate::profiles::{self, Missing, PlaceShown};

/// You: everything that is yours.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnCard {
    /// The user id, the JWT's `sub`.
    id: UserId,
    /// The same as `id`.
    user_id: UserId,
    /// The name to log in with.
    username: String,
    /// As you gave it; nobody else sees it.
    email: Option<String>,
    /// The name that others see.
    display_name: String,
    /// Nobody else sees it.
    first_name: Option<String>,
    /// Nobody else sees it.
    last_name: Option<String>,
    /// Nobody else sees it; others see your age.
    birth_date: Option<NaiveDate>,
    /// In years.
    age: Option<u32>,
    /// A few lines.
    bio: String,
    /// In your order.
    hobbies: Vec<String>,
    /// In your order.
    interests: Vec<String>,
    /// Your ZIP code; nobody else sees it.
    location: Option<String>,
    /// What others read of your place.
    place: Option<String>,
    /// How much that is: `town`, `state` or `hidden`.
    place_shown: PlaceShown,
    /// Miles, as you asked for.
    friend_radius: u16,
    /// Miles that count: the next of 5, 10, 25, 50, 100, 250, 500.
    effective_radius: u16,
    /// Whether you are shown to nobody new.
    paused: bool,
    /// What your profile needs before you see the deck and are shown.
    missing: Vec<Missing>,
    /// Links to your photos, good for minutes.
    image_urls: Vec<String>,
    /// The first photo's key.
    profile_image_key: Option<String>,
    /// A link to the first photo.
    profile_image_url: Option<String>,
    /// When you signed up.
    created_at: DateTime<Utc>,
    /// The last change.
    updated_at: DateTime<Utc>,
}

impl OwnCard {
    pub(super) async fn sign(own: Own, photos: &Photos, config: &Config) -> Result<Self, ApiError> {
        let Own { account, profile, photos: keys } = own;
        let image_urls = photos.own_links(&keys, Variant::Large).await?;
        Ok(Self {
            id: profile.user,
            user_id: profile.user,
            username: account.username,
            email: account.email,
            age: profile.age(profiles::today()),
            place: profile.place(),
            place_shown: profile.place_shown,
            missing: profile.missing(config.accounts.birth_date_required),
            display_name: profile.display_name,
            first_name: profile.first_name,
            last_name: profile.last_name,
            birth_date: profile.birth_date,
            bio: profile.bio,
            hobbies: profile.hobbies,
            interests: profile.interests,
            location: profile.zip.map(|zip| zip.to_string()),
            friend_radius: profile.friend_radius,
            effective_radius: profile.effective_radius,
            paused: profile.paused,
            profile_image_key: keys.first().map(|key| key.as_str().to_owned()),
            profile_image_url: image_urls.first().cloned(),
            image_urls,
            created_at: account.created_at,
            updated_at: profile.updated_at,
        })
    }
}
