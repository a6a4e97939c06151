//! A person's own sessions: which there are, and ending one or all.

use chrono::{DateTime, Utc};
use diesel::{Connection, PgConnection};

use super::account::{SessionId, UserId};
use super::audit::record_event;
use super::device::device;
use super::error::AccountError;
use super::security_event::SecurityEvent;
use super::session_queries as queries;
use super::sessions::{log_out, revoke_all_sessions};
use super::visitor::Visitor;

/// A living session.
#[derive(Debug, Clone)]
pub struct OwnSession {
    /// Its id.
    pub id: SessionId,
    /// The program that opened it, in a few words.
    pub device: String,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When it was last refreshed, or its password given.
    pub last_used_at: DateTime<Utc>,
    /// When it ends, unless it is used again.
    pub expires_at: DateTime<Utc>,
}

/// One's own sessions, the newest first, from behind a position on.
pub fn list_sessions(
    conn: &mut PgConnection,
    user: UserId,
    behind: Option<(DateTime<Utc>, SessionId)>,
    limit: i64,
) -> Result<Vec<OwnSession>, AccountError> {
    let rows = queries::list(conn, user, behind, limit)?;
    if rows.is_empty() && behind.is_none() {
        // Not even the one that asks.
        return Err(AccountError::SessionEnded);
    }
    let own = rows.into_iter().map(|row| OwnSession {
        id: row.id,
        device: device(row.user_agent.as_deref()),
        created_at: row.created_at,
        last_used_at: row.rotated_at.max(row.fresh_at),
        expires_at: row.expires_at,
    });
    Ok(own.collect())
}

/// Ends one of one's own sessions; tells whether there is such a one. One that has ended stays as it is.
pub fn end_own_session(
    conn: &mut PgConnection,
    user: UserId,
    session: SessionId,
    visitor: &Visitor,
) -> Result<bool, AccountError> {
    log_out(conn, user, session, visitor)?;
    Ok(queries::exists(conn, user, session)?)
}

/// Ends all of one's own sessions.
pub fn log_out_everywhere(
    conn: &mut PgConnection,
    user: UserId,
    visitor: &Visitor,
) -> Result<(), AccountError> {
    conn.transaction(|conn| {
        record_event(conn, user, SecurityEvent::SignOutAll.seen_from(visitor.network))?;
        match revoke_all_sessions(conn, user, SecurityEvent::SignOutAll)? {
            0 => Err(AccountError::SessionEnded),
            _ => Ok(()),
        }
    })
}
