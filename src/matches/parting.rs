//! What becomes of somebody's matches and verdicts when their account ends.

use diesel::PgConnection;

use super::error::MatchError;
use super::parting_queries as queries;
use crate::accounts::{self, UserId};

/// Removes the conversations that nobody else reads, because the match has ended or the other one is gone, too, and all
/// verdicts but those of the matches that stay. Tells whether any match stays.
pub fn part(conn: &mut PgConnection, user: UserId) -> Result<bool, MatchError> {
    let others = queries::others(conn, user)?;
    let gone = accounts::entombed_among(conn, &others)?;
    queries::delete_conversations(conn, user, &gone)?;
    queries::delete_verdicts(conn, user)?;
    Ok(queries::has_conversations(conn, user)?)
}
