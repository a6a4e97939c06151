//! Addresses of banned people: kept as keyed hashes, so that a ban outlives its account and tells nobody's address.

use diesel::PgConnection;

use super::account::{Email, UserId};
use super::actions::Accounts;
use super::error::AccountError;
use super::role_queries as queries;

/// What the hash is for: no other hash with that key is the same.
const PURPOSE: &str = "banned address";

impl Accounts {
    /// One for each pepper: a ban lasts longer than any of them.
    fn address_marks(&self, address: &Email) -> Result<Vec<[u8; 32]>, AccountError> {
        Ok(self.passwords.marks(PURPOSE, address.compared().as_bytes())?)
    }
}

/// Notes all addresses that somebody gave, inside the caller's transaction: nobody signs up with them from here on.
pub fn ban_addresses(conn: &mut PgConnection, accounts: &Accounts, user: UserId) -> Result<(), AccountError> {
    for address in queries::addresses(conn, user)? {
        // What is stored was parsed once; by stricter rules of today it may be none.
        let Ok(address) = Email::parse(&address) else { continue };
        for mark in accounts.address_marks(&address)? {
            queries::insert_banned(conn, &mark, user)?;
        }
    }
    Ok(())
}

/// Forgets what a ban of this person noted.
pub fn unban_addresses(conn: &mut PgConnection, user: UserId) -> Result<(), AccountError> {
    queries::delete_banned(conn, user)?;
    Ok(())
}

/// [`AccountError::AddressBanned`] for an address that a banned person gave. For sign-up, for another address, and
/// when one is proven.
pub fn refuse_banned(
    conn: &mut PgConnection,
    accounts: &Accounts,
    address: &Email,
) -> Result<(), AccountError> {
    match queries::is_banned(conn, &accounts.address_marks(address)?)? {
        true => Err(AccountError::AddressBanned),
        false => Ok(()),
    }
}
