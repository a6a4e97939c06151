//! Statements on files.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::photo::{FileKind, ObjectKey, StoredFile};
use crate::accounts::UserId;
use crate::db::schema::files;

#[derive(Insertable)]
#[diesel(table_name = files)]
pub(super) struct NewFileRow {
    pub(super) user_id: UserId,
    pub(super) id: Uuid,
    pub(super) key: ObjectKey,
    pub(super) kind: &'static str,
    pub(super) filename: String,
    pub(super) content_type: &'static str,
    pub(super) size: i64,
    pub(super) width: Option<i32>,
    pub(super) height: Option<i32>,
    pub(super) state: &'static str,
    pub(super) blurhash: Option<String>,
    pub(super) content_hash: Vec<u8>,
    pub(super) perceptual_hash: Option<i64>,
    pub(super) is_profile_image: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = files)]
pub(super) struct FileRow {
    id: Uuid,
    kind: String,
    key: ObjectKey,
    filename: String,
    caption: String,
    content_type: String,
    size: i64,
    etag: Option<String>,
    width: Option<i32>,
    height: Option<i32>,
    blurhash: Option<String>,
    is_profile_image: bool,
    created_at: DateTime<Utc>,
}

impl From<FileRow> for StoredFile {
    fn from(row: FileRow) -> Self {
        Self {
            id: row.id,
            kind: FileKind::named(&row.kind).unwrap_or(FileKind::Document),
            key: row.key,
            filename: row.filename,
            caption: row.caption,
            content_type: row.content_type,
            size: row.size,
            etag: row.etag,
            width: row.width,
            height: row.height,
            blurhash: row.blurhash,
            is_profile_image: row.is_profile_image,
            created_at: row.created_at,
        }
    }
}

/// One upload of a person at a time passes here; the lock ends with the transaction.
pub(super) fn lock_files_of(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    sql_query("SELECT pg_advisory_xact_lock(hashtextextended('files of ' || $1, 0))")
        .bind::<Text, _>(user.to_string())
        .execute(conn)
}

/// How many files of a kind somebody has. Those under way that will replace one don't count.
pub(super) fn count(conn: &mut PgConnection, user: UserId, kind: FileKind) -> QueryResult<i64> {
    let takes_a_place = files::state.eq("ready").or(files::is_profile_image.eq(false));
    let of_user = files::table.filter(files::user_id.eq(user).and(files::state.ne("doomed")));
    of_user.filter(takes_a_place).filter(files::kind.eq(kind.as_str())).count().get_result(conn)
}

/// The position behind all others.
pub(super) fn next_position(conn: &mut PgConnection, user: UserId) -> QueryResult<i32> {
    let of_user = files::table.filter(files::user_id.eq(user).and(files::state.ne("doomed")));
    let last: Option<i32> = of_user.select(diesel::dsl::max(files::position)).first(conn)?;
    Ok(last.map_or(0, |last| last + 1))
}

/// Keeps the row, unless the same content is there already: gives that one's file name.
pub(super) fn insert(
    conn: &mut PgConnection,
    row: &NewFileRow,
    position: i32,
) -> QueryResult<Option<String>> {
    let inserted = diesel::insert_into(files::table)
        .values((row, files::position.eq(position)))
        .on_conflict((files::user_id, files::content_hash))
        .filter_target(files::state.ne("doomed"))
        .do_nothing()
        .execute(conn)?;
    if inserted == 1 {
        return Ok(None);
    }
    files::table
        .filter(files::user_id.eq(row.user_id).and(files::content_hash.eq(&row.content_hash)))
        .filter(files::state.ne("doomed"))
        .select(files::filename)
        .first(conn)
        .optional()
        .map(|filename| Some(filename.unwrap_or_else(|| "a photo that is just being removed".to_owned())))
}

/// Whether an upload takes the profile image's place.
pub(super) fn replaces(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<bool> {
    files::table
        .find((user, id))
        .filter(files::state.eq("uploading"))
        .select(files::is_profile_image)
        .first(conn)
        .optional()
        .map(Option::unwrap_or_default)
}

/// A photo that gives its place to another.
#[derive(Queryable, Selectable)]
#[diesel(table_name = files)]
pub(super) struct DoomedRow {
    pub(super) id: Uuid,
    pub(super) key: ObjectKey,
    pub(super) filename: String,
    pub(super) position: i32,
}

/// Dooms the profile image, if there is one: the chosen photo, or the first.
pub(super) fn doom_profile_image(conn: &mut PgConnection, user: UserId) -> QueryResult<Option<DoomedRow>> {
    let first = files::table
        .filter(files::user_id.eq(user).and(files::state.eq("ready")).and(files::kind.eq("photo")))
        .order((files::is_profile_image.desc(), files::position, files::id))
        .select(DoomedRow::as_select())
        .first(conn)
        .optional()?;
    if let Some(row) = &first {
        let row = diesel::update(files::table.find((user, row.id)));
        row.set((files::state.eq("doomed"), files::removed_at.eq(Utc::now()))).execute(conn)?;
    }
    Ok(first)
}

/// Nothing if the upload was given up meanwhile.
pub(super) fn mark_ready(
    conn: &mut PgConnection,
    user: UserId,
    id: Uuid,
    etag: &str,
    position: Option<i32>,
) -> QueryResult<Option<FileRow>> {
    #[derive(AsChangeset)]
    #[diesel(table_name = files)]
    struct Stored<'a> {
        state: &'static str,
        etag: &'a str,
        position: Option<i32>,
    }
    diesel::update(files::table.find((user, id)).filter(files::state.eq("uploading")))
        .set(Stored { state: "ready", etag, position })
        .returning(FileRow::as_returning())
        .get_result(conn)
        .optional()
}

/// Gives an upload up: from here on its object may be removed. False if it ended well after all, or is gone.
pub(super) fn doom(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<bool> {
    diesel::update(files::table.find((user, id)).filter(files::state.ne("ready")))
        .set(files::state.eq("doomed"))
        .execute(conn)
        .map(|rows| rows == 1)
}

pub(super) fn find_ready(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<Option<FileRow>> {
    let file = files::table.find((user, id)).filter(files::state.eq("ready"));
    file.select(FileRow::as_select()).first(conn).optional()
}

pub(super) fn delete_doomed(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<usize> {
    diesel::delete(files::table.find((user, id)).filter(files::state.eq("doomed"))).execute(conn)
}

/// Rows of uploads that began before `grace` and didn't end, and of what its owner removed, at whatever time.
pub(super) fn unfinished(
    conn: &mut PgConnection,
    grace: TimeDelta,
) -> QueryResult<Vec<(UserId, Uuid, ObjectKey)>> {
    let over = files::created_at.lt(Utc::now() - grace).or(files::removed_at.is_not_null());
    files::table
        .filter(files::state.ne("ready").and(over))
        .select((files::user_id, files::id, files::key))
        .limit(1000)
        .load(conn)
}

/// The keys of finished photos, by owner, the profile image first.
pub(super) fn keys(conn: &mut PgConnection, users: &[UserId]) -> QueryResult<Vec<(UserId, ObjectKey)>> {
    files::table
        .filter(files::user_id.eq_any(users).and(files::state.eq("ready")).and(files::kind.eq("photo")))
        .order((files::user_id, files::is_profile_image.desc(), files::position, files::id))
        .select((files::user_id, files::key))
        .load(conn)
}
