//! What takes minutes, or the whole machine: `make soak` runs these, one at a time; nothing else does. Their figures
//! stand in docs/reliability.md.

mod overload;
mod restarts;

use crate::durability;

/// How often each kind of process is killed.
fn kills() -> usize {
    std::env::var("FRIENDER_SOAK_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make soak"]
async fn many_kills_of_the_server() {
    durability::kill_the_server(kills()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make soak"]
async fn many_kills_of_the_postmaster() {
    durability::kill_the_postmaster(kills()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make soak"]
async fn many_kills_of_a_backend() {
    durability::kill_a_backend(kills()).await;
}
