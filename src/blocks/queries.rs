//! Statements on blocks.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;

use super::block::BlockPosition;
use crate::accounts::UserId;
use crate::db::schema::blocks;

/// False if it was there already.
pub(super) fn insert(conn: &mut PgConnection, user: UserId, other: UserId) -> QueryResult<bool> {
    let row = (blocks::user_id.eq(user), blocks::blocked_id.eq(other));
    diesel::insert_into(blocks::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(conn)
        .map(|rows| rows == 1)
}

pub(super) fn delete(conn: &mut PgConnection, user: UserId, other: UserId) -> QueryResult<bool> {
    diesel::delete(blocks::table.find((user, other))).execute(conn).map(|rows| rows == 1)
}

pub(super) fn blocked_at(
    conn: &mut PgConnection,
    user: UserId,
    other: UserId,
) -> QueryResult<Option<DateTime<Utc>>> {
    blocks::table.find((user, other)).select(blocks::blocked_at).first(conn).optional()
}

pub(super) fn is_between(conn: &mut PgConnection, one: UserId, other: UserId) -> QueryResult<bool> {
    let [there, back] = [(one, other), (other, one)].map(|pair| exists(blocks::table.find(pair)));
    diesel::select(there.or(back)).get_result(conn)
}

pub(super) fn newest(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<BlockPosition>,
    limit: i64,
) -> QueryResult<Vec<(UserId, DateTime<Utc>)>> {
    use blocks::{blocked_at, blocked_id};
    let mut rows = blocks::table.filter(blocks::user_id.eq(user)).into_boxed();
    if let Some((at, other)) = before {
        rows = rows.filter(blocked_at.le(at)).filter(blocked_at.lt(at).or(blocked_id.lt(other)));
    }
    rows.order((blocked_at.desc(), blocked_id.desc()))
        .limit(limit)
        .select((blocked_id, blocked_at))
        .load(conn)
}
