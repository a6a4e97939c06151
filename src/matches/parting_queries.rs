//! Statements on the end of somebody's matches and verdicts.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Uuid as SqlUuid;

use crate::accounts::UserId;
use crate::db::schema::{conversations, match_members};

/// Everybody whom somebody is or was matched with.
pub(super) fn others(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<UserId>> {
    match_members::table.filter(match_members::user_id.eq(user)).select(match_members::other_id).load(conn)
}

/// Deletes, with their messages, what is closed, and what somebody had with one of those who are gone.
pub(super) fn delete_conversations(
    conn: &mut PgConnection,
    user: UserId,
    gone: &[UserId],
) -> QueryResult<usize> {
    let with = |me: UserId| {
        let low = conversations::low.eq(me);
        let high = conversations::high.eq(me);
        let other_is_gone = (low.and(conversations::high.eq_any(gone.to_vec())))
            .or(high.and(conversations::low.eq_any(gone.to_vec())));
        let mine = conversations::low.eq(me).or(conversations::high.eq(me));
        mine.and(conversations::closed_at.is_not_null().or(other_is_gone))
    };
    diesel::delete(conversations::table.filter(with(user))).execute(conn)
}

/// Deletes the verdicts of and on somebody, but for the matches that are left.
pub(super) fn delete_verdicts(conn: &mut PgConnection, user: UserId) -> QueryResult<()> {
    let matched = |one: &str, other: &str| {
        format!(
            "NOT EXISTS (SELECT FROM conversations c WHERE c.low = least({one}, {other}) \
             AND c.high = greatest({one}, {other}) AND $1 IN (c.low, c.high))"
        )
    };
    for (table, one, other, keeps) in [
        ("pairs", "low", "high", true),
        ("likes", "from_user", "to_user", true),
        ("likes_in", "from_user", "to_user", false),
        ("later", "user_id", "other_id", false),
    ] {
        // Named with their table: the conversation has columns of these names, too.
        let of = |column: &str| format!("{table}.{column}");
        let but = if keeps { format!(" AND {}", matched(&of(one), &of(other))) } else { String::new() };
        sql_query(format!("DELETE FROM {table} WHERE ({one} = $1 OR {other} = $1){but}"))
            .bind::<SqlUuid, _>(user)
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn has_conversations(conn: &mut PgConnection, user: UserId) -> QueryResult<bool> {
    let mine = conversations::low.eq(user).or(conversations::high.eq(user));
    diesel::select(exists(conversations::table.filter(mine))).get_result(conn)
}
