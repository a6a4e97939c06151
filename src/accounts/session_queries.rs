//! Statements on sessions.

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::dsl::{IntervalDsl, now, sql};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Timestamptz};

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

/// A living session, as its owner reads it.
#[derive(Queryable)]
pub(super) struct OwnSession {
    pub(super) id: SessionId,
    pub(super) user_agent: Option<String>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) rotated_at: DateTime<Utc>,
    pub(super) fresh_at: DateTime<Utc>,
    pub(super) expires_at: DateTime<Utc>,
}

/// A person's living sessions, the newest first, from behind a position on.
pub(super) fn list(
    conn: &mut PgConnection,
    user: UserId,
    behind: Option<(DateTime<Utc>, SessionId)>,
    limit: i64,
) -> QueryResult<Vec<OwnSession>> {
    let mut list = sessions::table
        .filter(sessions::user_id.eq(user))
        .filter(sessions::revoked_at.is_null().and(sessions::expires_at.gt(now)))
        .select((
            sessions::id,
            sessions::user_agent,
            sessions::created_at,
            sessions::rotated_at,
            sessions::fresh_at,
            sessions::expires_at,
        ))
        .order((sessions::created_at.desc(), sessions::id.desc()))
        .limit(limit)
        .into_boxed();
    if let Some((at, id)) = behind {
        let earlier = sessions::created_at.lt(at);
        list = list.filter(earlier.or(sessions::created_at.eq(at).and(sessions::id.lt(id))));
    }
    list.load(conn)
}

pub(super) fn exists(conn: &mut PgConnection, user: UserId, session: SessionId) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(sessions::table.find((user, session)))).get_result(conn)
}

/// Whether the password was given within so many seconds; `None` if the session is over.
pub(super) fn is_fresh(
    conn: &mut PgConnection,
    user: UserId,
    session: SessionId,
    seconds: u64,
) -> QueryResult<Option<bool>> {
    let since = now.into_sql::<Timestamptz>() - seconds.cast_signed().seconds();
    sessions::table
        .find((user, session))
        .filter(sessions::revoked_at.is_null().and(sessions::expires_at.gt(now)))
        .select(sessions::fresh_at.gt(since))
        .first(conn)
        .optional()
}

/// Notes that the password was given just now; tells whether the session lives.
pub(super) fn freshen(conn: &mut PgConnection, user: UserId, session: SessionId) -> QueryResult<bool> {
    let live = sessions::table.find((user, session)).filter(sessions::revoked_at.is_null());
    diesel::update(live).set(sessions::fresh_at.eq(now)).execute(conn).map(|rows| rows == 1)
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

/// Ends everybody's sessions; gives how many there were. Those whose access tokens may live go into revocations.
pub(super) fn end_everybodys(conn: &mut PgConnection, reason: &str) -> QueryResult<usize> {
    let ended = diesel::update(sessions::table.filter(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(now))
        .execute(conn)?;
    // No setting lets a token live for longer than a day.
    diesel::sql_query(
        "INSERT INTO revocations (session_id, user_id, reason) SELECT id, user_id, $1 FROM sessions \
         WHERE revoked_at = now() AND greatest(rotated_at, fresh_at) > now() - interval '2 days'",
    )
    .bind::<diesel::sql_types::Text, _>(reason)
    .execute(conn)?;
    Ok(ended)
}
