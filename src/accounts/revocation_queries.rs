//! Statements on revocations.

use chrono::{DateTime, Utc};
use diesel::dsl::IntervalDsl;
use diesel::prelude::*;
use diesel::sql_types::Timestamptz;

use super::account::{SessionId, UserId};
use crate::db::schema::revocations;

#[derive(Insertable)]
#[diesel(table_name = revocations)]
struct RevocationRow<'a> {
    session_id: SessionId,
    user_id: UserId,
    reason: &'a str,
}

pub(super) fn insert(
    conn: &mut PgConnection,
    sessions: &[(UserId, SessionId)],
    reason: &str,
) -> QueryResult<usize> {
    let row = |(user_id, session_id): &(UserId, SessionId)| RevocationRow {
        session_id: *session_id,
        user_id: *user_id,
        reason,
    };
    let rows: Vec<_> = sessions.iter().map(row).collect();
    // A statement takes 65,535 values at most.
    rows.chunks(10_000).try_fold(0, |sum, rows| {
        Ok(sum + diesel::insert_into(revocations::table).values(rows).execute(conn)?)
    })
}

/// Those above `id` that are not older than so many seconds, by number. The clock is the database's: it wrote the times.
pub(super) fn above(conn: &mut PgConnection, id: i64, seconds: i64) -> QueryResult<Vec<(i64, SessionId)>> {
    let since = diesel::dsl::now.into_sql::<Timestamptz>() - seconds.seconds();
    revocations::table
        .filter(revocations::id.gt(id).and(revocations::at.gt(since)))
        .order(revocations::id)
        .select((revocations::id, revocations::session_id))
        .load(conn)
}

pub(super) fn delete_before(conn: &mut PgConnection, then: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(revocations::table.filter(revocations::at.lt(then))).execute(conn)
}
