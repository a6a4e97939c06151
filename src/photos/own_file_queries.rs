//! Statements on one's own files, once they are stored.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use uuid::Uuid;

use super::own_file::ProfileImage;
use super::photo::{FileKind, ObjectKey, StoredFile};
use super::queries::FileRow;
use crate::accounts::UserId;
use crate::db::schema::files;

/// What is stored and neither given up nor removed, in its owner's order. One photo is the profile image: the chosen
/// one, else the first.
pub(super) fn own(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<StoredFile>> {
    let rows: Vec<FileRow> = files::table
        .filter(files::user_id.eq(user).and(files::state.eq("ready")))
        .order((files::position, files::id))
        .select(FileRow::as_select())
        .load(conn)?;
    let mut own: Vec<StoredFile> = rows.into_iter().map(StoredFile::from).collect();
    if !own.iter().any(|file| file.is_profile_image)
        && let Some(first) = own.iter_mut().find(|file| file.kind == FileKind::Photo)
    {
        first.is_profile_image = true;
    }
    Ok(own)
}

/// Ids and keys in their owner's order.
pub(super) fn ids_and_keys(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<(Uuid, ObjectKey)>> {
    files::table
        .filter(files::user_id.eq(user).and(files::state.eq("ready")))
        .order((files::position, files::id))
        .select((files::id, files::key))
        .load(conn)
}

/// Puts the files at these positions, counted from 0.
pub(super) fn arrange(conn: &mut PgConnection, user: UserId, order: &[Uuid]) -> QueryResult<usize> {
    sql_query(
        "UPDATE files SET position = o.place - 1 FROM unnest($2) WITH ORDINALITY o(id, place) \
         WHERE files.user_id = $1 AND files.id = o.id AND files.position <> o.place - 1",
    )
    .bind::<SqlUuid, _>(user)
    .bind::<Array<SqlUuid>, _>(order)
    .execute(conn)
}

pub(super) fn set_caption(
    conn: &mut PgConnection,
    user: UserId,
    id: Uuid,
    caption: &str,
) -> QueryResult<usize> {
    diesel::update(files::table.find((user, id))).set(files::caption.eq(caption)).execute(conn)
}

type ProfileImageRow = (Uuid, ObjectKey, String, String, DateTime<Utc>, Option<DateTime<Utc>>);

/// The photo that is the profile image, and its id.
pub(super) fn profile_image(
    conn: &mut PgConnection,
    user: UserId,
) -> QueryResult<Option<(Uuid, ProfileImage)>> {
    let row: Option<ProfileImageRow> = files::table
        .filter(files::user_id.eq(user).and(files::state.eq("ready")).and(files::kind.eq("photo")))
        .order((files::is_profile_image.desc(), files::position, files::id))
        .select((
            files::id,
            files::key,
            files::filename,
            files::content_type,
            files::created_at,
            files::profile_image_since,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(id, key, filename, content_type, added, chosen)| {
        (id, ProfileImage { key, filename, content_type, since: chosen.unwrap_or(added) })
    }))
}

/// Makes this photo the chosen one, in place of another.
pub(super) fn choose(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<()> {
    let ready = files::table.filter(files::user_id.eq(user).and(files::state.eq("ready")));
    diesel::update(ready.filter(files::is_profile_image.and(files::id.ne(id))))
        .set(files::is_profile_image.eq(false))
        .execute(conn)?;
    diesel::update(ready.filter(files::id.eq(id))).set(files::is_profile_image.eq(true)).execute(conn)?;
    Ok(())
}

pub(super) fn note_profile_image(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<usize> {
    diesel::update(files::table.find((user, id))).set(files::profile_image_since.eq(Utc::now())).execute(conn)
}

/// From here on nobody sees it, and its object may go. False if it isn't there any more.
pub(super) fn remove(conn: &mut PgConnection, user: UserId, id: Uuid) -> QueryResult<bool> {
    diesel::update(files::table.find((user, id)).filter(files::state.eq("ready")))
        .set((files::state.eq("doomed"), files::removed_at.eq(Utc::now()), files::is_profile_image.eq(false)))
        .execute(conn)
        .map(|rows| rows == 1)
}

/// Everything of somebody, whatever its state.
pub(super) fn all_of(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<(Uuid, ObjectKey)>> {
    files::table.filter(files::user_id.eq(user)).select((files::id, files::key)).load(conn)
}
