//! What can go wrong with an account.

use super::account::UserId;
use super::hashing::HashError;
use super::token::TokenError;
use crate::db::{DbError, from_query_error};

/// Why something with an account failed.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Somebody has that name.
    #[error("the username is taken")]
    UsernameTaken,
    /// Unknown user or wrong password: the two are told by the same words.
    #[error("username or password is wrong")]
    WrongCredentials,
    /// Not the password of whoever is signed in.
    #[error("that is not the password")]
    WrongPassword,
    /// The password wasn't given in the last ten minutes.
    #[error("the password must be given again")]
    FreshLoginRequired,
    /// The password was right, but a moderator keeps the account out.
    #[error("the account is kept out")]
    KeptOut(UserId),
    /// The address is one that a banned person gave.
    #[error("the address belongs to a banned account")]
    AddressBanned,
    /// The session is unknown, expired or revoked.
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
