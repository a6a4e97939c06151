//! Statements on the keys in mailed links, and on changes of address that wait for both sides.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::kind::MailKind;
use crate::accounts::UserId;
use crate::db::schema::{email_changes, mail_tokens};

/// What a key was made for.
#[derive(Queryable)]
pub(super) struct TokenRow {
    pub(super) user: UserId,
    pub(super) purpose: String,
    pub(super) address: String,
}

pub(super) fn insert_token(
    conn: &mut PgConnection,
    hash: &[u8],
    user: UserId,
    kind: MailKind,
    address: &str,
    expires_at: DateTime<Utc>,
) -> QueryResult<usize> {
    let row = (
        mail_tokens::hash.eq(hash),
        mail_tokens::user_id.eq(user),
        mail_tokens::purpose.eq(kind.as_str()),
        mail_tokens::address.eq(address),
        mail_tokens::expires_at.eq(expires_at),
    );
    diesel::insert_into(mail_tokens::table).values(row).execute(conn)
}

/// Uses a key up, if it is good for one of these purposes.
pub(super) fn take_token(
    conn: &mut PgConnection,
    hash: &[u8],
    kinds: &[MailKind],
) -> QueryResult<Option<TokenRow>> {
    let purposes: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let good = mail_tokens::expires_at.gt(diesel::dsl::now).and(mail_tokens::purpose.eq_any(purposes));
    diesel::delete(mail_tokens::table.find(hash).filter(good))
        .returning((mail_tokens::user_id, mail_tokens::purpose, mail_tokens::address))
        .get_result(conn)
        .optional()
}

/// Whether a key would be good; it stays.
pub(super) fn is_good(conn: &mut PgConnection, hash: &[u8], kind: MailKind) -> QueryResult<bool> {
    let good = mail_tokens::expires_at.gt(diesel::dsl::now).and(mail_tokens::purpose.eq(kind.as_str()));
    diesel::select(diesel::dsl::exists(mail_tokens::table.find(hash).filter(good))).get_result(conn)
}

pub(super) fn delete_token(conn: &mut PgConnection, hash: &[u8]) -> QueryResult<usize> {
    diesel::delete(mail_tokens::table.find(hash)).execute(conn)
}

/// Makes all keys of somebody's for these purposes useless.
pub(super) fn delete_tokens(conn: &mut PgConnection, user: UserId, kinds: &[MailKind]) -> QueryResult<usize> {
    let purposes: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let theirs = mail_tokens::user_id.eq(user).and(mail_tokens::purpose.eq_any(purposes));
    diesel::delete(mail_tokens::table.filter(theirs)).execute(conn)
}

pub(super) fn delete_expired(conn: &mut PgConnection) -> QueryResult<usize> {
    let tokens = diesel::delete(mail_tokens::table.filter(mail_tokens::expires_at.le(diesel::dsl::now)))
        .execute(conn)?;
    let changes = email_changes::table.filter(email_changes::expires_at.le(diesel::dsl::now));
    Ok(tokens + diesel::delete(changes).execute(conn)?)
}

/// A change of address that waits.
#[derive(Queryable, Debug, Clone)]
pub(super) struct ChangeRow {
    pub(super) old_address: String,
    pub(super) new_address: String,
    pub(super) old_agreed: bool,
    pub(super) new_agreed: bool,
}

/// Begins a change, in place of one that was begun before.
pub(super) fn begin_change(
    conn: &mut PgConnection,
    user: UserId,
    (old, new): (&str, &str),
    expires_at: DateTime<Utc>,
) -> QueryResult<usize> {
    let row = (
        email_changes::old_address.eq(old),
        email_changes::new_address.eq(new),
        email_changes::old_agreed.eq(false),
        email_changes::new_agreed.eq(false),
        email_changes::expires_at.eq(expires_at),
    );
    diesel::insert_into(email_changes::table)
        .values((email_changes::user_id.eq(user), row))
        .on_conflict(email_changes::user_id)
        .do_update()
        .set(row)
        .execute(conn)
}

/// The change that waits, if it isn't too old; locked until the transaction ends.
pub(super) fn change(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<ChangeRow>> {
    email_changes::table
        .find(user)
        .filter(email_changes::expires_at.gt(diesel::dsl::now))
        .select((
            email_changes::old_address,
            email_changes::new_address,
            email_changes::old_agreed,
            email_changes::new_agreed,
        ))
        .for_update()
        .first(conn)
        .optional()
}

pub(super) fn set_agreed(
    conn: &mut PgConnection,
    user: UserId,
    old_agreed: bool,
    new_agreed: bool,
) -> QueryResult<usize> {
    diesel::update(email_changes::table.find(user))
        .set((email_changes::old_agreed.eq(old_agreed), email_changes::new_agreed.eq(new_agreed)))
        .execute(conn)
}

pub(super) fn end_change(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    diesel::delete(email_changes::table.find(user)).execute(conn)
}
