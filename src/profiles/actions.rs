//! What can be done with a profile.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::{Connection, PgConnection};

use super::moves::{TooManyMoves, moved};
use super::place_shown::PlaceShown;
use super::profile::{DisplayName, FriendRadius, PersonalName, Profile, ProfileChanges};
use super::queries::{self, NewProfileRow, ProfileRow, ProfileUpdate};
use super::tag::TagList;
use crate::accounts::UserId;
use crate::db::{DbError, foreign_key_violation, from_query_error};
use crate::geo::{Band, ZipCode, effective_radius, zip_table};

/// Why something with a profile failed.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// The account is gone.
    #[error("the account is gone")]
    Gone,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(ProfileError);

/// Why a profile could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The ZIP code was changed too often today.
    #[error(transparent)]
    Moves(#[from] TooManyMoves),
    /// All else.
    #[error(transparent)]
    Profile(#[from] ProfileError),
}

impl From<DbError> for ChangeError {
    fn from(error: DbError) -> Self {
        Self::Profile(error.into())
    }
}

impl From<diesel::result::Error> for ChangeError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Profile(error.into())
    }
}

/// What sharing a tag is worth, 100 to 1,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagWeight {
    /// The tag.
    pub tag: i32,
    /// Its weight.
    pub weight: i32,
}

/// Makes the profile of a new account, inside the caller's transaction.
pub fn create_profile(
    conn: &mut PgConnection,
    user: UserId,
    display_name: &DisplayName,
    changes: &ProfileChanges,
) -> Result<(), ProfileError> {
    let row = NewProfileRow { user_id: user, display_name: display_name.as_str(), shuffle: user.shuffle() };
    queries::insert(conn, &row).map_err(|error| match foreign_key_violation(&error) {
        true => ProfileError::Gone,
        false => error.into(),
    })?;
    write_changes(conn, user, changes, None)
}

/// Changes only what is given; another ZIP code at most [`MOVES_A_DAY`](super::MOVES_A_DAY) times in 24 hours.
pub fn change_profile(
    conn: &mut PgConnection,
    user: UserId,
    changes: &ProfileChanges,
) -> Result<(), ChangeError> {
    conn.transaction(|conn| {
        let moves = changes.zip.map(|zip| moves_with(conn, user, zip)).transpose()?;
        Ok(write_changes(conn, user, changes, moves.flatten())?)
    })
}

/// The moves that count once somebody has moved to `zip`. The first place is no move, nor is the same place again.
fn moves_with(
    conn: &mut PgConnection,
    user: UserId,
    zip: ZipCode,
) -> Result<Option<Vec<DateTime<Utc>>>, ChangeError> {
    let (place, moves) = queries::lock_place(conn, user)?.ok_or(ProfileError::Gone)?;
    let moves: Vec<_> = moves.into_iter().flatten().collect();
    match place {
        Some(place) if place != zip.to_i32() => Ok(Some(moved(&moves, Utc::now())?)),
        _ => Ok(None),
    }
}

fn write_changes(
    conn: &mut PgConnection,
    user: UserId,
    changes: &ProfileChanges,
    moved_at: Option<Vec<DateTime<Utc>>>,
) -> Result<(), ProfileError> {
    conn.transaction(|conn| {
        let lists = [&changes.hobbies, &changes.interests];
        let names: Vec<&str> =
            lists.iter().filter_map(|l| l.as_ref()).flat_map(|l| l.names()).map(String::as_str).collect();
        let ids = queries::tag_ids(conn, &names)?;
        let ids_of = |list: &Option<TagList>| {
            list.as_ref().map(|l| l.names().iter().filter_map(|name| ids.get(name).copied()).collect())
        };
        let name_of = |name: &'_ PersonalName| Some(name.as_str().to_owned()).filter(|name| !name.is_empty());
        let (first_name, last_name) =
            (changes.first_name.as_ref().map(name_of), changes.last_name.as_ref().map(name_of));
        let update = ProfileUpdate {
            display_name: changes.display_name.as_ref().map(|n| n.as_str()),
            first_name: first_name.as_ref().map(|n| n.as_deref()),
            last_name: last_name.as_ref().map(|n| n.as_deref()),
            birth_date: changes.birth_date.map(|d| d.date()),
            bio: changes.bio.as_ref().map(|b| b.as_str()),
            hobbies: ids_of(&changes.hobbies),
            interests: ids_of(&changes.interests),
            zip_code: changes.zip.map(ZipCode::to_i32),
            place_shown: changes.place_shown.map(PlaceShown::as_str),
            friend_radius: changes.friend_radius.map(|r| column(r.miles())),
            effective_radius: changes.friend_radius.map(|r| column(effective_of(r))),
            moved_at,
        };
        match queries::update(conn, user, &update)? {
            0 => Err(ProfileError::Gone),
            _ => Ok(()),
        }
    })
}

pub(super) fn effective_of(radius: FriendRadius) -> u16 {
    effective_radius(radius.miles())
}

/// Miles, at most 500, as the column holds them.
pub(super) fn column(miles: u16) -> i16 {
    i16::try_from(miles).unwrap_or(500)
}

/// Hides somebody from everybody new, or shows them again.
pub fn set_paused(conn: &mut PgConnection, user: UserId, paused: bool) -> Result<(), ProfileError> {
    match queries::set_paused(conn, user, paused)? {
        0 => Err(ProfileError::Gone),
        _ => Ok(()),
    }
}

/// Puts somebody out of everybody's sight, or back: for whoever changes the account's state. Their matches see that
/// they are gone, and nothing else of them.
pub fn set_away(conn: &mut PgConnection, user: UserId, away: bool) -> Result<(), ProfileError> {
    match queries::set_away(conn, user, away)? {
        0 => Err(ProfileError::Gone),
        _ => Ok(()),
    }
}

/// Whether somebody is out of everybody's sight, or isn't there at all.
pub fn is_away(conn: &mut PgConnection, user: UserId) -> Result<bool, ProfileError> {
    Ok(queries::is_away(conn, user)?.unwrap_or(true))
}

/// Notes that somebody was here today (UTC).
pub fn mark_active(conn: &mut PgConnection, user: UserId) -> Result<(), ProfileError> {
    queries::mark_active(conn, user, today())?;
    Ok(())
}

/// One profile; [`ProfileError::Gone`] if there is none.
pub fn load_profile(conn: &mut PgConnection, user: UserId) -> Result<Profile, ProfileError> {
    load_profiles(conn, &[user])?.pop().ok_or(ProfileError::Gone)
}

/// Profiles by id, in the order of the ids; ids that nobody has are left out.
pub fn load_profiles(conn: &mut PgConnection, users: &[UserId]) -> Result<Vec<Profile>, ProfileError> {
    let rows = queries::load(conn, users)?;
    let ids: Vec<i32> =
        rows.iter().flat_map(|row| row.hobbies.iter().chain(&row.interests)).flatten().copied().collect();
    let names = queries::tag_names(conn, &ids)?;
    let mut by_id: HashMap<UserId, Profile> =
        rows.into_iter().map(|row| (row.user_id, to_profile(row, &names))).collect();
    Ok(users.iter().filter_map(|user| by_id.remove(user)).collect())
}

fn to_profile(row: ProfileRow, names: &HashMap<i32, String>) -> Profile {
    let named =
        |ids: Vec<Option<i32>>| ids.into_iter().flatten().filter_map(|id| names.get(&id).cloned()).collect();
    Profile {
        user: row.user_id,
        display_name: row.display_name,
        first_name: row.first_name,
        last_name: row.last_name,
        birth_date: row.birth_date,
        bio: row.bio,
        hobbies: named(row.hobbies),
        interests: named(row.interests),
        zip: row.zip_code.and_then(|code| ZipCode::from_i32(code).ok()),
        // The column holds nothing else; if it did, hidden would be the safe way to be wrong.
        place_shown: PlaceShown::parse(&row.place_shown).unwrap_or(PlaceShown::Hidden),
        friend_radius: row.friend_radius.unsigned_abs(),
        effective_radius: row.effective_radius.unsigned_abs(),
        paused: row.paused,
        away: row.away,
        active_on: row.active_on,
        updated_at: row.updated_at,
    }
}

/// Tags that begin so, most used first, with the number of people who use them.
pub fn suggest_tags(
    conn: &mut PgConnection,
    prefix: &str,
    limit: u32,
) -> Result<Vec<(String, i64)>, ProfileError> {
    Ok(queries::suggest(conn, prefix, limit.into())?)
}

/// The weights of all tags of one person, hobbies and interests alike, by tag.
pub fn tag_weights(conn: &mut PgConnection, user: UserId) -> Result<Vec<TagWeight>, ProfileError> {
    let rows = queries::tag_weights(conn, user)?;
    Ok(rows.into_iter().map(|(tag, weight)| TagWeight { tag, weight }).collect())
}

/// Counts and weighs all tags anew; once a day is often enough.
pub fn refresh_tag_weights(conn: &mut PgConnection) -> Result<usize, ProfileError> {
    conn.transaction(|conn| Ok(queries::refresh_weights(conn)?))
}

/// How many people are shown at present within the edge around a ZIP code, by band. Exact: round before it leaves.
pub fn count_by_band(
    conn: &mut PgConnection,
    zip: ZipCode,
    edge: u16,
    birth_date_required: bool,
) -> Result<Vec<(Band, i64)>, ProfileError> {
    let near = zip_table().near(zip, edge);
    let counts = queries::count_by_band(conn, &near.runs, birth_date_required)?;
    let people = |band: Band| counts.iter().find(|c| c.band == band as i16).map_or(0, |c| c.people);
    Ok(Band::ALL.into_iter().filter(|band| band.is_within(edge)).map(|band| (band, people(band))).collect())
}

/// Today in UTC: the day by which people are active, and come of age.
pub fn today() -> NaiveDate {
    Utc::now().date_naive()
}
