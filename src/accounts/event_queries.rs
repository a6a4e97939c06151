//! Statements on the log of security events.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::account::UserId;
use crate::db::schema::security_events;

#[derive(Insertable)]
#[diesel(table_name = security_events)]
pub(super) struct EventRow<'a> {
    pub(super) id: Uuid,
    pub(super) user_id: Option<UserId>,
    pub(super) event: &'a str,
    pub(super) about: Option<Uuid>,
    pub(super) network: Option<String>,
}

pub(super) fn insert(conn: &mut PgConnection, row: &EventRow<'_>) -> QueryResult<usize> {
    diesel::insert_into(security_events::table).values(row).execute(conn)
}

/// Ids begin with their time: what is old is found by the primary key.
pub(super) fn delete_before(conn: &mut PgConnection, then: DateTime<Utc>) -> QueryResult<usize> {
    let millis = u64::try_from(then.timestamp_millis()).unwrap_or_default();
    let first = uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid();
    diesel::delete(security_events::table.filter(security_events::id.lt(first))).execute(conn)
}
