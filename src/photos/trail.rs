//! Verbs on the audit trail of files.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;
use uuid::Uuid;

use super::error::PhotoError;
use super::event::{FileAction, FileEvent, KEPT_DAYS};
use super::event_queries::{self, NewEventRow};
use super::manage::still_there;
use crate::accounts::UserId;
use crate::db::DbError;

/// Who did something with a file, and with whose.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deed<'a> {
    pub(super) owner: UserId,
    /// `None` is the server itself.
    pub(super) actor: Option<UserId>,
    pub(super) file: Uuid,
    pub(super) filename: &'a str,
}

/// Writes down that a file was added or removed, inside the caller's transaction.
pub(super) fn record(conn: &mut PgConnection, deed: Deed<'_>, action: FileAction) -> Result<(), DbError> {
    write(conn, deed, action, None)
}

/// Writes down that a file gave its place to another, inside the caller's transaction.
pub(super) fn record_replaced(conn: &mut PgConnection, deed: Deed<'_>, by: Uuid) -> Result<(), DbError> {
    write(conn, deed, FileAction::Replaced, Some(by))
}

fn write(
    conn: &mut PgConnection,
    deed: Deed<'_>,
    action: FileAction,
    replaced_by: Option<Uuid>,
) -> Result<(), DbError> {
    let row = NewEventRow {
        user_id: deed.owner,
        id: Uuid::now_v7(),
        event: action.as_str(),
        file_id: deed.file,
        filename: deed.filename,
        replaced_by,
        actor_id: deed.actor,
    };
    event_queries::insert(conn, &row)?;
    Ok(())
}

/// What was done with somebody's files in the last 90 days, the newest first; `after` is the last one read before.
/// [`PhotoError::Gone`] if the account is gone.
pub fn file_events(
    conn: &mut PgConnection,
    user: UserId,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: u32,
) -> Result<Vec<FileEvent>, PhotoError> {
    still_there(conn, user)?;
    Ok(event_queries::load(conn, user, after, i64::from(limit))?)
}

/// Forgets what is older than 90 days; tells how many events that were.
pub fn purge_file_events(conn: &mut PgConnection) -> Result<usize, DbError> {
    Ok(event_queries::purge(conn, Utc::now() - TimeDelta::days(KEPT_DAYS))?)
}
