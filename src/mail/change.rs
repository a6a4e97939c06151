//! Changing an address: both the old and the new one agree, and the old one can undo it for two days.

use chrono::{TimeDelta, Utc};
use diesel::{Connection, PgConnection};

use super::asks::{self, Asks, Subject};
use super::delivery::post;
use super::error::MailError;
use super::kind::MailKind;
use super::row_queries::{self, ChangeRow};
use super::token::MailToken;
use crate::accounts::{self, Email, SecurityEvent, UserId};
use crate::config::Rate;
use crate::db::DbError;

/// How long a change waits for both sides.
const WAITS: TimeDelta = TimeDelta::hours(48);

/// How long the old address can undo a change.
const UNDO: TimeDelta = TimeDelta::hours(48);

/// Where an address stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressState {
    /// Its owner's: one can log in with it.
    Proven,
    /// Confirmed on one side of a change; the other one is still asked.
    OneSide,
    /// Asked by mail.
    Asked,
}

/// Gives an account another address. One that isn't proven yet gives way at once; a proven one stays until both have
/// agreed. The mails are asked for, and count.
pub fn change_address(
    conn: &mut PgConnection,
    user: UserId,
    new: &Email,
    limit: Option<Rate>,
) -> Result<(AddressState, Option<Asks>), MailError> {
    conn.transaction(|conn| {
        let old = accounts::address_of(conn, user)?;
        let proven = old.filter(|address| address.is_proven).map(|address| address.email);
        if proven.as_ref().is_some_and(|old| old.key() == new.key()) {
            row_queries::end_change(conn, user)?;
            accounts::set_address(conn, user, new)?;
            return Ok((AddressState::Proven, None));
        }
        let subjects = [Subject::account(user), Subject::address(new)];
        let asks = asks::ask(conn, &subjects, limit)?;
        row_queries::delete_tokens(
            conn,
            user,
            &[MailKind::Verify, MailKind::ChangeOld, MailKind::ChangeNew],
        )?;
        match proven {
            None => {
                accounts::set_address(conn, user, new)?;
                post(conn, user, MailKind::Verify, new)?;
            }
            Some(old) => {
                row_queries::begin_change(conn, user, (old.as_str(), new.as_str()), Utc::now() + WAITS)?;
                post(conn, user, MailKind::ChangeOld, &old)?;
                post(conn, user, MailKind::ChangeNew, new)?;
            }
        }
        Ok((AddressState::Asked, Some(asks)))
    })
}

/// The sides of a change that haven't agreed yet.
pub(super) fn still_to_ask(change: &ChangeRow) -> Vec<(MailKind, Email)> {
    let sides = [
        (MailKind::ChangeOld, &change.old_address, change.old_agreed),
        (MailKind::ChangeNew, &change.new_address, change.new_agreed),
    ];
    let open = sides.into_iter().filter(|(.., agreed)| !agreed);
    open.filter_map(|(kind, address, _)| Some((kind, Email::parse(address).ok()?))).collect()
}

/// One side agrees. With the second one the change is made, inside the caller's transaction.
pub(super) fn agree(
    conn: &mut PgConnection,
    user: UserId,
    kind: MailKind,
    email: &Email,
) -> Result<AddressState, MailError> {
    let change = row_queries::change(conn, user)?.ok_or(MailError::BadToken)?;
    let is_old = kind == MailKind::ChangeOld;
    let asked = if is_old { &change.old_address } else { &change.new_address };
    if asked != email.as_str() {
        return Err(MailError::BadToken);
    }
    let (old_agreed, new_agreed) = (change.old_agreed || is_old, change.new_agreed || !is_old);
    if !(old_agreed && new_agreed) {
        row_queries::set_agreed(conn, user, old_agreed, new_agreed)?;
        return Ok(AddressState::OneSide);
    }
    let [old, new] = [&change.old_address, &change.new_address].map(|address| Email::parse(address));
    let (old, new) = old.ok().zip(new.ok()).ok_or(MailError::BadToken)?;
    if !accounts::claim_address(conn, user, &new)? {
        return Err(MailError::AddressTaken);
    }
    accounts::hold_address(conn, user, &old, Utc::now() + UNDO)?;
    accounts::set_address(conn, user, &new)?;
    forget_change(conn, user)?;
    accounts::record_event(conn, user, SecurityEvent::EmailChange)?;
    post(conn, user, MailKind::Changed, &old)?;
    tracing::info!(%user, "an address was changed");
    Ok(AddressState::Proven)
}

fn forget_change(conn: &mut PgConnection, user: UserId) -> Result<(), DbError> {
    row_queries::end_change(conn, user)?;
    row_queries::delete_tokens(conn, user, &[MailKind::Verify, MailKind::ChangeOld, MailKind::ChangeNew])?;
    Ok(())
}

/// Brings the old address back, logs everybody out, and mails it a way to a new password: whoever made the change may
/// know the old one.
pub fn undo_change(conn: &mut PgConnection, token: &str) -> Result<(), MailError> {
    let token = MailToken::parse(token).ok_or(MailError::BadToken)?;
    conn.transaction(|conn| {
        let row = row_queries::take_token(conn, &token.hash(), &[MailKind::Changed])?;
        let row = row.ok_or(MailError::BadToken)?;
        let (user, old) = (row.user, Email::parse(&row.address).map_err(|_| MailError::BadToken)?);
        let current = accounts::address_of(conn, user)?;
        if !accounts::claim_address(conn, user, &old)? {
            return Err(MailError::BadToken);
        }
        if let Some(current) = current.filter(|current| current.email.key() != old.key()) {
            accounts::free_address(conn, user, &current.email)?;
        }
        accounts::set_address(conn, user, &old)?;
        forget_change(conn, user)?;
        // Links that were mailed to the address that goes must not work any more.
        row_queries::delete_tokens(conn, user, &[MailKind::Reset, MailKind::Changed])?;
        post(conn, user, MailKind::Reset, &old)?;
        accounts::record_event(conn, user, SecurityEvent::EmailChange)?;
        accounts::revoke_all_sessions(conn, user, SecurityEvent::EmailChange)?;
        Ok(())
    })
}
