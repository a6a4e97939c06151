//! Oneself: everything the owner may see of their own account.

use diesel::PgConnection;

use super::actions::PeopleError;
use crate::accounts::{self, OwnAccount, UserId};
use crate::photos::{self, ObjectKey, ProfileImage};
use crate::profiles::{self, Profile};

/// One's own account, profile and photos.
#[derive(Debug, Clone)]
pub struct Own {
    /// Names and address.
    pub account: OwnAccount,
    /// Whether the address is proven.
    pub is_proven: bool,
    /// The profile.
    pub profile: Profile,
    /// The photos: the profile image first, then in order.
    pub photos: Vec<ObjectKey>,
    /// The first of them.
    pub profile_image: Option<ProfileImage>,
}

/// Loads oneself; [`PeopleError::Gone`] if the account is gone.
pub fn load_own(conn: &mut PgConnection, user: UserId) -> Result<Own, PeopleError> {
    let account = accounts::own_account(conn, user)?.ok_or(PeopleError::Gone)?;
    let is_proven = accounts::address_of(conn, user)?.is_some_and(|address| address.is_proven);
    let profile = profiles::load_profile(conn, user)?;
    let photos = photos::photo_keys(conn, &[user])?.remove(&user).unwrap_or_default();
    let profile_image = photos::profile_image(conn, user)?;
    Ok(Own { account, is_proven, profile, photos, profile_image })
}
