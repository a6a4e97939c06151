//! Statements on the end of an account.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::account::UserId;
use super::state::AccountState;
use crate::db::schema::{usernames, users};

/// What the columns hold that can't be empty: no password fits.
const NOTHING: &str = "";

pub(super) fn lock(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<()>> {
    let row = users::table.find(user).select(users::id).for_update();
    Ok(row.first::<UserId>(conn).optional()?.map(drop))
}

pub(super) fn delete(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    diesel::delete(users::table.find(user)).execute(conn)
}

pub(super) fn empty(conn: &mut PgConnection, user: UserId) -> QueryResult<()> {
    diesel::delete(usernames::table.filter(usernames::user_id.eq(user))).execute(conn)?;
    diesel::update(users::table.find(user))
        .set((
            users::username.eq("deleted"),
            users::email.eq(None::<String>),
            users::password_hash.eq(NOTHING),
            users::created_at.eq(DateTime::<Utc>::UNIX_EPOCH),
            users::state.eq(AccountState::Deleted.as_str()),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn deleted_among(conn: &mut PgConnection, ids: &[UserId]) -> QueryResult<Vec<UserId>> {
    let deleted = users::state.eq(AccountState::Deleted.as_str()).and(users::id.eq_any(ids));
    users::table.filter(deleted).select(users::id).load(conn)
}

pub(super) fn emptied(conn: &mut PgConnection) -> QueryResult<Vec<UserId>> {
    let empty = users::state.eq(AccountState::Deleted.as_str()).and(users::password_hash.eq(NOTHING));
    users::table.filter(empty).select(users::id).load(conn)
}
