//! Killed in the midst of writes: whatever was acknowledged is there afterwards.

mod photos;
pub mod server;
mod stopping;
pub mod writers;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::support::Client;
use server::{Server, is_alive, place, signal, wait_for};
use writers::Writers;

/// How often something is killed, and how many writes are acknowledged before each time.
#[derive(Clone, Copy)]
pub struct Kills {
    pub times: usize,
    pub writes: usize,
}

const FEW: Kills = Kills { times: 5, writes: 60 };

/// How soon everything must work again: `make soak` holds the server to the first, on a quiet machine.
pub const READY_AGAIN: Duration = Duration::from_secs(10);
const BUSY: Duration = Duration::from_secs(60);

async fn until_ready(client: &Client) {
    let ready = async {
        loop {
            let answer = client.request(reqwest::Method::GET, "//readyz").send().await;
            if answer.is_ok_and(|answer| answer.status() == 200) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(BUSY, ready).await.expect("ready again");
}

/// Nobody was told that something is broken: at worst to come back, or nothing at all.
fn assert_honest(statuses: &BTreeMap<u16, usize>, may_be_silent: bool) {
    for status in statuses.keys() {
        let is_fine = [200, 201, 503].contains(status) || (may_be_silent && *status == 0);
        assert!(is_fine, "{statuses:?}");
    }
}

/// How the kills went, for people.
fn report(what: &str, kills: usize, longest: Duration, statuses: &BTreeMap<u16, usize>, rate: f64) {
    println!(
        "{kills} kills of {what}: ready again within {longest:.1?}; {rate:.0} writes a second; answers {statuses:?}; none lost"
    );
}

/// Kills the server's process again and again. Tells after how long it was ready again at the latest.
pub async fn kill_the_server(kills: Kills) -> Duration {
    let place = place();
    let mut server = Server::start(place.path(), "127.0.0.1:0");
    let addr = server.addr;
    let client = Client::new(addr);
    let writers = Writers::start(addr).await;
    let mut longest = Duration::ZERO;
    for _ in 0..kills.times {
        writers.write_more(kills.writes).await;
        server.kill();
        let begun = Instant::now();
        server = Server::start(place.path(), &addr.to_string());
        until_ready(&client).await;
        longest = longest.max(begun.elapsed());
    }
    writers.write_more(kills.writes).await;
    let rate = writers.rate();
    let statuses = writers.check().await;
    assert_honest(&statuses, true);
    report("the server", kills.times, longest, &statuses, rate);
    drop(server);
    longest
}

/// Kills the private PostgreSQL's first process again and again; the server goes on. Tells after how long it was ready
/// again at the latest.
pub async fn kill_the_postmaster(kills: Kills) -> Duration {
    let place = place();
    let server = Server::start(place.path(), "127.0.0.1:0");
    let client = Client::new(server.addr);
    let writers = Writers::start(server.addr).await;
    let watch = tokio::spawn(stays_alive(client.clone()));
    let mut longest = Duration::ZERO;
    for _ in 0..kills.times {
        writers.write_more(kills.writes).await;
        let old = server.postmaster().expect("a running PostgreSQL");
        let begun = Instant::now();
        signal(old, "KILL");
        wait_for("the old one is gone", || (!is_alive(old)).then_some(()));
        writers.write_more(1).await;
        // Backends may outlive their postmaster for a moment, and answer.
        wait_for("another PostgreSQL runs", || server.postmaster().filter(|new| *new != old));
        until_ready(&client).await;
        longest = longest.max(begun.elapsed());
    }
    writers.write_more(kills.writes).await;
    assert!(!watch.is_finished(), "/livez failed");
    watch.abort();
    let rate = writers.rate();
    let statuses = writers.check().await;
    assert_honest(&statuses, false);
    assert!(statuses.contains_key(&503), "the database was away and nobody noticed: {statuses:?}");
    report("the postmaster", kills.times, longest, &statuses, rate);
    longest
}

/// Kills one connection's process again and again: PostgreSQL then ends all others, too, and recovers. Tells after how long
/// it was ready again at the latest.
pub async fn kill_a_backend(kills: Kills) -> Duration {
    let place = place();
    let server = Server::start(place.path(), "127.0.0.1:0");
    let client = Client::new(server.addr);
    let writers = Writers::start(server.addr).await;
    let watch = tokio::spawn(stays_alive(client.clone()));
    let mut longest = Duration::ZERO;
    for _ in 0..kills.times {
        writers.write_more(kills.writes).await;
        let backend = wait_for("somebody is connected", || server.backends().into_iter().next());
        let begun = Instant::now();
        signal(backend, "KILL");
        wait_for("it is gone", || (!server.backends().contains(&backend)).then_some(()));
        writers.write_more(1).await;
        until_ready(&client).await;
        longest = longest.max(begun.elapsed());
    }
    writers.write_more(kills.writes).await;
    assert!(!watch.is_finished(), "/livez failed");
    watch.abort();
    let rate = writers.rate();
    let statuses = writers.check().await;
    assert_honest(&statuses, false);
    assert!(statuses.contains_key(&503), "a backend was killed and nobody noticed: {statuses:?}");
    report("a backend", kills.times, longest, &statuses, rate);
    longest
}

async fn stays_alive(client: Client) {
    loop {
        client.get("//livez").await.expect(200);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_nothing_that_was_acknowledged() {
    kill_the_server(FEW).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_postmaster_comes_back_by_itself_and_nothing_is_lost() {
    kill_the_postmaster(FEW).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_backend_takes_nothing_with_it() {
    kill_a_backend(FEW).await;
}
