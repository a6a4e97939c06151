//! The way to PostgreSQL.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use futures_util::future::join_all;
use serde_json::json;
use uuid::Uuid;

use super::{FAULTS, is_told_to_come_back, is_well_again, the_part_is_named};
use crate::support::gate::{Gate, Way};
use crate::support::{Someone, TestApp, befriend, db, eventually, someone};

/// The server's own, around each call (`src/db`).
const CALL_TIMEOUT: Duration = Duration::from_millis(2500);

/// A server whose way to its database leads through a gate.
async fn behind_a_gate() -> (TestApp, Gate) {
    let url = tokio::task::spawn_blocking(db::fresh).await.unwrap();
    let (gate, gated) = Gate::before_database(&url).await;
    let mut app = TestApp::start_on(gated, |_| ()).await;
    // The tests themselves look past the gate.
    app.database_url = url;
    (app, gate)
}

#[actix_web::test]
async fn whatever_happens_to_it_everybody_is_told_and_it_comes_back() {
    let (app, gate) = behind_a_gate().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    for fault in FAULTS {
        let what = format!("{fault:?}");
        ada.client.get("/me").await.expect(200);
        gate.set(fault);
        let read = is_told_to_come_back(&what, ada.client.get("/me")).await;
        let message = json!({"body": "Hello", "client_id": Uuid::now_v7()});
        let path = format!("/matches/{id}/messages");
        let written = is_told_to_come_back(&what, ada.client.post(&path, &message)).await;
        the_part_is_named(&app, ["unavailable", "ok"]).await;
        // More at once than there are connections: they wait together, not behind one another.
        let crowd = (0..40).map(|_| is_told_to_come_back(&what, bob.client.get("/matches")));
        let slowest = join_all(crowd).await.into_iter().max().unwrap();
        gate.set(Way::Open);
        let ready = is_well_again(&what, &app.anon(), "//readyz").await;
        let well = is_well_again(&what, &ada.client, "/me").await;
        println!(
            "{what}: read told after {read:.1?}, write after {written:.1?}, 40 at once after {slowest:.1?}; ready {ready:.1?} \
             and well {well:.1?} after it was back"
        );
        // Sent again, it is there once.
        let sent = ada.client.post_patiently(&path, &message).await;
        assert!([200, 201].contains(&sent.status), "{what}: {:#}", sent.body);
        assert_eq!(sent.body["message"]["client_id"], message["client_id"]);
    }
    let kept = bob.client.get(&format!("/matches/{id}/messages?limit=100")).await.expect(200).body;
    assert_eq!(kept["items"].as_array().map(Vec::len), Some(FAULTS.len()));
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Requests that wait for a lock inside the database.
fn waiting(app: &TestApp) -> i64 {
    let sql = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    sql_query(sql).get_result::<Count>(&mut app.connect()).unwrap().count
}

#[actix_web::test]
async fn a_connection_that_breaks_in_mid_query_is_told_at_once() {
    let (app, gate) = behind_a_gate().await;
    let ada: Someone = someone().insert(&app);
    // Sooner than by the timer: the break itself was noticed. On a busy machine not each time, and not late each time.
    for _ in 0..10 {
        let after = cut_in_mid_query(&app, &gate, &ada).await;
        let well = is_well_again("cut in mid-query", &ada.client, "/me").await;
        println!("cut in mid-query: told {after:.1?} after the cut, well {well:.1?} after it was back");
        if after < CALL_TIMEOUT / 2 {
            return;
        }
    }
    panic!("told by a timer only");
}

/// How long after the cut somebody is told whose query was under way.
async fn cut_in_mid_query(app: &TestApp, gate: &Gate, ada: &Someone) -> Duration {
    ada.client.patiently(reqwest::Method::GET, "/me", None).await.expect(200);
    let mut holder = app.connect();
    holder.batch_execute("BEGIN; LOCK TABLE profiles IN ACCESS EXCLUSIVE MODE").unwrap();
    let asking = AtomicBool::new(true);
    let ask = async {
        while asking.load(Ordering::Relaxed) {
            is_told_to_come_back("cut in mid-query", ada.client.get("/me")).await;
        }
        Instant::now()
    };
    let cut = async {
        eventually("the query waits", async || waiting(app) > 0).await;
        asking.store(false, Ordering::Relaxed);
        gate.set(Way::Cut);
        Instant::now()
    };
    let (told, cut) = tokio::join!(ask, cut);
    holder.batch_execute("ROLLBACK").unwrap();
    gate.set(Way::Open);
    told.saturating_duration_since(cut)
}

/// Somebody holds what a request needs: it is given up, its connection is freed, and others don't notice.
#[actix_web::test]
async fn a_statement_that_waits_too_long_is_given_up_and_frees_its_connection() {
    let app = TestApp::start_with(|config| config.database.pool_size = 2).await;
    let ada = someone().insert(&app);
    let mut holder = app.connect();
    holder.batch_execute("BEGIN; LOCK TABLE profiles IN ACCESS EXCLUSIVE MODE").unwrap();
    let crowd = (0..6).map(|_| is_told_to_come_back("a lock is held", ada.client.get("/me")));
    join_all(crowd).await;
    // PostgreSQL ends the statements after 3 seconds by itself.
    eventually("nobody waits for the lock any more", async || waiting(&app) == 0).await;
    is_well_again("what doesn't need it", &app.anon(), "/tags").await;
    holder.batch_execute("ROLLBACK").unwrap();
    is_well_again("a lock is held", &ada.client, "/me").await;
}

/// What the server does by itself may take long, but not wait long: else it would keep a connection meanwhile.
#[actix_web::test]
async fn a_chore_that_waits_too_long_is_given_up_and_frees_its_connection() {
    let url = tokio::task::spawn_blocking(db::fresh).await.unwrap();
    let mut holder = db::connect(&url);
    holder.batch_execute("BEGIN; LOCK TABLE profiles IN ACCESS EXCLUSIVE MODE").unwrap();
    // Begins with weighing all tags.
    let app = TestApp::start_on(url, |config| config.database.pool_size = 1).await;
    eventually("it waits for the lock", async || waiting(&app) > 0).await;
    eventually("it waits no more", async || waiting(&app) == 0).await;
    is_well_again("what doesn't need the lock", &app.anon(), "/tags").await;
    holder.batch_execute("ROLLBACK").unwrap();
}
