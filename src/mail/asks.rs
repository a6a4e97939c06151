//! How often somebody may ask for mails: 5 times an hour, unless set otherwise, by account, by address and by name.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;
use sha2::{Digest, Sha256};

use super::error::MailError;
use super::queries;
use crate::accounts::{Email, UserId};
use crate::config::Rate;

/// No limit that can be set looks further back.
const KEPT: TimeDelta = TimeDelta::days(1);

/// On whose behalf a mail is asked for. Kept as a hash: a name that nobody has counts like any other.
#[derive(Debug, Clone)]
pub(super) struct Subject(Vec<u8>);

impl Subject {
    fn of(kind: &str, text: &str) -> Self {
        Self(Sha256::digest(format!("{kind}\0{text}")).to_vec())
    }

    pub(super) fn account(user: UserId) -> Self {
        Self::of("account", &user.to_string())
    }

    pub(super) fn address(email: &Email) -> Self {
        Self::of("address", &email.key())
    }

    pub(super) fn name(name: &str) -> Self {
        Self::of("name", &name.trim().to_lowercase())
    }
}

/// What is left after asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asks {
    /// How many more mails may be asked for at once.
    pub left: usize,
    /// When the next one may be asked for: at once, if any is left.
    pub next_at: DateTime<Utc>,
}

/// Notes that a mail is asked for, inside the caller's transaction, or refuses with [`MailError::TooMany`]: then
/// nothing was noted. Each of 6 at once waits for the one before.
pub(super) fn ask(
    conn: &mut PgConnection,
    subjects: &[Subject],
    limit: Option<Rate>,
) -> Result<Asks, MailError> {
    let now = Utc::now();
    let Some(limit) = limit else { return Ok(Asks { left: usize::from(u16::MAX), next_at: now }) };
    let window = TimeDelta::from_std(limit.period).unwrap_or(TimeDelta::MAX);
    let mut keys: Vec<&[u8]> = subjects.iter().map(|subject| subject.0.as_slice()).collect();
    // Always in the same order, so that two who ask never wait for each other crosswise.
    keys.sort_unstable();
    let mut asked = Vec::with_capacity(keys.len());
    for key in &keys {
        queries::lock_asks(conn, key)?;
        asked.push(queries::asks_since(conn, key, now - window)?);
    }
    let until = asked.iter().filter_map(|times| first_that_counts(times, limit)).max();
    if let Some(until) = until {
        return Err(MailError::TooMany { until: until + window });
    }
    for (key, times) in keys.iter().zip(&mut asked) {
        queries::insert_ask(conn, key, now)?;
        times.push(now);
    }
    let most = asked.iter().map(Vec::len).max().unwrap_or_default();
    let until = asked.iter().filter_map(|times| first_that_counts(times, limit)).max();
    let next_at = until.map_or(now, |until| until + window);
    Ok(Asks { left: usize::try_from(limit.count).unwrap_or(usize::MAX).saturating_sub(most), next_at })
}

/// If there were as many as may be: the one that has to grow old before the next. `times` are in order.
fn first_that_counts(times: &[DateTime<Utc>], limit: Rate) -> Option<DateTime<Utc>> {
    let at = times.len().checked_sub(usize::try_from(limit.count).ok()?)?;
    times.get(at).copied()
}

/// Forgets what no longer counts.
pub(super) fn purge(conn: &mut PgConnection) -> Result<usize, MailError> {
    Ok(queries::delete_asks_before(conn, Utc::now() - KEPT)?)
}
