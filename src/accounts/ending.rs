//! The end of an account's row: gone, or, while others still read what its owner wrote, empty.

use diesel::PgConnection;

use super::account::UserId;
use super::ending_queries as queries;
use crate::db::DbError;

/// Locks an account until the transaction ends; `None` if it is gone.
pub fn lock_account(conn: &mut PgConnection, user: UserId) -> Result<Option<()>, DbError> {
    Ok(queries::lock(conn, user)?)
}

/// Deletes an account, inside the caller's transaction, and with it whatever belongs to nobody else. The username is
/// free again.
pub fn delete_account(conn: &mut PgConnection, user: UserId) -> Result<(), DbError> {
    queries::delete(conn, user)?;
    Ok(())
}

/// Leaves nothing of an account but its id, for what others still read.
pub fn entomb(conn: &mut PgConnection, user: UserId) -> Result<(), DbError> {
    queries::empty(conn, user)?;
    Ok(())
}

/// Those of these accounts of which only the id is left, or soon will be.
pub fn entombed_among(conn: &mut PgConnection, ids: &[UserId]) -> Result<Vec<UserId>, DbError> {
    Ok(queries::deleted_among(conn, ids)?)
}

/// Accounts of which only the id is left.
pub fn entombed(conn: &mut PgConnection) -> Result<Vec<UserId>, DbError> {
    Ok(queries::emptied(conn)?)
}
