//! Logging in with a password.

use std::sync::Arc;

use diesel::{Connection, PgConnection};

use super::account::{Password, UserId};
use super::actions::Accounts;
use super::audit::record_event;
use super::error::AccountError;
use super::password::HashedPassword;
use super::queries;
use super::security_event::SecurityEvent;
use super::sessions::{IssuedSession, open_session};
use super::state::AccountState;
use super::visitor::Visitor;
use crate::db::Db;

/// The longest name that anybody has: an email address.
const LONGEST_NAME: usize = 254;

/// How often to look: a password may change, or another login renew its hash, while it is checked.
const LOOKS: usize = 2;

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
    // Neither exists, and NUL never reaches the database.
    let possible = name.len() <= LONGEST_NAME && !name.contains('\0');
    let name = if possible { name.trim().to_lowercase() } else { String::new() };
    for _ in 0..LOOKS {
        let (place, asked) = (accounts.passwords.place()?, name.clone());
        let (user, stored) = db.run(move |conn| find(conn, &asked)).await?;
        let attempt = Password::attempt(password).ok_or(AccountError::WrongCredentials)?;
        let same = accounts.passwords.verify(place, &attempt, stored.clone()).await?;
        let (true, Some(known), Some(stored)) = (same, user, stored) else {
            return refuse(db, user, &visitor).await;
        };
        let (keys, from, hash) = (accounts.clone(), visitor.clone(), stored.hash.clone());
        if let Some(session) = db.run(move |conn| admit(conn, &keys, known, &hash, &from)).await? {
            tracing::info!(user = %known, "logged in");
            renew(db, accounts, known, &attempt, stored).await;
            return Ok(session);
        }
    }
    Err(AccountError::Busy)
}

/// Writes it down.
async fn refuse(db: &Db, user: Option<UserId>, visitor: &Visitor) -> Result<IssuedSession, AccountError> {
    tracing::info!("login refused");
    let failure = SecurityEvent::LoginFailure.seen_from(visitor.network);
    db.run(move |conn| record_event(conn, user, failure)).await?;
    Err(AccountError::WrongCredentials)
}

/// Hashes a password as new ones are, if it wasn't. If that fails, the next login does it.
async fn renew(db: &Db, accounts: &Accounts, user: UserId, password: &Password, old: HashedPassword) {
    if !accounts.passwords.is_outdated(&old) {
        return;
    }
    let renewed = async {
        let new = accounts.passwords.hash(password).await?;
        db.run(move |conn| Ok::<_, AccountError>(queries::renew_hash(conn, user, &old, &new)?)).await
    };
    match renewed.await {
        Ok(_) => tracing::info!(%user, "password hashed anew"),
        Err(error) => tracing::warn!(%user, %error, "a password could not be hashed anew"),
    }
}

/// Who has the name, and the hash to compare with: somebody's in any case, so that an unknown name costs what a known
/// one does.
fn find(
    conn: &mut PgConnection,
    name: &str,
) -> Result<(Option<UserId>, Option<HashedPassword>), AccountError> {
    let nearest = match name.contains('@') {
        true => queries::nearest_email(conn, name)?,
        false => queries::nearest_username(conn, name)?,
    };
    Ok(nearest.map_or((None, None), |(is_it, user, stored)| (is_it.then_some(user), Some(stored))))
}

/// Opens the session, unless the account's state has changed while the password was checked; `None` if the hash has.
fn admit(
    conn: &mut PgConnection,
    accounts: &Accounts,
    user: UserId,
    hash: &str,
    visitor: &Visitor,
) -> Result<Option<IssuedSession>, AccountError> {
    conn.transaction(|conn| {
        let Some(state) = queries::state_with_password(conn, user, hash)? else { return Ok(None) };
        match AccountState::parse(&state) {
            AccountState::Deleted => return Err(AccountError::WrongCredentials),
            AccountState::Suspended | AccountState::Banned => return Err(AccountError::KeptOut(user)),
            AccountState::Active | AccountState::Deleting => {}
        }
        let session = open_session(conn, accounts, user, visitor)?;
        record_event(conn, user, SecurityEvent::Login.about(session.id.0).seen_from(visitor.network))?;
        Ok(Some(session))
    })
}
