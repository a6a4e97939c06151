//! The thread that the server is a child of: it starts it, restarts it when it dies alone, and stops it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::process::{Launch, Server, describe};
use super::{ClusterError, leftover, log};

/// How often the thread looks after the server.
const TICK: Duration = Duration::from_millis(50);

/// How often it looks after the log.
const LOG_TICK: Duration = Duration::from_secs(60);

/// Pauses between attempts at a restart: old backends may need a moment to notice that their server is gone.
const PAUSES: (Duration, Duration) = (Duration::from_millis(50), Duration::from_millis(500));

/// After this, backends that still haven't noticed are ended.
const GRACE: Duration = Duration::from_secs(1);

/// How long the first start waits for them.
const PATIENCE: Duration = Duration::from_secs(10);

/// A supervised server.
#[derive(Debug)]
pub(super) struct Supervisor {
    stopping: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Supervisor {
    /// Starts the thread and the server; answers when connections are accepted.
    pub(super) fn start(launch: Launch) -> Result<Self, ClusterError> {
        let stopping = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&stopping);
        let (outcome, started) = mpsc::channel();
        let thread = thread::Builder::new()
            .name("postgresql".to_owned())
            .spawn(move || {
                let cancelled = || flag.load(Ordering::Relaxed);
                match first_start(&launch, &cancelled) {
                    // Nobody waits any more if the receiver is gone; then we are being stopped.
                    Ok(server) => {
                        let _ = outcome.send(Ok(()));
                        watch(&launch, server, &cancelled);
                    }
                    Err(error) => {
                        let _ = outcome.send(Err(error));
                    }
                }
            })
            .map_err(|source| ClusterError::Spawn { what: "the thread for PostgreSQL".to_owned(), source })?;
        let supervisor = Self { stopping, thread: Some(thread) };
        match started.recv() {
            Ok(Ok(())) => Ok(supervisor),
            Ok(Err(error)) => Err(error),
            Err(_) => Err(ClusterError::Spawn {
                what: "PostgreSQL".to_owned(),
                source: std::io::Error::other("its thread ended early"),
            }),
        }
    }

    /// Stops server and thread, and waits for both. Does nothing the second time.
    pub(super) fn stop(&mut self) {
        self.stopping.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            if thread.join().is_err() {
                tracing::error!("the thread for PostgreSQL had failed");
            }
        }
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Looks after the server until it is told to stop.
fn watch(launch: &Launch, mut server: Option<Server>, cancelled: &dyn Fn() -> bool) {
    let mut log_looked_at = Instant::now();
    while let Some(running) = &mut server {
        if cancelled() {
            running.stop();
            return;
        }
        if let Some(status) = running.exited() {
            tracing::error!(status = describe(status), log = %launch.log.display(), "PostgreSQL ended; restarting it");
            server = restart(launch, cancelled);
            continue;
        }
        if log_looked_at.elapsed() > LOG_TICK {
            log::keep_short(&launch.log);
            log_looked_at = Instant::now();
        }
        thread::park_timeout(TICK);
    }
}

/// Tries until the server runs again. `None`: told to stop meanwhile.
fn restart(launch: &Launch, cancelled: &dyn Fn() -> bool) -> Option<Server> {
    let begun = Instant::now();
    let server = insist(launch, cancelled, &|_, _| true).ok().flatten()?;
    tracing::info!(milliseconds = begun.elapsed().as_millis(), "PostgreSQL runs again");
    Some(server)
}

/// The first start: whatever is wrong is said at once, except that a killed server's last backends get time to go.
fn first_start(launch: &Launch, cancelled: &dyn Fn() -> bool) -> Result<Option<Server>, ClusterError> {
    insist(launch, cancelled, &|error, waited| error.is_old_backends() && waited < PATIENCE)
}

/// Tries again as long as the failure is a `passing` one, given how long it has lasted.
fn insist(
    launch: &Launch,
    cancelled: &dyn Fn() -> bool,
    passing: &dyn Fn(&ClusterError, Duration) -> bool,
) -> Result<Option<Server>, ClusterError> {
    let begun = Instant::now();
    let (mut pause, longest) = PAUSES;
    while !cancelled() {
        match launch.start(cancelled) {
            Err(error) if passing(&error, begun.elapsed()) => {
                tracing::warn!(%error, "PostgreSQL doesn't start yet")
            }
            outcome => return outcome,
        }
        if begun.elapsed() > GRACE {
            leftover::end_orphans(&launch.cluster_name);
        }
        thread::park_timeout(pause);
        pause = (pause * 2).min(longest);
    }
    Ok(None)
}
