//! What can go wrong between two people.

use crate::accounts::AccountError;
use crate::db::{DbError, from_query_error};
use crate::profiles::{Missing, ProfileError};

/// Why something between two people failed.
#[derive(Debug, thiserror::Error)]
pub enum MatchError {
    /// Nobody there, or nobody that may be decided on.
    #[error("not found")]
    NotFound,
    /// Nobody befriends themselves here.
    #[error("that is oneself")]
    Oneself,
    /// Another verdict stands.
    #[error("already decided")]
    AlreadyDecided {
        /// The verdict that stands.
        liked: bool,
    },
    /// Matched: unmatch instead.
    #[error("already matched")]
    AlreadyMatched,
    /// Only the newest decision can be taken back.
    #[error("not the newest decision")]
    NotNewest,
    /// The own profile isn't complete.
    #[error("the profile is not complete")]
    Incomplete(Vec<Missing>),
    /// The own account is gone.
    #[error("the account is gone")]
    Gone,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(MatchError);

impl From<ProfileError> for MatchError {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::Gone => Self::Gone,
            ProfileError::Db(error) => Self::Db(error),
        }
    }
}

/// The only thing that reading names can break is the database.
impl From<AccountError> for MatchError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Db(error) => Self::Db(error),
            _ => Self::NotFound,
        }
    }
}
