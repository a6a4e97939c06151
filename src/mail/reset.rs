//! A new password for whoever can read the account's mails.

use std::sync::Arc;

use diesel::{Connection, PgConnection};
use serde::{Deserialize, Serialize};

use super::actions::Mail;
use super::asks::{self, Asks, Subject};
use super::delivery::{notify, post};
use super::error::MailError;
use super::kind::MailKind;
use super::row_queries;
use super::token::MailToken;
use crate::accounts::{self, Accounts, Email, HashedPassword, Password, SecurityEvent, Username};
use crate::config::Rate;
use crate::db::Db;
use crate::jobs::{self, Job, JobError};

/// Somebody forgot their password; whether there is such an account, only the job finds out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ForgotPassword {
    name: String,
}

impl Job for ForgotPassword {
    const KIND: &'static str = "forgot_password";
}

/// Notes that somebody forgot the password of a username or address. Known or unknown, it is the same work; only what
/// can be neither is [`MailError::NoName`].
pub fn forget_password(conn: &mut PgConnection, name: &str, limit: Option<Rate>) -> Result<Asks, MailError> {
    if Username::parse(name).is_err() && Email::parse(name).is_err() {
        return Err(MailError::NoName);
    }
    conn.transaction(|conn| {
        let asks = asks::ask(conn, &[Subject::name(name)], limit)?;
        jobs::enqueue(conn, &ForgotPassword { name: name.to_owned() })?;
        Ok(asks)
    })
}

/// Does the job: mails a link to the account's proven address. An account without one, or none at all, gets nothing.
pub async fn answer_forgotten(db: &Db, mail: &Mail, job: ForgotPassword) -> Result<(), JobError> {
    let limit = mail.limit;
    let answered = db.run(move |conn| conn.transaction(|conn| answer(conn, &job, limit))).await;
    match answered {
        // Several names of one account were used: 5 links an hour are enough.
        Ok(()) | Err(MailError::TooMany { .. }) => Ok(()),
        Err(error) => Err(JobError::later(error)),
    }
}

fn answer(conn: &mut PgConnection, job: &ForgotPassword, limit: Option<Rate>) -> Result<(), MailError> {
    let Some(user) = accounts::find_account(conn, &job.name)? else { return Ok(()) };
    let Some(address) = accounts::address_of(conn, user)?.filter(|address| address.is_proven) else {
        return Ok(());
    };
    asks::ask(conn, &[Subject::account(user), Subject::address(&address.email)], limit)?;
    Ok(post(conn, user, MailKind::Reset, &address.email)?)
}

/// Sets a new password with the key of a mail, and ends all sessions. A key that isn't good costs no hashing.
pub async fn reset_password(
    db: &Db,
    accounts: &Arc<Accounts>,
    token: &str,
    password: &Password,
) -> Result<(), MailError> {
    let hash = MailToken::parse(token).ok_or(MailError::BadToken)?.hash();
    let looked_up = hash.clone();
    let is_good =
        db.run(move |conn| Ok::<_, MailError>(row_queries::is_good(conn, &looked_up, MailKind::Reset)?));
    if !is_good.await? {
        return Err(MailError::BadToken);
    }
    let password = accounts.hash(password).await?;
    db.run(move |conn| conn.transaction(|conn| set(conn, &hash, &password))).await
}

fn set(conn: &mut PgConnection, hash: &[u8], password: &HashedPassword) -> Result<(), MailError> {
    let row = row_queries::take_token(conn, hash, &[MailKind::Reset])?.ok_or(MailError::BadToken)?;
    let user = row.user;
    accounts::set_password(conn, user, password)?;
    row_queries::delete_tokens(conn, user, &[MailKind::Reset])?;
    notify(conn, user, MailKind::PasswordChanged)?;
    accounts::record_event(conn, user, SecurityEvent::PasswordReset)?;
    accounts::revoke_all_sessions(conn, user, SecurityEvent::PasswordReset)?;
    tracing::info!(%user, "a password was reset");
    Ok(())
}
