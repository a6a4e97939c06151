//! Statements on uploads.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use super::photo::ObjectKey;
use super::upload::{GRACE, Purpose, Upload, UploadState, Waiting};
use crate::accounts::UserId;
use crate::db::schema::{files, uploads};

#[derive(Insertable)]
#[diesel(table_name = uploads)]
pub(super) struct NewUploadRow {
    pub(super) user_id: UserId,
    pub(super) id: Uuid,
    pub(super) key: ObjectKey,
    pub(super) filename: String,
    pub(super) content_type: &'static str,
    pub(super) size: Option<i64>,
    pub(super) purpose: &'static str,
    pub(super) expires_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = uploads)]
struct UploadRow {
    id: Uuid,
    key: ObjectKey,
    filename: String,
    content_type: String,
    size: Option<i64>,
    purpose: String,
    state: String,
    claimed_at: Option<DateTime<Utc>>,
    file_id: Option<Uuid>,
    expires_at: DateTime<Utc>,
}

impl From<UploadRow> for Upload {
    fn from(row: UploadRow) -> Self {
        let state = match (row.state.as_str(), row.claimed_at) {
            ("claimed", Some(since)) => UploadState::Claimed(since),
            ("confirmed", _) => UploadState::Confirmed,
            ("refused", _) => UploadState::Refused,
            _ => UploadState::Pending,
        };
        Self {
            id: row.id,
            key: row.key,
            filename: row.filename,
            content_type: row.content_type,
            size: row.size,
            purpose: Purpose::of_str(&row.purpose),
            state,
            file: row.file_id,
            expires_at: row.expires_at,
        }
    }
}

pub(super) fn insert(conn: &mut PgConnection, row: &NewUploadRow) -> QueryResult<usize> {
    diesel::insert_into(uploads::table).values(row).execute(conn)
}

/// How many uploads of somebody may still arrive.
pub(super) fn count_open(conn: &mut PgConnection, user: UserId) -> QueryResult<i64> {
    let of_user = uploads::table.filter(uploads::user_id.eq(user).and(uploads::state.ne("confirmed")));
    of_user.filter(uploads::expires_at.gt(Utc::now())).count().get_result(conn)
}

/// Uploads that may have arrived since, oldest first; not those refused.
pub(super) fn waiting(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<Waiting>> {
    let rows: Vec<(Uuid, ObjectKey, String)> = uploads::table
        .filter(uploads::user_id.eq(user).and(uploads::state.eq_any(["pending", "claimed"])))
        .filter(uploads::expires_at.gt(Utc::now() - GRACE))
        .select((uploads::id, uploads::key, uploads::state))
        .order(uploads::created_at)
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, key, state)| Waiting { id, key, is_claimed: state == "claimed" }).collect())
}

/// Finds an upload and holds it until the transaction ends.
pub(super) fn find_locked(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<Option<Upload>> {
    let row = uploads::table.find((user, id)).select(UploadRow::as_select()).for_update();
    Ok(row.first(conn).optional()?.map(Upload::from))
}

/// From here on whoever calls this makes the upload a file with this id; an older attempt is doomed.
pub(super) fn claim(conn: &mut PgConnection, user: UserId, upload: &Upload, file: Uuid) -> QueryResult<()> {
    if let Some(older) = upload.file {
        diesel::update(files::table.find((user, older)).filter(files::state.eq("uploading")))
            .set(files::state.eq("doomed"))
            .execute(conn)?;
    }
    diesel::update(uploads::table.find((user, upload.id)))
        .set((uploads::state.eq("claimed"), uploads::claimed_at.eq(Utc::now()), uploads::file_id.eq(file)))
        .execute(conn)
        .map(drop)
}

/// Ends a claim, if it still stands, with another state than `confirmed`.
pub(super) fn release(
    conn: &mut PgConnection,
    user: UserId,
    id: Uuid,
    file: Uuid,
    state: &'static str,
) -> QueryResult<usize> {
    let claimed = uploads::state.eq("claimed").and(uploads::file_id.eq(file));
    diesel::update(uploads::table.find((user, id)).filter(claimed))
        .set(uploads::state.eq(state))
        .execute(conn)
}

/// The upload has become its file. False if somebody else has claimed it meanwhile.
pub(super) fn confirm(conn: &mut PgConnection, user: UserId, id: Uuid, file: Uuid) -> QueryResult<bool> {
    let claimed = uploads::state.eq("claimed").and(uploads::file_id.eq(file));
    diesel::update(uploads::table.find((user, id)).filter(claimed))
        .set(uploads::state.eq("confirmed"))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Uploads that nothing can arrive for any more.
pub(super) fn over(conn: &mut PgConnection) -> QueryResult<Vec<(UserId, Uuid, ObjectKey)>> {
    uploads::table
        .filter(uploads::expires_at.lt(Utc::now() - GRACE))
        .select((uploads::user_id, uploads::id, uploads::key))
        .limit(1000)
        .load(conn)
}

/// Every upload of somebody, whatever became of it.
pub(super) fn all_of(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<(Uuid, ObjectKey)>> {
    uploads::table.filter(uploads::user_id.eq(user)).select((uploads::id, uploads::key)).load(conn)
}

pub(super) fn delete(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<usize> {
    diesel::delete(uploads::table.find((user, id))).execute(conn)
}
