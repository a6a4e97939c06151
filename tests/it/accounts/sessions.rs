//! Refresh tokens that rotate, and logging out.

use std::collections::HashSet;

use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use friender::db::schema::{sessions, users};
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{claims, log_in, refresh, sign_up, text};
use crate::support::{Client, PASSWORD, TestApp};

/// Moves all sessions' last rotation back, beyond the time in which a repeat is a lost answer's.
fn long_after_the_rotation(app: &TestApp) {
    let then = Utc::now() - TimeDelta::seconds(25);
    let moved =
        diesel::update(sessions::table).set(sessions::rotated_at.eq(then)).execute(&mut app.connect());
    assert!(moved.unwrap() > 0);
}

#[actix_web::test]
async fn each_refresh_gives_the_next_token_of_the_same_session() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let mut seen = HashSet::from([text(&first, "refresh_token").to_owned()]);
    let mut token = first.clone();
    for _ in 0..5 {
        token = refresh(&app.anon(), text(&token, "refresh_token")).await.expect(200).body;
        assert!(seen.insert(text(&token, "refresh_token").to_owned()), "a token came twice");
        assert_eq!((&token["token_type"], &token["access_token"]), (&json!("Bearer"), &token["token"]));
        let [old, new] = [&first, &token].map(|body| claims(text(body, "token")));
        assert_eq!((&old["sub"], &old["sid"]), (&new["sub"], &new["sid"]));
        app.anon().with_token(text(&token, "token")).get("/me").await.expect(200);
    }
    let count: i64 = sessions::table.count().get_result(&mut app.connect()).unwrap();
    assert_eq!(count, 1);
}

/// The answer was lost on its way: asking again must not log anybody out.
#[actix_web::test]
async fn a_repeat_at_once_gives_the_same_successor() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let once = refresh(&app.anon(), text(&first, "refresh_token")).await.expect(200).body;
    let again = refresh(&app.anon(), text(&first, "refresh_token")).await.expect(200).body;
    assert_eq!(once["refresh_token"], again["refresh_token"]);
    refresh(&app.anon(), text(&again, "refresh_token")).await.expect(200);
}

#[actix_web::test]
async fn fifty_refreshes_at_once_give_one_successor() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let client = app.anon();
    let answers = join_all((0..50).map(|_| refresh(&client, text(&first, "refresh_token")))).await;
    let successors: HashSet<String> = answers
        .into_iter()
        .map(|answer| text(&answer.expect(200).body, "refresh_token").to_owned())
        .collect();
    assert_eq!(successors.len(), 1);
    refresh(&client, successors.iter().next().unwrap()).await.expect(200);
}

/// Somebody has a copy: the session ends for both.
#[actix_web::test]
async fn a_late_replay_ends_the_session() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let other = log_in(&app.anon(), "ada", PASSWORD).await.expect(200).body;
    let second = refresh(&app.anon(), text(&first, "refresh_token")).await.expect(200).body;
    long_after_the_rotation(&app);
    assert_eq!(refresh(&app.anon(), text(&first, "refresh_token")).await.expect(401).code(), "session_ended");
    refresh(&app.anon(), text(&second, "refresh_token")).await.expect(401);
    // Another session of the same person is not concerned.
    refresh(&app.anon(), text(&other, "refresh_token")).await.expect(200);
}

#[actix_web::test]
async fn a_token_older_than_the_last_ends_the_session_at_once() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let second = refresh(&app.anon(), text(&first, "refresh_token")).await.expect(200).body;
    let third = refresh(&app.anon(), text(&second, "refresh_token")).await.expect(200).body;
    refresh(&app.anon(), text(&first, "refresh_token")).await.expect(401);
    refresh(&app.anon(), text(&third, "refresh_token")).await.expect(401);
}

#[actix_web::test]
async fn a_session_ends_by_itself() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    diesel::update(sessions::table)
        .set(sessions::expires_at.eq(Utc::now()))
        .execute(&mut app.connect())
        .unwrap();
    refresh(&app.anon(), text(&first, "refresh_token")).await.expect(401);
}

/// Each use gives it 60 days more, and all of them no more than a year.
#[actix_web::test]
async fn a_session_that_is_used_lasts_a_year_at_most() {
    let app = TestApp::start().await;
    let mut last = sign_up(&app, "ada").await;
    let mut conn = app.connect();
    for (age, left) in [(0, 60), (59, 60), (300, 60), (310, 55), (364, 1)] {
        let begun = Utc::now() - TimeDelta::days(age);
        diesel::update(sessions::table).set(sessions::created_at.eq(begun)).execute(&mut conn).unwrap();
        last = refresh(&app.anon(), text(&last, "refresh_token")).await.expect(200).body;
        let ends: chrono::DateTime<Utc> =
            sessions::table.select(sessions::expires_at).first(&mut conn).unwrap();
        let expected = Utc::now() + TimeDelta::days(left);
        assert!((expected - ends).abs() < TimeDelta::minutes(10), "after {age} days: {ends}");
    }
}

#[actix_web::test]
async fn a_guessed_secret_doesnt_refresh() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let token = text(&first, "refresh_token");
    let (handle, secret) = token.split_once('.').unwrap();
    let turned: String = secret.chars().rev().collect();
    let tokens = [
        format!("{handle}.{turned}"),
        format!("{handle}."),
        handle.to_owned(),
        format!("{token}A"),
        format!(".{secret}"),
        String::new(),
        "null".to_owned(),
        text(&first, "token").to_owned(),
    ];
    for guess in &tokens[1..] {
        assert_eq!(refresh(&app.anon(), guess).await.expect(401).code(), "session_ended", "{guess}");
    }
    refresh(&app.anon(), token).await.expect(200);
    refresh(&app.anon(), &tokens[0]).await.expect(401);
}

async fn log_out(client: &Client, body: Option<Value>) {
    let request = client.request(reqwest::Method::POST, "/logout");
    let request = match body {
        Some(body) => request.json(&body),
        None => request,
    };
    let answer = Client::send(request).await.expect(204);
    assert_eq!(answer.body, json!(""));
}

#[actix_web::test]
async fn logging_out_with_the_access_token_ends_its_session_only() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let other = log_in(&app.anon(), "ada", PASSWORD).await.expect(200).body;
    let ada = app.anon().with_token(text(&first, "token"));
    log_out(&ada, None).await;
    refresh(&app.anon(), text(&first, "refresh_token")).await.expect(401);
    refresh(&app.anon(), text(&other, "refresh_token")).await.expect(200);
    log_out(&ada, None).await;
}

#[actix_web::test]
async fn logging_out_with_the_refresh_token_ends_its_session() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let second = refresh(&app.anon(), text(&first, "refresh_token")).await.expect(200).body;
    log_out(&app.anon(), Some(json!({"refresh_token": text(&second, "refresh_token")}))).await;
    refresh(&app.anon(), text(&second, "refresh_token")).await.expect(401);
    refresh(&app.anon(), text(&first, "refresh_token")).await.expect(401);
}

#[actix_web::test]
async fn logging_out_with_garbage_is_logging_out() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let garbage = app.anon().with_token("garbage");
    log_out(&garbage, None).await;
    log_out(&garbage, Some(json!({"refresh_token": "garbage"}))).await;
    log_out(&garbage, Some(json!({"unknown": [1]}))).await;
    log_out(&app.anon(), Some(json!("\0"))).await;
    let raw = app.anon().request(reqwest::Method::POST, "/logout").body(vec![0xff; 100_000]);
    Client::send(raw).await.expect(204);
    refresh(&app.anon(), text(&first, "refresh_token")).await.expect(200);
}

/// An old access token in the header doesn't keep the refresh token in the body alive.
#[actix_web::test]
async fn logging_out_takes_the_refresh_token_also_beside_an_expired_access_token() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let expired = app.anon().with_token(&super::rules::expired_token(text(&first["user"], "id")));
    log_out(&expired, Some(json!({"refresh_token": text(&first, "refresh_token")}))).await;
    refresh(&app.anon(), text(&first, "refresh_token")).await.expect(401);
}

#[actix_web::test]
async fn nobody_is_behind_the_tokens_of_an_account_that_is_gone() {
    let app = TestApp::start().await;
    let body = sign_up(&app, "ada").await;
    let ada = app.anon().with_token(text(&body, "token"));
    let id: Uuid = text(&body["user"], "id").parse().unwrap();
    diesel::delete(users::table.find(id)).execute(&mut app.connect()).unwrap();
    for path in ["/me", "/profile", "/deck", "/matches", "/conversations", "/likes/received", "/later"] {
        assert_eq!(ada.get(path).await.expect(401).code(), "session_ended", "{path}");
    }
    ada.patch("/me", &json!({"bio": "still here"})).await.expect(401);
    refresh(&app.anon(), text(&body, "refresh_token")).await.expect(401);
    log_in(&app.anon(), "ada", PASSWORD).await.expect(401);
    log_out(&ada, None).await;
}
