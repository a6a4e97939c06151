//! Two piles that wait for a verdict: whom I put aside, and who liked me.

use diesel::{Connection, PgConnection};

use super::decisions::{complete_viewer, may_decide_on, missing_person};
use super::error::MatchError;
use super::pair::Side;
use super::queries;
pub use super::queries::{Pile, PilePosition};
use crate::accounts::UserId;

/// Somebody in a pile.
#[derive(Debug, Clone, Copy)]
pub struct PileEntry {
    /// Who.
    pub other: UserId,
    /// Where in the list.
    pub position: PilePosition,
}

/// Puts somebody aside, without a verdict. Twice is once.
pub fn put_later(
    conn: &mut PgConnection,
    user: UserId,
    other: UserId,
    birth_date_required: bool,
) -> Result<(), MatchError> {
    let side = Side::of(user, other).ok_or(MatchError::Oneself)?;
    conn.transaction(|conn| {
        let viewer = complete_viewer(conn, user, birth_date_required)?;
        let bits = queries::touch_pair(conn, side).map_err(missing_person)?;
        match bits.mine(side) {
            _ if bits.is_blocked() => return Err(MatchError::NotFound),
            Some(liked) => return Err(MatchError::AlreadyDecided { liked }),
            None => {}
        }
        if !may_decide_on(conn, &viewer, other, birth_date_required)? {
            return Err(MatchError::NotFound);
        }
        queries::insert_later(conn, user, other)?;
        Ok(())
    })
}

/// Takes somebody off the later pile; they are back on the deck. Not there is fine.
pub fn drop_later(conn: &mut PgConnection, user: UserId, other: UserId) -> Result<(), MatchError> {
    queries::delete_later(conn, user, other)?;
    Ok(())
}

/// The people of a pile who may be decided on, the newest first.
pub fn list_pile(
    conn: &mut PgConnection,
    pile: Pile,
    user: UserId,
    before: Option<PilePosition>,
    limit: i64,
    birth_date_required: bool,
) -> Result<Vec<PileEntry>, MatchError> {
    let rows = queries::pile(conn, pile, user, before, limit, birth_date_required)?;
    Ok(rows.into_iter().map(|row| PileEntry { other: row.other, position: (row.since, row.other) }).collect())
}
