//! PostgreSQL or the photo store refuses, hangs, is slow or breaks off: 200, then 503 that says when to come back, then
//! 200 again by itself. What doesn't need the broken part goes on.

mod database;
mod storage;

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::gate::Way;
use crate::support::{Answer, Client, TestApp};

/// How soon everybody is told, and how soon all is well again; what a busy machine may add is not the server's. What it
/// takes on a quiet one is printed, and stands in docs/reliability.md.
const TOLD_WITHIN: Duration = Duration::from_secs(3);
const WELL_WITHIN: Duration = Duration::from_secs(5);
const BUSY: Duration = Duration::from_secs(20);

/// Everything that can happen to a connection.
const FAULTS: [Way; 4] = [Way::Shut, Way::Held, Way::Slow(Duration::from_secs(5)), Way::Cut];

/// An answer that came in time, and how long it took.
async fn in_time(what: &str, answer: impl Future<Output = Answer>) -> (Answer, Duration) {
    let begun = Instant::now();
    let answer = answer.await;
    let took = begun.elapsed();
    assert!(took < TOLD_WITHIN + BUSY, "{what}: told after {took:?}");
    (answer, took)
}

async fn is_told_to_come_back(what: &str, answer: impl Future<Output = Answer>) -> Duration {
    let (answer, took) = in_time(what, answer).await;
    assert_eq!(answer.status, 503, "{what}: {:#}", answer.body);
    assert_eq!(answer.lacks_as_problem(), None, "{what}");
    assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0), "{what}");
    took
}

/// The process lives, `/readyz` and `/health` name the part, and what needs neither part works.
async fn the_part_is_named(app: &TestApp, [database, storage]: [&str; 2]) {
    let anon = app.anon();
    in_time("/livez", anon.get("//livez")).await.0.expect(200);
    let state = json!({"status": "unavailable", "database": database, "storage": storage});
    for path in ["//readyz", "//health"] {
        // What was seen a moment ago is told for a second.
        let named = async {
            loop {
                let answer = anon.get(path).await;
                if answer.status == 503 {
                    return answer;
                }
            }
        };
        assert_eq!(in_time(path, named).await.0.body, state, "{path}");
    }
    in_time("/zip-codes", anon.get("/zip-codes/10001")).await.0.expect(200);
}

/// Asks until it works; tells how long that took.
async fn is_well_again(what: &str, client: &Client, path: &str) -> Duration {
    let begun = Instant::now();
    loop {
        let answer = client.get(path).await;
        let took = begun.elapsed();
        match answer.status {
            200 => return took,
            503 => assert!(took < WELL_WITHIN + BUSY, "{what}: {path} is ill after {took:?}"),
            status => panic!("{what}: {path} answers {status}: {:#}", answer.body),
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
