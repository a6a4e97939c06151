//! Statements on conversations and match_members: who is matched, and where their talk stands.
//!
//! `NOT closed` stands in the text, never as a parameter: only so can every plan use the partial indexes.

use chrono::{DateTime, Utc};
use diesel::dsl::not;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text, Timestamptz, Uuid as SqlUuid};

use super::pair::{MatchId, Side};
use crate::accounts::UserId;
use crate::db::clock_timestamp;
use crate::db::schema::{conversations, match_members};

#[derive(Queryable, Selectable, Debug, Clone)]
#[diesel(table_name = match_members)]
pub(super) struct MemberRow {
    pub(super) match_id: MatchId,
    pub(super) other_id: UserId,
    pub(super) matched_at: DateTime<Utc>,
    pub(super) last_at: DateTime<Utc>,
    pub(super) last_seq: i64,
    pub(super) last_sender: Option<UserId>,
    pub(super) last_body: Option<String>,
    pub(super) read_seq: i64,
    pub(super) other_read_seq: i64,
    pub(super) unread: i64,
}

pub(super) fn insert_match(conn: &mut PgConnection, id: MatchId, side: Side) -> QueryResult<()> {
    let pair =
        (conversations::match_id.eq(id), conversations::low.eq(side.low), conversations::high.eq(side.high));
    diesel::insert_into(conversations::table).values(pair).execute(conn)?;
    let member = |user: UserId, other: UserId| {
        (match_members::user_id.eq(user), match_members::match_id.eq(id), match_members::other_id.eq(other))
    };
    let members = vec![member(side.low, side.high), member(side.high, side.low)];
    diesel::insert_into(match_members::table).values(members).execute(conn)?;
    Ok(())
}

pub(super) fn member(conn: &mut PgConnection, user: UserId, id: MatchId) -> QueryResult<Option<MemberRow>> {
    match_members::table
        .find((user, id))
        .filter(not(match_members::closed))
        .select(MemberRow::as_select())
        .first(conn)
        .optional()
}

pub(super) fn member_of_pair(
    conn: &mut PgConnection,
    user: UserId,
    other: UserId,
) -> QueryResult<Option<MemberRow>> {
    match_members::table
        .filter(match_members::user_id.eq(user).and(match_members::other_id.eq(other)))
        .filter(not(match_members::closed))
        .select(MemberRow::as_select())
        .first(conn)
        .optional()
}

/// A position in a list of matches: by time, then by id.
pub type MatchPosition = (DateTime<Utc>, MatchId);

pub(super) fn newest(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<MatchPosition>,
    limit: i64,
) -> QueryResult<Vec<MemberRow>> {
    use match_members::{match_id, matched_at};
    let open = match_members::user_id.eq(user).and(not(match_members::closed));
    let mut rows = match_members::table.filter(open).select(MemberRow::as_select()).into_boxed();
    if let Some((at, id)) = before {
        rows = rows.filter(matched_at.le(at)).filter(matched_at.lt(at).or(match_id.lt(id)));
    }
    rows.order((matched_at.desc(), match_id.desc())).limit(limit).load(conn)
}

pub(super) fn most_active(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<MatchPosition>,
    limit: i64,
) -> QueryResult<Vec<MemberRow>> {
    use match_members::{last_at, match_id};
    let open = match_members::user_id.eq(user).and(not(match_members::closed));
    let mut rows = match_members::table.filter(open).select(MemberRow::as_select()).into_boxed();
    if let Some((at, id)) = before {
        rows = rows.filter(last_at.le(at)).filter(last_at.lt(at).or(match_id.lt(id)));
    }
    rows.order((last_at.desc(), match_id.desc())).limit(limit).load(conn)
}

/// The conversation of two people, open or closed.
pub(super) fn between(conn: &mut PgConnection, side: Side) -> QueryResult<Option<MatchId>> {
    let of_pair = conversations::low.eq(side.low).and(conversations::high.eq(side.high));
    conversations::table.filter(of_pair).select(conversations::match_id).first(conn).optional()
}

/// Closes the open conversation of two people, if there is one.
pub(super) fn close_between(conn: &mut PgConnection, side: Side) -> QueryResult<bool> {
    let of_pair = conversations::low.eq(side.low).and(conversations::high.eq(side.high));
    let open = conversations::table.filter(of_pair.and(conversations::closed_at.is_null()));
    let open = open.select(conversations::match_id).first::<MatchId>(conn).optional()?;
    open.map_or(Ok(false), |id| close(conn, id, side.low))
}

/// Closes an open conversation of this user's; false if there was none.
pub(super) fn close(conn: &mut PgConnection, id: MatchId, user: UserId) -> QueryResult<bool> {
    let mine = conversations::low.eq(user).or(conversations::high.eq(user));
    let closed =
        diesel::update(conversations::table.find(id).filter(conversations::closed_at.is_null().and(mine)))
            .set(conversations::closed_at.eq(clock_timestamp().nullable()))
            .returning((conversations::low, conversations::high))
            .get_result::<(UserId, UserId)>(conn)
            .optional()?;
    let Some((low, high)) = closed else { return Ok(false) };
    let both = match_members::user_id.eq_any([low, high]).and(match_members::match_id.eq(id));
    diesel::update(match_members::table.filter(both)).set(match_members::closed.eq(true)).execute(conn)?;
    Ok(true)
}

/// The next sequence number and the other side, if the conversation is open and the sender's; it stays locked until
/// the transaction ends.
pub(super) fn take_seq(
    conn: &mut PgConnection,
    id: MatchId,
    sender: UserId,
) -> QueryResult<Option<(i64, UserId, UserId)>> {
    let mine = conversations::low.eq(sender).or(conversations::high.eq(sender));
    diesel::update(conversations::table.find(id).filter(conversations::closed_at.is_null().and(mine)))
        .set(conversations::last_seq.eq(conversations::last_seq + 1))
        .returning((conversations::last_seq, conversations::low, conversations::high))
        .get_result(conn)
        .optional()
}

pub(super) fn note_message(
    conn: &mut PgConnection,
    id: MatchId,
    (sender, receiver): (UserId, UserId),
    (seq, sent_at): (i64, DateTime<Utc>),
    beginning: &str,
) -> QueryResult<usize> {
    sql_query(
        "UPDATE match_members SET last_at = greatest(last_at, $6), last_seq = $4, last_sender = $2, last_body = $5, \
         unread = unread + CASE WHEN user_id = $3 THEN 1 ELSE 0 END WHERE user_id IN ($2, $3) AND match_id = $1",
    )
    .bind::<SqlUuid, _>(id)
    .bind::<SqlUuid, _>(sender)
    .bind::<SqlUuid, _>(receiver)
    .bind::<BigInt, _>(seq)
    .bind::<Text, _>(beginning)
    .bind::<Timestamptz, _>(sent_at)
    .execute(conn)
}

/// The other side of an open conversation of this user's and its last sequence number; locked until the transaction
/// ends, so that two people's read marks never wait for each other crosswise.
pub(super) fn lock_open(
    conn: &mut PgConnection,
    id: MatchId,
    user: UserId,
) -> QueryResult<Option<(UserId, i64)>> {
    let mine = conversations::low.eq(user).or(conversations::high.eq(user));
    let row = conversations::table
        .find(id)
        .filter(conversations::closed_at.is_null().and(mine))
        .select((conversations::low, conversations::high, conversations::last_seq))
        .for_update()
        .first::<(UserId, UserId, i64)>(conn)
        .optional()?;
    Ok(row.map(|(low, high, last_seq)| (if low == user { high } else { low }, last_seq)))
}

/// Moves a read mark forward, never back.
pub(super) fn note_read(
    conn: &mut PgConnection,
    id: MatchId,
    (reader, other): (UserId, UserId),
    seq: i64,
    unread: i64,
) -> QueryResult<()> {
    use match_members::{other_read_seq, read_seq};
    diesel::update(match_members::table.find((reader, id)).filter(read_seq.lt(seq)))
        .set((read_seq.eq(seq), match_members::unread.eq(unread)))
        .execute(conn)?;
    diesel::update(match_members::table.find((other, id)).filter(other_read_seq.lt(seq)))
        .set(other_read_seq.eq(seq))
        .execute(conn)?;
    Ok(())
}

pub(super) fn set_matched_at(
    conn: &mut PgConnection,
    id: MatchId,
    both: [UserId; 2],
    at: DateTime<Utc>,
) -> QueryResult<()> {
    let members = match_members::user_id.eq_any(both).and(match_members::match_id.eq(id));
    diesel::update(conversations::table.find(id)).set(conversations::created_at.eq(at)).execute(conn)?;
    diesel::update(match_members::table.filter(members))
        .set((match_members::matched_at.eq(at), match_members::last_at.eq(at)))
        .execute(conn)?;
    Ok(())
}

pub(super) fn set_last_at(
    conn: &mut PgConnection,
    id: MatchId,
    both: [UserId; 2],
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    let members = match_members::user_id.eq_any(both).and(match_members::match_id.eq(id));
    diesel::update(match_members::table.filter(members)).set(match_members::last_at.eq(at)).execute(conn)
}
