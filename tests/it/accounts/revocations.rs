//! A session that has ended takes its access tokens along, on every server.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use friender::accounts::{self, AccountState, SecurityEvent, UserId};
use friender::db::schema::users;
use reqwest::Method;
use serde_json::{Value, json};

use super::{log_in, refresh, sign_up, text};
use crate::support::{Client, PASSWORD, TestApp, eventually, someone};

const SECOND: Duration = Duration::from_secs(1);

async fn two_servers() -> [TestApp; 2] {
    let first = TestApp::start().await;
    let second = TestApp::start_on(first.database_url.clone(), |_| ()).await;
    [first, second]
}

/// From a second after the end on, nobody may be answered; a server that doesn't know may only say so.
async fn refused_within_a_second(client: &Client, ended: Instant) {
    eventually("the token is refused", async || {
        let asked = Instant::now();
        let answer = client.get("/me").await;
        let late = asked - ended > SECOND;
        assert!(!late || answer.status != 200, "still good after {:?}", asked - ended);
        answer.status == 401 && answer.code() == "session_ended"
    })
    .await;
}

/// A busy machine may hear too late of revocations, and says so.
async fn is_good(client: &Client) {
    client.patiently(Method::GET, "/me", None).await.expect(200);
}

#[actix_web::test]
async fn logging_out_stops_the_access_token_on_every_server() {
    let [here, there] = two_servers().await;
    let ada = sign_up(&here, "ada").await;
    let other = log_in(&there.anon(), "ada", PASSWORD).await.expect(200).body;
    let client = |app: &TestApp, session: &Value| app.anon().with_token(text(session, "token"));
    is_good(&client(&there, &ada)).await;
    client(&here, &ada).post("/logout", &json!({})).await.expect(204);
    let ended = Instant::now();
    assert_eq!(client(&here, &ada).get("/me").await.expect(401).code(), "session_ended");
    refused_within_a_second(&client(&there, &ada), ended).await;
    for path in ["/deck", "/matches", "/tags"] {
        client(&there, &ada).get(path).await.expect(401);
    }
    for app in [&here, &there] {
        is_good(&client(app, &other)).await;
    }
}

#[actix_web::test]
async fn a_late_replay_stops_the_access_token_too() {
    let [here, there] = two_servers().await;
    let first = sign_up(&here, "ada").await;
    let second = refresh(&here.anon(), text(&first, "refresh_token")).await.expect(200).body;
    let third = refresh(&here.anon(), text(&second, "refresh_token")).await.expect(200).body;
    refresh(&here.anon(), text(&first, "refresh_token")).await.expect(401);
    let ended = Instant::now();
    for token in [&first, &second, &third] {
        refused_within_a_second(&there.anon().with_token(text(token, "token")), ended).await;
    }
}

#[actix_web::test]
async fn all_sessions_of_a_person_end_and_nobody_elses() {
    let [here, there] = two_servers().await;
    let (ada, bob) = (someone().insert(&here), someone().insert(&here));
    let clients = [here.client_of(ada.id), there.client_of(ada.id), ada.client.clone()];
    let ended = accounts::revoke_all_sessions(&mut here.connect(), ada.id, SecurityEvent::Moderation);
    let at = Instant::now();
    assert_eq!(ended.unwrap(), 3);
    for client in &clients {
        refused_within_a_second(client, at).await;
    }
    is_good(&bob.client).await;
    // Whoever has the password may come back: a state keeps people out.
    log_in(&there.anon(), &ada.username, PASSWORD).await.expect(200);
}

#[actix_web::test]
async fn a_server_that_starts_knows_what_ended_before() {
    let here = TestApp::start().await;
    let ada = sign_up(&here, "ada").await;
    here.anon().with_token(text(&ada, "token")).post("/logout", &json!({})).await.expect(204);
    let there = TestApp::start_on(here.database_url.clone(), |_| ()).await;
    there.anon().with_token(text(&ada, "token")).get("/me").await.expect(401);
}

/// Numbers are given out in one order and committed in another.
#[actix_web::test]
async fn a_revocation_that_commits_late_is_heard_all_the_same() {
    let app = TestApp::start().await;
    let (slow, quick) = (someone().insert(&app), someone().insert(&app));
    let (mut slowly, mut quickly) = (app.connect(), app.connect());
    slowly.batch_execute("BEGIN").unwrap();
    accounts::revoke_all_sessions(&mut slowly, slow.id, SecurityEvent::SignOut).unwrap();
    accounts::revoke_all_sessions(&mut quickly, quick.id, SecurityEvent::SignOut).unwrap();
    eventually("the later number is read", async || quick.client.get("/me").await.status == 401).await;
    is_good(&slow.client).await;
    slowly.batch_execute("COMMIT").unwrap();
    refused_within_a_second(&slow.client, Instant::now()).await;
}

/// Nobody is trusted on old news; what needs nobody goes on.
#[actix_web::test]
async fn a_server_that_cant_hear_of_revocations_says_so() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app).client;
    let mut conn = app.connect();
    conn.batch_execute("BEGIN; LOCK TABLE revocations IN ACCESS EXCLUSIVE MODE").unwrap();
    eventually("signed-in routes stop", async || ada.get("/me").await.status == 503).await;
    let answer = ada.get("/matches").await.expect(503);
    assert_eq!((answer.code(), answer.header("retry-after")), ("database_unavailable", "2"));
    ada.get("/zip-codes/10001").await.expect(200);
    app.anon().get("/tags").await.expect(200);
    app.anon().with_token("bad").get("/me").await.expect(401);
    conn.batch_execute("COMMIT").unwrap();
    eventually("they go on", async || ada.get("/me").await.status == 200).await;
}

#[actix_web::test]
async fn a_state_keeps_people_out_whose_password_is_right() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app);
    for (state, status, code) in [
        (AccountState::Banned, 403, "account_banned"),
        // Without a sanction that says until when, it is for good.
        (AccountState::Suspended, 403, "account_banned"),
        (AccountState::Deleted, 401, "wrong_credentials"),
    ] {
        assert!(accounts::set_account_state(&mut app.connect(), ada.id, state).unwrap());
        assert_eq!(accounts::account_state(&mut app.connect(), ada.id).unwrap(), Some(state));
        assert_eq!(log_in(&app.anon(), &ada.username, PASSWORD).await.expect(status).code(), code);
        // Whoever doesn't know the password learns nothing.
        let wrong = log_in(&app.anon(), &ada.username, "correct horse batterY").await.expect(401);
        assert_eq!(wrong.code(), "wrong_credentials");
    }
    accounts::set_account_state(&mut app.connect(), ada.id, AccountState::Active).unwrap();
    log_in(&app.anon(), &ada.username, PASSWORD).await.expect(200);
    let nobody = accounts::set_account_state(&mut app.connect(), UserId::new(), AccountState::Banned);
    assert!(!nobody.unwrap());
}

/// An account is deleted after its sessions: the tokens are refused before anybody looks for the account.
#[actix_web::test]
async fn the_tokens_of_a_deleted_account_are_good_for_nothing() {
    let [here, there] = two_servers().await;
    let (ada, bob) = (someone().insert(&here), someone().insert(&here));
    let mut conn = here.connect();
    conn.transaction::<_, accounts::AccountError, _>(|conn| {
        accounts::revoke_all_sessions(conn, ada.id, SecurityEvent::Deleted)?;
        diesel::delete(users::table.find(ada.id)).execute(conn)?;
        Ok(())
    })
    .unwrap();
    let (ended, client) = (Instant::now(), there.anon().with_token(ada.client.token().unwrap()));
    refused_within_a_second(&client, ended).await;
    let like = json!({"user_id": bob.id, "liked": true});
    assert_eq!(client.post("/likes", &like).await.expect(401).code(), "session_ended");
    client.get(&format!("/users/{}", bob.id)).await.expect(401);
    client.put(&format!("/later/{}", bob.id), &json!({})).await.expect(401);
}
