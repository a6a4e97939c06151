//! Statements on users, usernames and emails.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::account::UserId;
use crate::db::schema::{emails, usernames, users};

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

/// A password hash and the pepper it was made with.
#[derive(Debug, Clone, Queryable)]
pub struct HashedPassword {
    pub(super) hash: String,
    pub(super) pepper_version: i16,
}

/// Its columns.
const HASHED: (users::password_hash, users::pepper_version) = (users::password_hash, users::pepper_version);

/// Whether it is the one that was asked for, who it is, and the hash of their password.
type Nearest = (bool, UserId, HashedPassword);

/// Who has that name, or else the next one: looking for a name that nobody has takes as long.
pub(super) fn nearest_username(conn: &mut PgConnection, key: &str) -> QueryResult<Option<Nearest>> {
    usernames::table
        .inner_join(users::table)
        .filter(usernames::username.ge(key))
        .order(usernames::username)
        .select((usernames::username.eq(key), users::id, HASHED))
        .first(conn)
        .optional()
}

/// The same by verified address.
pub(super) fn nearest_email(conn: &mut PgConnection, address: &str) -> QueryResult<Option<Nearest>> {
    emails::table
        .inner_join(users::table)
        .filter(emails::address.ge(address).and(emails::held_until.is_null()))
        .order(emails::address)
        .select((emails::address.eq(address), users::id, HASHED))
        .first(conn)
        .optional()
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

pub(super) fn password_hash(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<HashedPassword>> {
    users::table.find(user).select(HASHED).first(conn).optional()
}

pub(super) fn set_password(
    conn: &mut PgConnection,
    user: UserId,
    hash: &str,
    pepper_version: i16,
) -> QueryResult<bool> {
    diesel::update(users::table.find(user))
        .set((users::password_hash.eq(hash), users::pepper_version.eq(pepper_version)))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Puts another hash of the same password in the place of one; nothing if it is there no more.
pub(super) fn renew_hash(
    conn: &mut PgConnection,
    user: UserId,
    old: &HashedPassword,
    new: &HashedPassword,
) -> QueryResult<usize> {
    diesel::update(users::table.find(user).filter(users::password_hash.eq(&old.hash)))
        .set((users::password_hash.eq(&new.hash), users::pepper_version.eq(new.pepper_version)))
        .execute(conn)
}

/// The state of an account whose password is still the one with that hash; both stay as they are until the
/// transaction ends.
pub(super) fn state_with_password(
    conn: &mut PgConnection,
    user: UserId,
    hash: &str,
) -> QueryResult<Option<String>> {
    let same = users::table.find(user).filter(users::password_hash.eq(hash));
    same.select(users::state).for_share().first(conn).optional()
}

pub(super) fn state(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<String>> {
    users::table.find(user).select(users::state).first(conn).optional()
}

pub(super) fn set_state(conn: &mut PgConnection, user: UserId, state: &str) -> QueryResult<bool> {
    let set = diesel::update(users::table.find(user)).set(users::state.eq(state)).execute(conn);
    set.map(|rows| rows == 1)
}

pub(super) fn names(conn: &mut PgConnection, ids: &[UserId]) -> QueryResult<Vec<(UserId, String)>> {
    users::table.filter(users::id.eq_any(ids)).select((users::id, users::username)).load(conn)
}

/// Username, email, and when the account was made.
pub(super) type OwnRow = (String, Option<String>, DateTime<Utc>);

pub(super) fn own(conn: &mut PgConnection, id: UserId) -> QueryResult<Option<OwnRow>> {
    users::table.find(id).select((users::username, users::email, users::created_at)).first(conn).optional()
}
