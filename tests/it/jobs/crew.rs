//! Workers on threads of their own, and what they write down of their work.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use diesel::sql_types::{BigInt, Double};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};
use friender::db::Db;
use friender::jobs::{Attempt, Handlers, Job, JobError, Pace, Worker};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// How many jobs one worker does at once.
pub const AT_ONCE: usize = 4;
pub const LEASE: Duration = Duration::from_secs(2);

#[derive(Serialize, Deserialize)]
pub struct Note {
    number: u32,
    how: How,
}

#[derive(Serialize, Deserialize)]
enum How {
    Well,
    /// Until the gate opens.
    Hanging,
    Failing,
    Hopeless,
    Panicking,
}

impl Job for Note {
    const KIND: &'static str = "test_note";
    const ATTEMPTS: u32 = 3;
}

impl Note {
    pub fn of(number: u32) -> Self {
        Self { number, how: How::Well }
    }

    pub fn hanging(number: u32) -> Self {
        Self { number, how: How::Hanging }
    }

    pub fn failing() -> Self {
        Self { number: 0, how: How::Failing }
    }

    pub fn hopeless() -> Self {
        Self { number: 0, how: How::Hopeless }
    }

    pub fn panicking() -> Self {
        Self { number: 0, how: How::Panicking }
    }
}

/// What was done.
#[derive(Clone)]
pub struct Sheet {
    pub begun: Arc<AtomicUsize>,
    pub attempts: Arc<Mutex<Vec<u32>>>,
    pub starts: Arc<Mutex<Vec<Instant>>>,
    done: Arc<Mutex<Vec<u32>>>,
    gate: Arc<watch::Sender<bool>>,
}

impl Default for Sheet {
    fn default() -> Self {
        Self {
            begun: Arc::default(),
            attempts: Arc::default(),
            starts: Arc::default(),
            done: Arc::default(),
            gate: Arc::new(watch::Sender::new(false)),
        }
    }
}

impl Sheet {
    pub fn done(&self) -> Vec<u32> {
        self.done.lock().unwrap().clone()
    }

    /// Lets what hangs go on, now and from now on.
    pub fn open_gate(&self) {
        self.gate.send_replace(true);
    }

    async fn write(self, note: Note, attempt: Attempt) -> Result<(), JobError> {
        self.starts.lock().unwrap().push(Instant::now());
        self.attempts.lock().unwrap().push(attempt.number);
        self.begun.fetch_add(1, Ordering::SeqCst);
        match note.how {
            How::Well => {}
            How::Hanging => drop(self.gate.subscribe().wait_for(|open| *open).await),
            How::Failing => return Err(JobError::later("not today")),
            How::Hopeless => return Err(JobError::never("not ever")),
            How::Panicking => panic!("as it was told"),
        }
        self.done.lock().unwrap().push(note.number);
        Ok(())
    }
}

/// A worker on a thread and a pool of its own.
pub struct Crew {
    stop: watch::Sender<Option<tokio::time::Instant>>,
    kill: Arc<watch::Sender<bool>>,
    thread: JoinHandle<()>,
}

impl Crew {
    pub fn start(url: &str, sheet: &Sheet) -> Self {
        Self::looking_every(Duration::from_millis(10), url, sheet)
    }

    pub fn looking_every(look: Duration, url: &str, sheet: &Sheet) -> Self {
        let (stop, stopping) = watch::channel(None);
        let (kill, mut killed) = watch::channel(false);
        let (url, sheet) = (url.to_owned(), sheet.clone());
        let thread = std::thread::spawn(move || {
            let system = actix_web::rt::System::new();
            system.block_on(async move {
                let handlers =
                    Handlers::default().on(move |note, attempt| sheet.clone().write(note, attempt));
                let pace = Pace { at_once: AT_ONCE, lease: LEASE, look };
                let worker = Worker::new(Db::connect(&url, 4).unwrap(), handlers, pace);
                tokio::select! {
                    () = worker.run(stopping) => {}
                    _ = killed.wait_for(|killed| *killed) => {}
                }
            });
        });
        Self { stop, kill: Arc::new(kill), thread }
    }

    /// Stops as the server does, with `grace` for what runs.
    pub fn stop_within(self, grace: Duration) {
        self.stop.send_replace(Some(tokio::time::Instant::now() + grace));
        self.thread.join().unwrap();
    }

    pub fn stop(self) {
        self.stop_within(Duration::from_secs(10));
    }

    /// Ends in mid-work; nothing more is written down.
    pub fn kill(self) {
        self.kill.send_replace(true);
        self.thread.join().unwrap();
    }
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

#[derive(QueryableByName)]
struct Seconds {
    #[diesel(sql_type = Double)]
    seconds: f64,
}

/// How many jobs there are, dead ones included.
pub fn left(conn: &mut PgConnection) -> i64 {
    sql_query("SELECT count(*) AS number FROM jobs").get_result::<Number>(conn).unwrap().number
}

/// In how many seconds the only job is due.
pub fn due_in(conn: &mut PgConnection) -> f64 {
    let seconds = "SELECT extract(epoch FROM run_at - clock_timestamp())::float8 AS seconds FROM jobs";
    sql_query(seconds).get_result::<Seconds>(conn).unwrap().seconds
}
