//! Many accounts at once, for the seed.

use std::collections::HashMap;

use diesel::PgConnection;

use super::account::{UserId, Username};
use super::error::AccountError;
use super::password::HashedPassword;
use super::queries::{self, CopiedUser, CopiedUsername};

/// Who has these names, by [`Username::key`]; names that nobody has are left out.
pub fn holders(
    conn: &mut PgConnection,
    names: &[&Username],
) -> Result<HashMap<String, UserId>, AccountError> {
    let keys: Vec<String> = names.iter().map(|name| name.key()).collect();
    Ok(queries::holders(conn, &keys)?.into_iter().collect())
}

/// Makes accounts that share one password, by COPY, inside the caller's transaction. A name that is taken fails all.
pub fn copy_accounts(
    conn: &mut PgConnection,
    accounts: &[(UserId, Username)],
    password: &HashedPassword,
) -> Result<(), AccountError> {
    let users: Vec<CopiedUser<'_>> = accounts
        .iter()
        .map(|(id, username)| CopiedUser {
            id: *id,
            username: username.as_str(),
            password_hash: &password.hash,
            pepper_version: password.pepper_version,
        })
        .collect();
    let names: Vec<CopiedUsername> = accounts
        .iter()
        .map(|(id, username)| CopiedUsername { username: username.key(), user_id: *id })
        .collect();
    Ok(queries::copy_users(conn, &users, &names)?)
}
