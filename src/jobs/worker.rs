//! Takes due jobs and has them done, several at once.

use std::collections::HashMap;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval_at, sleep, timeout_at};

use super::job::{Attempt, Job, JobError, wait};
use super::queue::{self, Leased};
use crate::db::{Db, DbError};

type Work = Pin<Box<dyn Future<Output = Result<(), JobError>>>>;

struct Handler {
    attempts: u32,
    start: Box<dyn Fn(Value, Attempt) -> Work>,
}

/// Who does which kind of job.
#[derive(Default)]
pub struct Handlers(HashMap<&'static str, Handler>);

impl Handlers {
    /// Names the one who does jobs of kind `J`.
    #[must_use]
    pub fn on<J: Job, F>(mut self, handle: impl Fn(J, Attempt) -> F + 'static) -> Self
    where
        F: Future<Output = Result<(), JobError>> + 'static,
    {
        let start = move |payload, attempt| -> Work {
            match serde_json::from_value::<J>(payload) {
                Ok(job) => Box::pin(handle(job, attempt)),
                Err(error) => Box::pin(std::future::ready(Err(JobError::never(error)))),
            }
        };
        self.0.insert(J::KIND, Handler { attempts: J::ATTEMPTS, start: Box::new(start) });
        self
    }
}

/// How a worker goes about it.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Jobs at once.
    pub at_once: usize,
    /// How long a job is ours without a sign of life; renewed while it runs.
    pub lease: Duration,
    /// How often to look for due jobs while there is room for more.
    pub look: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { at_once: 4, lease: Duration::from_secs(60), look: Duration::from_millis(250) }
    }
}

/// Tells a worker to stop, and by when what it is doing must have ended.
pub type Stopping = watch::Receiver<Option<Instant>>;

/// Does jobs until it is told to stop. Any number of them may work on one database.
pub struct Worker {
    db: Db,
    handlers: Rc<Handlers>,
    pace: Pace,
}

impl Worker {
    /// A worker for these kinds of jobs; others are left to others.
    pub fn new(db: Db, handlers: Handlers, pace: Pace) -> Self {
        Self { db, handlers: Rc::new(handlers), pace }
    }

    /// Works until `stopping` names a deadline; then takes nothing new, and returns when all is done or the deadline
    /// is over. What isn't done by then is given back. Needs a `LocalSet`, such as actix's.
    pub async fn run(self, mut stopping: Stopping) {
        let mut running = JoinSet::new();
        let mut is_down = false;
        loop {
            while running.try_join_next().is_some() {}
            match self.take(self.pace.at_once - running.len()).await {
                Ok(leased) => {
                    is_down = false;
                    for job in leased {
                        running.spawn_local(attend(
                            self.db.clone(),
                            self.handlers.clone(),
                            self.pace,
                            job,
                            stopping.clone(),
                        ));
                    }
                }
                Err(error) if !is_down => {
                    is_down = true;
                    tracing::warn!(%error, "jobs can't be taken; trying again quietly");
                }
                Err(_) => {}
            }
            // More may be due than fits: then the next is taken as soon as there is room.
            let is_full = running.len() == self.pace.at_once;
            tokio::select! {
                () = sleep(self.pace.look) => {}
                _ = running.join_next(), if is_full => {}
                _ = stopping.wait_for(Option::is_some) => break,
            }
        }
        while running.join_next().await.is_some() {}
    }

    async fn take(&self, free: usize) -> Result<Vec<Leased>, DbError> {
        if free == 0 {
            return Ok(Vec::new());
        }
        let kinds: Vec<&'static str> = self.handlers.0.keys().copied().collect();
        let lease = self.pace.lease;
        self.db.run(move |conn| Ok(queue::lease(conn, &kinds, free, lease)?)).await
    }
}

/// How work on a job came to an end.
enum End {
    Worked(Result<(), JobError>),
    /// Somebody else has it, or may have it by now.
    Lost,
    /// Time to stop.
    Stopped,
}

async fn attend(db: Db, handlers: Rc<Handlers>, pace: Pace, job: Leased, stopping: Stopping) {
    let Some(handler) = handlers.0.get(job.kind.as_str()) else { return };
    let number = job.attempts.unsigned_abs();
    let attempt = Attempt { number, is_last: number >= handler.attempts };
    // A task of its own, so that a panic ends the try and not the worker.
    let work = tokio::task::spawn_local((handler.start)(job.payload.clone(), attempt));
    let end = tokio::select! {
        end = keep(&db, &job, pace.lease, work) => end,
        () = deadline(stopping) => End::Stopped,
    };
    if let Err(error) = settle(&db, &job, attempt, end).await {
        // It will be done again when the lease is over.
        tracing::warn!(job = %job.id, kind = job.kind, %error, "a job's end could not be written down");
    }
}

/// Stops the task when dropped: nobody may work on a job that isn't theirs any more.
struct Leash(tokio::task::JoinHandle<Result<(), JobError>>);

impl Drop for Leash {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits for the work and renews the lease meanwhile.
async fn keep(
    db: &Db,
    job: &Leased,
    lease: Duration,
    work: tokio::task::JoinHandle<Result<(), JobError>>,
) -> End {
    let mut work = Leash(work);
    let mut ours_until = Instant::now() + lease * 2 / 3;
    let mut ticks = interval_at(Instant::now() + lease / 6, lease / 6);
    loop {
        tokio::select! {
            done = &mut work.0 => {
                return End::Worked(done.unwrap_or_else(|_| Err(JobError::later("the handler panicked"))));
            }
            _ = ticks.tick() => {}
        }
        let (asked, row) = (Instant::now(), job.clone());
        let renewing = db.run(move |conn| Ok::<_, DbError>(queue::renew(conn, &row, lease)?));
        match timeout_at(ours_until, renewing).await {
            Ok(Ok(true)) => ours_until = asked + lease * 2 / 3,
            Ok(Ok(false)) => return End::Lost,
            Ok(Err(_)) if Instant::now() < ours_until => {}
            Ok(Err(_)) | Err(_) => return End::Lost,
        }
    }
}

async fn deadline(mut stopping: Stopping) {
    let named = stopping.wait_for(Option::is_some).await.ok().and_then(|named| *named);
    match named {
        Some(at) => tokio::time::sleep_until(at).await,
        // Nobody is left who could say.
        None => std::future::pending().await,
    }
}

async fn settle(db: &Db, job: &Leased, attempt: Attempt, end: End) -> Result<(), DbError> {
    let (row, id, kind) = (job.clone(), job.id, job.kind.as_str());
    let number = attempt.number;
    db.run(move |conn| {
        let written = match end {
            End::Worked(Ok(())) => queue::finish(conn, &row),
            End::Worked(Err(JobError::Later(error))) if !attempt.is_last => {
                queue::put_off(conn, &row, &error, wait(number, rand::random()))
            }
            End::Worked(Err(error)) => {
                tracing::error!(job = %row.id, kind = row.kind, attempt = number, %error, "a job was given up");
                queue::bury(conn, &row, &error.to_string())
            }
            End::Lost => Ok(()),
            End::Stopped => queue::give_back(conn, &row),
        };
        Ok(written?)
    })
    .await
    .inspect(|()| tracing::debug!(job = %id, kind, attempt = number, "a job's turn is over"))
}
