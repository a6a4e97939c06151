//! Why something with mails fails.

use chrono::{DateTime, Utc};

use crate::accounts::AccountError;
use crate::db::{DbError, from_query_error};

/// Why something with mails failed.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The key is unknown, used up or too old.
    #[error("the link is used up or too old")]
    BadToken,
    /// The address became another account's meanwhile.
    #[error("the address belongs to another account")]
    AddressTaken,
    /// Nothing waits to be confirmed.
    #[error("nothing waits to be confirmed")]
    NothingToConfirm,
    /// Neither a username nor an address.
    #[error("that is neither a username nor an email address")]
    NoName,
    /// Asked too often.
    #[error("too many mails were asked for")]
    TooMany {
        /// When to ask again.
        until: DateTime<Utc>,
    },
    /// The own account is gone.
    #[error("the account is gone")]
    Gone,
    /// The outbox.
    #[error("the outbox can't be tidied up: {0}")]
    Outbox(#[from] std::io::Error),
    /// The account.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(MailError);
