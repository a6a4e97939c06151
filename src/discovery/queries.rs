//! The deck's statement: the people of the ZIP codes within reach, scored on an index that covers all it needs.
//!
//! The text is made for each viewer, and planned with their values: a generic plan would take the arrays for ten rows.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Integer, SmallInt, Uuid as SqlUuid};

use super::ranking::{ACTIVE_POINTS, LIKED_ME, REACHES_ME, SHUFFLE, band_points};
use crate::accounts::UserId;
use crate::geo::{Band, Nearby};
use crate::profiles::{LastActive, TagWeight, shown_sql};

/// From where, as whom and when somebody looks.
pub(super) struct Look<'a> {
    pub(super) viewer: UserId,
    pub(super) shuffle: i32,
    pub(super) near: &'a Nearby,
    pub(super) weights: &'a [TagWeight],
    pub(super) today: NaiveDate,
    pub(super) birth_date_required: bool,
}

#[derive(QueryableByName)]
pub(super) struct Ranked {
    #[diesel(sql_type = SqlUuid)]
    pub(super) user_id: UserId,
    #[diesel(sql_type = Integer)]
    pub(super) score: i32,
}

#[derive(QueryableByName)]
pub(super) struct BandCount {
    #[diesel(sql_type = SmallInt)]
    pub(super) band: i16,
    #[diesel(sql_type = BigInt)]
    pub(super) people: i64,
}

#[derive(QueryableByName)]
pub(super) struct OwnCounts {
    #[diesel(sql_type = BigInt)]
    pub(super) decided: i64,
    #[diesel(sql_type = BigInt)]
    pub(super) later: i64,
}

/// Everybody whom the viewer may be shown: complete, not paused, within reach, not decided on, not put aside.
fn candidates(birth_date_required: bool) -> String {
    let shown = shown_sql(birth_date_required);
    format!(
        "FROM unnest($2, $3, $4, $5) z(zip, band, edge, points) \
         JOIN profiles p ON p.zip_code = z.zip AND {shown} \
         WHERE p.user_id <> $1 \
         AND NOT EXISTS (SELECT FROM likes d WHERE d.from_user = $1 AND d.to_user = p.user_id) \
         AND NOT EXISTS (SELECT FROM later a WHERE a.user_id = $1 AND a.other_id = p.user_id)"
    )
}

/// The score as SQL; only whole numbers and dates of ours go into the text.
fn score(look: &Look<'_>) -> String {
    let tags: String =
        look.weights.iter().map(|w| format!(" + ({} = ANY (p.tags))::int * {}", w.tag, w.weight)).collect();
    let since = |days: i64| look.today.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(look.today);
    let active: String = ACTIVE_POINTS
        .iter()
        .filter_map(|(band, points)| {
            let (_, days) = LastActive::DAYS.into_iter().find(|(b, _)| b == band)?;
            Some(format!(" WHEN p.active_on >= '{}' THEN {points}", since(days)))
        })
        .collect();
    format!(
        "z.points{tags} + CASE{active} ELSE 0 END + (p.effective_radius >= z.edge)::int * {REACHES_ME} \
         + (EXISTS (SELECT FROM likes_in l WHERE l.to_user = $1 AND l.from_user = p.user_id))::int * {LIKED_ME}"
    )
}

/// The best `limit` people for the viewer, with their scores.
pub(super) fn rank(conn: &mut PgConnection, look: &Look<'_>, limit: i64) -> QueryResult<Vec<Ranked>> {
    let text = format!(
        "SELECT user_id, score FROM (SELECT p.user_id, p.shuffle, {} AS score {}) ranked \
         ORDER BY score DESC, ((shuffle # $6)::bigint * {SHUFFLE}) & 4294967295, user_id LIMIT $7",
        score(look),
        candidates(look.birth_date_required)
    );
    let columns = Columns::of(look.near);
    sql_query(text)
        .bind::<SqlUuid, _>(look.viewer)
        .bind::<Array<Integer>, _>(columns.zips)
        .bind::<Array<SmallInt>, _>(columns.bands)
        .bind::<Array<SmallInt>, _>(columns.edges)
        .bind::<Array<Integer>, _>(columns.points)
        .bind::<Integer, _>(look.shuffle)
        .bind::<BigInt, _>(limit)
        .load(conn)
}

/// How many people there would be to show, by band.
pub(super) fn count_by_band(conn: &mut PgConnection, look: &Look<'_>) -> QueryResult<Vec<BandCount>> {
    let columns = Columns::of(look.near);
    sql_query(format!(
        "SELECT z.band, count(*) AS people {} GROUP BY z.band",
        candidates(look.birth_date_required)
    ))
    .bind::<SqlUuid, _>(look.viewer)
    .bind::<Array<Integer>, _>(columns.zips)
    .bind::<Array<SmallInt>, _>(columns.bands)
    .bind::<Array<SmallInt>, _>(columns.edges)
    .bind::<Array<Integer>, _>(columns.points)
    .load(conn)
}

/// How many people the viewer has decided on and put aside.
pub(super) fn own_counts(conn: &mut PgConnection, viewer: UserId) -> QueryResult<OwnCounts> {
    sql_query(
        "SELECT (SELECT count(*) FROM likes WHERE from_user = $1) AS decided, \
         (SELECT count(*) FROM later WHERE user_id = $1) AS later",
    )
    .bind::<SqlUuid, _>(viewer)
    .get_result(conn)
}

/// The neighbourhood as parallel arrays.
struct Columns {
    zips: Vec<i32>,
    bands: Vec<i16>,
    edges: Vec<i16>,
    points: Vec<i32>,
}

impl Columns {
    fn of(near: &Nearby) -> Self {
        let bands = || near.zips.iter().map(|(_, band)| *band);
        let edge =
            |band: Band| band.upper_edge().and_then(|edge| i16::try_from(edge).ok()).unwrap_or(i16::MAX);
        Self {
            zips: near.zips.iter().map(|(zip, _)| zip.to_i32()).collect(),
            bands: bands().map(|band| band as i16).collect(),
            edges: bands().map(edge).collect(),
            points: bands().map(band_points).collect(),
        }
    }
}
