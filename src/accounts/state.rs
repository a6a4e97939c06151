//! Whether an account may be used.

use crate::text::words_of;

/// The state of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountState {
    /// As usual.
    Active,
    /// Kept out for a time, by a moderator.
    Suspended,
    /// Kept out for good, by a moderator.
    Banned,
    /// Its owner wants it deleted; until then, a login brings it back.
    Deleting,
    /// Nothing is left but a name for what others still see.
    Deleted,
}

words_of!(
    AccountState:
    Active = "active",
    Suspended = "suspended",
    Banned = "banned",
    Deleting = "deleting",
    Deleted = "deleted",
);

impl AccountState {
    /// Reads it back; what nobody knows keeps the account shut.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::named(text).unwrap_or(Self::Deleted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_survives_the_way_there_and_back_and_an_unknown_one_is_shut() {
        for state in AccountState::ALL.iter().copied() {
            assert_eq!(AccountState::parse(state.as_str()), state);
        }
        assert_eq!(AccountState::parse("anything"), AccountState::Deleted);
    }
}
