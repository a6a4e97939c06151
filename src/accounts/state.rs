//! Whether an account may be used.

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

impl AccountState {
    const ALL: [Self; 5] = [Self::Active, Self::Suspended, Self::Banned, Self::Deleting, Self::Deleted];

    /// As the database has it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Banned => "banned",
            Self::Deleting => "deleting",
            Self::Deleted => "deleted",
        }
    }

    /// Reads it back; what nobody knows keeps the account shut.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        Self::ALL.into_iter().find(|state| state.as_str() == text).unwrap_or(Self::Deleted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_survives_the_way_there_and_back_and_an_unknown_one_is_shut() {
        for state in AccountState::ALL {
            assert_eq!(AccountState::parse(state.as_str()), state);
        }
        assert_eq!(AccountState::parse("anything"), AccountState::Deleted);
    }
}
