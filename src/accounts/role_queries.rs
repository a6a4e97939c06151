//! Statements on moderators and banned addresses.

use diesel::dsl::exists;
use diesel::prelude::*;

use super::account::UserId;
use crate::db::schema::{banned_addresses, emails, moderators, users};

pub(super) fn insert_moderator(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    let row = moderators::user_id.eq(user);
    diesel::insert_into(moderators::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn)
        .map(|rows| rows == 1)
}

pub(super) fn delete_moderator(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    diesel::delete(moderators::table.find(user)).execute(conn).map(|rows| rows == 1)
}

pub(super) fn is_moderator(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    diesel::select(exists(moderators::table.find(user))).get_result(conn)
}

/// The addresses that somebody gave, proven or not.
pub(super) fn addresses(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<String>> {
    let mut addresses: Vec<String> =
        emails::table.filter(emails::user_id.eq(user)).select(emails::address).load(conn)?;
    let typed: Option<Option<String>> =
        users::table.find(user).select(users::email).first(conn).optional()?;
    addresses.extend(typed.flatten());
    Ok(addresses)
}

pub(super) fn insert_banned(conn: &mut PgConnection, mark: &[u8], user: UserId) -> QueryResult<usize> {
    let row = (banned_addresses::mark.eq(mark), banned_addresses::user_id.eq(user));
    diesel::insert_into(banned_addresses::table).values(row).on_conflict_do_nothing().execute(conn)
}

pub(super) fn delete_banned(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    diesel::delete(banned_addresses::table.filter(banned_addresses::user_id.eq(user))).execute(conn)
}

/// Whether any of the marks is one of a banned person's.
pub(super) fn is_banned(conn: &mut PgConnection, marks: &[[u8; 32]]) -> QueryResult<bool> {
    let marks = marks.iter().map(<[u8; 32]>::as_slice);
    diesel::select(exists(banned_addresses::table.filter(banned_addresses::mark.eq_any(marks))))
        .get_result(conn)
}
