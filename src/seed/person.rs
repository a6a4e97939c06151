//! From what is written of a person to what can be made of it.

use std::fmt::Display;

use chrono::{Days, NaiveDate};
use sha2::{Digest, Sha256};
use uuid::Builder;

use super::data::PersonData;
use super::error::SeedError;
use crate::accounts::{UserId, Username};
use crate::geo::{ZipCode, zip_table};
use crate::profiles::{Bio, BirthDate, DisplayName, FriendRadius, ProfileChanges, TagList};

/// The time in the ids of whoever is made up: 2026-01-01.
pub(super) const EPOCH_MILLIS: u64 = 1_767_225_600_000;

/// Somebody about to be made.
#[derive(Debug, Clone)]
pub(super) struct DemoPerson {
    pub(super) id: UserId,
    pub(super) username: Username,
    pub(super) profile: ProfileChanges,
    pub(super) active_on: NaiveDate,
    pub(super) portraits: Vec<String>,
}

impl DemoPerson {
    pub(super) fn parse(data: PersonData, today: NaiveDate) -> Result<Self, SeedError> {
        let username =
            Username::parse(&data.username).map_err(|error| wrong(&data.username, "username", error))?;
        let profile = parse_profile(&data, today)?;
        let active_on = today
            .checked_sub_days(Days::new(data.active_days_ago))
            .ok_or_else(|| wrong(&data.username, "active_days_ago", "too long ago"))?;
        Ok(Self { id: id_of(&username), username, profile, active_on, portraits: data.portraits })
    }
}

fn parse_profile(data: &PersonData, today: NaiveDate) -> Result<ProfileChanges, SeedError> {
    let of = |field: &'static str| Wrong { who: &data.username, field };
    let zip = ZipCode::parse(&data.zip).and_then(|zip| zip_table().find(zip)).map_err(|e| of("zip").is(e))?;
    let tags = |list: &[String]| TagList::parse(list.iter().map(String::as_str));
    Ok(ProfileChanges {
        display_name: Some(DisplayName::parse(&data.display_name).map_err(|e| of("display_name").is(e))?),
        first_name: None,
        last_name: None,
        birth_date: Some(BirthDate::parse(&data.birth_date, today).map_err(|e| of("birth_date").is(e))?),
        bio: Some(Bio::parse(&data.bio).map_err(|e| of("bio").is(e))?),
        hobbies: Some(tags(&data.hobbies).map_err(|e| of("hobbies").is(e))?),
        interests: Some(tags(&data.interests).map_err(|e| of("interests").is(e))?),
        zip: Some(zip.zip),
        place_shown: None,
        friend_radius: Some(FriendRadius::parse(data.friend_radius).map_err(|e| of("friend_radius").is(e))?),
    })
}

struct Wrong<'a> {
    who: &'a str,
    field: &'static str,
}

impl Wrong<'_> {
    fn is(&self, error: impl Display) -> SeedError {
        wrong(self.who, self.field, error)
    }
}

fn wrong(who: &str, field: &str, error: impl Display) -> SeedError {
    SeedError::Data(format!("{who}, {field}: {error}"))
}

/// The id of a made-up person follows from the name. Whoever has the name under another id signed up by themselves
/// and is left alone.
pub(super) fn id_of(username: &Username) -> UserId {
    let [a, b, c, d, e, f, g, h, i, j, ..] = digest(&format!("friender seed: {}", username.key()));
    UserId(Builder::from_unix_timestamp_millis(EPOCH_MILLIS, &[a, b, c, d, e, f, g, h, i, j]).into_uuid())
}

pub(super) fn digest(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}
