//! Statements on the audit trail of files.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::event::{FileAction, FileEvent};
use crate::accounts::UserId;
use crate::db::schema::file_events;

#[derive(Insertable)]
#[diesel(table_name = file_events)]
pub(super) struct NewEventRow<'a> {
    pub(super) user_id: UserId,
    pub(super) id: Uuid,
    pub(super) event: &'static str,
    pub(super) file_id: Uuid,
    pub(super) filename: &'a str,
    pub(super) replaced_by: Option<Uuid>,
    pub(super) actor_id: Option<UserId>,
}

#[derive(Queryable)]
struct EventRow {
    id: Uuid,
    event: String,
    file_id: Uuid,
    filename: String,
    replaced_by: Option<Uuid>,
    actor_id: Option<UserId>,
    happened_at: DateTime<Utc>,
}

impl From<EventRow> for FileEvent {
    fn from(row: EventRow) -> Self {
        Self {
            id: row.id,
            action: FileAction::from_column(&row.event),
            file: row.file_id,
            filename: row.filename,
            replaced_by: row.replaced_by,
            actor: row.actor_id,
            happened_at: row.happened_at,
        }
    }
}

pub(super) fn insert(conn: &mut PgConnection, row: &NewEventRow<'_>) -> QueryResult<usize> {
    diesel::insert_into(file_events::table).values(row).execute(conn)
}

/// The newest first, behind `after`.
pub(super) fn load(
    conn: &mut PgConnection,
    user: UserId,
    after: Option<(DateTime<Utc>, Uuid)>,
    limit: i64,
) -> QueryResult<Vec<FileEvent>> {
    let mut query = file_events::table.filter(file_events::user_id.eq(user)).into_boxed();
    if let Some((at, id)) = after {
        query = query.filter(
            file_events::happened_at.lt(at).or(file_events::happened_at.eq(at).and(file_events::id.lt(id))),
        );
    }
    let rows: Vec<EventRow> = query
        .order((file_events::happened_at.desc(), file_events::id.desc()))
        .limit(limit)
        .select((
            file_events::id,
            file_events::event,
            file_events::file_id,
            file_events::filename,
            file_events::replaced_by,
            file_events::actor_id,
            file_events::happened_at,
        ))
        .load(conn)?;
    Ok(rows.into_iter().map(FileEvent::from).collect())
}

pub(super) fn purge(conn: &mut PgConnection, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(file_events::table.filter(file_events::happened_at.lt(before))).execute(conn)
}
