//! The deck's statement: the people of the ZIP codes within reach, scored on an index that covers all it needs.
//!
//! The text is made for each viewer, and planned with their values: a generic plan would take the arrays for ten rows.

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Integer, SmallInt, Uuid as SqlUuid};

use super::ranking::{ACTIVE_POINTS, LIKED_ME, REACHES_ME, SHUFFLE, band_points};
use crate::accounts::UserId;
use crate::blocks::no_block_sql;
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
pub(super) struct EdgeCount {
    #[diesel(sql_type = SmallInt)]
    pub(super) edge: i16,
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

/// Everybody within reach who is complete and not paused, the viewer included.
fn within_reach(birth_date_required: bool) -> String {
    let shown = shown_sql(birth_date_required);
    format!(
        "FROM unnest($2, $3, $4, $5) z(first, last, edge, points) \
         JOIN profiles p ON p.zip_code BETWEEN z.first AND z.last AND {shown}"
    )
}

/// Not the viewer, not decided on, not put aside, no block between them.
fn is_open(person: &str) -> String {
    format!(
        "{person}.user_id <> $1 \
         AND NOT EXISTS (SELECT FROM likes d WHERE d.from_user = $1 AND d.to_user = {person}.user_id) \
         AND NOT EXISTS (SELECT FROM later a WHERE a.user_id = $1 AND a.other_id = {person}.user_id) AND {}",
        no_block_sql("$1", &format!("{person}.user_id"))
    )
}

/// What is shared as SQL. An array is looked into only where the bits allow that a tag is there.
fn shared_tags(weights: &[TagWeight]) -> String {
    let bit = |weight: &TagWeight| 1_i64 << (weight.tag & 63);
    let all = weights.iter().fold(0, |bits, weight| bits | bit(weight));
    let each: String = weights
        .iter()
        .map(|w| {
            let (bit, tag, weight) = (bit(w), w.tag, w.weight);
            format!(
                " + CASE WHEN p.tag_bits & '{bit}'::bigint = 0 THEN 0 ELSE ({tag} = ANY (p.tags))::int * {weight} END"
            )
        })
        .collect();
    format!("CASE WHEN p.tag_bits & '{all}'::bigint = 0 THEN 0 ELSE 0{each} END")
}

/// The score as SQL; only whole numbers and dates of ours go into the text.
fn score(look: &Look<'_>) -> String {
    let tags = shared_tags(look.weights);
    let since = |days: i64| look.today.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(look.today);
    let active: String = ACTIVE_POINTS
        .iter()
        .filter_map(|(band, points)| {
            let (_, days) = LastActive::DAYS.into_iter().find(|(b, _)| b == band)?;
            Some(format!(" WHEN p.active_on >= '{}' THEN {points}", since(days)))
        })
        .collect();
    format!(
        "z.points + {tags} + CASE{active} ELSE 0 END + (p.effective_radius >= z.edge)::int * {REACHES_ME} \
         + CASE WHEN (SELECT EXISTS (SELECT FROM likes_in WHERE to_user = $1)) \
         AND EXISTS (SELECT FROM likes_in l WHERE l.to_user = $1 AND l.from_user = p.user_id) \
         THEN {LIKED_ME} ELSE 0 END"
    )
}

/// The best `limit` people for the viewer, with their scores.
///
/// Who is decided on or put aside is left out last: asking for each of thousands would cost more than all the rest. So
/// that enough remain, the inner list is longer by as many as could be left out. It is in the outer order already.
pub(super) fn rank(conn: &mut PgConnection, look: &Look<'_>, limit: i64) -> QueryResult<Vec<Ranked>> {
    const ORDER: &str = "ORDER BY score DESC, mixed, user_id";
    let text = format!(
        "SELECT user_id, score FROM (SELECT p.user_id, {} AS score, \
         ((p.shuffle # $6)::bigint * {SHUFFLE}) & 4294967295 AS mixed {} {ORDER} \
         LIMIT $7 + 1 + (SELECT count(*) FROM likes WHERE from_user = $1) \
         + (SELECT count(*) FROM later WHERE user_id = $1) \
         + (SELECT count(*) FROM blocks WHERE $1 IN (user_id, blocked_id))) best WHERE {} {ORDER} LIMIT $7",
        score(look),
        within_reach(look.birth_date_required),
        is_open("best"),
    );
    let runs = Runs::of(look.near);
    sql_query(text)
        .bind::<SqlUuid, _>(look.viewer)
        .bind::<Array<Integer>, _>(runs.first)
        .bind::<Array<Integer>, _>(runs.last)
        .bind::<Array<SmallInt>, _>(runs.edge)
        .bind::<Array<Integer>, _>(runs.points)
        .bind::<Integer, _>(look.shuffle)
        .bind::<BigInt, _>(limit)
        .load(conn)
}

/// How many people there would be to show, by their band's upper edge.
pub(super) fn count_by_edge(conn: &mut PgConnection, look: &Look<'_>) -> QueryResult<Vec<EdgeCount>> {
    let runs = Runs::of(look.near);
    sql_query(format!(
        "SELECT z.edge, count(*) AS people {} WHERE {} GROUP BY z.edge",
        within_reach(look.birth_date_required),
        is_open("p")
    ))
    .bind::<SqlUuid, _>(look.viewer)
    .bind::<Array<Integer>, _>(runs.first)
    .bind::<Array<Integer>, _>(runs.last)
    .bind::<Array<SmallInt>, _>(runs.edge)
    .bind::<Array<Integer>, _>(runs.points)
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

/// The neighbourhood as parallel arrays: runs of ZIP codes, because each costs a descent of the index.
struct Runs {
    first: Vec<i32>,
    last: Vec<i32>,
    edge: Vec<i16>,
    points: Vec<i32>,
}

impl Runs {
    fn of(near: &Nearby) -> Self {
        let runs = || near.runs.iter();
        Self {
            first: runs().map(|run| run.first.to_i32()).collect(),
            last: runs().map(|run| run.last.to_i32()).collect(),
            edge: runs().map(|run| upper_edge(run.band)).collect(),
            points: runs().map(|run| band_points(run.band)).collect(),
        }
    }
}

/// A band's upper edge as the statements have it.
fn upper_edge(band: Band) -> i16 {
    band.upper_edge().and_then(|edge| i16::try_from(edge).ok()).unwrap_or(i16::MAX)
}
