//! Counting by key without a clock's ticks: each key has one number, the time at which all of its units are back
//! (the generic cell rate algorithm).

use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use moka::sync::Cache;

use crate::config::Rate;

/// How many keys are remembered at most. Whoever floods with new ones pushes out the seldom seen, not the busy.
const MOST_KEYS: u64 = 100_000;

/// Units by key: as many at once as fit, then as fast as they come back.
pub(super) struct Buckets<K> {
    /// Nanoseconds until a unit is back.
    interval: u64,
    burst: u64,
    full_at: Cache<K, Arc<AtomicU64>>,
    begun: Instant,
}

/// What is left of a key's units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) units: u64,
    /// Until all of them are back.
    pub(super) full_in: Duration,
}

/// Nothing is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exhausted {
    /// Until one is back.
    pub(super) retry_in: Duration,
    /// Until all of them are back.
    pub(super) full_in: Duration,
}

impl<K: Hash + Eq + Send + Sync + 'static> Buckets<K> {
    pub(super) fn new(rate: Rate, burst: u32) -> Self {
        let period = u64::try_from(rate.period.as_nanos()).unwrap_or(u64::MAX);
        let (interval, burst) = ((period / u64::from(rate.count.max(1))).max(1), u64::from(burst.max(1)));
        let whole = Duration::from_nanos(interval.saturating_mul(burst));
        // What is full again is as good as forgotten.
        let full_at = Cache::builder().max_capacity(MOST_KEYS).time_to_idle(whole).build();
        Self { interval, burst, full_at, begun: Instant::now() }
    }

    /// Takes a unit.
    pub(super) fn take(&self, key: K) -> Result<Left, Exhausted> {
        self.take_at(key, self.begun.elapsed())
    }

    fn take_at(&self, key: K, now: Duration) -> Result<Left, Exhausted> {
        let now = nanos(now);
        let full_at = self.full_at.get_with(key, Arc::default);
        let whole = self.interval.saturating_mul(self.burst);
        let taken = full_at.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |full_at| {
            let next = full_at.max(now).saturating_add(self.interval);
            (next - now <= whole).then_some(next)
        });
        match taken {
            Ok(before) => {
                let used = before.max(now) - now + self.interval;
                let units = whole.saturating_sub(used) / self.interval;
                Ok(Left { units, full_in: Duration::from_nanos(used) })
            }
            Err(full_at) => Err(Exhausted {
                retry_in: Duration::from_nanos((full_at + self.interval).saturating_sub(now + whole)),
                full_in: Duration::from_nanos(full_at.saturating_sub(now)),
            }),
        }
    }

    /// Gives a unit back that was taken for nothing.
    pub(super) fn give_back(&self, key: &K) {
        if let Some(full_at) = self.full_at.get(key) {
            let interval = self.interval;
            let back = |full_at: u64| Some(full_at.saturating_sub(interval));
            let _ = full_at.fetch_update(Ordering::Relaxed, Ordering::Relaxed, back);
        }
    }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(1000 + seconds)
    }

    #[test]
    fn a_burst_then_as_fast_as_units_come_back() {
        let buckets = Buckets::new(Rate::new(10, 900), 10);
        for left in (0..10).rev() {
            assert_eq!(buckets.take_at("a", at(0)).unwrap().units, left);
        }
        let exhausted = buckets.take_at("a", at(0)).unwrap_err();
        assert_eq!(
            (exhausted.retry_in, exhausted.full_in),
            (Duration::from_secs(90), Duration::from_secs(900))
        );
        // Trying costs nothing, and others have their own.
        assert_eq!(buckets.take_at("a", at(80)).unwrap_err().retry_in, Duration::from_secs(10));
        assert_eq!(buckets.take_at("b", at(80)).unwrap().units, 9);
        assert_eq!(buckets.take_at("a", at(90)).unwrap().units, 0);
        assert_eq!(buckets.take_at("a", at(90)).unwrap_err().retry_in, Duration::from_secs(90));
        assert_eq!(buckets.take_at("a", at(90 + 900)).unwrap().units, 9);
    }

    #[test]
    fn what_is_given_back_can_be_taken_again() {
        let buckets = Buckets::new(Rate::new(2, 3600), 2);
        for _ in 0..10 {
            buckets.take_at(1, at(0)).unwrap();
            buckets.give_back(&1);
        }
        buckets.give_back(&2);
        assert_eq!([0; 3].map(|_| buckets.take_at(1, at(0)).is_ok()), [true, true, false]);
    }

    #[test]
    fn of_64_at_once_as_many_pass_as_are_left() {
        let buckets = Buckets::new(Rate::new(3, 3600), 3);
        let barrier = std::sync::Barrier::new(64);
        let passed = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..64)
                .map(|_| {
                    scope.spawn(|| {
                        barrier.wait();
                        buckets.take_at(7, at(0)).is_ok()
                    })
                })
                .collect();
            threads.into_iter().filter_map(|thread| thread.join().ok().filter(|passed| *passed)).count()
        });
        assert_eq!(passed, 3);
    }

    #[test]
    fn a_flood_of_keys_takes_bounded_memory_and_pushes_out_no_busy_one() {
        let buckets = Buckets::new(Rate::new(50, 3600), 50);
        for _ in 0..50 {
            buckets.take_at(u64::MAX, at(0)).unwrap();
        }
        for key in 0..2 * MOST_KEYS {
            let _ = buckets.take_at(key, at(0));
            if key % 1000 == 0 {
                buckets.full_at.run_pending_tasks();
                assert!(buckets.take_at(u64::MAX, at(0)).is_err(), "forgotten after {key} others");
            }
        }
        buckets.full_at.run_pending_tasks();
        assert!(buckets.full_at.entry_count() <= MOST_KEYS);
    }
}
