//! The threads that hash passwords: fewer than there are cores, and behind all others that want one. However many log in
//! at once, whoever is in already hardly notices.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

/// How many may wait for a hash; the next one is told to come back.
const QUEUE: usize = 64;

/// How nice they are, of 19: each gets a tenth of what a thread of the usual kind gets, if both want to run.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Too many are waiting, or hashing itself failed.
#[derive(Debug, thiserror::Error)]
pub(super) enum HashError {
    #[error("too many passwords are being checked")]
    Busy,
    #[error("hashing failed: {0}")]
    Failed(String),
}

type Work = Box<dyn FnOnce() + Send>;

/// Work for these threads; they end with the last clone of it.
#[derive(Clone)]
pub(super) struct HashingThreads(SyncSender<Work>);

impl HashingThreads {
    pub(super) fn start() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let (sender, receiver) = sync_channel(QUEUE);
        let receiver = Arc::new(Mutex::new(receiver));
        for number in 1..cores.max(2) {
            let receiver = receiver.clone();
            let thread = std::thread::Builder::new().name(format!("passwords-{number}"));
            if let Err(error) = thread.spawn(move || work_off(&receiver)) {
                tracing::error!(%error, "a thread for passwords could not be started");
            }
        }
        Self(sender)
    }

    /// Has it done, or says at once that too many wait. Nothing is done for who has given up waiting.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let (done, answer) = oneshot::channel();
        let work: Work = Box::new(move || {
            if !done.is_closed() {
                let _ = done.send(work());
            }
        });
        match self.0.try_send(work) {
            Ok(()) => answer.await.map_err(|_| HashError::Failed("the work broke off".to_owned())),
            Err(TrySendError::Full(_)) => Err(HashError::Busy),
            Err(TrySendError::Disconnected(_)) => Err(HashError::Failed("no thread does it".to_owned())),
        }
    }
}

fn work_off(receiver: &Mutex<Receiver<Work>>) {
    step_back();
    loop {
        let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        // Whoever waits hears that it broke off; the thread is needed for the next one.
        let _ = catch_unwind(AssertUnwindSafe(work));
    }
}

/// Linux counts niceness by thread. Elsewhere they are only few.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE) {
        tracing::debug!(%error, "a thread for passwords is no nicer than others");
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::RwLock;

    use super::*;

    #[actix_web::test]
    async fn whoever_finds_the_queue_full_is_told_so_at_once_and_is_served_later() {
        let (threads, gate) = (HashingThreads::start(), Arc::new(RwLock::new(())));
        let shut = gate.clone().write_owned().await;
        let mut waiting = 0;
        let full = loop {
            let gate = gate.clone();
            match threads.0.try_send(Box::new(move || drop(gate.blocking_read()))) {
                Ok(()) => waiting += 1,
                Err(error) => break error,
            }
        };
        assert!(waiting >= QUEUE && matches!(full, TrySendError::Full(_)), "{waiting}");
        assert!(matches!(threads.run(|| 1).await, Err(HashError::Busy)));
        drop(shut);
        while !matches!(threads.run(|| 1).await, Ok(1)) {}
    }

    #[actix_web::test]
    async fn a_panic_is_told_and_ends_no_thread() {
        let threads = HashingThreads::start();
        for _ in 0..100 {
            let broken = threads.run(|| panic!("on purpose")).await;
            assert!(matches!(broken, Err::<(), _>(HashError::Failed(_))));
        }
        assert!(matches!(threads.run(|| 1).await, Ok(1)));
    }

    #[cfg(target_os = "linux")]
    #[actix_web::test]
    async fn they_are_nicer_than_we_are() {
        let nice = || rustix::process::getpriority_process(Some(rustix::thread::gettid())).unwrap();
        let theirs = HashingThreads::start().run(nice).await.unwrap();
        assert!(theirs >= NICE && theirs > nice().min(NICE - 1), "{theirs}");
    }
}
