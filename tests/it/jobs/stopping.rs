//! A worker that stops ends what it began, if it can.

use std::sync::atomic::Ordering;
use std::time::Duration;

use diesel::{RunQueryDsl, sql_query};
use friender::jobs::enqueue;

use super::crew::{Crew, Note, Sheet, due_in, left};
use crate::support::{db, eventually};

#[actix_web::test]
async fn what_runs_is_waited_for() {
    let url = db::fresh();
    let mut conn = db::connect(&url);
    enqueue(&mut conn, &Note::hanging(1)).unwrap();
    let sheet = Sheet::default();
    let crew = Crew::start(&url, &sheet);
    eventually("it has begun", async || sheet.begun.load(Ordering::SeqCst) == 1).await;
    let stopping = std::thread::spawn(move || crew.stop());
    // From here on nothing new is taken; what runs goes on.
    sheet.open_gate();
    stopping.join().unwrap();
    assert_eq!((sheet.done(), left(&mut conn)), (vec![1], 0));
}

#[actix_web::test]
async fn what_doesn_t_end_in_time_is_given_back() {
    let url = db::fresh();
    let mut conn = db::connect(&url);
    enqueue(&mut conn, &Note::hanging(1)).unwrap();
    let sheet = Sheet::default();
    let crew = Crew::start(&url, &sheet);
    eventually("it has begun", async || sheet.begun.load(Ordering::SeqCst) == 1).await;
    crew.stop_within(Duration::from_millis(50));
    assert!(due_in(&mut conn) <= 0.0, "due at once, lease or not");
    sheet.open_gate();
    let crew = Crew::start(&url, &sheet);
    eventually("the job is done and gone", async || left(&mut conn) == 0).await;
    crew.stop();
    assert_eq!(*sheet.attempts.lock().unwrap(), [1, 1], "the try that was broken off doesn't count");
}

#[actix_web::test]
async fn who_lost_a_job_stops_working_on_it() {
    let url = db::fresh();
    let mut conn = db::connect(&url);
    enqueue(&mut conn, &Note::hanging(1)).unwrap();
    let sheet = Sheet::default();
    let crew = Crew::start(&url, &sheet);
    eventually("it has begun", async || sheet.begun.load(Ordering::SeqCst) == 1).await;
    // As if somebody else had it: one more attempt, a lease of their own.
    let steal = "UPDATE jobs SET attempts = attempts + 1, run_at = now() + interval '1 hour'";
    sql_query(steal).execute(&mut conn).unwrap();
    crew.stop_within(super::crew::LEASE * 2);
    sheet.open_gate();
    assert_eq!((sheet.done(), left(&mut conn)), (vec![], 1), "not finished, and not removed either");
    assert!(due_in(&mut conn) > 3000.0, "not given back either");
}
