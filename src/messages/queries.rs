//! Statements on messages.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::accounts::UserId;
use crate::db::schema::messages;
use crate::matches::MatchId;

#[derive(Queryable, Selectable)]
#[diesel(table_name = messages)]
pub(super) struct MessageRow {
    pub(super) seq: i64,
    pub(super) sender: UserId,
    pub(super) client_id: Uuid,
    pub(super) body: String,
    pub(super) sent_at: DateTime<Utc>,
}

pub(super) fn insert(
    conn: &mut PgConnection,
    id: MatchId,
    seq: i64,
    sender: UserId,
    client_id: Uuid,
    body: &str,
) -> QueryResult<MessageRow> {
    let row = (
        messages::match_id.eq(id),
        messages::seq.eq(seq),
        messages::sender.eq(sender),
        messages::client_id.eq(client_id),
        messages::body.eq(body),
    );
    diesel::insert_into(messages::table).values(row).returning(MessageRow::as_returning()).get_result(conn)
}

pub(super) fn by_client_id(
    conn: &mut PgConnection,
    id: MatchId,
    sender: UserId,
    client_id: Uuid,
) -> QueryResult<Option<MessageRow>> {
    messages::table
        .filter(
            messages::match_id.eq(id).and(messages::sender.eq(sender)).and(messages::client_id.eq(client_id)),
        )
        .select(MessageRow::as_select())
        .first(conn)
        .optional()
}

/// Messages below `before`, the newest first.
pub(super) fn before(
    conn: &mut PgConnection,
    id: MatchId,
    before: i64,
    limit: i64,
) -> QueryResult<Vec<MessageRow>> {
    messages::table
        .filter(messages::match_id.eq(id).and(messages::seq.lt(before)))
        .order(messages::seq.desc())
        .limit(limit)
        .select(MessageRow::as_select())
        .load(conn)
}

/// Messages above `after`, the oldest first.
pub(super) fn after(
    conn: &mut PgConnection,
    id: MatchId,
    after: i64,
    limit: i64,
) -> QueryResult<Vec<MessageRow>> {
    messages::table
        .filter(messages::match_id.eq(id).and(messages::seq.gt(after)))
        .order(messages::seq)
        .limit(limit)
        .select(MessageRow::as_select())
        .load(conn)
}

pub(super) fn by_seqs(conn: &mut PgConnection, id: MatchId, seqs: &[i64]) -> QueryResult<Vec<MessageRow>> {
    messages::table
        .filter(messages::match_id.eq(id).and(messages::seq.eq_any(seqs)))
        .order(messages::seq)
        .select(MessageRow::as_select())
        .load(conn)
}

/// How many messages of others lie above `seq`.
pub(super) fn count_from_others(
    conn: &mut PgConnection,
    id: MatchId,
    me: UserId,
    seq: i64,
) -> QueryResult<i64> {
    let theirs = messages::match_id.eq(id).and(messages::seq.gt(seq)).and(messages::sender.ne(me));
    messages::table.filter(theirs).count().get_result(conn)
}

pub(super) fn set_sent_at(
    conn: &mut PgConnection,
    id: MatchId,
    seq: i64,
    at: DateTime<Utc>,
) -> QueryResult<usize> {
    diesel::update(messages::table.find((id, seq))).set(messages::sent_at.eq(at)).execute(conn)
}
