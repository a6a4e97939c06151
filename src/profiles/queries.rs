//! Statements on profiles and tags.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Bool, Integer, SmallInt};

use super::profile::shown_sql;
use crate::accounts::UserId;
use crate::db::schema::{profiles, tags};
use crate::geo::Run;

#[derive(Queryable, Selectable)]
#[diesel(table_name = profiles)]
pub(super) struct ProfileRow {
    pub(super) user_id: UserId,
    pub(super) display_name: String,
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) bio: String,
    pub(super) hobbies: Vec<Option<i32>>,
    pub(super) interests: Vec<Option<i32>>,
    pub(super) zip_code: Option<i32>,
    pub(super) place_shown: String,
    pub(super) friend_radius: i16,
    pub(super) effective_radius: i16,
    pub(super) paused: bool,
    pub(super) away: bool,
    pub(super) active_on: NaiveDate,
    pub(super) updated_at: DateTime<Utc>,
}

#[derive(Insertable)]
#[diesel(table_name = profiles)]
pub(super) struct NewProfileRow<'a> {
    pub(super) user_id: UserId,
    pub(super) display_name: &'a str,
    pub(super) shuffle: i32,
}

#[derive(Insertable)]
#[diesel(table_name = profiles, treat_none_as_default_value = false)]
pub(super) struct CopiedProfile<'a> {
    pub(super) user_id: UserId,
    pub(super) display_name: &'a str,
    pub(super) birth_date: NaiveDate,
    pub(super) bio: &'a str,
    pub(super) hobbies: &'a [i32],
    pub(super) interests: &'a [i32],
    pub(super) zip_code: i32,
    pub(super) friend_radius: i16,
    pub(super) effective_radius: i16,
    pub(super) active_on: NaiveDate,
    pub(super) shuffle: i32,
}

/// `None` leaves a column as it is; in a nullable column `Some(None)` empties it.
#[derive(AsChangeset, Default)]
#[diesel(table_name = profiles)]
pub(super) struct ProfileUpdate<'a> {
    pub(super) display_name: Option<&'a str>,
    pub(super) first_name: Option<Option<&'a str>>,
    pub(super) last_name: Option<Option<&'a str>>,
    pub(super) birth_date: Option<NaiveDate>,
    pub(super) bio: Option<&'a str>,
    pub(super) hobbies: Option<Vec<i32>>,
    pub(super) interests: Option<Vec<i32>>,
    pub(super) zip_code: Option<i32>,
    pub(super) place_shown: Option<&'a str>,
    pub(super) friend_radius: Option<i16>,
    pub(super) effective_radius: Option<i16>,
    pub(super) moved_at: Option<Vec<DateTime<Utc>>>,
}

#[derive(QueryableByName)]
struct Turn {
    #[diesel(sql_type = Bool)]
    mine: bool,
}

#[derive(QueryableByName)]
pub(super) struct BandCount {
    #[diesel(sql_type = SmallInt)]
    pub(super) band: i16,
    #[diesel(sql_type = BigInt)]
    pub(super) people: i64,
}

pub(super) fn insert(conn: &mut PgConnection, row: &NewProfileRow<'_>) -> QueryResult<usize> {
    diesel::insert_into(profiles::table).values(row).execute(conn)
}

pub(super) fn update(
    conn: &mut PgConnection,
    user: UserId,
    changes: &ProfileUpdate<'_>,
) -> QueryResult<usize> {
    diesel::update(profiles::table.find(user))
        .set((changes, profiles::updated_at.eq(diesel::dsl::now)))
        .execute(conn)
}

/// A ZIP code, and when it was changed lately.
type Place = (Option<i32>, Vec<Option<DateTime<Utc>>>);

/// Where somebody is and when they moved; nobody else changes it until the transaction ends.
pub(super) fn lock_place(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<Place>> {
    let place = profiles::table.find(user).select((profiles::zip_code, profiles::moved_at));
    place.for_no_key_update().first(conn).optional()
}

pub(super) fn set_paused(conn: &mut PgConnection, user: UserId, paused: bool) -> QueryResult<usize> {
    diesel::update(profiles::table.find(user))
        .set((profiles::paused.eq(paused), profiles::updated_at.eq(diesel::dsl::now)))
        .execute(conn)
}

pub(super) fn set_away(conn: &mut PgConnection, user: UserId, away: bool) -> QueryResult<usize> {
    diesel::update(profiles::table.find(user)).set(profiles::away.eq(away)).execute(conn)
}

pub(super) fn is_away(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<bool>> {
    profiles::table.find(user).select(profiles::away).first(conn).optional()
}

/// At most one write a day and person.
pub(super) fn mark_active(conn: &mut PgConnection, user: UserId, today: NaiveDate) -> QueryResult<usize> {
    diesel::update(profiles::table.find(user).filter(profiles::active_on.lt(today)))
        .set(profiles::active_on.eq(today))
        .execute(conn)
}

pub(super) fn set_active_on(conn: &mut PgConnection, user: UserId, day: NaiveDate) -> QueryResult<usize> {
    diesel::update(profiles::table.find(user)).set(profiles::active_on.eq(day)).execute(conn)
}

pub(super) fn copy(conn: &mut PgConnection, rows: &[CopiedProfile<'_>]) -> QueryResult<usize> {
    diesel::copy_from(profiles::table).from_insertable(rows).execute(conn)
}

pub(super) fn load(conn: &mut PgConnection, users: &[UserId]) -> QueryResult<Vec<ProfileRow>> {
    profiles::table.filter(profiles::user_id.eq_any(users)).select(ProfileRow::as_select()).load(conn)
}

/// The ids of tags by name; names that nobody used before become tags.
pub(super) fn tag_ids(conn: &mut PgConnection, names: &[&str]) -> QueryResult<HashMap<String, i32>> {
    let find = |conn: &mut PgConnection| -> QueryResult<HashMap<String, i32>> {
        let rows = tags::table.filter(tags::name.eq_any(names)).select((tags::name, tags::id));
        Ok(rows.load(conn)?.into_iter().collect())
    };
    let known = find(conn)?;
    let mut new: Vec<&str> = names.iter().copied().filter(|name| !known.contains_key(*name)).collect();
    if new.is_empty() {
        return Ok(known);
    }
    // In one order for everybody, so that two sign-ups never wait for each other.
    new.sort_unstable();
    let rows: Vec<_> = new.into_iter().map(|name| tags::name.eq(name)).collect();
    diesel::insert_into(tags::table).values(rows).on_conflict_do_nothing().execute(conn)?;
    find(conn)
}

pub(super) fn tag_names(conn: &mut PgConnection, ids: &[i32]) -> QueryResult<HashMap<i32, String>> {
    let rows = tags::table.filter(tags::id.eq_any(ids)).select((tags::id, tags::name));
    Ok(rows.load(conn)?.into_iter().collect())
}

pub(super) fn tag_weights(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<(i32, i32)>> {
    let own: Option<Vec<Option<i32>>> =
        profiles::table.find(user).select(profiles::tags).first(conn).optional()?;
    let own: Vec<i32> = own.unwrap_or_default().into_iter().flatten().collect();
    tags::table.filter(tags::id.eq_any(own)).select((tags::id, tags::weight)).order(tags::id).load(conn)
}

/// How many people must use a tag before it is suggested to everybody: one person's own words stay theirs.
const SUGGESTED_FROM: i64 = 3;

pub(super) fn suggest(conn: &mut PgConnection, prefix: &str, limit: i64) -> QueryResult<Vec<(String, i64)>> {
    let pattern = prefix.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_") + "%";
    tags::table
        .filter(tags::name.like(pattern).and(tags::uses.ge(SUGGESTED_FROM)))
        .order((tags::uses.desc(), tags::name))
        .select((tags::name, tags::uses))
        .limit(limit)
        .load(conn)
}

/// Counts every tag's uses anew and weighs it by rarity: 1,000 for one that hardly anybody has, 100 for one that
/// everybody has, on a logarithmic scale between.
///
/// Slow on a large database; one instance at a time does it, the others find it done.
pub(super) fn refresh_weights(conn: &mut PgConnection) -> QueryResult<usize> {
    conn.batch_execute("SET LOCAL statement_timeout = '10min'")?;
    let turn: Turn =
        sql_query("SELECT pg_try_advisory_xact_lock(hashtextextended('tag weights', 0)) AS mine")
            .get_result(conn)?;
    if !turn.mine {
        return Ok(0);
    }
    sql_query(
        "WITH people AS (SELECT greatest(count(*), 10)::float8 AS n FROM profiles WHERE filled), \
         used AS (SELECT tag, count(DISTINCT user_id) AS uses FROM profiles, unnest(tags) tag GROUP BY tag), \
         fresh AS (SELECT t.id, coalesce(u.uses, 0) AS uses, \
            greatest(100, least(1000, round(1000 - 900 * ln(1 + coalesce(u.uses, 0)) / ln(1 + n))))::int AS weight \
            FROM people, tags t LEFT JOIN used u ON u.tag = t.id) \
         UPDATE tags SET uses = fresh.uses, weight = fresh.weight FROM fresh \
         WHERE tags.id = fresh.id AND (tags.uses, tags.weight) IS DISTINCT FROM (fresh.uses, fresh.weight)",
    )
    .execute(conn)
}

/// How many people are shown at present, by the band of their ZIP code.
pub(super) fn count_by_band(
    conn: &mut PgConnection,
    runs: &[Run],
    birth_date_required: bool,
) -> QueryResult<Vec<BandCount>> {
    sql_query(format!(
        "SELECT z.band, count(*) AS people FROM unnest($1, $2, $3) z(first, last, band) \
         JOIN profiles p ON p.zip_code BETWEEN z.first AND z.last AND {} GROUP BY z.band",
        shown_sql(birth_date_required)
    ))
    .bind::<Array<Integer>, _>(runs.iter().map(|run| run.first.to_i32()).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(runs.iter().map(|run| run.last.to_i32()).collect::<Vec<_>>())
    .bind::<Array<SmallInt>, _>(runs.iter().map(|run| run.band as i16).collect::<Vec<_>>())
    .load(conn)
}
