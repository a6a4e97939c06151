//! What an operator does to accounts from the command line, also while a server runs.

use std::time::Duration;

use chrono::Utc;
use diesel::{Connection, PgConnection};

use crate::accounts::{self, AccountError, SecurityEvent, UserId, Username};
use crate::backing::{BackingError, DatabaseAlone};
use crate::cli::UserCommand;
use crate::config::Config;
use crate::db::{Db, DbError, from_query_error};
use crate::privacy::{self, PrivacyError};

/// How long signing everybody out may take: only the operator waits.
const LIMIT: Duration = Duration::from_secs(600);

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// No database.
    #[error(transparent)]
    Backing(#[from] BackingError),
    /// Nobody has that name.
    #[error("nobody has the username {0:?}: look at its spelling")]
    Nobody(String),
    /// The account.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// The deletion.
    #[error(transparent)]
    Privacy(#[from] PrivacyError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(OperatorError);

/// Does it, and says what was done.
pub async fn run(command: &UserCommand, config: &Config) -> Result<String, OperatorError> {
    let database = DatabaseAlone::open(config).await?;
    let done = match command.clone() {
        UserCommand::SignOut { name: Some(name), .. } => sign_out(&database.db, name).await,
        UserCommand::SignOut { name: None, .. } => sign_everybody_out(&database.db).await,
        UserCommand::Delete { name, now } => {
            delete(&database.db, name, if now { Duration::ZERO } else { config.accounts.deletion_grace })
                .await
        }
        UserCommand::Promote { name } => set_moderator(&database.db, name, true).await,
        UserCommand::Demote { name } => set_moderator(&database.db, name, false).await,
    };
    database.close().await;
    done
}

async fn sign_out(db: &Db, name: String) -> Result<String, OperatorError> {
    db.run(move |conn| {
        let user = find(conn, &name)?;
        let event = SecurityEvent::SignOutByOperator;
        let ended = conn.transaction(|conn| {
            accounts::record_event(conn, user, event)?;
            accounts::revoke_all_sessions(conn, user, event)
        })?;
        Ok(format!("{name} is signed out: {}.\n", sessions(ended)))
    })
    .await
}

async fn delete(db: &Db, name: String, grace: Duration) -> Result<String, OperatorError> {
    db.run(move |conn| {
        let user = find(conn, &name)?;
        let erase_at = privacy::leave(conn, user, grace)?.erase_at;
        Ok(match erase_at <= Utc::now() {
            true => {
                format!("{name} is signed out and erased now, by the server that runs or the next one.\n")
            }
            false => format!(
                "{name} is signed out, and erased on {} UTC. A login before then brings everything back.\n",
                erase_at.format("%Y-%m-%d %H:%M")
            ),
        })
    })
    .await
}

async fn set_moderator(db: &Db, name: String, becomes_one: bool) -> Result<String, OperatorError> {
    db.run(move |conn| {
        let user = find(conn, &name)?;
        let change = if becomes_one { accounts::promote } else { accounts::demote };
        let changed = conn.transaction(|conn| change(conn, user))?;
        Ok(match (becomes_one, changed) {
            (true, true) => format!("{name} is a moderator now.\n"),
            (true, false) => format!("{name} is a moderator already.\n"),
            (false, true) => format!("{name} is no moderator any more.\n"),
            (false, false) => format!("{name} is no moderator.\n"),
        })
    })
    .await
}

async fn sign_everybody_out(db: &Db) -> Result<String, OperatorError> {
    let ended = db.run_for(LIMIT, accounts::revoke_everybodys_sessions).await?;
    Ok(format!("Everybody is signed out: {}.\n", sessions(ended)))
}

fn sessions(ended: usize) -> String {
    match ended {
        1 => "1 session ended".to_owned(),
        ended => format!("{ended} sessions ended"),
    }
}

/// Whoever has that name.
fn find(conn: &mut PgConnection, name: &str) -> Result<UserId, OperatorError> {
    let nobody = || OperatorError::Nobody(name.to_owned());
    let username = Username::parse(name).map_err(|_| nobody())?;
    accounts::holders(conn, &[&username])?.remove(&username.key()).ok_or_else(nobody)
}
