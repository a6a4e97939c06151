//! Giving the password again, and changing it.

use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use friender::db::schema::{security_events, sessions};
use futures_util::future::join_all;
use serde_json::json;

use super::{claims, log_in, refresh, sign_up, text};
use crate::support::{Client, PASSWORD, TestApp};

const NEXT: &str = "another horse, another battery";

/// Moves the moment in which all passwords were given.
fn minutes_after_the_password(app: &TestApp, minutes: i64) {
    let then = Utc::now() - TimeDelta::minutes(minutes);
    diesel::update(sessions::table).set(sessions::fresh_at.eq(then)).execute(&mut app.connect()).unwrap();
}

async fn change(client: &Client, password: &str) -> crate::support::Answer {
    client.put("/me/password", &json!({"new_password": password})).await
}

#[actix_web::test]
async fn another_password_ends_all_other_sessions() {
    let here = TestApp::start().await;
    let there = TestApp::start_on(here.database_url.clone(), |_| ()).await;
    let first = sign_up(&here, "ada").await;
    let second = log_in(&there.anon(), "ada", PASSWORD).await.expect(200).body;
    let ada = here.anon().with_token(text(&first, "token"));
    change(&ada, NEXT).await.expect(204);
    ada.get("/me").await.expect(200);
    refresh(&here.anon(), text(&first, "refresh_token")).await.expect(200);
    let other = there.anon().with_token(text(&second, "token"));
    crate::support::eventually("the other ends", async || other.get("/me").await.status == 401).await;
    refresh(&here.anon(), text(&second, "refresh_token")).await.expect(401);
    log_in(&here.anon(), "ada", PASSWORD).await.expect(401);
    log_in(&here.anon(), "ada", NEXT).await.expect(200);
    let changes: i64 = security_events::table
        .filter(security_events::event.eq("password_change"))
        .count()
        .get_result(&mut here.connect())
        .unwrap();
    assert_eq!(changes, 1);
}

#[actix_web::test]
async fn what_is_sensitive_needs_a_password_of_the_last_ten_minutes() {
    let app = TestApp::start().await;
    let body = sign_up(&app, "ada").await;
    let ada = app.anon().with_token(text(&body, "token"));
    minutes_after_the_password(&app, 9);
    change(&ada, NEXT).await.expect(204);
    minutes_after_the_password(&app, 11);
    let refused = change(&ada, PASSWORD).await.expect(401);
    assert_eq!((refused.code(), refused.lacks_as_problem()), ("fresh_login_required", None));
    assert!(text(&refused.body, "detail").contains("POST /token/fresh"));
    // A refresh is no password.
    refresh(&app.anon(), text(&body, "refresh_token")).await.expect(200);
    change(&ada, PASSWORD).await.expect(401);

    let wrong = ada.post("/token/fresh", &json!({"password": PASSWORD})).await.expect(422);
    assert_eq!(wrong.body["errors"][0]["pointer"], "/password");
    change(&ada, PASSWORD).await.expect(401);
    let fresh = ada.post("/token/fresh", &json!({"password": NEXT})).await.expect(200).body;
    assert_eq!((&fresh["fresh_for"], &fresh["access_token"]), (&json!(600), &fresh["token"]));
    let [old, new] = [&body, &fresh].map(|body| claims(text(body, "token")));
    assert_eq!((&old["sub"], &old["sid"]), (&new["sub"], &new["sid"]));
    change(&app.anon().with_token(text(&fresh, "token")), PASSWORD).await.expect(204);
    log_in(&app.anon(), "ada", PASSWORD).await.expect(200);
}

#[actix_web::test]
async fn one_sessions_password_counts_for_no_other() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let second = log_in(&app.anon(), "ada", PASSWORD).await.expect(200).body;
    minutes_after_the_password(&app, 11);
    let [first, second] = [&first, &second].map(|body| app.anon().with_token(text(body, "token")));
    first.post("/token/fresh", &json!({"password": PASSWORD})).await.expect(200);
    change(&second, NEXT).await.expect(401);
    change(&first, NEXT).await.expect(204);
}

#[actix_web::test]
async fn a_new_password_keeps_the_rules() {
    let app = TestApp::start().await;
    let ada = app.anon().with_token(text(&sign_up(&app, "ada").await, "token"));
    for bad in ["", "1234567", "Password123", "tab\tinside it", &"é".repeat(129)] {
        let refused = change(&ada, bad).await.expect(422);
        assert_eq!(refused.body["errors"][0]["pointer"], "/new_password");
    }
    log_in(&app.anon(), "ada", PASSWORD).await.expect(200);
}

/// Whoever logs in while the password changes comes before, and goes with the others, or after, and is refused.
#[actix_web::test]
async fn a_login_that_races_a_new_password_leaves_no_session_of_the_old_one() {
    let app = TestApp::start().await;
    let body = sign_up(&app, "ada").await;
    let ada = app.anon().with_token(text(&body, "token"));
    let client = app.anon();
    let mut password = PASSWORD.to_owned();
    for round in 0..10 {
        let next = format!("{NEXT} {round}");
        let logins = join_all((0..8).map(|_| log_in(&client, "ada", &password)));
        let (changed, logins) = futures_util::future::join(change(&ada, &next), logins).await;
        changed.expect(204);
        for login in logins {
            assert!([200, 401].contains(&login.status), "{} {:#}", login.status, login.body);
            if login.status == 200 {
                refresh(&client, text(&login.body, "refresh_token")).await.expect(401);
                let stale = client.with_token(text(&login.body, "token"));
                crate::support::eventually("it ends", async || stale.get("/me").await.status == 401).await;
            }
        }
        password = next;
    }
    assert_eq!(ada.get("/sessions").await.expect(200).body["items"].as_array().unwrap().len(), 1);
}
