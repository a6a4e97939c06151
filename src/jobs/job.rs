//! What a job is, and how one may end.

use std::time::Duration;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A piece of work, as it is written down. Ids only: what it is about is read when it runs.
pub trait Job: Serialize + DeserializeOwned + 'static {
    /// The name it is stored under; never changed once jobs of it may lie around.
    const KIND: &'static str;
    /// How often it is tried before it is given up.
    const ATTEMPTS: u32 = 12;
}

/// Which try this is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// From 1.
    pub number: u32,
    /// Whether the job is given up if this one fails.
    pub is_last: bool,
}

/// Why a try failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// It may work later.
    #[error("{0}")]
    Later(String),
    /// It will never work.
    #[error("{0}")]
    Never(String),
}

impl JobError {
    /// It may work later.
    pub fn later(cause: impl ToString) -> Self {
        Self::Later(cause.to_string())
    }

    /// It will never work.
    pub fn never(cause: impl ToString) -> Self {
        Self::Never(cause.to_string())
    }
}

/// The first wait after a failure, doubled with each further one …
const FIRST_WAIT: Duration = Duration::from_secs(5);
/// … up to this.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// How long to wait after so many failures. `random`, 0 to 1, takes up to a fifth off, so that what failed together
/// isn't tried together.
pub(super) fn wait(failures: u32, random: f64) -> Duration {
    let doubled = FIRST_WAIT.saturating_mul(1 << failures.saturating_sub(1).min(16));
    doubled.min(LONGEST_WAIT).mul_f64(1.0 - 0.2 * random.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_end_at_an_hour() {
        let seconds = |failures| wait(failures, 0.0).as_secs();
        assert_eq!([1, 2, 3, 10, 11, u32::MAX].map(seconds), [5, 10, 20, 2560, 3600, 3600]);
        assert_eq!(wait(1, 1.0), Duration::from_secs(4));
    }
}
