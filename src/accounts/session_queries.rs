//! Statements on sessions.

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::dsl::{now, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::account::{SessionId, UserId};
use crate::db::schema::sessions;

#[derive(Insertable)]
#[diesel(table_name = sessions)]
pub(super) struct SessionRow<'a> {
    pub(super) user_id: UserId,
    pub(super) id: SessionId,
    pub(super) refresh_hash: &'a [u8],
    pub(super) user_agent: Option<&'a str>,
    pub(super) expires_at: DateTime<Utc>,
}

#[derive(Queryable)]
pub(super) struct SessionState {
    pub(super) refresh_hash: Vec<u8>,
    pub(super) previous_hash: Option<Vec<u8>>,
    /// Whether the last rotation is so recent that a lost answer may be asked for again.
    pub(super) just_rotated: bool,
    pub(super) created_at: DateTime<Utc>,
}

pub(super) fn insert(conn: &mut PgConnection, row: &SessionRow<'_>) -> QueryResult<usize> {
    diesel::insert_into(sessions::table).values(row).execute(conn)
}

/// Live sessions only: neither revoked nor expired.
pub(super) fn live(
    conn: &mut PgConnection,
    user: UserId,
    session: SessionId,
) -> QueryResult<Option<SessionState>> {
    sessions::table
        .find((user, session))
        .filter(sessions::revoked_at.is_null().and(sessions::expires_at.gt(now)))
        .select((
            sessions::refresh_hash,
            sessions::previous_hash,
            sql::<Bool>("rotated_at > now() - interval '20 seconds'"),
            sessions::created_at,
        ))
        .first(conn)
        .optional()
}

/// Replaces the hash if it is still the one presented; tells whether it was.
pub(super) fn rotate(
    conn: &mut PgConnection,
    key: (UserId, SessionId),
    presented: &[u8],
    successor: &[u8],
    expires_at: DateTime<Utc>,
) -> QueryResult<bool> {
    let live = sessions::refresh_hash.eq(presented).and(sessions::revoked_at.is_null());
    diesel::update(sessions::table.find(key).filter(live))
        .set((
            sessions::refresh_hash.eq(successor),
            sessions::previous_hash.eq(presented),
            sessions::rotated_at.eq(now),
            sessions::expires_at.eq(expires_at),
        ))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Whoever ended, of what a statement was to end.
type Ended = Vec<(UserId, SessionId)>;

pub(super) fn end(conn: &mut PgConnection, user: UserId, session: SessionId) -> QueryResult<Ended> {
    diesel::update(sessions::table.find((user, session)).filter(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(now))
        .returning((sessions::user_id, sessions::id))
        .get_results(conn)
}

/// Ends all sessions of a person, but the one that is spared.
pub(super) fn end_all(
    conn: &mut PgConnection,
    user: UserId,
    spared: Option<SessionId>,
) -> QueryResult<Ended> {
    let of_user = sessions::table.filter(sessions::user_id.eq(user).and(sessions::revoked_at.is_null()));
    // Nobody's session: comparing with NULL would spare all.
    let spared = spared.map_or(uuid::Uuid::nil(), |session| session.0);
    diesel::update(of_user.filter(sessions::id.ne(spared)))
        .set(sessions::revoked_at.eq(now))
        .returning((sessions::user_id, sessions::id))
        .get_results(conn)
}

/// Removes what has expired, and what ended two days ago or more.
pub(super) fn delete_ended(conn: &mut PgConnection) -> QueryResult<usize> {
    let over = sql::<Bool>("expires_at < now() OR revoked_at < now() - interval '2 days'");
    diesel::delete(sessions::table.filter(over)).execute(conn)
}

/// Lets the rest of the transaction take longer than anybody would wait for an answer.
pub(super) fn take_time(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute("SET LOCAL statement_timeout = '10min'")
}
