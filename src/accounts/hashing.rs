//! The threads that hash passwords: fewer than there are cores, and behind all others that want one. However many log in
//! at once, whoever is in already hardly notices.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

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

pub(super) fn failed(error: impl std::fmt::Display) -> HashError {
    HashError::Failed(error.to_string())
}

type Work = Box<dyn FnOnce() + Send>;

/// Work for these threads; they end with the last clone of it, once they have done what was handed in.
#[derive(Clone)]
pub(super) struct HashingThreads {
    work: Sender<Work>,
    places: Arc<Semaphore>,
}

/// A place in the queue, good for one hash. Whoever needs the database before, takes it first: who can't be served now
/// then costs next to nothing.
pub(super) struct HashingPlace {
    work: Sender<Work>,
    permit: OwnedSemaphorePermit,
}

impl HashingThreads {
    pub(super) fn start() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let threads = cores.max(2) - 1;
        let (work, receiver) = channel();
        let receiver = Arc::new(Mutex::new(receiver));
        for number in 1..=threads {
            let receiver = receiver.clone();
            let thread = std::thread::Builder::new().name(format!("passwords-{number}"));
            if let Err(error) = thread.spawn(move || work_off(&receiver)) {
                tracing::error!(%error, "a thread for passwords could not be started");
            }
        }
        Self { work, places: Arc::new(Semaphore::new(threads + QUEUE)) }
    }

    /// A place in the queue, or the word that too many wait.
    pub(super) fn place(&self) -> Result<HashingPlace, HashError> {
        let permit = self.places.clone().try_acquire_owned().map_err(|_| HashError::Busy)?;
        Ok(HashingPlace { work: self.work.clone(), permit })
    }
}

impl HashingPlace {
    /// Has it done. Nothing is done for who has given up waiting.
    pub(super) async fn run<T: Send + 'static>(
        self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashError> {
        let (done, answer) = oneshot::channel();
        let permit = self.permit;
        let work: Work = Box::new(move || {
            // The place is free again whatever becomes of the work, and before its answer is heard.
            let result = (!done.is_closed()).then(|| catch_unwind(AssertUnwindSafe(work)));
            drop(permit);
            if let Some(Ok(result)) = result {
                let _ = done.send(result);
            }
        });
        self.work.send(work).map_err(|_| HashError::Failed("no thread does it".to_owned()))?;
        answer.await.map_err(|_| HashError::Failed("the work broke off".to_owned()))
    }
}

fn work_off(receiver: &Mutex<Receiver<Work>>) {
    step_back();
    loop {
        let next = receiver.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        work();
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
    use futures_util::FutureExt;

    use super::*;

    async fn run<T: Send + 'static>(
        threads: &HashingThreads,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashError> {
        threads.place()?.run(work).await
    }

    #[actix_web::test]
    async fn whoever_finds_the_queue_full_is_told_so_at_once_and_is_served_later() {
        let threads = HashingThreads::start();
        let mut places: Vec<_> = std::iter::from_fn(|| threads.place().ok()).collect();
        assert!(places.len() > QUEUE, "{}", places.len());
        assert!(matches!(run(&threads, || 1).await, Err(HashError::Busy)));
        // A place is free again once its work is done, and once nobody wants it any more.
        assert!(matches!(places.pop().unwrap().run(|| 1).await, Ok(1)));
        assert!(matches!(run(&threads, || 2).await, Ok(2)));
        drop(places.pop());
        assert!(matches!(run(&threads, || 3).await, Ok(3)));
    }

    #[actix_web::test]
    async fn nothing_is_done_for_who_has_given_up() {
        let threads = HashingThreads::start();
        let (gate, shut) = std::sync::mpsc::channel::<()>();
        let shut = Arc::new(Mutex::new(shut));
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let held: Vec<_> = (0..cores)
            .map(|_| {
                let shut = shut.clone();
                threads.place().unwrap().run(move || drop(shut.lock().map(|gate| gate.recv())))
            })
            .collect();
        let mut held = futures_util::future::join_all(held);
        assert!((&mut held).now_or_never().is_none());
        let (done, was_done) = std::sync::mpsc::channel();
        assert!(threads.place().unwrap().run(move || done.send(())).now_or_never().is_none());
        drop(gate);
        held.await;
        assert!(matches!(run(&threads, || 1).await, Ok(1)));
        assert!(was_done.recv().is_err(), "it was thrown away");
    }

    #[actix_web::test]
    async fn a_panic_is_told_and_ends_no_thread() {
        let threads = HashingThreads::start();
        for _ in 0..100 {
            let broken = run(&threads, || panic!("on purpose")).await;
            assert!(matches!(broken, Err::<(), _>(HashError::Failed(_))));
        }
        assert!(matches!(run(&threads, || 1).await, Ok(1)));
    }

    #[cfg(target_os = "linux")]
    #[actix_web::test]
    async fn they_are_nicer_than_we_are() {
        let nice = || rustix::process::getpriority_process(Some(rustix::thread::gettid())).unwrap();
        let theirs = run(&HashingThreads::start(), nice).await.unwrap();
        assert!(theirs >= NICE && theirs > nice().min(NICE - 1), "{theirs}");
    }
}
