//! What is left of a profile whose owner is gone, and of the words that only they used.

use diesel::PgConnection;

use super::actions::ProfileError;
use super::erasure_queries as queries;
use crate::accounts::UserId;

/// What matches see in place of a name.
const NOBODY: &str = "Deleted user";

/// Empties a profile: a match of its owner's still reads what they wrote.
pub fn erase_profile(conn: &mut PgConnection, user: UserId) -> Result<(), ProfileError> {
    queries::delete(conn, user)?;
    queries::insert_empty(conn, user, NOBODY)?;
    Ok(())
}

/// Removes the tags that only this person uses, and takes all off their profile.
pub fn forget_tags(conn: &mut PgConnection, user: UserId) -> Result<(), ProfileError> {
    let tags = queries::take_tags(conn, user)?;
    queries::delete_unused(conn, &tags)?;
    Ok(())
}
