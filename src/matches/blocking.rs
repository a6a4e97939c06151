//! Silence between two people, and who may see or name whom. A block meets yes, no and messages on the same rows: the
//! pair's and the conversation's.

use std::collections::HashMap;

use diesel::{Connection, PgConnection};

use super::decisions::missing_person;
use super::error::MatchError;
use super::pair::{PairBits, Side};
use super::{matched, matched_queries, queries};
use crate::accounts::{self, SecurityEvent, UserId};
use crate::blocks::{self, Block, BlockPosition};
use crate::profiles;

/// Whether `viewer` may see `other`: not away, no block between them, and complete and not paused, or matched.
pub fn may_see(
    conn: &mut PgConnection,
    viewer: UserId,
    other: UserId,
    birth_date_required: bool,
) -> Result<bool, MatchError> {
    let Some(profile) = profiles::load_profiles(conn, &[other])?.pop() else { return Ok(false) };
    if profile.away || blocks::is_between(conn, viewer, other)? {
        return Ok(false);
    }
    Ok(profile.is_shown(birth_date_required) || matched::are_matched(conn, viewer, other)?)
}

/// Whether `user` may name `other` to block or report them: sees them, or decided on them once, which every match
/// began with, or blocked them. Whoever went into hiding can still be named by those they met.
pub fn may_name(
    conn: &mut PgConnection,
    user: UserId,
    other: UserId,
    birth_date_required: bool,
) -> Result<bool, MatchError> {
    let side = Side::of(user, other).ok_or(MatchError::Oneself)?;
    let bits = queries::lock_pair(conn, side)?.unwrap_or(PairBits(0));
    Ok(bits.mine(side).is_some()
        || blocks::has_blocked(conn, user, other)?.is_some()
        || may_see(conn, user, other, birth_date_required)?)
}

/// A block in place.
#[derive(Debug, Clone)]
pub struct Blocked {
    /// Whom, and since when.
    pub block: Block,
    /// The other's username: all that is shown of them.
    pub username: String,
    /// Whether it is new.
    pub is_new: bool,
}

/// Blocks somebody: both see and hear nothing of each other from here on, and their match ends for good. A repeat
/// gives the block that is there.
pub fn block(
    conn: &mut PgConnection,
    user: UserId,
    other: UserId,
    birth_date_required: bool,
) -> Result<Blocked, MatchError> {
    let side = Side::of(user, other).ok_or(MatchError::Oneself)?;
    conn.transaction(|conn| {
        queries::set_blocked(conn, side).map_err(missing_person)?;
        if !may_name(conn, user, other, birth_date_required)? {
            return Err(MatchError::NotFound);
        }
        matched_queries::close_between(conn, side)?;
        // Last, because its time is the end: what was written before is in by now.
        let is_new = blocks::add(conn, user, other)?;
        let block = blocks::has_blocked(conn, user, other)?.ok_or(MatchError::NotFound)?;
        let (_, username) = accounts::account_names(conn, &[other])?.pop().ok_or(MatchError::NotFound)?;
        if is_new {
            accounts::record_event(conn, user, SecurityEvent::Block.about(other.0))?;
            tracing::info!(%user, %other, "blocked");
        }
        Ok(Blocked { block, username, is_new })
    })
}

/// Takes a block back; none to take back is fine. A match that it ended stays ended.
pub fn unblock(conn: &mut PgConnection, user: UserId, other: UserId) -> Result<(), MatchError> {
    let side = Side::of(user, other).ok_or(MatchError::Oneself)?;
    conn.transaction(|conn| {
        let Some(bits) = queries::lock_pair(conn, side)? else { return Ok(()) };
        if blocks::remove(conn, user, other)? {
            accounts::record_event(conn, user, SecurityEvent::Unblock.about(other.0))?;
        }
        if !blocks::is_between(conn, user, other)? {
            queries::clear_blocked(conn, side, bits)?;
        }
        Ok(())
    })
}

/// Somebody's own blocks with the usernames of whom they blocked, the newest first. Nothing else of them is told: a
/// block is silence for whoever made it, too.
pub fn list_blocks(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<BlockPosition>,
    limit: i64,
) -> Result<Vec<(Block, String)>, MatchError> {
    let blocks = blocks::list(conn, user, before, limit)?;
    let ids: Vec<UserId> = blocks.iter().map(|block| block.other).chain([user]).collect();
    let names: HashMap<UserId, String> = accounts::account_names(conn, &ids)?.into_iter().collect();
    if !names.contains_key(&user) {
        return Err(MatchError::Gone);
    }
    Ok(blocks.into_iter().filter_map(|block| Some((block, names.get(&block.other)?.clone()))).collect())
}
