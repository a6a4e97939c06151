//! Failed logins: a few, then slower, and nobody is kept out for good.

use friender::config::{Config, Network, Rate};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::limited;
use crate::support::{Answer, Client, PASSWORD, TestApp, someone};

fn behind_a_proxy(config: &mut Config) {
    config.proxies.trusted = vec![Network::parse("127.0.0.1").expect("an address")];
}

async fn log_in(app: &TestApp, address: &str, name: &str, password: &str) -> Answer {
    let request = app.anon().request(Method::POST, "/login").header("x-forwarded-for", address);
    Client::send(request.json(&json!({"username": name, "password": password}))).await
}

/// Without what differs from request to request.
fn told(answer: &Answer) -> Value {
    let mut body = answer.body.clone();
    for field in ["request_id", "detail", "error"] {
        body.as_object_mut().unwrap().remove(field);
    }
    body
}

#[actix_web::test]
async fn after_ten_failures_it_gets_slower_for_known_and_unknown_names_alike() {
    let app = limited(behind_a_proxy).await;
    let known = someone().insert(&app).username;
    let mut refusals = Vec::new();
    for name in [known.as_str(), "nobody-at-all", "no@example.org"] {
        for number in 0..10 {
            // Each from elsewhere: it is the name that counts.
            log_in(&app, &format!("198.51.{number}.7"), name, "wrong password").await.expect(401);
        }
        let refused = log_in(&app, "198.51.99.7", &format!(" {} ", name.to_uppercase()), PASSWORD).await;
        assert_eq!((refused.status, refused.code()), (429, "rate_limited"));
        let seconds: u64 = refused.header("retry-after").parse().unwrap();
        assert!((1..=90).contains(&seconds), "{seconds}");
        refusals.push(told(&refused));
    }
    assert!(refusals.windows(2).all(|pair| pair[0] == pair[1]), "{refusals:#?}");
}

#[actix_web::test]
async fn one_address_fails_ten_times_whatever_the_names() {
    let app = limited(behind_a_proxy).await;
    let known = someone().insert(&app).username;
    let answers = join_all((0..64).map(|number| {
        let name = format!("nobody-{number}");
        let app = &app;
        async move { log_in(app, "198.51.100.7", &name, "wrong password").await }
    }))
    .await;
    let failed = answers.iter().filter(|answer| answer.status == 401).count();
    let refused = answers.iter().filter(|answer| answer.status == 429).count();
    assert_eq!((failed, refused), (10, 54));
    log_in(&app, "198.51.100.7", &known, PASSWORD).await.expect(429);
    // Others don't notice.
    log_in(&app, "198.51.100.8", &known, PASSWORD).await.expect(200);
}

#[actix_web::test]
async fn right_passwords_are_not_counted() {
    let app = limited(|_| ()).await;
    let ada = someone().insert(&app).username;
    for _ in 0..15 {
        let login = json!({"username": ada, "password": PASSWORD});
        app.anon().post("/login", &login).await.expect(200);
    }
}

#[actix_web::test]
async fn strangers_who_try_a_name_keep_its_owner_out_of_nothing() {
    let app = limited(behind_a_proxy).await;
    let ada = someone().insert(&app).username;
    log_in(&app, "203.0.113.5", &ada, PASSWORD).await.expect(200);
    for number in 0..12 {
        log_in(&app, &format!("198.51.100.{number}"), &ada, "wrong password").await;
    }
    log_in(&app, "198.51.100.99", &ada, PASSWORD).await.expect(429);
    // At home, where they were let in before, they aren't slowed down, not even by ten slips of their own less one.
    for _ in 0..9 {
        log_in(&app, "203.0.113.5", &ada, "wrong password").await.expect(401);
    }
    log_in(&app, "203.0.113.5", &ada, PASSWORD).await.expect(200);
}

#[actix_web::test]
async fn a_failure_is_forgotten_in_time() {
    let app = limited(|config| config.limits.failed_logins = Rate::new(2, 60)).await;
    let ada = someone().insert(&app).username;
    let wrong = json!({"username": ada, "password": "wrong password"});
    for status in [401, 401, 429] {
        app.anon().post("/login", &wrong).await.expect(status);
    }
    crate::support::eventually("let in again", async || {
        let right = json!({"username": ada, "password": PASSWORD});
        app.anon().post("/login", &right).await.status == 200
    })
    .await;
}
