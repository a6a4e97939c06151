//! Staying logged in and logging out: sessions, their tokens, and their end.

use chrono::{TimeDelta, Utc};
use diesel::{Connection, PgConnection};
use secrecy::SecretString;
use uuid::Uuid;

use super::account::{SessionId, UserId};
use super::actions::Accounts;
use super::audit::record_event;
use super::error::AccountError;
use super::refresh_token::RefreshToken;
use super::revocations;
use super::security_event::SecurityEvent;
use super::session_queries::{self as queries, SessionRow};
use super::visitor::Visitor;

/// A session that is used lasts this long after its last use …
pub(super) const SESSION_ROLLS: TimeDelta = TimeDelta::days(60);
/// … and at most this long.
const SESSION_ENDS: TimeDelta = TimeDelta::days(365);

/// An access token, fresh.
pub struct AccessToken {
    /// The JWT.
    pub token: String,
    /// Seconds that it lives.
    pub expires_in: u64,
}

/// The tokens of a session, fresh.
pub struct IssuedSession {
    /// Whose session it is.
    pub user: UserId,
    /// Which one.
    pub id: SessionId,
    /// Good for minutes.
    pub access: AccessToken,
    /// Good for one refresh.
    pub refresh_token: SecretString,
}

/// Opens a session.
pub fn open_session(
    conn: &mut PgConnection,
    accounts: &Accounts,
    user: UserId,
    visitor: &Visitor,
) -> Result<IssuedSession, AccountError> {
    let session = SessionId(Uuid::now_v7());
    let token = RefreshToken::first(user, session);
    let expires_at = Utc::now() + SESSION_ROLLS;
    let row = SessionRow {
        user_id: user,
        id: session,
        refresh_hash: &token.hash(),
        user_agent: visitor.user_agent.as_deref(),
        expires_at,
    };
    queries::insert(conn, &row)?;
    issued(accounts, &token)
}

/// Another access token of a living session.
pub(super) fn access_token(
    accounts: &Accounts,
    user: UserId,
    session: SessionId,
) -> Result<AccessToken, AccountError> {
    let token = accounts.tokens.issue(user, session)?;
    Ok(AccessToken { token, expires_in: accounts.tokens.ttl().as_secs() })
}

/// An access token of a fresh session for clients that can't renew it: it lives longer, and its claims also name its
/// user as `user_id` and `username`. The session's end stops it like any other.
pub fn long_access_token(
    accounts: &Accounts,
    session: &IssuedSession,
    username: &str,
) -> Result<AccessToken, AccountError> {
    let token = accounts.tokens.issue_long_lived(session.user, session.id, username)?;
    Ok(AccessToken { token, expires_in: accounts.tokens.long_ttl().as_secs() })
}

fn issued(accounts: &Accounts, token: &RefreshToken) -> Result<IssuedSession, AccountError> {
    Ok(IssuedSession {
        user: token.user,
        id: token.session,
        access: access_token(accounts, token.user, token.session)?,
        refresh_token: token.to_secret(),
    })
}

/// Exchanges a refresh token for the session's next tokens.
///
/// Each token is good once; a repeat within 20 s gets the same successor, a later one ends the session.
pub fn refresh(
    conn: &mut PgConnection,
    accounts: &Accounts,
    token: &str,
    visitor: &Visitor,
) -> Result<IssuedSession, AccountError> {
    let token = RefreshToken::parse(token).ok_or(AccountError::SessionEnded)?;
    let key = accounts.refresh_keys.first().ok_or(AccountError::SessionEnded)?;
    let next = token.successor(key).ok_or(AccountError::SessionEnded)?;
    let state = queries::live(conn, token.user, token.session)?.ok_or(AccountError::SessionEnded)?;
    let key = (token.user, token.session);
    let presented = token.hash();
    let expires_at = (Utc::now() + SESSION_ROLLS).min(state.created_at + SESSION_ENDS);
    if state.refresh_hash == presented && queries::rotate(conn, key, &presented, &next.hash(), expires_at)? {
        return issued(accounts, &next);
    }
    // Not the newest: a retry whose answer was lost, one that just lost the race, or a replay.
    let state = queries::live(conn, token.user, token.session)?.ok_or(AccountError::SessionEnded)?;
    let is_previous = state.previous_hash.as_deref() == Some(&presented);
    // A server with the key before, or after, may have answered first.
    let mut successors = accounts.refresh_keys.iter().filter_map(|key| token.successor(key));
    let given = successors.find(|successor| successor.hash() == state.refresh_hash);
    if let (true, Some(given)) = (is_previous && state.just_rotated, given) {
        return issued(accounts, &given);
    }
    tracing::warn!(user = %token.user, session = %token.session, "a used refresh token came back; session revoked");
    let reuse = SecurityEvent::RefreshReuse;
    conn.transaction(|conn| end_session(conn, (token.user, token.session), reuse, visitor))?;
    Err(AccountError::SessionEnded)
}

/// Ends a session of one's own. Its tokens stop everywhere within a second.
pub fn log_out(
    conn: &mut PgConnection,
    user: UserId,
    session: SessionId,
    visitor: &Visitor,
) -> Result<(), AccountError> {
    let event = SecurityEvent::SignOut;
    conn.transaction(|conn| end_session(conn, (user, session), event, visitor))
}

/// Ends the session that a refresh token names; a token that is none of ours does nothing.
pub fn log_out_refresh(conn: &mut PgConnection, token: &str, visitor: &Visitor) -> Result<(), AccountError> {
    let Some(token) = RefreshToken::parse(token) else { return Ok(()) };
    let live = queries::live(conn, token.user, token.session)?;
    let hash = token.hash();
    if live.is_some_and(|s| s.refresh_hash == hash || s.previous_hash.as_deref() == Some(&hash)) {
        log_out(conn, token.user, token.session, visitor)?;
    }
    Ok(())
}

/// Ends a session for the reason that is written down. One that has ended stays as it is.
fn end_session(
    conn: &mut PgConnection,
    (user, session): (UserId, SessionId),
    event: SecurityEvent,
    visitor: &Visitor,
) -> Result<(), AccountError> {
    let ended = queries::end(conn, user, session)?;
    if !ended.is_empty() {
        record_event(conn, user, event.about(session.0).seen_from(visitor.network))?;
        revocations::announce(conn, &ended, event.as_str())?;
    }
    Ok(())
}

/// Ends all sessions of a person, inside the caller's transaction: best as its last statement. No token of theirs
/// works anywhere a second after the commit. `reason` is the event that asks for it; recording it is the caller's.
pub fn revoke_all_sessions(
    conn: &mut PgConnection,
    user: UserId,
    reason: SecurityEvent,
) -> Result<usize, AccountError> {
    revoke_sessions(conn, user, None, reason)
}

/// The same, sparing the session that asks.
pub fn revoke_other_sessions(
    conn: &mut PgConnection,
    user: UserId,
    spared: SessionId,
    reason: SecurityEvent,
) -> Result<usize, AccountError> {
    revoke_sessions(conn, user, Some(spared), reason)
}

fn revoke_sessions(
    conn: &mut PgConnection,
    user: UserId,
    spared: Option<SessionId>,
    reason: SecurityEvent,
) -> Result<usize, AccountError> {
    let ended = queries::end_all(conn, user, spared)?;
    revocations::announce(conn, &ended, reason.as_str())?;
    Ok(ended.len())
}

/// Ends everybody's sessions, for operators; gives how many there were.
pub fn revoke_everybodys_sessions(conn: &mut PgConnection) -> Result<usize, AccountError> {
    conn.transaction(|conn| {
        queries::take_time(conn)?;
        record_event(conn, None::<UserId>, SecurityEvent::SignOutByOperator)?;
        Ok(queries::end_everybodys(conn, SecurityEvent::SignOutByOperator.as_str())?)
    })
}
