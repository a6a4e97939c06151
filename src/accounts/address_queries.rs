//! Statements on emails, and on the address as it was typed.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Text, Uuid as SqlUuid};

use super::account::UserId;
use crate::db::schema::{emails, usernames, users};

pub(super) fn typed(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<String>> {
    Ok(users::table.find(user).select(users::email).first(conn).optional()?.flatten())
}

pub(super) fn set_typed(conn: &mut PgConnection, user: UserId, address: &str) -> QueryResult<usize> {
    diesel::update(users::table.find(user)).set(users::email.eq(address)).execute(conn)
}

pub(super) fn by_username(conn: &mut PgConnection, key: &str) -> QueryResult<Option<UserId>> {
    usernames::table.find(key).select(usernames::user_id).first(conn).optional()
}

/// Whose the address is, and until when, if it was given up.
pub(super) fn holder(
    conn: &mut PgConnection,
    key: &str,
) -> QueryResult<Option<(UserId, Option<DateTime<Utc>>)>> {
    emails::table.find(key).select((emails::user_id, emails::held_until)).first(conn).optional()
}

pub(super) fn claim(conn: &mut PgConnection, user: UserId, key: &str) -> QueryResult<bool> {
    sql_query(
        "INSERT INTO emails (address, user_id) VALUES ($1, $2) ON CONFLICT (address) DO UPDATE \
         SET user_id = excluded.user_id, held_until = NULL \
         WHERE emails.user_id = excluded.user_id OR emails.held_until <= clock_timestamp()",
    )
    .bind::<Text, _>(key)
    .bind::<SqlUuid, _>(user)
    .execute(conn)
    .map(|rows| rows == 1)
}

pub(super) fn hold(
    conn: &mut PgConnection,
    user: UserId,
    key: &str,
    until: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(emails::table.find(key).filter(emails::user_id.eq(user)))
        .set(emails::held_until.eq(until))
        .execute(conn)
}

pub(super) fn free(conn: &mut PgConnection, user: UserId, key: &str) -> QueryResult<usize> {
    diesel::delete(emails::table.find(key).filter(emails::user_id.eq(user))).execute(conn)
}

pub(super) fn delete_held(conn: &mut PgConnection) -> QueryResult<usize> {
    diesel::delete(emails::table.filter(emails::held_until.le(diesel::dsl::now))).execute(conn)
}
