//! Giving the password again for what is sensitive, and changing it.

use std::sync::Arc;
use std::time::Duration;

use diesel::{Connection, PgConnection};

use super::account::{Password, SessionId, UserId};
use super::actions::Accounts;
use super::audit::record_event;
use super::error::AccountError;
use super::password::HashedPassword;
use super::security_event::SecurityEvent;
use super::sessions::{AccessToken, access_token, revoke_other_sessions};
use super::visitor::Visitor;
use super::{queries, session_queries};
use crate::db::Db;

/// How long a password that was given counts.
pub(super) const FRESH: Duration = Duration::from_secs(600);

/// Checks the password of whoever is signed in: for ten minutes, their session may do what is sensitive. Slow; holds no
/// connection meanwhile.
///
/// [`AccountError::WrongPassword`] if it is another one.
pub async fn confirm_password(
    db: &Db,
    accounts: &Arc<Accounts>,
    (user, session): (UserId, SessionId),
    password: &str,
    visitor: Visitor,
) -> Result<AccessToken, AccountError> {
    let place = accounts.passwords.place()?;
    let stored = db.run(move |conn| Ok::<_, AccountError>(queries::password_hash(conn, user)?)).await?;
    let stored = stored.ok_or(AccountError::SessionEnded)?;
    let attempt = Password::attempt(password).ok_or(AccountError::WrongPassword)?;
    if !accounts.passwords.verify(place, &attempt, Some(stored.clone())).await? {
        let failure = SecurityEvent::FreshLoginFailure.about(session.0).seen_from(visitor.network);
        db.run(move |conn| record_event(conn, user, failure)).await?;
        return Err(AccountError::WrongPassword);
    }
    db.run(move |conn| {
        conn.transaction(|conn| {
            // Unless it was changed, or a login renewed its hash, while it was checked: who asks again learns which.
            queries::state_with_password(conn, user, &stored.hash)?.ok_or(AccountError::Busy)?;
            if !session_queries::freshen(conn, user, session)? {
                return Err(AccountError::SessionEnded);
            }
            let event = SecurityEvent::FreshLogin.about(session.0).seen_from(visitor.network);
            record_event(conn, user, event)
        })
    })
    .await?;
    access_token(accounts, user, session)
}

/// Lets a session go on that logged in, or gave its password again, within the last ten minutes; to anybody else it is
/// [`AccountError::FreshLoginRequired`]. For whatever is sensitive, inside its transaction.
pub fn require_fresh(conn: &mut PgConnection, user: UserId, session: SessionId) -> Result<(), AccountError> {
    match session_queries::is_fresh(conn, user, session, FRESH.as_secs())? {
        Some(true) => Ok(()),
        Some(false) => Err(AccountError::FreshLoginRequired),
        None => Err(AccountError::SessionEnded),
    }
}

/// Gives an account another password, inside the caller's transaction; tells whether there is such an account. The
/// sessions are the caller's to end, afterwards.
pub fn set_password(
    conn: &mut PgConnection,
    user: UserId,
    password: &HashedPassword,
) -> Result<bool, AccountError> {
    Ok(queries::set_password(conn, user, &password.hash, password.pepper_version)?)
}

/// Changes the own password: needs a fresh session, and ends all others.
pub async fn change_password(
    db: &Db,
    accounts: &Arc<Accounts>,
    (user, session): (UserId, SessionId),
    password: &Password,
    visitor: Visitor,
) -> Result<(), AccountError> {
    db.run(move |conn| require_fresh(conn, user, session)).await?;
    let hashed = accounts.hash(password).await?;
    db.run(move |conn| {
        conn.transaction(|conn| {
            set_password(conn, user, &hashed)?;
            require_fresh(conn, user, session)?;
            let event = SecurityEvent::PasswordChange.about(session.0).seen_from(visitor.network);
            record_event(conn, user, event)?;
            revoke_other_sessions(conn, user, session, SecurityEvent::PasswordChange)?;
            Ok(())
        })
    })
    .await
    .inspect(|()| tracing::info!(%user, "password changed"))
}
