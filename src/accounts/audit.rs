//! The log of security events: written with what it tells of.

use diesel::PgConnection;
use uuid::Uuid;

use super::account::UserId;
use super::error::AccountError;
use super::event_queries::{self, EventRow};
use super::security_event::Note;

/// Writes an event down, inside the caller's transaction: `record_event(conn, me, SecurityEvent::Block.about(other.0))`.
/// Without a user it is about somebody that nobody knows.
pub fn record_event(
    conn: &mut PgConnection,
    user: impl Into<Option<UserId>>,
    event: impl Into<Note>,
) -> Result<(), AccountError> {
    let Note { event, about, network } = event.into();
    let row = EventRow {
        id: Uuid::now_v7(),
        user_id: user.into(),
        event: event.as_str(),
        about,
        network: network.map(|network| network.to_string()),
    };
    event_queries::insert(conn, &row)?;
    Ok(())
}
