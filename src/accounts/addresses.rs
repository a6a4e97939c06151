//! Whose an address is. Typing one makes it nobody's; only a mail that arrives proves it.

use chrono::{DateTime, Utc};
use diesel::PgConnection;

use super::account::{Email, UserId};
use super::address_queries as queries;
use crate::db::DbError;

/// An account's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnAddress {
    /// As it was typed.
    pub email: Email,
    /// Whether a mail to it arrived.
    pub is_proven: bool,
}

/// The account's address; `None` if it has none, or is gone.
pub fn address_of(conn: &mut PgConnection, user: UserId) -> Result<Option<OwnAddress>, DbError> {
    let Some(email) = queries::typed(conn, user)? else { return Ok(None) };
    let Ok(email) = Email::parse(&email) else { return Ok(None) };
    let is_proven = queries::holder(conn, &email.key())? == Some((user, None));
    Ok(Some(OwnAddress { email, is_proven }))
}

/// Who has proven this address, or may still take it back.
pub fn holder_of(conn: &mut PgConnection, email: &Email) -> Result<Option<UserId>, DbError> {
    let holder = queries::holder(conn, &email.key())?;
    let held = |until: Option<DateTime<Utc>>| until.is_none_or(|until| until > Utc::now());
    Ok(holder.filter(|(_, until)| held(*until)).map(|(user, _)| user))
}

/// Makes an address somebody's; false if it is another's. Two who claim it at once: one gets it.
pub fn claim_address(conn: &mut PgConnection, user: UserId, email: &Email) -> Result<bool, DbError> {
    Ok(queries::claim(conn, user, &email.key())?)
}

/// Keeps an address for its owner until then; it is no login meanwhile.
pub fn hold_address(
    conn: &mut PgConnection,
    user: UserId,
    email: &Email,
    until: DateTime<Utc>,
) -> Result<(), DbError> {
    queries::hold(conn, user, &email.key(), until)?;
    Ok(())
}

/// Gives an address up at once.
pub fn free_address(conn: &mut PgConnection, user: UserId, email: &Email) -> Result<(), DbError> {
    queries::free(conn, user, &email.key())?;
    Ok(())
}

/// Writes down the address that somebody gave; it proves nothing.
pub fn set_address(conn: &mut PgConnection, user: UserId, email: &Email) -> Result<(), DbError> {
    queries::set_typed(conn, user, email.as_str())?;
    Ok(())
}

/// Removes what was held for its owner long enough; gives how many there were.
pub fn purge_held_addresses(conn: &mut PgConnection) -> Result<usize, DbError> {
    Ok(queries::delete_held(conn)?)
}

/// Who has a username, or has proven an address: what one logs in with. Anything else is nobody's.
pub fn find_account(conn: &mut PgConnection, name: &str) -> Result<Option<UserId>, DbError> {
    let name = name.trim().to_lowercase();
    Ok(match name.contains('@') {
        true => queries::holder(conn, &name)?.filter(|(_, until)| until.is_none()).map(|(user, _)| user),
        false => queries::by_username(conn, &name)?,
    })
}
