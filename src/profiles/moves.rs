//! Changes of the ZIP code: a few a day. Whoever could move at will would find others by watching their distance bands
//! change. A rule, not a rate limit: it holds in every set-up.

use chrono::{DateTime, TimeDelta, Utc};

/// How often somebody may change their ZIP code in any 24 hours.
pub const MOVES_A_DAY: usize = 3;

const DAY: TimeDelta = TimeDelta::hours(24);

/// No more changes of the ZIP code for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the ZIP code can be changed again at {again_at}")]
pub struct TooManyMoves {
    /// When the next change is taken.
    pub again_at: DateTime<Utc>,
}

/// The times of the moves that count once somebody moves `now`.
pub(super) fn moved(
    before: &[DateTime<Utc>],
    now: DateTime<Utc>,
) -> Result<Vec<DateTime<Utc>>, TooManyMoves> {
    let mut counting: Vec<_> = before.iter().copied().filter(|at| *at + DAY > now).collect();
    counting.sort_unstable();
    // The one that must be a day old before another fits.
    let first = counting.len().checked_sub(MOVES_A_DAY).and_then(|at| counting.get(at));
    if let Some(first) = first {
        return Err(TooManyMoves { again_at: *first + DAY });
    }
    counting.push(now);
    Ok(counting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fourth_move_waits_until_the_first_is_a_day_old() {
        let begin: DateTime<Utc> = "2026-11-21T12:00:00Z".parse().unwrap();
        let at = |minutes| begin + TimeDelta::minutes(minutes);
        let mut moves = Vec::new();
        for minutes in [0, 10, 20] {
            moves = moved(&moves, at(minutes)).unwrap();
        }
        let refused = Err(TooManyMoves { again_at: at(24 * 60) });
        assert_eq!(moved(&moves, at(30)), refused);
        assert_eq!(moved(&moves, at(24 * 60 - 1)), refused);
        assert_eq!(moved(&moves, at(24 * 60)).unwrap(), [at(10), at(20), at(24 * 60)]);
        assert_eq!(moved(&moves, at(72 * 60)).unwrap(), [at(72 * 60)]);
    }
}
