//! A person as others see them: never email, ZIP code, birth date, radius or distance.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::PgConnection;

use super::error::MatchError;
use crate::accounts::{self, UserId};
use crate::geo::{Band, zip_table};
use crate::photos::{self, ObjectKey};
use crate::profiles::{self, LastActive, Profile};

/// What one person may know of another.
#[derive(Debug, Clone)]
pub struct Person {
    /// The id.
    pub id: UserId,
    /// The username.
    pub username: String,
    /// The display name.
    pub display_name: String,
    /// Whole years.
    pub age: Option<u32>,
    /// A few lines.
    pub bio: String,
    /// Tag names.
    pub hobbies: Vec<String>,
    /// Tag names.
    pub interests: Vec<String>,
    /// Those of their hobbies that are a hobby or an interest of the viewer's.
    pub shared_hobbies: Vec<String>,
    /// Those of their interests that are a hobby or an interest of the viewer's.
    pub shared_interests: Vec<String>,
    /// Town and state, or what the person lets be read of it.
    pub place: Option<String>,
    /// How far away, if both have a ZIP code.
    pub distance_band: Option<Band>,
    /// How recently here.
    pub last_active: LastActive,
    /// The photos, in the person's order.
    pub photos: Vec<ObjectKey>,
    /// Away: nothing but the id is told.
    pub gone: bool,
}

impl Person {
    /// Whoever is away: what a match of theirs still sees of them. Kept out, leaving and gone look the same.
    fn gone(id: UserId) -> Self {
        Self {
            id,
            username: "deleted".to_owned(),
            display_name: "Deleted user".to_owned(),
            age: None,
            bio: String::new(),
            hobbies: Vec::new(),
            interests: Vec::new(),
            shared_hobbies: Vec::new(),
            shared_interests: Vec::new(),
            place: None,
            distance_band: None,
            last_active: LastActive::Longer,
            photos: Vec::new(),
            gone: true,
        }
    }
}

/// People by id as `viewer` sees them, in the order of the ids; ids that nobody has are left out.
pub fn people(conn: &mut PgConnection, viewer: &Profile, ids: &[UserId]) -> Result<Vec<Person>, MatchError> {
    let profiles = profiles::load_profiles(conn, ids)?;
    let mut names: HashMap<UserId, String> = accounts::account_names(conn, ids)?.into_iter().collect();
    let mut photos = photos::photo_keys(conn, ids)?;
    let today = profiles::today();
    let own: HashSet<&str> = viewer.hobbies.iter().chain(&viewer.interests).map(String::as_str).collect();
    let seen = profiles.into_iter().filter_map(|profile| {
        if profile.away {
            return Some(Person::gone(profile.user));
        }
        let username = names.remove(&profile.user)?;
        let photos = photos.remove(&profile.user).unwrap_or_default();
        Some(see(viewer, &own, profile, username, photos, today))
    });
    Ok(seen.collect())
}

/// One person as `viewer` sees them.
pub fn person(conn: &mut PgConnection, viewer: &Profile, id: UserId) -> Result<Person, MatchError> {
    people(conn, viewer, &[id])?.pop().ok_or(MatchError::NotFound)
}

/// Each row with the person it is about, as `viewer` sees them. A row whose person is gone is left out, never given
/// another's face.
pub fn with_people<R>(
    conn: &mut PgConnection,
    viewer: UserId,
    rows: Vec<R>,
    about: impl Fn(&R) -> UserId,
) -> Result<Vec<(R, Person)>, MatchError> {
    let viewer = profiles::load_profile(conn, viewer)?;
    let ids: Vec<UserId> = rows.iter().map(&about).collect();
    let people = people(conn, &viewer, &ids)?;
    let mut by_id: HashMap<UserId, Person> = people.into_iter().map(|person| (person.id, person)).collect();
    let pair = |row| by_id.remove(&about(&row)).map(|person| (row, person));
    Ok(rows.into_iter().filter_map(pair).collect())
}

fn see(
    viewer: &Profile,
    own: &HashSet<&str>,
    profile: Profile,
    username: String,
    photos: Vec<ObjectKey>,
    today: NaiveDate,
) -> Person {
    let shared = |tags: &[String]| tags.iter().filter(|tag| own.contains(tag.as_str())).cloned().collect();
    Person {
        id: profile.user,
        username,
        age: profile.age(today),
        shared_hobbies: shared(&profile.hobbies),
        shared_interests: shared(&profile.interests),
        place: profile.place(),
        distance_band: viewer
            .zip
            .zip(profile.zip)
            .and_then(|(mine, theirs)| zip_table().band_between(mine, theirs)),
        last_active: LastActive::of(profile.active_on, today),
        display_name: profile.display_name,
        bio: profile.bio,
        hobbies: profile.hobbies,
        interests: profile.interests,
        photos,
        gone: false,
    }
}
