//! What fails is tried again, later and later, and kept when it is given up.

use diesel::sql_types::{Bool, Integer, Nullable, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};
use friender::jobs::{dead_letters, enqueue};

use super::crew::{Crew, Note, Sheet, due_in};
use crate::durability::server::{place, program};
use crate::support::{db, eventually};

#[derive(QueryableByName, Debug, PartialEq)]
struct State {
    #[diesel(sql_type = Integer)]
    attempts: i32,
    #[diesel(sql_type = Nullable<Text>)]
    last_error: Option<String>,
    #[diesel(sql_type = Bool)]
    dead: bool,
}

fn state(conn: &mut PgConnection) -> State {
    sql_query("SELECT attempts, last_error, dead_at IS NOT NULL AS dead FROM jobs").get_result(conn).unwrap()
}

fn said(attempts: i32, error: &str, dead: bool) -> State {
    State { attempts, last_error: Some(error.to_owned()), dead }
}

fn hurry(conn: &mut PgConnection) {
    sql_query("UPDATE jobs SET run_at = now()").execute(conn).unwrap();
}

#[actix_web::test]
async fn a_failure_is_tried_again_later_and_given_up_at_last() {
    let url = db::fresh();
    let mut conn = db::connect(&url);
    enqueue(&mut conn, &Note::failing()).unwrap();
    let crew = Crew::start(&url, &Sheet::default());
    for (attempt, waits) in [(1, 1.0..=5.0), (2, 5.1..=10.0)] {
        eventually("it failed", async || state(&mut conn) == said(attempt, "not today", false)).await;
        let due = due_in(&mut conn);
        assert!(waits.contains(&due), "attempt {attempt}: due in {due} s");
        hurry(&mut conn);
    }
    eventually("it is given up", async || state(&mut conn) == said(3, "not today", true)).await;
    assert_eq!(dead_letters(&mut conn), Ok(vec![("test_note".to_owned(), 1)]));
    crew.stop();
    let place = place();
    let doctor = program(place.path()).env("DATABASE_URL", &url).arg("doctor").output().expect("the program");
    let said = String::from_utf8_lossy(&doctor.stdout);
    assert!(said.contains("given up: 1 test_note") && !doctor.status.success(), "{said}");
}

#[actix_web::test]
async fn what_can_never_work_is_given_up_at_once() {
    let url = db::fresh();
    let mut conn = db::connect(&url);
    enqueue(&mut conn, &Note::hopeless()).unwrap();
    let crew = Crew::start(&url, &Sheet::default());
    eventually("it is given up", async || state(&mut conn) == said(1, "not ever", true)).await;
    // What nobody can read won't get better either.
    sql_query("UPDATE jobs SET dead_at = NULL, attempts = 0, payload = '{}', run_at = now()")
        .execute(&mut conn)
        .unwrap();
    eventually("it is given up", async || {
        let state = state(&mut conn);
        state.dead && state.last_error.is_some_and(|error| error.contains("missing field"))
    })
    .await;
    crew.stop();
}

#[actix_web::test]
async fn a_panic_ends_the_try_and_not_the_worker() {
    let url = db::fresh();
    let mut conn = db::connect(&url);
    enqueue(&mut conn, &Note::panicking()).unwrap();
    let sheet = Sheet::default();
    let crew = Crew::start(&url, &sheet);
    eventually("it failed", async || state(&mut conn) == said(1, "the handler panicked", false)).await;
    enqueue(&mut conn, &Note::of(5)).unwrap();
    eventually("the next one is done", async || sheet.done() == [5]).await;
    crew.stop();
}
