//! Many rounds of what must never go wrong once, and what only many measurements show: `make test ARGS="soak -- --ignored
//! --nocapture"`.

use std::collections::HashSet;
use std::time::Instant;

use chrono::{TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use friender::db::schema::sessions;
use futures_util::future::join_all;
use rand::seq::SliceRandom;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{claims, log_in, refresh, text};
use crate::support::{Answer, PASSWORD, TestApp, eventually, letters, someone};

/// One session, refreshed by fifty at once, then replayed by a thief.
async fn round(app: &TestApp, name: &str) {
    let client = app.anon();
    let first = log_in(&client, name, PASSWORD).await.expect(200).body;
    let token = text(&first, "refresh_token");
    let answers = join_all((0..50).map(|_| refresh(&client, token))).await;
    let answers: Vec<Value> = answers.into_iter().map(|answer| answer.expect(200).body).collect();
    let successors: HashSet<&str> = answers.iter().map(|body| text(body, "refresh_token")).collect();
    assert_eq!(successors.len(), 1);
    let second = refresh(&client, successors.iter().next().unwrap()).await.expect(200).body;
    client.with_token(text(&second, "token")).get("/sessions").await.expect(200);

    let session: Uuid = claims(text(&first, "token"))["sid"].as_str().unwrap().parse().unwrap();
    let then = Utc::now() - TimeDelta::seconds(21);
    let moved = diesel::update(sessions::table.filter(sessions::id.eq(session)));
    moved.set(sessions::rotated_at.eq(then)).execute(&mut app.connect()).unwrap();
    // The last but one: within 20 s it would have got its successor.
    refresh(&client, successors.iter().next().unwrap()).await.expect(401);
    refresh(&client, text(&second, "refresh_token")).await.expect(401);
}

async fn rounds(count: usize) {
    let app = TestApp::start().await;
    let ada = someone().insert(&app);
    let begun = Instant::now();
    for _ in 0..count {
        round(&app, &ada.username).await;
    }
    println!("{count} × 50 refreshes at once: one successor each, no false logout, {:?}", begun.elapsed());
}

#[actix_web::test]
async fn parallel_refreshes_have_one_successor_and_a_replay_ends_the_session() {
    rounds(5).await;
}

#[actix_web::test]
#[ignore = "takes minutes"]
async fn soak_a_thousand_times_fifty_parallel_refreshes() {
    rounds(1000).await;
}

/// The chance that a known name's answer took longer than an unknown one's: 0.5 tells nothing.
fn area_under_curve(known: &[f64], unknown: &[f64]) -> f64 {
    let beats = |a: &f64| {
        unknown
            .iter()
            .map(|b| {
                if a > b {
                    1.0
                } else if a == b {
                    0.5
                } else {
                    0.0
                }
            })
            .sum::<f64>()
    };
    known.iter().map(beats).sum::<f64>() / (known.len() * unknown.len()) as f64
}

#[test]
fn the_classifier_tells_apart_what_differs() {
    assert!((area_under_curve(&[2.0, 3.0], &[0.0, 1.0]) - 1.0).abs() < 1e-9);
    assert!((area_under_curve(&[1.0, 2.0], &[1.0, 2.0]) - 0.5).abs() < 1e-9);
}

/// Asks for known and unknown names in any order: the same bytes, and no difference in time that tells them apart.
async fn tells_nothing(
    what: &str,
    known: impl Iterator<Item = String>,
    unknown: impl Iterator<Item = String>,
    ask: impl AsyncFn(&str) -> Answer,
) {
    let mut names: Vec<(String, bool)> =
        known.map(|name| (name, true)).chain(unknown.map(|name| (name, false))).collect();
    names.shuffle(&mut rand::rng());
    let (mut times, mut answers) = ([Vec::new(), Vec::new()], HashSet::new());
    for n in 0..20 {
        ask(&format!("warm-up-{n}@example.com")).await;
    }
    for (name, is_known) in &names {
        let begun = Instant::now();
        let mut answer = ask(name).await;
        times[usize::from(*is_known)].push(begun.elapsed().as_secs_f64());
        answer.body["request_id"] = Value::Null;
        answers.insert((answer.status, answer.body.to_string()));
    }
    assert_eq!(answers.len(), 1, "{answers:?}");
    let area = area_under_curve(&times[1], &times[0]);
    println!("{} × {what}, known against unknown: AUC {area:.3}", names.len());
    assert!((area - 0.5).abs() <= 0.05, "the time tells who exists: AUC {area:.3}");
}

const EACH: usize = 500;

#[actix_web::test]
#[ignore = "measures: needs a machine that does nothing else"]
async fn soak_a_thousand_logins_dont_tell_known_names_from_unknown_ones() {
    let app = TestApp::start().await;
    let known: Vec<String> = (0..EACH).map(|_| someone().insert(&app).username).collect();
    let (client, unknown) = (app.anon(), (0..EACH).map(|n| format!("nobody-{n}")));
    let ask = async |name: &str| log_in(&client, name, "not the password").await.expect(401);
    tells_nothing("login", known.into_iter(), unknown, ask).await;
}

#[actix_web::test]
#[ignore = "measures: needs a machine that does nothing else"]
async fn soak_a_thousand_forgotten_passwords_dont_tell_known_addresses_from_unknown_ones() {
    let app = TestApp::start().await;
    let known: Vec<String> = (0..EACH).map(|_| someone().insert(&app).username).collect();
    let proven = "UPDATE users SET email = lower(username) || '@example.org'; \
        INSERT INTO emails (address, user_id) SELECT email, id FROM users";
    app.connect().batch_execute(proven).unwrap();
    let known = known.into_iter().map(|name| format!("{}@example.org", name.to_lowercase()));
    let (client, unknown) = (app.anon(), (0..EACH).map(|n| format!("nobody-{n}@example.org")));
    let ask =
        async |name: &str| client.post("/password/forgot", &json!({"username": name})).await.expect(202);
    tells_nothing("forgotten password", known, unknown, ask).await;
    eventually("the known ones are mailed", async || letters(&app).len() == EACH).await;
}
