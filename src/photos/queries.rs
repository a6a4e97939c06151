//! Statements on files.

use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::photo::ObjectKey;
use crate::accounts::UserId;
use crate::db::schema::files;

#[derive(Insertable)]
#[diesel(table_name = files)]
pub(super) struct NewFileRow<'a> {
    pub(super) user_id: UserId,
    pub(super) id: Uuid,
    pub(super) key: &'a ObjectKey,
    pub(super) filename: &'a str,
    pub(super) content_type: &'a str,
    pub(super) size: i64,
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) position: i32,
    pub(super) state: &'static str,
}

/// One upload of a person at a time passes here; the lock ends with the transaction.
pub(super) fn lock_files_of(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    sql_query("SELECT pg_advisory_xact_lock(hashtextextended('files of ' || $1, 0))")
        .bind::<Text, _>(user.to_string())
        .execute(conn)
}

/// How many files somebody has, and the next free position.
pub(super) fn count_and_next(conn: &mut PgConnection, user: UserId) -> QueryResult<(i64, i32)> {
    use diesel::dsl::{count_star, max};
    let of_user = files::table.filter(files::user_id.eq(user).and(files::state.ne("doomed")));
    let (count, last): (i64, Option<i32>) =
        of_user.select((count_star(), max(files::position))).first(conn)?;
    Ok((count, last.map_or(0, |last| last + 1)))
}

pub(super) fn insert(conn: &mut PgConnection, row: &NewFileRow<'_>) -> QueryResult<usize> {
    diesel::insert_into(files::table).values(row).execute(conn)
}

/// False if the upload was given up meanwhile.
pub(super) fn mark_ready(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<bool> {
    diesel::update(files::table.find((user, id)).filter(files::state.eq("uploading")))
        .set(files::state.eq("ready"))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Gives an upload up: from here on its object may be removed. False if it ended well after all, or is gone.
pub(super) fn doom(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<bool> {
    diesel::update(files::table.find((user, id)).filter(files::state.ne("ready")))
        .set(files::state.eq("doomed"))
        .execute(conn)
        .map(|rows| rows == 1)
}

pub(super) fn delete_doomed(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<usize> {
    diesel::delete(files::table.find((user, id)).filter(files::state.eq("doomed"))).execute(conn)
}

/// Rows of uploads that began before `grace` and didn't end.
pub(super) fn unfinished(
    conn: &mut PgConnection,
    grace: TimeDelta,
) -> QueryResult<Vec<(UserId, Uuid, ObjectKey)>> {
    files::table
        .filter(files::state.ne("ready").and(files::created_at.lt(Utc::now() - grace)))
        .select((files::user_id, files::id, files::key))
        .limit(1000)
        .load(conn)
}

/// The keys of finished photos, by owner and position.
pub(super) fn keys(conn: &mut PgConnection, users: &[UserId]) -> QueryResult<Vec<(UserId, ObjectKey)>> {
    files::table
        .filter(files::user_id.eq_any(users).and(files::state.eq("ready")))
        .order((files::user_id, files::position, files::id))
        .select((files::user_id, files::key))
        .load(conn)
}
