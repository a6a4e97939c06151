//! Yes, no, and taking it back. Races end at the pair's row: whoever comes second sees the first one's bits.

use diesel::{Connection, PgConnection};

use super::error::MatchError;
use super::matched::{self, Match};
use super::pair::{MatchId, PairBits, Side};
use super::{matched_queries, queries};
use crate::accounts::UserId;
use crate::db::foreign_key_violation;
use crate::geo::{ZipCode, zip_table};
use crate::profiles::{self, Profile};

/// Somebody whose profile is complete, and from where they look.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// Their profile.
    pub profile: Profile,
    /// Their ZIP code.
    pub zip: ZipCode,
}

/// A decision's outcome.
#[derive(Debug, Clone)]
pub struct Decided {
    /// The match, if both said yes and neither ended it.
    pub matched: Option<Match>,
}

/// The viewer, or what their profile is missing.
pub fn complete_viewer(
    conn: &mut PgConnection,
    user: UserId,
    birth_date_required: bool,
) -> Result<Viewer, MatchError> {
    let profile = profiles::load_profile(conn, user)?;
    let missing = profile.missing(birth_date_required);
    match profile.zip {
        Some(zip) if missing.is_empty() => Ok(Viewer { profile, zip }),
        _ => Err(MatchError::Incomplete(missing)),
    }
}

/// The one predicate: whether `viewer` may decide on `other` (besides what the pair's row says: blocks and earlier
/// decisions). Complete, not paused, and within the viewer's effective radius or waiting for the viewer's answer.
pub(super) fn may_decide_on(
    conn: &mut PgConnection,
    viewer: &Viewer,
    other: UserId,
    birth_date_required: bool,
) -> Result<bool, MatchError> {
    let Some(profile) = profiles::load_profiles(conn, &[other])?.pop() else { return Ok(false) };
    if !profile.is_shown(birth_date_required) {
        return Ok(false);
    }
    let band = profile.zip.and_then(|zip| zip_table().band_between(viewer.zip, zip));
    if band.is_some_and(|band| band.is_within(viewer.profile.effective_radius)) {
        return Ok(true);
    }
    Ok(queries::is_waiting(conn, viewer.profile.user, other)?)
}

/// Says yes or no to somebody, once. A repeat gives what is stored; another verdict is
/// [`MatchError::AlreadyDecided`]. Two yeses make exactly one match, whichever comes first.
pub fn decide(
    conn: &mut PgConnection,
    user: UserId,
    other: UserId,
    liked: bool,
    birth_date_required: bool,
) -> Result<Decided, MatchError> {
    let side = Side::of(user, other).ok_or(MatchError::Oneself)?;
    let decided = conn.transaction(|conn| {
        let bits =
            queries::add_to_pair(conn, side, side.bit(liked), side.settled()).map_err(missing_person)?;
        match bits.mine(side) {
            _ if bits.is_blocked() => return Err(MatchError::NotFound),
            Some(stored) if stored != liked => return Err(MatchError::AlreadyDecided { liked: stored }),
            _ => {}
        }
        decide_anew(conn, side, bits, (user, other), liked, birth_date_required)?;
        let matched = if bits.is_mutual() { matched::of_pair(conn, user, other)? } else { None };
        Ok(Decided { matched })
    });
    if matches!(decided, Err(MatchError::NotFound)) {
        // The pair has two people: perhaps it is oneself who is gone.
        profiles::load_profile(conn, user)?;
    }
    decided
}

/// What follows from a decision, unless it is a repeat: then nothing does.
fn decide_anew(
    conn: &mut PgConnection,
    side: Side,
    bits: PairBits,
    (user, other): (UserId, UserId),
    liked: bool,
    birth_date_required: bool,
) -> Result<(), MatchError> {
    if queries::has_decided(conn, user, other)? {
        return Ok(());
    }
    let viewer = complete_viewer(conn, user, birth_date_required)?;
    if !may_decide_on(conn, &viewer, other, birth_date_required)? {
        return Err(MatchError::NotFound);
    }
    let was_later = queries::delete_later(conn, user, other)? == 1;
    let decided_at = queries::insert_like(conn, (user, other), liked, was_later)?;
    queries::delete_like_in(conn, user, other)?;
    if bits.is_mutual() {
        let id = MatchId::new();
        matched_queries::insert_match(conn, id, side)?;
        tracing::info!(%user, %other, matched = %id, "matched");
    } else if liked && bits.theirs(side).is_none() {
        queries::insert_like_in(conn, other, user, decided_at)?;
    }
    Ok(())
}

/// The pair's foreign keys refuse people who don't exist.
pub(super) fn missing_person(error: diesel::result::Error) -> MatchError {
    if foreign_key_violation(&error) { MatchError::NotFound } else { error.into() }
}

/// Takes the newest decision back. None to take back is fine: a repeat changes nothing.
pub fn undo(conn: &mut PgConnection, user: UserId, other: UserId) -> Result<(), MatchError> {
    let side = Side::of(user, other).ok_or(MatchError::Oneself)?;
    conn.transaction(|conn| {
        let Some(bits) = queries::lock_pair(conn, side)? else { return Ok(()) };
        match bits.mine(side) {
            // To each of the two the other is nobody.
            _ if bits.is_blocked() => return Ok(()),
            None => return Ok(()),
            Some(_) if bits.is_mutual() => return Err(MatchError::AlreadyMatched),
            Some(_) if !queries::is_newest_like(conn, user, other)? => return Err(MatchError::NotNewest),
            Some(_) => {}
        }
        queries::clear_mine(conn, side, bits)?;
        if queries::delete_like(conn, user, other)? {
            queries::insert_later(conn, user, other)?;
        }
        queries::delete_like_in(conn, other, user)?;
        if bits.theirs(side) == Some(true) {
            let liked_at = queries::decided_at(conn, other, user)?;
            queries::insert_like_in(conn, user, other, liked_at)?;
        }
        Ok(())
    })
}
