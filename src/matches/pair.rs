//! Two people's verdicts on each other, as bits of the one row on which they meet.

use std::fmt;

use diesel_derive_newtype::DieselNewType;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::accounts::UserId;

/// A match's id: a UUIDv7, made here. The conversation has the same.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, DieselNewType,
)]
#[serde(transparent)]
#[schema(value_type = Uuid)]
pub struct MatchId(pub Uuid);

impl MatchId {
    pub(super) fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

impl fmt::Display for MatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

const LOW_YES: i16 = 1;
const HIGH_YES: i16 = 2;
const LOW_NO: i16 = 4;
const HIGH_NO: i16 = 8;
/// Either of the two blocked the other.
pub(super) const BLOCKED: i16 = 16;

/// One side of a pair of two different people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Side {
    pub(super) low: UserId,
    pub(super) high: UserId,
    is_low: bool,
}

impl Side {
    /// Where `me` stands towards `other`; `None` for oneself.
    pub(super) fn of(me: UserId, other: UserId) -> Option<Self> {
        let is_low = me < other;
        let (low, high) = if is_low { (me, other) } else { (other, me) };
        (me != other).then_some(Self { low, high, is_low })
    }

    /// My bit for a yes or a no.
    pub(super) fn bit(self, liked: bool) -> i16 {
        match (self.is_low, liked) {
            (true, true) => LOW_YES,
            (false, true) => HIGH_YES,
            (true, false) => LOW_NO,
            (false, false) => HIGH_NO,
        }
    }

    /// Both of my bits: set, I have decided.
    pub(super) fn decided(self) -> i16 {
        self.bit(true) | self.bit(false)
    }

    /// The bits that keep a decision of mine from being written: my own earlier one, or a block.
    pub(super) fn settled(self) -> i16 {
        self.decided() | BLOCKED
    }

    fn other(self) -> Self {
        Self { is_low: !self.is_low, ..self }
    }
}

/// What a pair's row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PairBits(pub(super) i16);

impl PairBits {
    pub(super) fn is_blocked(self) -> bool {
        self.0 & BLOCKED != 0
    }

    /// Both said yes.
    pub(super) fn is_mutual(self) -> bool {
        self.0 & (LOW_YES | HIGH_YES) == LOW_YES | HIGH_YES
    }

    /// My verdict, if I gave one.
    pub(super) fn mine(self, side: Side) -> Option<bool> {
        match (self.0 & side.bit(true) != 0, self.0 & side.bit(false) != 0) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }

    /// The other's verdict, if they gave one.
    pub(super) fn theirs(self, side: Side) -> Option<bool> {
        self.mine(side.other())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_meet_on_one_row() {
        let [a, b] = [UserId::new(), UserId::new()];
        let (mine, yours) = (Side::of(a, b).unwrap(), Side::of(b, a).unwrap());
        assert_eq!((mine.low, mine.high), (yours.low, yours.high));
        assert_eq!(mine.decided() & yours.decided(), 0);
        let bits = PairBits(mine.bit(true) | yours.bit(false));
        assert_eq!((bits.mine(mine), bits.theirs(mine)), (Some(true), Some(false)));
        assert_eq!((bits.mine(yours), bits.theirs(yours)), (Some(false), Some(true)));
        assert!(!bits.is_mutual() && PairBits(mine.bit(true) | yours.bit(true)).is_mutual());
        assert_eq!(Side::of(a, a), None);
    }
}
