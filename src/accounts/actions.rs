//! What can be done with an account: make one, log in, stay logged in, log out.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;
use secrecy::SecretString;
use uuid::Uuid;

use super::account::{Email, Password, SessionId, UserId, Username};
use super::password::{HashError, HashedPassword, PasswordHasher};
use super::queries::{self, SessionRow, UserRow};
use super::refresh_token::RefreshToken;
use super::token::{AccessTokens, TokenError};
use crate::db::{Db, DbError, from_query_error, unique_violation};

/// A session that is used lasts this long after its last use …
const SESSION_ROLLS: TimeDelta = TimeDelta::days(60);
/// … and at most this long.
const SESSION_ENDS: TimeDelta = TimeDelta::days(365);

/// Why something with an account failed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Somebody has that name.
    #[error("the username is taken")]
    UsernameTaken,
    /// Unknown user or wrong password: the two are told by the same words.
    #[error("username or password is wrong")]
    WrongCredentials,
    /// The refresh token is unknown, used up, expired or revoked.
    #[error("the session has ended")]
    SessionEnded,
    /// Too many passwords are being checked.
    #[error("too many passwords are being checked")]
    Busy,
    /// Signing or hashing failed.
    #[error("{0}")]
    Crypto(String),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(AccountError);

impl From<HashError> for AccountError {
    fn from(error: HashError) -> Self {
        match error {
            HashError::Busy => Self::Busy,
            HashError::Failed(cause) => Self::Crypto(cause),
        }
    }
}

impl From<TokenError> for AccountError {
    fn from(error: TokenError) -> Self {
        Self::Crypto(error.to_string())
    }
}

/// What accounts need besides the database.
pub struct Accounts {
    /// Hashes and verifies passwords.
    pub passwords: PasswordHasher,
    /// Signs and verifies access tokens.
    pub tokens: AccessTokens,
    refresh_key: SecretString,
}

impl Accounts {
    /// Keys and costs in one place. `jwt_secret` also keys the chain of refresh tokens.
    pub fn new(passwords: PasswordHasher, tokens: AccessTokens, jwt_secret: SecretString) -> Self {
        Self { passwords, tokens, refresh_key: jwt_secret }
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

/// The tokens of a session, fresh.
pub struct IssuedSession {
    /// Whose session it is.
    pub user: UserId,
    /// The JWT.
    pub access_token: String,
    /// Seconds that the JWT lives.
    pub expires_in: u64,
    /// Good for one refresh.
    pub refresh_token: SecretString,
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

/// Opens a session.
pub fn open_session(
    conn: &mut PgConnection,
    accounts: &Accounts,
    user: UserId,
    user_agent: Option<&str>,
) -> Result<IssuedSession, AccountError> {
    let session = SessionId(Uuid::now_v7());
    let token = RefreshToken::first(user, session);
    let expires_at = Utc::now() + SESSION_ROLLS;
    let row = SessionRow { user_id: user, id: session, refresh_hash: &token.hash(), user_agent, expires_at };
    queries::insert_session(conn, &row)?;
    issued(accounts, &token)
}

fn issued(accounts: &Accounts, token: &RefreshToken) -> Result<IssuedSession, AccountError> {
    Ok(IssuedSession {
        user: token.user,
        access_token: accounts.tokens.issue(token.user, token.session)?,
        expires_in: accounts.tokens.ttl().as_secs(),
        refresh_token: token.to_secret(),
    })
}

/// Opens a session for a username, or a verified email, and its password.
///
/// An unknown name costs the same time and gives the same error as a wrong password.
pub async fn log_in(
    db: &Db,
    accounts: &std::sync::Arc<Accounts>,
    name: &str,
    password: &str,
    user_agent: Option<String>,
) -> Result<IssuedSession, AccountError> {
    // Neither exists, and NUL never reaches the database.
    let name =
        if name.len() <= 254 && !name.contains('\0') { name.trim().to_lowercase() } else { String::new() };
    let known = db
        .run(move |conn| {
            let user = match name.contains('@') {
                true => queries::user_by_email(conn, &name)?,
                false => queries::user_by_username(conn, &name)?,
            };
            let hash = user.map(|user| queries::password_hash(conn, user)).transpose()?.flatten();
            Ok::<_, AccountError>(user.zip(hash))
        })
        .await?;
    let (user, hash) = known.unzip();
    let attempt = Password::attempt(password).ok_or(AccountError::WrongCredentials)?;
    let same = accounts.passwords.verify(&attempt, hash).await?;
    let Some(user) = user.filter(|_| same) else {
        tracing::info!("login refused");
        return Err(AccountError::WrongCredentials);
    };
    tracing::info!(%user, "logged in");
    let accounts = accounts.clone();
    db.run(move |conn| open_session(conn, &accounts, user, user_agent.as_deref())).await
}

/// Exchanges a refresh token for the session's next tokens.
///
/// Each token is good once; a repeat within 20 s gets the same successor, a later one ends the session.
pub fn refresh(
    conn: &mut PgConnection,
    accounts: &Accounts,
    token: &str,
) -> Result<IssuedSession, AccountError> {
    let token = RefreshToken::parse(token).ok_or(AccountError::SessionEnded)?;
    let next = token.successor(&accounts.refresh_key).ok_or(AccountError::SessionEnded)?;
    let state = queries::session(conn, token.user, token.session)?.ok_or(AccountError::SessionEnded)?;
    let key = (token.user, token.session);
    let presented = token.hash();
    let expires_at = (Utc::now() + SESSION_ROLLS).min(state.created_at + SESSION_ENDS);
    if state.refresh_hash == presented
        && queries::rotate_session(conn, key, &presented, &next.hash(), expires_at)?
    {
        return issued(accounts, &next);
    }
    // Not the newest: a retry whose answer was lost, one that just lost the race, or a replay.
    let state = queries::session(conn, token.user, token.session)?.ok_or(AccountError::SessionEnded)?;
    let is_previous = state.previous_hash.as_deref() == Some(&presented);
    if is_previous && state.just_rotated && state.refresh_hash == next.hash() {
        return issued(accounts, &next);
    }
    tracing::warn!(user = %token.user, session = %token.session, "a used refresh token came back; session revoked");
    queries::revoke_session(conn, token.user, token.session)?;
    Err(AccountError::SessionEnded)
}

/// Ends a session.
pub fn log_out(conn: &mut PgConnection, user: UserId, session: SessionId) -> Result<(), AccountError> {
    queries::revoke_session(conn, user, session)?;
    Ok(())
}

/// Ends the session that a refresh token names; a token that is none of ours does nothing.
pub fn log_out_refresh(conn: &mut PgConnection, token: &str) -> Result<(), AccountError> {
    let Some(token) = RefreshToken::parse(token) else { return Ok(()) };
    let live = queries::session(conn, token.user, token.session)?;
    let hash = token.hash();
    if live.is_some_and(|s| s.refresh_hash == hash || s.previous_hash.as_deref() == Some(&hash)) {
        queries::revoke_session(conn, token.user, token.session)?;
    }
    Ok(())
}

/// Usernames by id; ids that nobody has are left out.
pub fn account_names(conn: &mut PgConnection, ids: &[UserId]) -> Result<Vec<(UserId, String)>, AccountError> {
    Ok(queries::names(conn, ids)?)
}

/// One's own names; `None` if the account is gone.
pub fn own_account(conn: &mut PgConnection, id: UserId) -> Result<Option<OwnAccount>, AccountError> {
    let row = queries::own(conn, id)?;
    Ok(row.map(|(username, email, created_at)| OwnAccount { username, email, created_at }))
}
