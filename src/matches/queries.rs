//! Statements on pairs, likes, likes_in and later: who said what about whom.

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Bool, SmallInt, Uuid as SqlUuid};

use super::pair::{BLOCKED, PairBits, Side};
use crate::accounts::UserId;
use crate::blocks::no_block_sql;
use crate::db::schema::{later, likes, likes_in, pairs};
use crate::profiles::shown_sql;

#[derive(QueryableByName)]
struct Bits {
    #[diesel(sql_type = SmallInt)]
    bits: i16,
}

/// Adds `bits` to the pair's row unless one of `unless` is set, and gives what the row says then. The row stays
/// locked until the transaction ends: whoever comes second sees what the first one wrote.
pub(super) fn add_to_pair(
    conn: &mut PgConnection,
    side: Side,
    bits: i16,
    unless: i16,
) -> QueryResult<PairBits> {
    sql_query(
        "INSERT INTO pairs (low, high, bits) VALUES ($1, $2, $3) \
         ON CONFLICT (low, high) DO UPDATE SET bits = \
         CASE WHEN pairs.bits & $4 = 0 THEN pairs.bits | excluded.bits ELSE pairs.bits END RETURNING bits",
    )
    .bind::<SqlUuid, _>(side.low)
    .bind::<SqlUuid, _>(side.high)
    .bind::<SmallInt, _>(bits)
    .bind::<SmallInt, _>(unless)
    .get_result::<Bits>(conn)
    .map(|row| PairBits(row.bits))
}

/// Locks the pair's row, making it if need be: a decision at the same time comes before or after, never between.
pub(super) fn touch_pair(conn: &mut PgConnection, side: Side) -> QueryResult<PairBits> {
    add_to_pair(conn, side, 0, 0)
}

/// Locks the pair's row, if there is one.
pub(super) fn lock_pair(conn: &mut PgConnection, side: Side) -> QueryResult<Option<PairBits>> {
    let row = pairs::table.find((side.low, side.high)).select(pairs::bits).for_update();
    Ok(row.first(conn).optional()?.map(PairBits))
}

/// Notes that one of the two blocked the other. The row stays locked until the transaction ends.
pub(super) fn set_blocked(conn: &mut PgConnection, side: Side) -> QueryResult<PairBits> {
    add_to_pair(conn, side, BLOCKED, 0)
}

/// Notes that nobody of the two blocks the other any more. Ask with the pair's row locked.
pub(super) fn clear_blocked(conn: &mut PgConnection, side: Side, bits: PairBits) -> QueryResult<usize> {
    diesel::update(pairs::table.find((side.low, side.high)))
        .set(pairs::bits.eq(bits.0 & !BLOCKED))
        .execute(conn)
}

pub(super) fn clear_mine(conn: &mut PgConnection, side: Side, bits: PairBits) -> QueryResult<usize> {
    diesel::update(pairs::table.find((side.low, side.high)))
        .set(pairs::bits.eq(bits.0 & !side.decided()))
        .execute(conn)
}

/// Whether there is a decision already. Ask with the pair's row locked.
pub(super) fn has_decided(conn: &mut PgConnection, from: UserId, to: UserId) -> QueryResult<bool> {
    diesel::select(exists(likes::table.find((from, to)))).get_result(conn)
}

/// Writes a decision down, and tells when.
pub(super) fn insert_like(
    conn: &mut PgConnection,
    (from, to): (UserId, UserId),
    liked: bool,
    was_later: bool,
) -> QueryResult<DateTime<Utc>> {
    let people = (likes::from_user.eq(from), likes::to_user.eq(to));
    let row = (people, likes::liked.eq(liked), likes::was_later.eq(was_later));
    diesel::insert_into(likes::table).values(row).returning(likes::decided_at).get_result(conn)
}

/// Takes a decision back, and tells whether the person lay in the later pile before.
pub(super) fn delete_like(conn: &mut PgConnection, from: UserId, to: UserId) -> QueryResult<bool> {
    diesel::delete(likes::table.find((from, to))).returning(likes::was_later).get_result(conn)
}

pub(super) fn decided_at(conn: &mut PgConnection, from: UserId, to: UserId) -> QueryResult<DateTime<Utc>> {
    likes::table.find((from, to)).select(likes::decided_at).first(conn)
}

/// Whether a decision is the newest of those on people who are still there for the one who decided.
pub(super) fn is_newest_like(conn: &mut PgConnection, from: UserId, to: UserId) -> QueryResult<bool> {
    let newest = likes::table
        .filter(likes::from_user.eq(from))
        .filter(sql::<Bool>(&no_block_sql("likes.from_user", "likes.to_user")))
        .order((likes::decided_at.desc(), likes::to_user.desc()))
        .select(likes::to_user);
    Ok(newest.first::<UserId>(conn).optional()? == Some(to))
}

pub(super) fn insert_like_in(
    conn: &mut PgConnection,
    to: UserId,
    from: UserId,
    liked_at: DateTime<Utc>,
) -> QueryResult<usize> {
    let row = (likes_in::to_user.eq(to), likes_in::from_user.eq(from), likes_in::liked_at.eq(liked_at));
    diesel::insert_into(likes_in::table).values(row).on_conflict_do_nothing().execute(conn)
}

pub(super) fn delete_like_in(conn: &mut PgConnection, to: UserId, from: UserId) -> QueryResult<usize> {
    diesel::delete(likes_in::table.find((to, from))).execute(conn)
}

pub(super) fn insert_later(conn: &mut PgConnection, user: UserId, other: UserId) -> QueryResult<usize> {
    let row = (later::user_id.eq(user), later::other_id.eq(other));
    diesel::insert_into(later::table).values(row).on_conflict_do_nothing().execute(conn)
}

pub(super) fn delete_later(conn: &mut PgConnection, user: UserId, other: UserId) -> QueryResult<usize> {
    diesel::delete(later::table.find((user, other))).execute(conn)
}

pub(super) fn set_decided_at(
    conn: &mut PgConnection,
    from: UserId,
    to: UserId,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(likes::table.find((from, to))).set(likes::decided_at.eq(at)).execute(conn)?;
    diesel::update(likes_in::table.find((to, from))).set(likes_in::liked_at.eq(at)).execute(conn)?;
    Ok(())
}

pub(super) fn set_added_at(
    conn: &mut PgConnection,
    user: UserId,
    other: UserId,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(later::table.find((user, other))).set(later::added_at.eq(at)).execute(conn)
}

/// Whether the other liked me, or I put them aside: either lets me decide on them at any distance.
pub(super) fn is_waiting(conn: &mut PgConnection, user: UserId, other: UserId) -> QueryResult<bool> {
    let liked_me = exists(likes_in::table.find((user, other)));
    let aside = exists(later::table.find((user, other)));
    diesel::select(liked_me.or(aside)).get_result(conn)
}

/// A position in a list of people: when they came into it, and who.
pub type PilePosition = (DateTime<Utc>, UserId);

#[derive(QueryableByName)]
pub(super) struct PileRow {
    #[diesel(sql_type = SqlUuid)]
    pub(super) other: UserId,
    #[diesel(sql_type = diesel::sql_types::Timestamptz)]
    pub(super) since: DateTime<Utc>,
}

/// A pile of people who wait for my verdict.
#[derive(Debug, Clone, Copy)]
pub enum Pile {
    /// Who liked me and waits for my answer.
    Received,
    /// Whom I put aside.
    Later,
}

/// The people of a pile who are complete, not paused and not blocked, the newest first.
pub(super) fn pile(
    conn: &mut PgConnection,
    pile: Pile,
    user: UserId,
    before: Option<PilePosition>,
    limit: i64,
    birth_date_required: bool,
) -> QueryResult<Vec<PileRow>> {
    let (table, mine, other, since) = match pile {
        Pile::Received => ("likes_in", "to_user", "from_user", "liked_at"),
        Pile::Later => ("later", "user_id", "other_id", "added_at"),
    };
    let (since_bound, other_bound) = before.unzip();
    sql_query(format!(
        "SELECT l.{other} AS other, l.{since} AS since FROM {table} l JOIN profiles p ON p.user_id = l.{other} \
         WHERE l.{mine} = $1 AND ($2 IS NULL OR (l.{since}, l.{other}) < ($2, $3)) \
         AND {} AND {} ORDER BY l.{since} DESC, l.{other} DESC LIMIT $4",
        shown_sql(birth_date_required),
        no_block_sql("$1", "p.user_id"),
    ))
    .bind::<SqlUuid, _>(user)
    .bind::<diesel::sql_types::Nullable<diesel::sql_types::Timestamptz>, _>(since_bound)
    .bind::<diesel::sql_types::Nullable<SqlUuid>, _>(other_bound)
    .bind::<diesel::sql_types::BigInt, _>(limit)
    .load(conn)
}
