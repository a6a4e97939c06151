//! Matches and where their conversations stand.

use chrono::{DateTime, Utc};
use diesel::{Connection, PgConnection};

use super::error::MatchError;
pub use super::matched_queries::MatchPosition;
use super::matched_queries::{self as queries, MemberRow};
use super::pair::MatchId;
use crate::accounts::UserId;

/// How much of a message the conversation list keeps, in characters.
const BEGINNING: usize = 200;

/// A match as one of the two sees it.
#[derive(Debug, Clone)]
pub struct Match {
    /// Its id.
    pub id: MatchId,
    /// The other one.
    pub other: UserId,
    /// Since when.
    pub matched_at: DateTime<Utc>,
    /// The last thing that happened: the match itself or a message.
    pub last_at: DateTime<Utc>,
    /// The last message, if there is one.
    pub last_message: Option<LastMessage>,
    /// Up to where I have read.
    pub read_seq: i64,
    /// Up to where the other has read.
    pub other_read_seq: i64,
    /// How many messages of the other I haven't read.
    pub unread: i64,
}

/// A conversation's last message, shortened.
#[derive(Debug, Clone)]
pub struct LastMessage {
    /// Its place in the conversation.
    pub seq: i64,
    /// Who wrote it.
    pub sender: UserId,
    /// Its first 200 characters.
    pub beginning: String,
}

impl From<MemberRow> for Match {
    fn from(row: MemberRow) -> Self {
        let last_message = row.last_sender.zip(row.last_body).map(|(sender, beginning)| LastMessage {
            seq: row.last_seq,
            sender,
            beginning,
        });
        Self {
            id: row.match_id,
            other: row.other_id,
            matched_at: row.matched_at,
            last_at: row.last_at,
            last_message,
            read_seq: row.read_seq,
            other_read_seq: row.other_read_seq,
            unread: row.unread,
        }
    }
}

/// The open match of two people, as `user` sees it.
pub(super) fn of_pair(
    conn: &mut PgConnection,
    user: UserId,
    other: UserId,
) -> Result<Option<Match>, MatchError> {
    Ok(queries::member_of_pair(conn, user, other)?.map(Match::from))
}

/// The conversation of two people, also when it has ended.
pub fn conversation_between(
    conn: &mut PgConnection,
    one: UserId,
    other: UserId,
) -> Result<Option<MatchId>, MatchError> {
    let side = super::pair::Side::of(one, other).ok_or(MatchError::Oneself)?;
    Ok(queries::between(conn, side)?)
}

/// Whether two people are matched at present.
pub fn are_matched(conn: &mut PgConnection, user: UserId, other: UserId) -> Result<bool, MatchError> {
    Ok(of_pair(conn, user, other)?.is_some())
}

/// An open match of one's own.
pub fn find_match(conn: &mut PgConnection, user: UserId, id: MatchId) -> Result<Match, MatchError> {
    queries::member(conn, user, id)?.map(Match::from).ok_or(MatchError::NotFound)
}

/// Open matches, the newest first.
pub fn list_matches(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<MatchPosition>,
    limit: i64,
) -> Result<Vec<Match>, MatchError> {
    Ok(queries::newest(conn, user, before, limit)?.into_iter().map(Match::from).collect())
}

/// Open matches, the one where something happened last first.
pub fn conversations(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<MatchPosition>,
    limit: i64,
) -> Result<Vec<Match>, MatchError> {
    Ok(queries::most_active(conn, user, before, limit)?.into_iter().map(Match::from).collect())
}

/// Ends a match for both. No message slips in afterwards: sending and closing meet on the conversation's row.
pub fn unmatch(conn: &mut PgConnection, user: UserId, id: MatchId) -> Result<(), MatchError> {
    conn.transaction(|conn| match queries::close(conn, id, user)? {
        true => Ok(()),
        false => Err(MatchError::NotFound),
    })
}

/// The next sequence number of an open conversation, and who receives. Call it inside the transaction that writes the
/// message: when that fails, the number isn't used up.
pub fn take_seq(conn: &mut PgConnection, id: MatchId, sender: UserId) -> Result<(i64, UserId), MatchError> {
    let (seq, low, high) = queries::take_seq(conn, id, sender)?.ok_or(MatchError::NotFound)?;
    Ok((seq, if low == sender { high } else { low }))
}

/// Shows a new message in both people's lists.
pub fn note_message(
    conn: &mut PgConnection,
    id: MatchId,
    (sender, receiver): (UserId, UserId),
    (seq, sent_at): (i64, DateTime<Utc>),
    body: &str,
) -> Result<(), MatchError> {
    let beginning: String = body.chars().take(BEGINNING).collect();
    queries::note_message(conn, id, (sender, receiver), (seq, sent_at), &beginning)?;
    Ok(())
}

/// The other side of one's open conversation and its last sequence number, locked until the transaction ends.
pub fn lock_open_conversation(
    conn: &mut PgConnection,
    id: MatchId,
    user: UserId,
) -> Result<(UserId, i64), MatchError> {
    queries::lock_open(conn, id, user)?.ok_or(MatchError::NotFound)
}

/// Moves a read mark forward, never back, and shows it to the other.
pub fn note_read(
    conn: &mut PgConnection,
    id: MatchId,
    (reader, other): (UserId, UserId),
    seq: i64,
    unread: i64,
) -> Result<(), MatchError> {
    Ok(queries::note_read(conn, id, (reader, other), seq, unread)?)
}
