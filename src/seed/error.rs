use diesel::ConnectionError;

use crate::accounts::AccountError;
use crate::db::{DbError, from_query_error};
use crate::matches::MatchError;
use crate::media::MediaError;
use crate::messages::MessageError;
use crate::people::PeopleError;
use crate::photos::PhotoError;
use crate::profiles::ProfileError;

/// Why seeding ended early. What was made stays; running it again goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// Made-up people and a login with a known password are no good in production.
    #[error(
        "FRIENDER_ENV is production: demo people and a login with a known password don't belong there (`friender seed --yes` does it all the same)"
    )]
    Production,
    /// Emptying what isn't private needs consent.
    #[error("--reset would empty {0}: add --yes if that is what you want")]
    NeedsYes(String),
    /// The embedded data is wrong.
    #[error("the demo data is wrong: {0}")]
    Data(String),
    /// More people than names.
    #[error("a crowd has at most {} people", super::crowd::MAX_PEOPLE)]
    TooMany,
    /// Hashing the password failed.
    #[error("the password could not be hashed")]
    Hash,
    /// No connection of its own.
    #[error("no connection to the database")]
    Connect(#[from] ConnectionError),
    /// Ctrl-C.
    #[error("stopped half-way: run it again to go on from here")]
    Stopped,
    /// The work was lost.
    #[error("seeding was interrupted: run it again to go on from here")]
    Lost,
    /// An account.
    #[error("an account could not be made")]
    Account(#[from] AccountError),
    /// A person.
    #[error("a person could not be made")]
    People(#[from] PeopleError),
    /// A profile.
    #[error("a profile could not be made")]
    Profile(#[from] ProfileError),
    /// A portrait.
    #[error("a portrait could not be kept")]
    Photo(#[from] PhotoError),
    /// A decision.
    #[error("a decision could not be made")]
    Match(#[from] MatchError),
    /// A message.
    #[error("a message could not be sent")]
    Message(#[from] MessageError),
    /// The store.
    #[error("the photo store could not be emptied")]
    Media(#[from] MediaError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(SeedError);
