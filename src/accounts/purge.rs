//! What is kept for a time only, and goes then.

use chrono::{TimeDelta, Utc};
use diesel::{Connection, PgConnection};

use super::error::AccountError;
use super::{event_queries, revocation_queries, session_queries};

/// How long security events are kept.
const EVENTS: TimeDelta = TimeDelta::days(180);

/// How long a revocation is of use to any server: longer than the longest life that a setting gives a token.
const REVOCATIONS: TimeDelta = TimeDelta::days(2);

/// Removes sessions that are over, revocations that concern no living token, and events of more than 180 days ago.
pub fn purge(conn: &mut PgConnection) -> Result<(), AccountError> {
    let now = Utc::now();
    let (sessions, revocations, events) = conn.transaction(|conn| {
        session_queries::take_time(conn)?;
        let sessions = session_queries::delete_ended(conn)?;
        let revocations = revocation_queries::delete_before(conn, now - REVOCATIONS)?;
        let events = event_queries::delete_before(conn, now - EVENTS)?;
        Ok::<_, AccountError>((sessions, revocations, events))
    })?;
    if sessions + revocations + events > 0 {
        tracing::info!(sessions, revocations, events, "removed what was kept long enough");
    }
    Ok(())
}
