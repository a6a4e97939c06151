//! The job that sends a mail, and writes down what became of it.

use chrono::Utc;
use diesel::{Connection, PgConnection};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::actions::Mail;
use super::error::MailError;
use super::kind::{MailKind, MailState};
use super::token::MailToken;
use super::{queries, row_queries, texts};
use crate::accounts::{self, Email, UserId};
use crate::db::{Db, DbError};
use crate::jobs::{self, Attempt, Job, JobError};
use crate::mailer::{Letter, Mailer, SendError};

/// Send one mail.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct SendMail {
    user: UserId,
    mail: Uuid,
}

impl Job for SendMail {
    const KIND: &'static str = "send_mail";
}

/// Has something mailed to somebody, inside the caller's transaction.
pub(super) fn post(
    conn: &mut PgConnection,
    user: UserId,
    kind: MailKind,
    address: &Email,
) -> Result<(), DbError> {
    let mail = Uuid::now_v7();
    queries::insert(conn, (user, mail), kind, address.as_str())?;
    Ok(jobs::enqueue(conn, &SendMail { user, mail })?)
}

/// Has something mailed to somebody's proven address; nothing if they have none.
pub fn notify(conn: &mut PgConnection, user: UserId, kind: MailKind) -> Result<(), DbError> {
    match accounts::address_of(conn, user)? {
        Some(address) if address.is_proven => post(conn, user, kind, &address.email),
        _ => Ok(()),
    }
}

/// A mail about to go out, and the hash of the key that was made for it.
struct Ready {
    letter: Letter,
    key: Option<Vec<u8>>,
}

/// Does the job. A key is made when its mail goes out and never kept: a mail that is sent twice has two, and using one
/// ends the other.
pub async fn deliver(db: &Db, mail: &Mail, job: SendMail, attempt: Attempt) -> Result<(), JobError> {
    let (public_url, mailer) = (mail.public_url.clone(), mail.mailer.clone());
    let ready = db.run(move |conn| conn.transaction(|conn| prepare(conn, &mailer, job, &public_url))).await;
    let Some(Ready { letter, key }) = ready.map_err(JobError::later)? else { return Ok(()) };
    let sent = mail.mailer.send(&letter).await;
    let (state, reason) = match &sent {
        Ok(()) => (MailState::Delivered, None),
        Err(SendError::Refused(said)) => (MailState::Refused, Some(said.clone())),
        Err(SendError::Later(said)) if attempt.is_last => (MailState::Failed, Some(said.clone())),
        Err(SendError::Later(said)) => (MailState::Waiting, Some(said.clone())),
    };
    tracing::info!(mail = %job.mail, user = %job.user, state = state.as_str(), attempt = attempt.number, "mail");
    let mailer = mail.mailer.clone();
    let settled = db.run(move |conn| {
        if let (true, Some(key)) = (state != MailState::Delivered, key) {
            row_queries::delete_token(conn, &key)?;
        }
        if queries::settle(conn, (job.user, job.mail), state, reason.as_deref())? == 0 {
            // Whoever it was for was erased meanwhile.
            mailer.forget(&[job.mail])?;
        }
        Ok::<_, MailError>(())
    });
    settled.await.map_err(JobError::later)?;
    match sent {
        // What the server said is for the mail's owner to read, in the mail's row.
        Err(SendError::Later(_)) => Err(JobError::later("the mail server didn't take it yet")),
        _ => Ok(()),
    }
}

/// `None` if there is nothing to send any more.
fn prepare(
    conn: &mut PgConnection,
    mailer: &Mailer,
    job: SendMail,
    public_url: &str,
) -> Result<Option<Ready>, MailError> {
    let Some(row) = queries::find(conn, job.user, job.mail)? else {
        // An earlier try may have left a letter.
        mailer.forget(&[job.mail])?;
        return Ok(None);
    };
    let (Some(kind), Ok(address)) = (MailKind::named(&row.kind), Email::parse(&row.address)) else {
        return Ok(None);
    };
    if row.state == MailState::Delivered.as_str() {
        return Ok(None);
    }
    let (kind, to) = receiver(conn, job.user, kind, &address)?;
    let Some((_, name)) = accounts::account_names(conn, &[to])?.pop() else { return Ok(None) };
    let (link, key) = match kind.key_life() {
        None => (None, None),
        Some(life) => {
            let token = MailToken::new();
            let until = Utc::now() + life;
            row_queries::insert_token(conn, &token.hash(), job.user, kind, address.as_str(), until)?;
            let link = format!("{public_url}/mail-link#{}={}", kind.page_verb(), token.to_text());
            (Some(link), Some(token.hash()))
        }
    };
    let said = texts::text(kind, &name, link.as_deref().unwrap_or_default());
    let letter = Letter {
        id: job.mail,
        to: address.as_str().to_owned(),
        subject: said.subject,
        text: said.text,
        html: said.html,
        link,
    };
    Ok(Some(Ready { letter, key }))
}

/// Whom the mail is for, and what it is about: an address that somebody else has proven gets a warning instead of a
/// key, and nobody but its owner learns that.
fn receiver(
    conn: &mut PgConnection,
    user: UserId,
    kind: MailKind,
    address: &Email,
) -> Result<(MailKind, UserId), DbError> {
    let claims = matches!(kind, MailKind::Verify | MailKind::ChangeNew);
    Ok(match accounts::holder_of(conn, address)? {
        Some(holder) if claims && holder != user => (MailKind::AddressTaken, holder),
        _ => (kind, user),
    })
}
