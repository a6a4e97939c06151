//! Logging in with a password.

use std::sync::Arc;

use diesel::{Connection, PgConnection};

use super::account::{Password, UserId};
use super::actions::Accounts;
use super::audit::record_event;
use super::error::AccountError;
use super::queries;
use super::security_event::SecurityEvent;
use super::sessions::{IssuedSession, open_session};
use super::state::AccountState;
use super::visitor::Visitor;
use crate::db::Db;

/// The longest name that anybody has: an email address.
const LONGEST_NAME: usize = 254;

/// Opens a session for a username, or a verified email, and its password.
///
/// An unknown name costs the same time and gives the same error as a wrong password. [`AccountError::Busy`] before
/// anything is looked up if too many log in.
pub async fn log_in(
    db: &Db,
    accounts: &Arc<Accounts>,
    name: &str,
    password: &str,
    visitor: Visitor,
) -> Result<IssuedSession, AccountError> {
    let place = accounts.passwords.place()?;
    // Neither exists, and NUL never reaches the database.
    let possible = name.len() <= LONGEST_NAME && !name.contains('\0');
    let name = if possible { name.trim().to_lowercase() } else { String::new() };
    let (user, hash) = db.run(move |conn| find(conn, &name)).await?;
    let attempt = Password::attempt(password).ok_or(AccountError::WrongCredentials)?;
    let same = accounts.passwords.verify(place, &attempt, hash.clone()).await?;
    match (user, hash) {
        (Some(user), Some(hash)) if same => {
            let accounts = accounts.clone();
            let session = db.run(move |conn| admit(conn, &accounts, user, &hash, &visitor)).await?;
            tracing::info!(%user, "logged in");
            Ok(session)
        }
        _ => {
            tracing::info!("login refused");
            let failure = SecurityEvent::LoginFailure.seen_from(visitor.network);
            db.run(move |conn| record_event(conn, user, failure)).await?;
            Err(AccountError::WrongCredentials)
        }
    }
}

/// Who has the name, and the hash to compare with: somebody's in any case, so that an unknown name costs what a known
/// one does.
fn find(conn: &mut PgConnection, name: &str) -> Result<(Option<UserId>, Option<String>), AccountError> {
    let nearest = match name.contains('@') {
        true => queries::nearest_email(conn, name)?,
        false => queries::nearest_username(conn, name)?,
    };
    Ok(nearest.map_or((None, None), |(is_it, user, hash)| (is_it.then_some(user), Some(hash))))
}

/// Opens the session, unless the password or the account's state has changed while the password was checked.
fn admit(
    conn: &mut PgConnection,
    accounts: &Accounts,
    user: UserId,
    hash: &str,
    visitor: &Visitor,
) -> Result<IssuedSession, AccountError> {
    conn.transaction(|conn| {
        let state = queries::state_with_password(conn, user, hash)?;
        match state.as_deref().map(AccountState::parse) {
            None | Some(AccountState::Deleted) => return Err(AccountError::WrongCredentials),
            Some(AccountState::Suspended | AccountState::Banned) => return Err(AccountError::KeptOut(user)),
            Some(AccountState::Active | AccountState::Deleting) => {}
        }
        let session = open_session(conn, accounts, user, visitor)?;
        record_event(conn, user, SecurityEvent::Login.about(session.id.0).seen_from(visitor.network))?;
        Ok(session)
    })
}
