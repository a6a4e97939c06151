//! Statements on deletions and exports.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::accounts::UserId;
use crate::db::schema::{deletions, exports};

/// Notes when an account is due; a repeat never makes it later. Gives the time that counts.
pub(super) fn note_deletion(
    conn: &mut PgConnection,
    user: UserId,
    erase_at: DateTime<Utc>,
) -> QueryResult<DateTime<Utc>> {
    diesel::insert_into(deletions::table)
        .values((deletions::user_id.eq(user), deletions::erase_at.eq(erase_at)))
        .on_conflict_do_nothing()
        .execute(conn)?;
    diesel::update(deletions::table.find(user).filter(deletions::erase_at.gt(erase_at)))
        .set(deletions::erase_at.eq(erase_at))
        .execute(conn)?;
    deletions::table.find(user).select(deletions::erase_at).first(conn)
}

/// Takes a deletion back; false if there is none.
pub(super) fn drop_deletion(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    diesel::delete(deletions::table.find(user)).execute(conn).map(|rows| rows == 1)
}

/// Whether an account is to be deleted; its row stays locked until the transaction ends.
pub(super) fn is_leaving(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    let row = deletions::table.find(user).select(deletions::user_id).for_update();
    Ok(row.first::<UserId>(conn).optional()?.is_some())
}

/// Whether an account is due; its row stays locked until the transaction ends.
pub(super) fn is_due(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    let due = deletions::table.find(user).filter(deletions::erase_at.le(diesel::dsl::now));
    Ok(due.select(deletions::user_id).for_update().first::<UserId>(conn).optional()?.is_some())
}

pub(super) fn due_before(conn: &mut PgConnection, at: DateTime<Utc>) -> QueryResult<Vec<UserId>> {
    deletions::table.filter(deletions::erase_at.lt(at)).select(deletions::user_id).limit(1000).load(conn)
}

#[derive(Queryable)]
pub(super) struct ExportRow {
    pub(super) id: Uuid,
    pub(super) state: String,
    pub(super) size: Option<i64>,
    pub(super) asked_at: DateTime<Utc>,
    pub(super) expires_at: Option<DateTime<Utc>>,
}

/// The newest one.
pub(super) fn newest_export(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<ExportRow>> {
    exports::table
        .filter(exports::user_id.eq(user))
        .order(exports::asked_at.desc())
        .select((exports::id, exports::state, exports::size, exports::asked_at, exports::expires_at))
        .first(conn)
        .optional()
}

pub(super) fn insert_export(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<usize> {
    diesel::insert_into(exports::table).values((exports::user_id.eq(user), exports::id.eq(id))).execute(conn)
}

pub(super) fn is_waiting(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<bool> {
    let waiting = exports::table.find((user, id)).filter(exports::state.eq("waiting"));
    diesel::select(diesel::dsl::exists(waiting)).get_result(conn)
}

/// False if nobody waits for it any more.
pub(super) fn mark_ready(
    conn: &mut PgConnection,
    (user, id): (UserId, Uuid),
    size: i64,
    expires_at: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::update(exports::table.find((user, id)))
        .set((
            exports::state.eq("ready"),
            exports::size.eq(size),
            exports::ready_at.eq(Utc::now()),
            exports::expires_at.eq(expires_at),
        ))
        .execute(conn)
        .map(|rows| rows == 1)
}

pub(super) fn mark_failed(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<usize> {
    diesel::update(exports::table.find((user, id))).set(exports::state.eq("failed")).execute(conn)
}

pub(super) fn expired_exports(conn: &mut PgConnection) -> QueryResult<Vec<(UserId, Uuid)>> {
    exports::table
        .filter(exports::expires_at.le(diesel::dsl::now))
        .select((exports::user_id, exports::id))
        .limit(1000)
        .load(conn)
}

pub(super) fn delete_export(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<usize> {
    diesel::delete(exports::table.find((user, id))).execute(conn)
}
