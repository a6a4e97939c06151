//! Sending, reading, marking as read.

use chrono::{DateTime, Utc};
use diesel::{Connection, PgConnection};
use uuid::Uuid;

use super::message::{Body, Message};
use super::queries::{self, MessageRow};
use crate::accounts::UserId;
use crate::db::{DbError, from_query_error, unique_violation};
use crate::matches::{self, MatchError, MatchId};
use crate::profiles;

/// Why something with messages failed.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// The client id stands for another text already.
    #[error("the client id was used for another message")]
    ClientIdReused,
    /// The client id is taken: the message was sent before, or just now on another way.
    #[error("the client id is taken")]
    Repeated,
    /// The other one's account is gone; what was written stays readable.
    #[error("the other one is gone")]
    ReceiverGone,
    /// The match.
    #[error(transparent)]
    Match(#[from] MatchError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

from_query_error!(MessageError);

/// A message, and whether this call wrote it.
pub struct Sent {
    /// The message.
    pub message: Message,
    /// False for a retry.
    pub is_new: bool,
}

impl From<MessageRow> for Message {
    fn from(row: MessageRow) -> Self {
        Self {
            seq: row.seq,
            sender: row.sender,
            client_id: row.client_id,
            body: row.body,
            sent_at: row.sent_at,
        }
    }
}

/// Sends a message, once for each client id. A retry gives the first message back; another text under the same id is
/// [`MessageError::ClientIdReused`]. A refused message uses up no sequence number.
pub fn send(
    conn: &mut PgConnection,
    sender: UserId,
    id: MatchId,
    client_id: Uuid,
    body: &Body,
) -> Result<Sent, MessageError> {
    match conn.transaction(|conn| write(conn, sender, id, client_id, body)) {
        Err(MessageError::Repeated) => {
            let first = queries::by_client_id(conn, id, sender, client_id)?.ok_or(MatchError::NotFound)?;
            if first.body != body.as_str() {
                return Err(MessageError::ClientIdReused);
            }
            Ok(Sent { message: first.into(), is_new: false })
        }
        result => result.map(|message| Sent { message, is_new: true }),
    }
}

fn write(
    conn: &mut PgConnection,
    sender: UserId,
    id: MatchId,
    client_id: Uuid,
    body: &Body,
) -> Result<Message, MessageError> {
    let (seq, receiver) = matches::take_seq(conn, id, sender)?;
    if profiles::is_away(conn, receiver).map_err(MatchError::from)? {
        return Err(MessageError::ReceiverGone);
    }
    let row = queries::insert(conn, id, seq, sender, client_id, body.as_str()).map_err(|error| {
        match unique_violation(&error) {
            Some(name) if name.starts_with("messages_client_id") => MessageError::Repeated,
            _ => error.into(),
        }
    })?;
    matches::note_message(conn, id, (sender, receiver), (seq, row.sent_at), body.as_str())?;
    Ok(row.into())
}

/// Part of a conversation, in order: the last `limit` messages below `before`, or the first above `after`.
pub fn history(
    conn: &mut PgConnection,
    user: UserId,
    id: MatchId,
    before: Option<i64>,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<Message>, MessageError> {
    matches::find_match(conn, user, id)?;
    let rows = match after {
        Some(after) => queries::after(conn, id, after, limit)?,
        None => {
            let mut rows = queries::before(conn, id, before.unwrap_or(i64::MAX), limit)?;
            rows.reverse();
            rows
        }
    };
    Ok(rows.into_iter().map(Message::from).collect())
}

/// Named messages of a conversation, also of one that has ended, in order; seqs that nobody wrote are left out. Who may
/// name them is the caller's to know.
pub fn quote(conn: &mut PgConnection, id: MatchId, seqs: &[i64]) -> Result<Vec<Message>, MessageError> {
    Ok(queries::by_seqs(conn, id, seqs)?.into_iter().map(Message::from).collect())
}

/// Marks everything up to `seq` as read. A mark never moves back, nor beyond the last message.
pub fn mark_read(conn: &mut PgConnection, user: UserId, id: MatchId, seq: i64) -> Result<(), MessageError> {
    conn.transaction(|conn| {
        let (other, last_seq) = matches::lock_open_conversation(conn, id, user)?;
        let seq = seq.min(last_seq);
        if seq <= matches::find_match(conn, user, id)?.read_seq {
            return Ok(());
        }
        let unread = queries::count_from_others(conn, id, user, seq)?;
        matches::note_read(conn, id, (user, other), seq, unread)?;
        Ok(())
    })
}

/// Moves the last message of a conversation into the past, for stories that the seed tells.
pub fn backdate_message(
    conn: &mut PgConnection,
    id: MatchId,
    both: [UserId; 2],
    seq: i64,
    at: DateTime<Utc>,
) -> Result<(), MessageError> {
    queries::set_sent_at(conn, id, seq, at)?;
    Ok(matches::backdate_last(conn, id, both, at)?)
}
