//! Statements on users, usernames, emails and sessions.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::account::{SessionId, UserId};
use crate::db::schema::{emails, sessions, usernames, users};

#[derive(Insertable)]
#[diesel(table_name = users)]
pub(super) struct UserRow<'a> {
    pub(super) id: UserId,
    pub(super) username: &'a str,
    pub(super) email: Option<&'a str>,
    pub(super) password_hash: &'a str,
    pub(super) pepper_version: i16,
}

#[derive(Insertable)]
#[diesel(table_name = users, treat_none_as_default_value = false)]
pub(super) struct CopiedUser<'a> {
    pub(super) id: UserId,
    pub(super) username: &'a str,
    pub(super) password_hash: &'a str,
    pub(super) pepper_version: i16,
}

#[derive(Insertable)]
#[diesel(table_name = usernames, treat_none_as_default_value = false)]
pub(super) struct CopiedUsername {
    pub(super) username: String,
    pub(super) user_id: UserId,
}

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

pub(super) fn insert_user(conn: &mut PgConnection, row: &UserRow<'_>) -> QueryResult<usize> {
    diesel::insert_into(users::table).values(row).execute(conn)
}

pub(super) fn insert_username(conn: &mut PgConnection, key: &str, user: UserId) -> QueryResult<usize> {
    let row = (usernames::username.eq(key), usernames::user_id.eq(user));
    diesel::insert_into(usernames::table).values(row).execute(conn)
}

pub(super) fn username_exists(conn: &mut PgConnection, key: &str) -> QueryResult<bool> {
    diesel::select(diesel::dsl::exists(usernames::table.find(key))).get_result(conn)
}

pub(super) fn user_by_username(conn: &mut PgConnection, key: &str) -> QueryResult<Option<UserId>> {
    usernames::table.find(key).select(usernames::user_id).first(conn).optional()
}

pub(super) fn holders(conn: &mut PgConnection, keys: &[String]) -> QueryResult<Vec<(String, UserId)>> {
    usernames::table.filter(usernames::username.eq_any(keys)).load(conn)
}

pub(super) fn copy_users(
    conn: &mut PgConnection,
    accounts: &[CopiedUser<'_>],
    names: &[CopiedUsername],
) -> QueryResult<()> {
    diesel::copy_from(users::table).from_insertable(accounts).execute(conn)?;
    diesel::copy_from(usernames::table).from_insertable(names).execute(conn)?;
    Ok(())
}

pub(super) fn user_by_email(conn: &mut PgConnection, address: &str) -> QueryResult<Option<UserId>> {
    emails::table.find(address).select(emails::user_id).first(conn).optional()
}

pub(super) fn password_hash(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<String>> {
    users::table.find(user).select(users::password_hash).first(conn).optional()
}

pub(super) fn names(conn: &mut PgConnection, ids: &[UserId]) -> QueryResult<Vec<(UserId, String)>> {
    users::table.filter(users::id.eq_any(ids)).select((users::id, users::username)).load(conn)
}

/// Username, email, and when the account was made.
pub(super) type OwnRow = (String, Option<String>, DateTime<Utc>);

pub(super) fn own(conn: &mut PgConnection, id: UserId) -> QueryResult<Option<OwnRow>> {
    users::table.find(id).select((users::username, users::email, users::created_at)).first(conn).optional()
}

pub(super) fn insert_session(conn: &mut PgConnection, row: &SessionRow<'_>) -> QueryResult<usize> {
    diesel::insert_into(sessions::table).values(row).execute(conn)
}

/// Live sessions only: neither revoked nor expired.
pub(super) fn session(
    conn: &mut PgConnection,
    user: UserId,
    session: SessionId,
) -> QueryResult<Option<SessionState>> {
    sessions::table
        .find((user, session))
        .filter(sessions::revoked_at.is_null().and(sessions::expires_at.gt(diesel::dsl::now)))
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
pub(super) fn rotate_session(
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
            sessions::rotated_at.eq(diesel::dsl::now),
            sessions::expires_at.eq(expires_at),
        ))
        .execute(conn)
        .map(|rows| rows == 1)
}

pub(super) fn revoke_session(
    conn: &mut PgConnection,
    user: UserId,
    session: SessionId,
) -> QueryResult<usize> {
    diesel::update(sessions::table.find((user, session)).filter(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(diesel::dsl::now))
        .execute(conn)
}
