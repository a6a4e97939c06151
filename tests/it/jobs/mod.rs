//! Jobs are done once where nothing goes wrong, and again where something does.

mod crew;
mod retries;
mod stopping;

use std::sync::atomic::Ordering;
use std::time::Duration;

use diesel::Connection;
use diesel::result::Error as QueryError;
use friender::jobs::enqueue;

use crate::support::{db, eventually};
use crew::{AT_ONCE, Crew, Note, Sheet, left};

#[actix_web::test]
async fn what_commits_is_done_once_and_what_doesn_t_never() {
    let url = db::fresh();
    let sheet = Sheet::default();
    let crew = Crew::start(&url, &sheet);
    let mut conn = db::connect(&url);
    conn.transaction::<(), _, _>(|conn| {
        enqueue(conn, &Note::of(1))?;
        Err(QueryError::RollbackTransaction)
    })
    .unwrap_err();
    conn.transaction(|conn| enqueue(conn, &Note::of(2))).unwrap();
    eventually("the job is done and gone", async || left(&mut conn) == 0).await;
    crew.stop();
    assert_eq!(sheet.done(), [2]);
}

#[actix_web::test]
async fn two_workers_never_have_the_same_job() {
    const JOBS: u32 = 400;
    const BOTH: u32 = 2 * AT_ONCE as u32;
    let url = db::fresh();
    let mut conn = db::connect(&url);
    let note = |number| if number < BOTH { Note::hanging(number) } else { Note::of(number) };
    conn.transaction(|conn| (0..JOBS).try_for_each(|number| enqueue(conn, &note(number)))).unwrap();
    let sheets = [Sheet::default(), Sheet::default()];
    let crews = [0, 1].map(|at| Crew::start(&url, &sheets[at]));
    let all_begun = || sheets.iter().all(|sheet| sheet.begun.load(Ordering::SeqCst) == AT_ONCE);
    eventually("both have their hands full", async || all_begun()).await;
    sheets.iter().for_each(Sheet::open_gate);
    eventually("all jobs are done", async || left(&mut conn) == 0).await;
    crews.into_iter().for_each(Crew::stop);
    let [one, other] = sheets.map(|sheet| sheet.done());
    assert!(!one.is_empty() && !other.is_empty(), "{} and {}", one.len(), other.len());
    let mut all = [one, other].concat();
    all.sort_unstable();
    assert_eq!(all, (0..JOBS).collect::<Vec<_>>(), "each once");
}

#[actix_web::test]
async fn a_worker_goes_on_while_there_is_more_to_do() {
    let url = db::fresh();
    let mut conn = db::connect(&url);
    conn.transaction(|conn| (0..40).try_for_each(|number| enqueue(conn, &Note::of(number)))).unwrap();
    let sheet = Sheet::default();
    // Longer than anything here waits: there is one look, and all that follows from it.
    let crew = Crew::looking_every(Duration::from_secs(3600), &url, &sheet);
    eventually("all jobs are done", async || left(&mut conn) == 0).await;
    crew.stop();
    assert_eq!(sheet.done().len(), 40);
}

#[actix_web::test]
async fn a_killed_worker_s_job_runs_again_when_its_lease_is_over() {
    let url = db::fresh();
    let mut conn = db::connect(&url);
    enqueue(&mut conn, &Note::hanging(7)).unwrap();
    let sheet = Sheet::default();
    let killed = Crew::start(&url, &sheet);
    eventually("it is in mid-job", async || sheet.begun.load(Ordering::SeqCst) == 1).await;
    killed.kill();
    let due = crew::due_in(&mut conn);
    assert!(due > 0.0, "the lease isn't over yet: {due}");
    sheet.open_gate();
    let second = Crew::start(&url, &sheet);
    eventually("the job is done and gone", async || left(&mut conn) == 0).await;
    second.stop();
    assert_eq!(sheet.done(), [7], "finished once");
    assert_eq!(*sheet.attempts.lock().unwrap(), [1, 2]);
    let waited = sheet.starts.lock().unwrap();
    assert!(waited[1] - waited[0] >= crew::LEASE, "taken over while it was somebody's");
}

#[actix_web::test]
async fn a_long_job_stays_its_worker_s() {
    let url = db::fresh();
    let mut conn = db::connect(&url);
    enqueue(&mut conn, &Note::hanging(1)).unwrap();
    let sheet = Sheet::default();
    let crews = [Crew::start(&url, &sheet), Crew::start(&url, &sheet)];
    let begin = std::time::Instant::now();
    eventually("it outlives its first lease", async || begin.elapsed() > crew::LEASE * 3 / 2).await;
    sheet.open_gate();
    eventually("the job is done and gone", async || left(&mut conn) == 0).await;
    crews.into_iter().for_each(Crew::stop);
    assert_eq!((sheet.done(), sheet.begun.load(Ordering::SeqCst)), (vec![1], 1));
}
