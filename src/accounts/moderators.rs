//! Who may decide on reports: a role that an operator gives and takes.

use diesel::PgConnection;

use super::account::UserId;
use super::audit::record_event;
use super::error::AccountError;
use super::role_queries as queries;
use super::security_event::SecurityEvent;

/// Makes somebody a moderator, inside the caller's transaction; false if they were one.
pub fn promote(conn: &mut PgConnection, user: UserId) -> Result<bool, AccountError> {
    let is_new = queries::insert_moderator(conn, user)?;
    if is_new {
        record_event(conn, user, SecurityEvent::RoleChange)?;
    }
    Ok(is_new)
}

/// Takes the role back, inside the caller's transaction; false if they were none.
pub fn demote(conn: &mut PgConnection, user: UserId) -> Result<bool, AccountError> {
    let was_one = queries::delete_moderator(conn, user)?;
    if was_one {
        record_event(conn, user, SecurityEvent::RoleChange)?;
    }
    Ok(was_one)
}

/// Whether somebody is a moderator at this moment.
pub fn is_moderator(conn: &mut PgConnection, user: UserId) -> Result<bool, AccountError> {
    Ok(queries::is_moderator(conn, user)?)
}
