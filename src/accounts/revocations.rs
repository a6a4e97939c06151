//! Which sessions have ended while access tokens of theirs may live: kept in memory by every server, read from one
//! table four times a second.
//!
//! A server that can't read the table doesn't know whom to trust: what it has read is good for one second.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use diesel::PgConnection;
use tokio::time::{MissedTickBehavior, interval};

use super::account::{SessionId, UserId};
use super::error::AccountError;
use super::revocation_queries as queries;
use crate::db::Db;

/// How often the table is read.
const INTERVAL: Duration = Duration::from_millis(250);

/// How long what was read may be relied on.
const TRUSTED: Duration = Duration::from_secs(1);

/// How long reading may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// Numbers are given out before the commit: whatever is above the number that was the highest this long ago is read
/// again. No transaction of ours takes as long.
const OVERLAP: Duration = Duration::from_secs(10);

/// How far clocks may be apart, and a bit more: an ended session is remembered for longer than its tokens live.
const MARGIN: Duration = Duration::from_secs(60);

/// The sessions that have ended lately.
pub struct Revocations {
    db: Db,
    remembered: Duration,
    ended: RwLock<HashMap<SessionId, Instant>>,
    position: Mutex<Position>,
    reading: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct Position {
    /// When the last good read began.
    read_at: Option<Instant>,
    /// When what is forgotten was last removed.
    swept_at: Option<Instant>,
    /// The highest number, and when it was first seen to be.
    highest: VecDeque<(Instant, i64)>,
    /// Everything up to here has been read for good.
    settled: i64,
}

impl Position {
    /// Takes note of a good read.
    fn advance(&mut self, begun: Instant, highest: Option<i64>) {
        self.read_at = Some(begun);
        if let Some(highest) = highest
            && self.highest.back().is_none_or(|(_, known)| *known < highest)
        {
            self.highest.push_back((begun, highest));
        }
        while let Some((_, id)) = self.highest.pop_front_if(|(seen, _)| seen.elapsed() > OVERLAP) {
            self.settled = id;
        }
    }
}

impl Revocations {
    /// Reads all that may concern a living token, so that the first request is answered knowingly. `db` should be for
    /// this alone: a server under load must still hear of revocations.
    pub async fn load(db: Db, longest_ttl: Duration) -> Result<Self, AccountError> {
        let revocations = Self {
            db,
            remembered: longest_ttl + MARGIN,
            ended: RwLock::default(),
            position: Mutex::default(),
            reading: tokio::sync::Mutex::default(),
        };
        revocations.read().await?;
        Ok(revocations)
    }

    /// Whether the session has ended, as far as is known.
    pub fn is_ended(&self, session: SessionId) -> bool {
        self.ended.read().unwrap_or_else(PoisonError::into_inner).contains_key(&session)
    }

    /// Makes sure that what is known is no older than a second.
    pub async fn ensure_known(&self) -> Result<(), AccountError> {
        if self.is_known() {
            return Ok(());
        }
        // Whoever waits for another's reading may take its result.
        let Ok(_turn) = tokio::time::timeout(PATIENCE, self.reading.lock()).await else {
            return Err(crate::db::DbError::TimedOut.into());
        };
        if self.is_known() { Ok(()) } else { self.read().await }
    }

    /// Reads what is new at once, so that a session that has just ended here ends here first.
    pub async fn catch_up(&self) {
        if let Err(error) = self.read().await {
            // The next reading is due soon, and nobody is trusted without one.
            tracing::debug!(%error, "revocations could not be read");
        }
    }

    /// Reads for ever.
    pub async fn watch(&self) {
        let mut ticks = interval(INTERVAL);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut well = true;
        loop {
            ticks.tick().await;
            let read = self.read().await;
            match &read {
                Err(error) if well => tracing::warn!(%error, "revocations can't be read; nobody is trusted"),
                Ok(()) if !well => tracing::info!("revocations are read again"),
                _ => {}
            }
            well = read.is_ok();
        }
    }

    fn is_known(&self) -> bool {
        self.position().read_at.is_some_and(|at| at.elapsed() < TRUSTED)
    }

    fn position(&self) -> std::sync::MutexGuard<'_, Position> {
        self.position.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn read(&self) -> Result<(), AccountError> {
        let (begun, settled) = (Instant::now(), self.position().settled);
        let seconds = self.remembered.as_secs().cast_signed();
        let read =
            move |conn: &mut PgConnection| Ok::<_, AccountError>(queries::above(conn, settled, seconds)?);
        let rows = self.db.run_for(PATIENCE, read).await?;
        let until = Instant::now() + self.remembered;
        if !rows.is_empty() {
            let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
            for (_, session) in &rows {
                ended.entry(*session).or_insert(until);
            }
        }
        self.position().advance(begun, rows.last().map(|(id, _)| *id));
        self.forget();
        Ok(())
    }

    /// Once a minute, drops what no living token can name.
    fn forget(&self) {
        let now = Instant::now();
        let mut position = self.position();
        if position.swept_at.is_none_or(|at| now - at > MARGIN) {
            position.swept_at = Some(now);
            self.ended.write().unwrap_or_else(PoisonError::into_inner).retain(|_, until| *until > now);
        }
    }
}

/// Stops the access tokens of sessions on every server within a second of the commit. Last in a transaction, best.
pub(super) fn announce(
    conn: &mut PgConnection,
    sessions: &[(UserId, SessionId)],
    reason: &str,
) -> Result<(), AccountError> {
    queries::insert(conn, sessions, reason)?;
    Ok(())
}
