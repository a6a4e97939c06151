//! What can go wrong with reports and sanctions.

use crate::accounts::AccountError;
use crate::db::{DbError, from_query_error};
use crate::matches::MatchError;
use crate::media::MediaError;
use crate::messages::MessageError;
use crate::profiles::ProfileError;

/// Why something with a report or a sanction failed.
#[derive(Debug, thiserror::Error)]
pub enum ModerationError {
    /// Nothing there, nothing of yours, or nothing for who isn't a moderator.
    #[error("not found")]
    NotFound,
    /// A message that the two didn't exchange was named.
    #[error("a named message is not there")]
    UnknownMessage(i64),
    /// A photo that the person doesn't show was named.
    #[error("a named photo is not there")]
    UnknownPhoto(usize),
    /// The report has ended.
    #[error("already decided")]
    AlreadyDecided,
    /// The account to be sanctioned is gone.
    #[error("the reported account is gone")]
    ReportedGone,
    /// One appeal for each sanction.
    #[error("already appealed")]
    AlreadyAppealed,
    /// Nothing is left to be appealed against.
    #[error("the sanction is over")]
    SanctionOver,
    /// Two people.
    #[error(transparent)]
    Match(#[from] MatchError),
    /// Their messages.
    #[error(transparent)]
    Message(#[from] MessageError),
    /// The account.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The store.
    #[error(transparent)]
    Media(#[from] MediaError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(ModerationError);
