//! Keeping blocks. Whoever adds or removes one holds the pair's row: `matches` does.

use diesel::PgConnection;

use super::block::{Block, BlockPosition};
use super::queries;
use crate::accounts::UserId;
use crate::db::DbError;

/// Notes a block; false if it was there already. The caller holds the pair's row.
pub fn add(conn: &mut PgConnection, user: UserId, other: UserId) -> Result<bool, DbError> {
    Ok(queries::insert(conn, user, other)?)
}

/// Forgets a block; false if there was none. The caller holds the pair's row.
pub fn remove(conn: &mut PgConnection, user: UserId, other: UserId) -> Result<bool, DbError> {
    Ok(queries::delete(conn, user, other)?)
}

/// The block that `user` put on `other`, if there is one.
pub fn has_blocked(conn: &mut PgConnection, user: UserId, other: UserId) -> Result<Option<Block>, DbError> {
    let blocked_at = queries::blocked_at(conn, user, other)?;
    Ok(blocked_at.map(|blocked_at| Block { other, blocked_at }))
}

/// Whether either of two people blocked the other.
pub fn is_between(conn: &mut PgConnection, one: UserId, other: UserId) -> Result<bool, DbError> {
    Ok(queries::is_between(conn, one, other)?)
}

/// Somebody's own blocks, the newest first.
pub fn list(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<BlockPosition>,
    limit: i64,
) -> Result<Vec<Block>, DbError> {
    let rows = queries::newest(conn, user, before, limit)?;
    Ok(rows.into_iter().map(|(other, blocked_at)| Block { other, blocked_at }).collect())
}
