//! Statements on jobs.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, BigInt, Double, Integer, Jsonb, Text, Uuid as SqlUuid};
use serde_json::Value;
use uuid::Uuid;

use super::job::Job;
use crate::db::schema::jobs;

/// Writes a job down, inside the caller's transaction: it is done if, and only if, that commits.
pub fn enqueue<J: Job>(conn: &mut PgConnection, job: &J) -> QueryResult<()> {
    enqueue_at(conn, job, Utc::now())
}

/// The same, to be done at `run_at` or soon after.
pub fn enqueue_at<J: Job>(conn: &mut PgConnection, job: &J, run_at: DateTime<Utc>) -> QueryResult<()> {
    let payload = serde_json::to_value(job)
        .map_err(|error| diesel::result::Error::SerializationError(Box::new(error)))?;
    let row = (
        jobs::id.eq(Uuid::now_v7()),
        jobs::kind.eq(J::KIND),
        jobs::payload.eq(payload),
        jobs::run_at.eq(run_at),
    );
    diesel::insert_into(jobs::table).values(row).execute(conn).map(drop)
}

/// How many jobs were given up and lie there to be looked at, by kind.
pub fn dead_letters(conn: &mut PgConnection) -> QueryResult<Vec<(String, i64)>> {
    jobs::table
        .filter(jobs::dead_at.is_not_null())
        .group_by(jobs::kind)
        .order(jobs::kind)
        .select((jobs::kind, diesel::dsl::count_star()))
        .load(conn)
}

/// A job that is ours until the lease ends.
#[derive(Debug, Clone, QueryableByName)]
pub(super) struct Leased {
    #[diesel(sql_type = SqlUuid)]
    pub(super) id: Uuid,
    #[diesel(sql_type = Text)]
    pub(super) kind: String,
    #[diesel(sql_type = Jsonb)]
    pub(super) payload: Value,
    #[diesel(sql_type = Integer)]
    pub(super) attempts: i32,
}

/// Takes up to `limit` due jobs of these kinds, the longest due first. What others are taking is passed over.
pub(super) fn lease(
    conn: &mut PgConnection,
    kinds: &[&str],
    limit: usize,
    lease: Duration,
) -> QueryResult<Vec<Leased>> {
    sql_query(
        "WITH due AS MATERIALIZED (SELECT id FROM jobs \
         WHERE dead_at IS NULL AND run_at <= clock_timestamp() AND kind = ANY ($1) \
         ORDER BY run_at LIMIT $2 FOR UPDATE SKIP LOCKED) \
         UPDATE jobs SET attempts = attempts + 1, run_at = clock_timestamp() + make_interval(secs => $3) \
         FROM due WHERE jobs.id = due.id RETURNING jobs.id, kind, payload, attempts",
    )
    .bind::<Array<Text>, _>(kinds)
    .bind::<BigInt, _>(i64::try_from(limit).unwrap_or(i64::MAX))
    .bind::<Double, _>(lease.as_secs_f64())
    .load(conn)
}

/// The row of a job that is still ours: nobody has taken it since.
macro_rules! ours {
    ($job:expr) => {
        jobs::table.find($job.id).filter(jobs::attempts.eq($job.attempts).and(jobs::dead_at.is_null()))
    };
}

/// Prolongs a lease; false if the job isn't ours any more.
pub(super) fn renew(conn: &mut PgConnection, job: &Leased, lease: Duration) -> QueryResult<bool> {
    sql_query(
        "UPDATE jobs SET run_at = clock_timestamp() + make_interval(secs => $3) \
         WHERE id = $1 AND attempts = $2 AND dead_at IS NULL",
    )
    .bind::<SqlUuid, _>(job.id)
    .bind::<Integer, _>(job.attempts)
    .bind::<Double, _>(lease.as_secs_f64())
    .execute(conn)
    .map(|rows| rows == 1)
}

/// Done: the row goes.
pub(super) fn finish(conn: &mut PgConnection, job: &Leased) -> QueryResult<()> {
    diesel::delete(ours!(job)).execute(conn).map(drop)
}

/// Failed: due again after `wait`.
pub(super) fn put_off(conn: &mut PgConnection, job: &Leased, error: &str, wait: Duration) -> QueryResult<()> {
    let run_at = Utc::now() + TimeDelta::from_std(wait).unwrap_or_default();
    let change = (jobs::run_at.eq(run_at), jobs::last_error.eq(error));
    diesel::update(ours!(job)).set(change).execute(conn).map(drop)
}

/// Given up.
pub(super) fn bury(conn: &mut PgConnection, job: &Leased, error: &str) -> QueryResult<()> {
    let change = (jobs::dead_at.eq(Utc::now()), jobs::last_error.eq(error));
    diesel::update(ours!(job)).set(change).execute(conn).map(drop)
}

/// Broken off through no fault of its own: due at once, and this try doesn't count.
pub(super) fn give_back(conn: &mut PgConnection, job: &Leased) -> QueryResult<()> {
    let change = (jobs::run_at.eq(Utc::now()), jobs::attempts.eq(jobs::attempts - 1));
    diesel::update(ours!(job)).set(change).execute(conn).map(drop)
}
