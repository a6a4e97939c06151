//! Thousands of slow connections, slow bodies and a storm of logins: another client hardly notices, and memory stays.
//! Whoever attacks would do so from elsewhere: here they run on threads that step back behind all others.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::durability::server::{Server, command, place};
use crate::support::{Client, PASSWORD};

/// Of these, 5,000 stand at a time: the others are on their way back.
const SLOW_HEADS: usize = 5500;
const SLOW_BODIES: usize = 1000;
const LOGINS: usize = 500;
/// How long each measurement takes, at so many requests a second.
const MEASURED: Duration = Duration::from_secs(20);
const EVERY: Duration = Duration::from_millis(10);

/// The slow ones begin one after the other, not in one stroke.
const RAMP: Duration = Duration::from_secs(5);

const MOST_MEMORY: u64 = 512 << 20;

const HEAD: &str = "GET /api/v1/tags HTTP/1.1\r\nHost: x\r\nX-Slow: ";
const BODY: &str = "POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
    Content-Length: 1000\r\n\r\n{\"username\": \"";

/// Where the attackers run.
fn elsewhere() -> Runtime {
    let step_back = || {
        #[cfg(target_os = "linux")]
        rustix::process::setpriority_process(Some(rustix::thread::gettid()), 19).expect("a nice thread");
    };
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(1).enable_all().on_thread_start(step_back).build().expect("a runtime")
}

/// Bytes of memory that the process has.
fn memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().expect("kB") * 1024
}

struct Measured {
    p50: Duration,
    p99: Duration,
    failed: usize,
    memory: u64,
}

/// What another client sees meanwhile.
async fn measure(client: &Client, pid: u32) -> Measured {
    let (mut ticks, begun) = (tokio::time::interval(EVERY), Instant::now());
    let (mut asked, mut most) = (JoinSet::new(), 0);
    while begun.elapsed() < MEASURED {
        ticks.tick().await;
        let client = client.clone();
        asked.spawn(async move {
            let begun = Instant::now();
            let sent = client.request(reqwest::Method::GET, "/me").send().await;
            let is_whole = match sent {
                Ok(answer) => answer.status() == 200 && answer.bytes().await.is_ok(),
                Err(_) => false,
            };
            (is_whole, begun.elapsed())
        });
        most = most.max(memory(pid));
    }
    let answers = asked.join_all().await;
    let failed = answers.iter().filter(|(is_whole, _)| !is_whole).count();
    let mut times: Vec<Duration> = answers.into_iter().map(|(_, took)| took).collect();
    times.sort_unstable();
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    Measured { p50: at(50), p99: at(99), failed, memory: most }
}

/// Connects, sends the beginning and then a byte a second; once cut off, begins anew within a second.
async fn trickle(addr: SocketAddr, begin: &'static str, open: Arc<AtomicUsize>) {
    loop {
        let Ok(mut stream) = TcpStream::connect(addr).await else {
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        open.fetch_add(1, Ordering::Relaxed);
        let _ = stream.write_all(begin.as_bytes()).await;
        let mut buffer = [0; 512];
        loop {
            tokio::select! {
                read = stream.read(&mut buffer) => if read.unwrap_or(0) == 0 { break },
                () = tokio::time::sleep(Duration::from_secs(1)) => if stream.write_all(b"x").await.is_err() { break },
            }
        }
        open.fetch_sub(1, Ordering::Relaxed);
        // The server cuts hundreds off at once, twice a second: they don't agree on when to come back.
        tokio::time::sleep(Duration::from_millis(rand::random_range(0..1000))).await;
    }
}

async fn with_slow(
    addr: SocketAddr,
    client: &Client,
    pid: u32,
    number: usize,
    begin: &'static str,
) -> Measured {
    let (open, elsewhere) = (Arc::new(AtomicUsize::new(0)), elsewhere());
    for one in 0..number {
        let slow = trickle(addr, begin, open.clone());
        elsewhere.spawn(async move {
            tokio::time::sleep(RAMP * one as u32 / number as u32).await;
            slow.await;
        });
    }
    let wanted = number * 9 / 10;
    crate::support::eventually("they are connected", async || open.load(Ordering::Relaxed) >= wanted).await;
    let measured = measure(client, pid).await;
    println!("  {} of {number} were open at the end", open.load(Ordering::Relaxed));
    elsewhere.shutdown_background();
    measured
}

async fn with_logins(client: &Client, pid: u32, addr: SocketAddr) -> Measured {
    let elsewhere = elsewhere();
    for number in 0..LOGINS {
        elsewhere.spawn(keep_logging_in(addr, number));
    }
    let measured = measure(client, pid).await;
    elsewhere.shutdown_background();
    measured
}

async fn keep_logging_in(addr: SocketAddr, number: usize) {
    let client = Client::new(addr);
    let body = json!({"username": format!("nobody-{number}"), "password": PASSWORD});
    loop {
        let answer = client.post("/login", &body).await;
        assert!([401, 503].contains(&answer.status), "{}", answer.status);
        // Whoever is told to come back does so when told to.
        let seconds = answer.header("retry-after").parse().unwrap_or(0);
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
}

fn report(what: &str, measured: &Measured, before: &Measured) {
    println!(
        "{what}: p50 {:.1?}, p99 {:.1?} (before {:.1?}), {} of another client's requests failed, memory {} MiB (before {})",
        measured.p50,
        measured.p99,
        before.p99,
        measured.failed,
        measured.memory >> 20,
        before.memory >> 20
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes and most of the machine: make soak"]
async fn others_hardly_notice_an_overload() {
    let place = place();
    let mut command = command(place.path(), "127.0.0.1:0");
    command.env("FRIENDER_BCRYPT_COST", "12");
    let server = Server::spawn(command, place.path());
    let (addr, pid) = (server.addr, server.pid());
    let form = json!({"username": "ada", "password": PASSWORD, "location": "10001"});
    let body: Value = Client::new(addr).post("/users", &form).await.expect(201).body;
    let client = Client::new(addr).with_token(body["token"].as_str().unwrap());
    measure(&client, pid).await;
    let before = measure(&client, pid).await;
    let slow_heads = with_slow(addr, &client, pid, SLOW_HEADS, HEAD).await;
    let slow_bodies = with_slow(addr, &client, pid, SLOW_BODIES, BODY).await;
    let logins = with_logins(&client, pid, addr).await;
    let all = [
        ("5,000 slow heads", slow_heads),
        ("1,000 slow bodies", slow_bodies),
        ("500 logins at once", logins),
    ];
    all.iter().for_each(|(what, measured)| report(what, measured, &before));
    for (what, measured) in &all {
        assert_eq!(measured.failed, 0, "{what}");
        assert!(measured.memory <= before.memory + MOST_MEMORY, "{what}: too much memory");
        // What is too short to be noticed is no slowing down.
        let most = (before.p99 * 2).max(Duration::from_millis(5));
        assert!(measured.p99 <= most, "{what}: p99 {:?}, before {:?}", measured.p99, before.p99);
    }
}
