//! What the deck is measured against: the haversine of every row, then the same filters and the same score.

use std::fmt::Write as _;

use chrono::Days;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Double, Integer, SmallInt, Uuid as SqlUuid};
use friender::accounts::UserId;
use friender::discovery::{ACTIVE_POINTS, BAND_POINTS, LIKED_ME, REACHES_ME};
use friender::geo::zip_table;
use friender::matches::complete_viewer;
use friender::profiles::{LastActive, tag_weights, today};

#[derive(QueryableByName)]
struct Ranked {
    #[diesel(sql_type = SqlUuid)]
    user_id: UserId,
    #[diesel(sql_type = Integer)]
    score: i32,
}

/// The statement for one viewer, with its values; made before the clock starts.
pub(crate) struct Naive {
    text: String,
    viewer: UserId,
    latitude: f64,
    longitude: f64,
    radius: i16,
}

impl Naive {
    pub(crate) fn new(conn: &mut PgConnection, viewer: UserId) -> Self {
        let me = complete_viewer(conn, viewer, false).expect("a complete profile");
        let point = zip_table().get(me.zip).expect("a place").point;
        let mut score = String::new();
        for weight in tag_weights(conn, viewer).expect("weights") {
            write!(score, " + ({} = ANY (tags))::int * {}", weight.tag, weight.weight).expect("text");
        }
        for (band, points) in ACTIVE_POINTS {
            let days = LastActive::DAYS.iter().find(|(b, _)| *b == band).map_or(100_000, |(_, days)| *days);
            let since = today() - Days::new(days.unsigned_abs());
            let word = if band == LastActive::Today { " + CASE" } else { "" };
            write!(score, "{word} WHEN active_on >= '{since}' THEN {points}").expect("text");
        }
        Self {
            text: statement(&score),
            viewer,
            latitude: point.latitude,
            longitude: point.longitude,
            radius: me.profile.effective_radius.cast_signed(),
        }
    }

    pub(crate) fn run(&self, conn: &mut PgConnection, limit: i64) -> Vec<(UserId, i32)> {
        let rows: Vec<Ranked> = sql_query(&self.text)
            .bind::<SqlUuid, _>(self.viewer)
            .bind::<Double, _>(self.latitude)
            .bind::<Double, _>(self.longitude)
            .bind::<SmallInt, _>(self.radius)
            .bind::<Integer, _>(self.viewer.shuffle())
            .bind::<BigInt, _>(limit)
            .load(conn)
            .expect("the naive statement");
        rows.into_iter().map(|row| (row.user_id, row.score)).collect()
    }
}

/// The distance stands in the text three times, but only the filter's is reckoned for every row.
fn statement(score: &str) -> String {
    let miles = "(2 * 6371000 / 1609.344 * asin(sqrt(power(sin(radians(z.latitude - $2) / 2), 2) \
        + cos(radians($2)) * cos(radians(z.latitude)) * power(sin(radians(z.longitude - $3) / 2), 2))))";
    // Edges and points from far to near: negated, an edge belongs to the band below it.
    let bands = || BAND_POINTS.iter().rev().filter_map(|(band, points)| Some((band.upper_edge()?, points)));
    let edges: Vec<String> = bands().map(|(edge, _)| format!("-{edge}")).collect();
    let points: Vec<String> = bands().map(|(_, points)| points.to_string()).collect();
    let (edges, points) = (edges.join(","), points.join(","));
    format!(
        "SELECT user_id, score FROM (SELECT p.user_id, p.shuffle, \
         (ARRAY[{points}])[width_bucket(-{miles}, ARRAY[{edges}]::float8[])]{score} END \
         + ({miles} <= p.effective_radius)::int * {REACHES_ME} \
         + (EXISTS (SELECT FROM likes_in l WHERE l.to_user = $1 AND l.from_user = p.user_id))::int * {LIKED_ME} AS score \
         FROM profiles p JOIN zip_codes z ON z.code = p.zip_code \
         WHERE p.filled AND NOT p.paused AND p.user_id <> $1 AND {miles} <= $4 \
         AND NOT EXISTS (SELECT FROM likes d WHERE d.from_user = $1 AND d.to_user = p.user_id) \
         AND NOT EXISTS (SELECT FROM later a WHERE a.user_id = $1 AND a.other_id = p.user_id)) ranked \
         ORDER BY score DESC, ((shuffle # $5)::bigint * 2654435761) & 4294967295, user_id LIMIT $6"
    )
}
