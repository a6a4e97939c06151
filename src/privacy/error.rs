//! What can go wrong with one's own data.

use crate::accounts::AccountError;
use crate::db::{DbError, from_query_error};
use crate::mail::MailError;
use crate::matches::MatchError;
use crate::media::MediaError;
use crate::moderation::ModerationError;
use crate::profiles::ProfileError;

/// Why something with one's own data failed.
#[derive(Debug, thiserror::Error)]
pub enum PrivacyError {
    /// The own account is gone.
    #[error("the account is gone")]
    Gone,
    /// The archive could not be written.
    #[error("the archive could not be written: {0}")]
    Archive(String),
    /// The account.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// Mails.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// The store.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The match.
    #[error(transparent)]
    Match(#[from] MatchError),
    /// Reports and sanctions.
    #[error(transparent)]
    Moderation(#[from] ModerationError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(PrivacyError);

impl From<ProfileError> for PrivacyError {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::Gone => Self::Gone,
            ProfileError::Db(error) => Self::Db(error),
        }
    }
}
