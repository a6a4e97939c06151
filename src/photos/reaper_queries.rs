//! Statements of the reaper.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::photo::ObjectKey;
use crate::accounts::UserId;
use crate::db::schema::{files, uploads};

/// A photo's row that should have its objects.
pub(super) struct StoredRow {
    pub(super) user: UserId,
    pub(super) id: Uuid,
    pub(super) key: ObjectKey,
}

/// A page of what was stored before then, behind `after`, by person.
pub(super) fn stored(
    conn: &mut PgConnection,
    before: DateTime<Utc>,
    after: Option<(UserId, Uuid)>,
    limit: i64,
) -> QueryResult<Vec<StoredRow>> {
    let mut query =
        files::table.filter(files::state.eq("ready").and(files::created_at.lt(before))).into_boxed();
    if let Some((user, id)) = after {
        query = query.filter(files::user_id.gt(user).or(files::user_id.eq(user).and(files::id.gt(id))));
    }
    let rows: Vec<(UserId, Uuid, ObjectKey)> = query
        .order((files::user_id, files::id))
        .limit(limit)
        .select((files::user_id, files::id, files::key))
        .load(conn)?;
    Ok(rows.into_iter().map(|(user, id, key)| StoredRow { user, id, key }).collect())
}

/// The keys of these files, whatever their state, and of these uploads as long as what arrives may become a file.
pub(super) fn known(
    conn: &mut PgConnection,
    users: &[UserId],
    ids: &[Uuid],
) -> QueryResult<(Vec<ObjectKey>, Vec<String>)> {
    let kept = files::table
        .filter(files::user_id.eq_any(users).and(files::id.eq_any(ids)))
        .select(files::key)
        .load(conn)?;
    let sent = uploads::table
        .filter(uploads::user_id.eq_any(users).and(uploads::id.eq_any(ids)))
        .filter(uploads::state.eq_any(["pending", "claimed"]))
        .select(uploads::key)
        .load(conn)?;
    Ok((kept, sent))
}
