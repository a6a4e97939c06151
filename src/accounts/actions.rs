//! What can be done with an account: make one, and what it is called and in which state.

use chrono::{DateTime, Utc};
use diesel::PgConnection;
use secrecy::SecretString;

use super::account::{Email, Password, UserId, Username};
use super::error::AccountError;
use super::password::{HashedPassword, PasswordHasher};
use super::queries::{self, UserRow};
use super::revocations::Revocations;
use super::state::AccountState;
use super::token::AccessTokens;
use crate::db::unique_violation;

/// What accounts need besides the database.
pub struct Accounts {
    /// Hashes and verifies passwords.
    pub passwords: PasswordHasher,
    /// Signs and verifies access tokens.
    pub tokens: AccessTokens,
    /// Knows which sessions have ended.
    pub revocations: Revocations,
    /// The key that successors of refresh tokens are made with, and after it the one before.
    pub(super) refresh_keys: Vec<SecretString>,
}

impl Accounts {
    /// Keys and costs in one place. The secrets that tokens are signed with, the current one first, also key the chain
    /// of refresh tokens.
    pub fn new(
        passwords: PasswordHasher,
        tokens: AccessTokens,
        revocations: Revocations,
        secrets: impl IntoIterator<Item = SecretString>,
    ) -> Self {
        Self { passwords, tokens, revocations, refresh_keys: secrets.into_iter().collect() }
    }

    /// Hashes a password for [`NewAccount`]. Slow; holds no connection.
    pub async fn hash(&self, password: &Password) -> Result<HashedPassword, AccountError> {
        Ok(self.passwords.hash(password).await?)
    }
}

/// An account about to be made.
#[derive(Debug)]
pub struct NewAccount {
    /// The id it will have.
    pub id: UserId,
    /// The name to log in with.
    pub username: Username,
    /// An address, not yet proven.
    pub email: Option<Email>,
    /// The password's hash.
    pub password: HashedPassword,
}

/// An account's names, as its owner sees them.
#[derive(Debug, Clone)]
pub struct OwnAccount {
    /// The name to log in with, as typed at sign-up.
    pub username: String,
    /// The address, proven or not.
    pub email: Option<String>,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
}

/// A cheap look before the hash is made; only [`create_account`]'s constraint decides.
pub fn username_taken(conn: &mut PgConnection, username: &Username) -> Result<bool, AccountError> {
    Ok(queries::username_exists(conn, &username.key())?)
}

/// Makes an account, inside the caller's transaction.
pub fn create_account(conn: &mut PgConnection, new: &NewAccount) -> Result<(), AccountError> {
    let row = UserRow {
        id: new.id,
        username: new.username.as_str(),
        email: new.email.as_ref().map(Email::as_str),
        password_hash: &new.password.hash,
        pepper_version: new.password.pepper_version,
    };
    queries::insert_user(conn, &row)?;
    queries::insert_username(conn, &new.username.key(), new.id).map_err(|error| {
        match unique_violation(&error) {
            Some(name) if name.starts_with("usernames_pkey") => AccountError::UsernameTaken,
            _ => error.into(),
        }
    })?;
    Ok(())
}

/// Usernames by id; ids that nobody has are left out.
pub fn account_names(conn: &mut PgConnection, ids: &[UserId]) -> Result<Vec<(UserId, String)>, AccountError> {
    Ok(queries::names(conn, ids)?)
}

/// Who has a username, in any case; `None` also for what can't be one.
pub fn user_named(conn: &mut PgConnection, name: &str) -> Result<Option<UserId>, AccountError> {
    let Ok(name) = Username::parse(name) else { return Ok(None) };
    Ok(queries::holders(conn, &[name.key()])?.pop().map(|(_, user)| user))
}

/// One's own names; `None` if the account is gone.
pub fn own_account(conn: &mut PgConnection, id: UserId) -> Result<Option<OwnAccount>, AccountError> {
    let row = queries::own(conn, id)?;
    Ok(row.map(|(username, email, created_at)| OwnAccount { username, email, created_at }))
}

/// The state of an account; `None` if it is gone.
pub fn account_state(conn: &mut PgConnection, user: UserId) -> Result<Option<AccountState>, AccountError> {
    Ok(queries::state(conn, user)?.as_deref().map(AccountState::parse))
}

/// Changes the state of an account, inside the caller's transaction; tells whether there is one. A login at the same
/// time comes before or after: end the sessions ([`super::revoke_all_sessions`]) afterwards.
pub fn set_account_state(
    conn: &mut PgConnection,
    user: UserId,
    state: AccountState,
) -> Result<bool, AccountError> {
    Ok(queries::set_state(conn, user, state.as_str())?)
}
