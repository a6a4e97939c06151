//! Signing up, and looking at somebody.

use std::sync::Arc;

use diesel::{Connection, PgConnection};

use crate::accounts::{
    self, AccountError, Accounts, Email, IssuedSession, NewAccount, Password, SecurityEvent, UserId,
    Username, Visitor,
};
use crate::db::{Db, DbError, from_query_error};
use crate::mail;
use crate::matches::{self, MatchError, Person};
use crate::photos::{self, FileRef, PhotoError};
use crate::profiles::{self, ChangeError, DisplayName, ProfileChanges, ProfileError};

/// Why something with people failed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The own account is gone.
    #[error("the account is gone")]
    Gone,
    /// Nobody there, or nobody that may be seen.
    #[error("not found")]
    NotFound,
    /// The account.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The photos.
    #[error(transparent)]
    Photo(#[from] PhotoError),
    /// The profile.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// The match.
    #[error(transparent)]
    Match(#[from] MatchError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(PeopleError);

impl From<ProfileError> for PeopleError {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::Gone => Self::Gone,
            ProfileError::Db(error) => Self::Db(error),
        }
    }
}

/// A filled-in sign-up form.
#[derive(Debug)]
pub struct SignUp {
    /// The name to log in with.
    pub username: Username,
    /// The password.
    pub password: Password,
    /// An address, not yet proven.
    pub email: Option<Email>,
    /// All the rest.
    pub profile: ProfileChanges,
}

/// Makes account and profile and opens the first session. The same name at the same time: one gets it, the others get
/// [`AccountError::UsernameTaken`].
pub async fn sign_up(
    db: &Db,
    accounts: &Arc<Accounts>,
    form: SignUp,
    visitor: Visitor,
) -> Result<IssuedSession, PeopleError> {
    let name = form.username.clone();
    if db.run(move |conn| accounts::username_taken(conn, &name)).await? {
        return Err(AccountError::UsernameTaken.into());
    }
    let password = accounts.hash(&form.password).await?;
    let new = NewAccount { id: UserId::new(), username: form.username, email: form.email, password };
    let accounts = accounts.clone();
    db.run(move |conn| {
        conn.transaction(|conn| {
            if let Some(email) = &new.email {
                accounts::refuse_banned(conn, &accounts, email)?;
            }
            create(conn, &new, &form.profile)?;
            if let Some(email) = &new.email {
                mail::ask_to_prove(conn, new.id, email)?;
            }
            accounts::record_event(conn, new.id, SecurityEvent::SignUp.seen_from(visitor.network))?;
            Ok(accounts::open_session(conn, &accounts, new.id, &visitor)?)
        })
    })
    .await
    .inspect(|session| tracing::info!(user = %session.user, "signed up"))
}

/// Makes account and profile, inside the visitor's transaction.
pub fn create(
    conn: &mut PgConnection,
    new: &NewAccount,
    profile: &ProfileChanges,
) -> Result<(), PeopleError> {
    accounts::create_account(conn, new)?;
    let display_name = match &profile.display_name {
        Some(name) => name.clone(),
        None => DisplayName::of_username(&new.username),
    };
    Ok(profiles::create_profile(conn, new.id, &display_name, profile)?)
}

/// Changes only what is given of one's own profile; a photo that is named becomes the profile image.
pub fn change_own(
    conn: &mut PgConnection,
    user: UserId,
    changes: &ProfileChanges,
    image: Option<&FileRef>,
) -> Result<(), PeopleError> {
    conn.transaction(|conn| {
        profiles::change_profile(conn, user, changes)?;
        match image {
            Some(image) => Ok(photos::choose_profile_image(conn, user, image)?),
            None => Ok(()),
        }
    })
    .inspect(|()| {
        let image = image.map(|_| "profile_image_key");
        let fields: Vec<_> = changes.names().into_iter().chain(image).collect();
        tracing::info!(%user, ?fields, "profile updated");
    })
    .inspect_err(|error: &PeopleError| tracing::info!(%user, %error, "profile not updated"))
}

/// Somebody as `viewer` sees them: whoever is complete, not paused and not blocked, and one's matches in any case.
pub fn see_person(
    conn: &mut PgConnection,
    viewer: UserId,
    other: UserId,
    birth_date_required: bool,
) -> Result<Person, PeopleError> {
    let viewer = profiles::load_profile(conn, viewer)?;
    if !matches::may_see(conn, viewer.user, other, birth_date_required)? {
        return Err(PeopleError::NotFound);
    }
    Ok(matches::person(conn, &viewer, other)?)
}
