//! A hundred people over HTTP: the API's deck, and the list that other front ends read. One request at a time, in turns.

use std::sync::mpsc;
use std::time::{Duration, Instant};

use actix_web::rt::System;
use friender::accounts::{AccessTokens, SessionId, UserId};
use friender::app::Application;
use friender::config::Config;
use uuid::Uuid;

use crate::{Percentiles, TIMES_WARM};

const SECRET: &str = "only to measure, only to measure, only to measure";

/// Prints both for these viewers. The server is this process's own, on the given database.
pub(crate) fn compare(database_url: &str, viewers: &[UserId]) {
    let dir = tempfile::tempdir().expect("a folder");
    let mut config = Config::defaults(dir.path().to_owned());
    config.addr = "127.0.0.1:0".parse().expect("an address");
    config.storage.embedded_addr = config.addr;
    config.database.url = Some(database_url.to_owned().into());
    config.database.durable = false;
    config.accounts.jwt_secret = Some(SECRET.into());
    config.accounts.password_pepper = Some(SECRET.into());
    config.rate_limits = false;
    let (ready, started) = mpsc::channel();
    let server = std::thread::spawn(move || {
        System::new().block_on(async move {
            let app = Application::build(config).await.expect("the server starts");
            ready.send((app.addr(), app.handle())).expect("somebody waits");
            app.run().await.expect("the server serves");
        });
    });
    let (addr, handle) = started.recv_timeout(Duration::from_secs(60)).expect("a server");
    System::new().block_on(async {
        measure(&format!("http://{addr}"), viewers).await;
        handle.stop(false).await;
    });
    server.join().expect("the server ends");
}

async fn measure(base: &str, viewers: &[UserId]) {
    let (http, tokens) =
        (reqwest::Client::new(), AccessTokens::new(&SECRET.into(), Duration::from_secs(900)));
    let (mut deck, mut list) = (Vec::new(), Vec::new());
    for (round, viewer) in viewers.iter().take(TIMES_WARM).chain(viewers).enumerate() {
        let token = tokens.issue(*viewer, SessionId(Uuid::now_v7())).expect("a token");
        let paths = ["/api/v1/deck?limit=100".to_owned(), format!("/classic/users/{viewer}/unrated")];
        let mut took = [Duration::ZERO; 2];
        // Whoever comes second finds the pages read: they take turns.
        for at in [round % 2, 1 - round % 2] {
            let start = Instant::now();
            let request = http.get(format!("{base}{}", paths[at])).bearer_auth(&token);
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), 200, "{}", paths[at]);
            assert!(!answer.bytes().await.expect("a body").is_empty());
            took[at] = start.elapsed();
        }
        if round >= TIMES_WARM {
            deck.push(took[0]);
            list.push(took[1]);
        }
    }
    let (deck, list) = (Percentiles::of(deck), Percentiles::of(list));
    println!("\n{:<24} {:>16} {:>16} {:>12}", "over HTTP", "deck p50 / p99", "list p50 / p99", "ratio p99");
    println!(
        "{:<24} {:>16} {:>16} {:>12.2}",
        "anybody, 100 people",
        deck.to_string(),
        list.to_string(),
        list.p99 / deck.p99
    );
}
