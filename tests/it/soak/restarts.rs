//! SIGTERM again and again at 200 requests a second, two servers on one database behind a balancer: no request that was
//! sent stays without its answer.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use friender::db::embedded::{Cluster, ClusterConfig};
use futures_util::future::join_all;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::durability::server::{Server, command, place};
use crate::support::{Client, PASSWORD};

/// How often one of them ends.
fn sigterms() -> usize {
    std::env::var("FRIENDER_SOAK_RESTARTS").ok().and_then(|text| text.parse().ok()).unwrap_or(50)
}

const EVERY: Duration = Duration::from_millis(5);

/// So many send them, so that they don't wait for one another in the database.
const PEOPLE: usize = 40;

/// The servers that say they are ready, asked twenty times a second as balancers do.
type Ready = Arc<Mutex<Vec<SocketAddr>>>;

async fn ask_who_is_ready(all: [SocketAddr; 2], ready: Ready) {
    let clients = all.map(Client::new);
    let mut ticks = tokio::time::interval(Duration::from_millis(50));
    loop {
        ticks.tick().await;
        // Both at once: one that is slow to say so must not hide that the other stops.
        let answers = join_all(clients.iter().map(is_ready)).await;
        let found: Vec<_> =
            all.into_iter().zip(answers).filter_map(|(addr, is)| is.then_some(addr)).collect();
        // When nobody answers in time, the machine is slow: balancers then go on as they did.
        if !found.is_empty() {
            *ready.lock().unwrap() = found;
        }
    }
}

async fn is_ready(client: &Client) -> bool {
    let asked = client.request(reqwest::Method::GET, "//readyz").timeout(Duration::from_secs(1)).send();
    asked.await.is_ok_and(|answer| answer.status() == 200)
}

fn start(folder: &std::path::Path, addr: &str, url: &str) -> Server {
    std::fs::create_dir_all(folder).unwrap();
    let mut command = command(folder, addr);
    let secret = |name: &str| format!("{name}, only for tests, only for tests, only for tests");
    command.env("DATABASE_URL", url).env("FRIENDER_STOP_DELAY", "3");
    command.env("FRIENDER_JWT_SECRET", secret("signs")).env("FRIENDER_PASSWORD_PEPPER", secret("seasons"));
    Server::spawn(command, folder)
}

async fn sign_up(addr: SocketAddr, number: usize) -> String {
    let form = json!({"username": format!("member-{number}"), "password": PASSWORD, "location": "10001"});
    let body: Value = Client::new(addr).post_patiently("/users", &form).await.expect(201).body;
    body["token"].as_str().unwrap().to_owned()
}

/// The status, with its code where there is one; `none` without a whole answer.
async fn send(client: Client, number: usize) -> String {
    let request = match number % 2 {
        0 => client.request(reqwest::Method::GET, "/me"),
        _ => client.request(reqwest::Method::PATCH, "/me").json(&json!({"bio": format!("Number {number}")})),
    };
    match request.timeout(Duration::from_secs(30)).send().await {
        Ok(answer) if answer.status() == 200 => answer.bytes().await.map_or("none", |_| "200").to_owned(),
        Ok(answer) => {
            let answer = Client::read(answer).await;
            format!("{} {}", answer.status, answer.code())
        }
        Err(_) => "none".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes: make soak"]
async fn fifty_sigterms_drop_no_request() {
    let place = place();
    let pg_bin = std::env::var_os("FRIENDER_PG_BIN").map(Into::into);
    let cluster = ClusterConfig { dir: place.path().join("postgres"), pg_bin, durable: true };
    let cluster = tokio::task::spawn_blocking(move || Cluster::start(cluster).unwrap()).await.unwrap();
    let url = cluster.url("friender");
    let folders = ["one", "two"].map(|name| place.path().join(name));
    let mut servers = folders.clone().map(|folder| Some(start(&folder, "127.0.0.1:0", &url)));
    let addrs = servers.each_ref().map(|server| server.as_ref().unwrap().addr);
    let tokens = join_all((0..PEOPLE).map(|number| sign_up(addrs[0], number))).await;
    let ready = Ready::new(Mutex::new(addrs.to_vec()));
    let asking = tokio::spawn(ask_who_is_ready(addrs, ready.clone()));
    let clients_of = |addr: SocketAddr| {
        let client = Client::new(addr);
        (addr, tokens.iter().map(|token| client.with_token(token)).collect())
    };
    let clients: BTreeMap<SocketAddr, Vec<Client>> = addrs.into_iter().map(clients_of).collect();
    let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let load = tokio::spawn(keep_sending(clients, ready.clone(), stop.clone()));
    let (begun, mut longest) = (Instant::now(), Duration::ZERO);
    for round in 0..sigterms() {
        let which = round % 2;
        let both = async || ready.lock().unwrap().len() == 2;
        crate::support::eventually("both are ready", both).await;
        let (old, asked) = (servers[which].take().unwrap(), Instant::now());
        let status = tokio::task::spawn_blocking(move || old.end("TERM")).await.unwrap();
        longest = longest.max(asked.elapsed());
        assert_eq!(status.code(), Some(0), "{status}");
        let (folder, addr, url) = (folders[which].clone(), addrs[which].to_string(), url.clone());
        let new = tokio::task::spawn_blocking(move || start(&folder, &addr, &url)).await.unwrap();
        servers[which] = Some(new);
    }
    let took = begun.elapsed();
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    let statuses = load.await.unwrap();
    asking.abort();
    let sent: usize = statuses.values().sum();
    let rate = sent as f64 / took.as_secs_f64();
    println!(
        "{} SIGTERMs: {sent} requests at {rate:.0} a second, answers {statuses:?}; ended within {longest:.1?}",
        sigterms()
    );
    assert_eq!(statuses.keys().collect::<Vec<_>>(), ["200"], "a request was dropped");
    drop(servers);
    tokio::task::spawn_blocking(move || cluster.stop()).await.unwrap();
}

/// One request every 5 ms to whoever is ready, in turn; how often which answer came.
async fn keep_sending(
    clients: BTreeMap<SocketAddr, Vec<Client>>,
    ready: Ready,
    stop: Arc<std::sync::atomic::AtomicBool>,
) -> BTreeMap<String, usize> {
    let (mut ticks, mut under_way, mut number) = (tokio::time::interval(EVERY), JoinSet::new(), 0);
    let mut statuses = BTreeMap::new();
    while !stop.load(std::sync::atomic::Ordering::Relaxed) {
        ticks.tick().await;
        let open = ready.lock().unwrap().clone();
        assert!(!open.is_empty(), "nobody is ready");
        let client = clients[&open[number % open.len()]][number / 2 % PEOPLE].clone();
        under_way.spawn(send(client, number));
        number += 1;
        while let Some(done) = under_way.try_join_next() {
            *statuses.entry(done.unwrap()).or_default() += 1;
        }
    }
    while let Some(done) = under_way.join_next().await {
        *statuses.entry(done.unwrap()).or_default() += 1;
    }
    statuses
}
