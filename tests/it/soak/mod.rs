//! What takes minutes, or the whole machine: `make soak` runs these, one at a time; nothing else does. Their figures
//! stand in docs/reliability.md.

mod overload;
mod restarts;

use std::time::Duration;

use crate::durability::{self, Kills};

/// How often each kind of process is killed: after a second at 200 writes a second.
fn kills() -> Kills {
    let times = std::env::var("FRIENDER_SOAK_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(100);
    Kills { times, writes: 200 }
}

fn assert_ready(longest: Duration) {
    assert!(longest < durability::READY_AGAIN, "ready after {longest:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make soak"]
async fn many_kills_of_the_server() {
    assert_ready(durability::kill_the_server(kills()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make soak"]
async fn many_kills_of_the_postmaster() {
    assert_ready(durability::kill_the_postmaster(kills()).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make soak"]
async fn many_kills_of_a_backend() {
    assert_ready(durability::kill_a_backend(kills()).await);
}
