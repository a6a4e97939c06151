//! Moves what was just done into the past, for stories that the seed tells. The verbs of the API never do.

use chrono::{DateTime, Utc};
use diesel::PgConnection;

use super::error::MatchError;
use super::pair::MatchId;
use super::{matched_queries, queries};
use crate::accounts::UserId;

/// When `from` decided on `to`.
pub fn backdate_decision(
    conn: &mut PgConnection,
    from: UserId,
    to: UserId,
    at: DateTime<Utc>,
) -> Result<(), MatchError> {
    Ok(queries::set_decided_at(conn, from, to, at)?)
}

/// When `user` put `other` aside.
pub fn backdate_later(
    conn: &mut PgConnection,
    user: UserId,
    other: UserId,
    at: DateTime<Utc>,
) -> Result<(), MatchError> {
    queries::set_added_at(conn, user, other, at)?;
    Ok(())
}

/// When two people matched; nothing may have been said yet.
pub fn backdate_match(
    conn: &mut PgConnection,
    id: MatchId,
    both: [UserId; 2],
    at: DateTime<Utc>,
) -> Result<(), MatchError> {
    Ok(matched_queries::set_matched_at(conn, id, both, at)?)
}

/// When the last thing was said in a match.
pub fn backdate_last(
    conn: &mut PgConnection,
    id: MatchId,
    both: [UserId; 2],
    at: DateTime<Utc>,
) -> Result<(), MatchError> {
    matched_queries::set_last_at(conn, id, both, at)?;
    Ok(())
}
