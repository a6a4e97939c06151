//! Oneself, as the owner reads it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::actions::PeopleError;
use super::own::{Own, load_own};
use crate::accounts::UserId;
use crate::config::Config;
use crate::db::Db;
use crate::http::ApiError;
use crate::photos::{Photos, ProfileImage, Variant, waiting_uploads};
use crate::profiles::{self, Missing, PlaceShown};

/// You: everything that is yours.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnCard {
    /// The user id, the JWT's `sub`.
    pub id: UserId,
    /// The same as `id`.
    pub user_id: UserId,
    /// The name to log in with.
    pub username: String,
    /// As you gave it; nobody else sees it.
    pub email: Option<String>,
    /// Whether you confirmed it: then you can log in with it.
    pub email_verified: bool,
    /// The name that others see.
    pub display_name: String,
    /// Nobody else sees it.
    pub first_name: Option<String>,
    /// Nobody else sees it.
    pub last_name: Option<String>,
    /// Nobody else sees it; others see your age.
    pub birth_date: Option<NaiveDate>,
    /// In years.
    pub age: Option<u32>,
    /// A few lines.
    pub bio: String,
    /// In your order.
    pub hobbies: Vec<String>,
    /// In your order.
    pub interests: Vec<String>,
    /// Your ZIP code; nobody else sees it.
    pub location: Option<String>,
    /// What others read of your place.
    pub place: Option<String>,
    /// How much that is: `town`, `state` or `hidden`.
    pub place_shown: PlaceShown,
    /// Miles, as you asked for.
    pub friend_radius: u16,
    /// Miles that count: the next of 5, 10, 25, 50, 100, 250, 500.
    pub effective_radius: u16,
    /// Whether you are shown to nobody new.
    pub paused: bool,
    /// What your profile needs before you see the deck and are shown.
    pub missing: Vec<Missing>,
    /// Links to your photos, good for minutes.
    pub image_urls: Vec<String>,
    /// The key of your profile image: the photo that you chose, else your first.
    pub profile_image_key: Option<String>,
    /// A link to it; null without one.
    pub profile_image_url: Option<String>,
    /// Seconds for which that link is good at least.
    pub profile_image_url_expires_in: Option<u64>,
    /// Since when it is your profile image.
    pub profile_image_updated_at: Option<DateTime<Utc>>,
    /// Its MIME type.
    pub profile_image_content_type: Option<String>,
    /// As it was called when you sent it.
    pub profile_image_file_name: Option<String>,
    /// Days in which a login brings your account back after `POST /me/delete`; with 0 it is erased at once.
    pub deletion_grace_days: u64,
    /// When you signed up.
    pub created_at: DateTime<Utc>,
    /// The last change.
    pub updated_at: DateTime<Utc>,
}

impl OwnCard {
    pub(super) async fn sign(own: Own, photos: &Photos, config: &Config) -> Result<Self, ApiError> {
        let Own { account, is_proven, profile, photos: keys, profile_image: image } = own;
        let image_urls = photos.own_links(&keys, Variant::Large).await?;
        let image_link = match &image {
            Some(image) => Some(photos.own_link(&image.key).await?),
            None => None,
        };
        let of_image = |part: fn(&ProfileImage) -> &str| image.as_ref().map(|image| part(image).to_owned());
        Ok(Self {
            id: profile.user,
            user_id: profile.user,
            username: account.username,
            email: account.email,
            email_verified: is_proven,
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
            profile_image_key: of_image(|image| image.key.as_str()),
            profile_image_url: image_link.as_ref().map(|link| link.url.to_string()),
            profile_image_url_expires_in: image.as_ref().map(|_| photos.own_links_last().as_secs()),
            profile_image_updated_at: image.as_ref().map(|image| image.since),
            profile_image_content_type: of_image(|image| &image.content_type),
            profile_image_file_name: of_image(|image| &image.filename),
            image_urls,
            deletion_grace_days: config.accounts.deletion_grace.as_secs() / (24 * 60 * 60),
            created_at: account.created_at,
            updated_at: profile.updated_at,
        })
    }
}

/// Oneself, seen to be here; what arrived straight in the bucket meanwhile becomes photos first.
pub async fn own_card(user: UserId, db: &Db, photos: &Photos, config: &Config) -> Result<OwnCard, ApiError> {
    let (own, waiting) = db
        .run(move |conn| {
            profiles::mark_active(conn, user)?;
            Ok::<_, PeopleError>((load_own(conn, user)?, waiting_uploads(conn, user)?))
        })
        .await?;
    // What has arrived straight in the bucket since is confirmed now: whoever sent it may not know that it can be.
    let own = match !waiting.is_empty() && photos.confirm_waiting(user, waiting).await {
        true => db.run(move |conn| load_own(conn, user)).await?,
        false => own,
    };
    OwnCard::sign(own, photos, config).await
}
