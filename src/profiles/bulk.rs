//! What the seed needs besides the verbs of the API: many profiles at once, and days gone by.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::PgConnection;

use super::actions::{ProfileError, column, effective_of};
use super::birth_date::BirthDate;
use super::profile::{Bio, DisplayName, FriendRadius};
use super::queries::{self, CopiedProfile};
use super::tag::TagList;
use crate::accounts::UserId;
use crate::geo::ZipCode;

/// A complete profile, its tags known by id ([`tag_ids`]).
#[derive(Debug, Clone)]
pub struct BulkProfile<'a> {
    /// Whose it is.
    pub user: UserId,
    /// The name that others see.
    pub display_name: &'a DisplayName,
    /// An adult's.
    pub birth_date: BirthDate,
    /// A few lines.
    pub bio: &'a Bio,
    /// No two alike.
    pub hobbies: Vec<i32>,
    /// No two alike.
    pub interests: Vec<i32>,
    /// A known ZIP code.
    pub zip: ZipCode,
    /// Miles.
    pub friend_radius: FriendRadius,
    /// The last day (UTC) somebody was here.
    pub active_on: NaiveDate,
}

/// Makes profiles by COPY, inside the caller's transaction.
pub fn copy_profiles(conn: &mut PgConnection, profiles: &[BulkProfile<'_>]) -> Result<(), ProfileError> {
    let rows: Vec<CopiedProfile<'_>> = profiles
        .iter()
        .map(|profile| CopiedProfile {
            user_id: profile.user,
            display_name: profile.display_name.as_str(),
            birth_date: profile.birth_date.date(),
            bio: profile.bio.as_str(),
            hobbies: &profile.hobbies,
            interests: &profile.interests,
            zip_code: profile.zip.to_i32(),
            friend_radius: column(profile.friend_radius.miles()),
            effective_radius: column(effective_of(profile.friend_radius)),
            active_on: profile.active_on,
            shuffle: profile.user.shuffle(),
        })
        .collect();
    queries::copy(conn, &rows)?;
    Ok(())
}

/// The ids of tags by name; names that nobody used before become tags.
pub fn tag_ids(conn: &mut PgConnection, tags: &[TagList]) -> Result<HashMap<String, i32>, ProfileError> {
    let names: Vec<&str> = tags.iter().flat_map(TagList::names).map(String::as_str).collect();
    Ok(queries::tag_ids(conn, &names)?)
}

/// Says that somebody was last here on that day, for people whom the seed makes up.
pub fn backdate_activity(conn: &mut PgConnection, user: UserId, day: NaiveDate) -> Result<(), ProfileError> {
    queries::set_active_on(conn, user, day)?;
    Ok(())
}
