//! Proving an address, and seeing what was mailed.

use std::sync::Arc;

use chrono::{TimeDelta, Utc};
use diesel::{Connection, PgConnection};

use super::asks::{self, Asks, Subject};
use super::change::{self, AddressState};
use super::delivery::post;
use super::error::MailError;
use super::kind::MailKind;
use super::queries;
pub use super::queries::{MailPosition, MailRow};
use super::row_queries;
use super::token::MailToken;
use crate::accounts::{self, Accounts, Email, UserId};
use crate::config::Rate;
use crate::db::DbError;
use crate::mailer::Mailer;

/// How long a mail stays in its owner's list.
const KEPT: TimeDelta = TimeDelta::days(90);

/// What mailing needs besides the database.
pub struct Mail {
    /// Takes letters.
    pub mailer: Arc<Mailer>,
    /// What links begin with, without a slash at the end.
    pub public_url: String,
    /// How many mails may be asked for; `None` is any number.
    pub limit: Option<Rate>,
}

/// Asks somebody by mail whether the address that they gave is theirs, inside the caller's transaction: at sign-up, the
/// first mail is nobody's to refuse.
pub fn ask_to_prove(conn: &mut PgConnection, user: UserId, email: &Email) -> Result<(), DbError> {
    post(conn, user, MailKind::Verify, email)
}

/// Sends what waits to be confirmed once more: the proof of an address, or both sides of a change.
pub fn resend(conn: &mut PgConnection, user: UserId, limit: Option<Rate>) -> Result<Asks, MailError> {
    conn.transaction(|conn| {
        let address = accounts::address_of(conn, user)?;
        let waiting = match (row_queries::change(conn, user)?, address) {
            (Some(change), _) => change::still_to_ask(&change),
            (None, Some(address)) if !address.is_proven => vec![(MailKind::Verify, address.email)],
            _ => return Err(MailError::NothingToConfirm),
        };
        let addresses = waiting.iter().map(|(_, email)| Subject::address(email));
        let subjects: Vec<Subject> = addresses.chain([Subject::account(user)]).collect();
        let asks = asks::ask(conn, &subjects, limit)?;
        for (kind, email) in &waiting {
            post(conn, user, *kind, email)?;
        }
        Ok(asks)
    })
}

/// Uses the key of a mail that asks for confirmation. The address is its owner's login from then on.
pub fn verify(conn: &mut PgConnection, accounts: &Accounts, token: &str) -> Result<AddressState, MailError> {
    let token = MailToken::parse(token).ok_or(MailError::BadToken)?;
    let kinds = [MailKind::Verify, MailKind::ChangeOld, MailKind::ChangeNew];
    conn.transaction(|conn| {
        let row = row_queries::take_token(conn, &token.hash(), &kinds)?.ok_or(MailError::BadToken)?;
        let email = Email::parse(&row.address).map_err(|_| MailError::BadToken)?;
        // The address of somebody who was banned since it was given.
        accounts::refuse_banned(conn, accounts, &email)?;
        match MailKind::named(&row.purpose) {
            Some(MailKind::Verify) => prove(conn, row.user, &email),
            Some(kind) => change::agree(conn, row.user, kind, &email),
            None => Err(MailError::BadToken),
        }
    })
}

fn prove(conn: &mut PgConnection, user: UserId, email: &Email) -> Result<AddressState, MailError> {
    let current = accounts::address_of(conn, user)?.ok_or(MailError::BadToken)?;
    if current.email.key() != email.key() {
        return Err(MailError::BadToken);
    }
    if !accounts::claim_address(conn, user, email)? {
        return Err(MailError::AddressTaken);
    }
    row_queries::delete_tokens(conn, user, &[MailKind::Verify])?;
    tracing::info!(%user, "an address was proven");
    Ok(AddressState::Proven)
}

/// What was mailed to somebody, the newest first.
pub fn list(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<MailPosition>,
    limit: i64,
) -> Result<Vec<MailRow>, MailError> {
    accounts::own_account(conn, user)?.ok_or(MailError::Gone)?;
    Ok(queries::page(conn, user, before, limit)?)
}

/// Removes all mails to somebody, inside the caller's transaction: rows, and letters in the outbox. A letter that is only
/// just being written finds its row gone, and goes as well.
pub fn forget(conn: &mut PgConnection, mailer: &Mailer, user: UserId) -> Result<(), MailError> {
    Ok(mailer.forget(&queries::delete_of(conn, user)?)?)
}

/// Removes what is over: keys, held addresses, old mails with their letters in the outbox, and asks. Gives how many rows
/// there were.
pub fn purge(conn: &mut PgConnection, mailer: &Mailer) -> Result<usize, MailError> {
    let keys = row_queries::delete_expired(conn)?;
    let held = accounts::purge_held_addresses(conn)?;
    let mails = conn.transaction(|conn| {
        let old = queries::delete_before(conn, Utc::now() - KEPT)?;
        mailer.forget(&old)?;
        Ok::<_, MailError>(old.len())
    })?;
    Ok(keys + held + mails + asks::purge(conn)?)
}
