//! Reports, what follows from them, and how it is taken back.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::cases::{decide, moderator, newest_sanction, report};
use crate::support::{Answer, PASSWORD, Someone, TestApp, befriend, eventually, mailed, someone};

async fn log_in(app: &TestApp, who: &Someone) -> Answer {
    app.anon().post("/login", &json!({"username": who.username, "password": PASSWORD})).await
}

#[actix_web::test]
async fn evidence_outlives_what_it_was_copied_from() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let judge = moderator(&app);
    let id = befriend(&app, &ada, &bob);
    let text = json!({"body": "an ugly word", "client_id": Uuid::now_v7()});
    bob.client.post(&format!("/matches/{id}/messages"), &text).await.expect(201);
    bob.client.post_form("/upload", crate::bad_input::forms::one_photo()).await.expect(201);
    let links = ada.client.get(&format!("/users/{}/images", bob.id)).await.expect(200).body;
    let mut form = json!({"user_id": bob.id, "reason": "harassment", "detail": "Look", "message_seqs": [1, 1],
        "photos": links["images"]});
    // Who blocked, and was left, can still report.
    ada.client.post("/blocks", &json!({"user_id": bob.id})).await.expect(201);
    let made = ada.client.post("/reports", &form).await.expect(201).body;
    form["message_seqs"] = json!([2]);
    assert_eq!(
        ada.client.post("/reports", &form).await.expect(422).body["errors"][0]["pointer"],
        "/message_seqs"
    );
    form["photos"] = json!([Uuid::now_v7()]);
    form["message_seqs"] = json!([]);
    assert_eq!(
        ada.client.post("/reports", &form).await.expect(422).body["errors"][0]["pointer"],
        "/photos/0"
    );
    let mut conn = app.connect();
    conn.batch_execute("DELETE FROM messages; DELETE FROM files").unwrap();
    let path = format!("/moderation/reports/{}", made["report"]["id"].as_str().unwrap());
    let case = judge.client.get(&path).await.expect(200).body;
    assert_eq!(case["messages"][0]["body"], "an ugly word");
    assert_eq!(case["report"]["reporter"]["username"], ada.username.as_str());
    let copy = reqwest::get(case["photo_urls"][0].as_str().unwrap()).await.unwrap();
    assert_eq!(copy.status(), 200);
    assert!(copy.bytes().await.unwrap().starts_with(b"\xff\xd8\xff"), "the picture itself");
    judge.client.post(&format!("{path}/notes"), &json!({"body": "Seen"})).await.expect(201);
    assert_eq!(judge.client.get(&path).await.expect(200).body["notes"][0]["body"], "Seen");
}

#[actix_web::test]
async fn the_reporter_hears_what_came_of_it_and_the_reported_not_who_reported() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let judge = moderator(&app);
    for (outcome, heard) in [("dismiss", "dismissed"), ("warn", "warned")] {
        let id = report(&ada, &bob).await;
        assert_eq!(ada.client.get("/reports").await.expect(200).body["items"][0]["outcome"], Value::Null);
        let queue = judge.client.get("/moderation/reports").await.expect(200).body;
        assert_eq!(queue["items"].as_array().map(Vec::len), Some(1));
        decide(&judge, &id, outcome, None).await;
        let again = json!({"outcome": "dismiss"});
        let path = format!("/moderation/reports/{id}/decision");
        assert_eq!(judge.client.post(&path, &again).await.expect(409).code(), "already_decided");
        assert_eq!(ada.client.get("/reports").await.expect(200).body["items"][0]["outcome"], heard);
    }
    let told = bob.client.get("/me/sanctions").await.expect(200).body;
    assert_eq!(told["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(told["items"][0]["reason"], "You insulted somebody.");
    assert!(!told.to_string().contains(&ada.username) && !told.to_string().contains(&ada.id.to_string()));
    // A warning keeps nobody out.
    log_in(&app, &bob).await.expect(200);
    // A moderator has no part in what is about them.
    let about_judge = report(&bob, &judge).await;
    judge.client.get(&format!("/moderation/reports/{about_judge}")).await.expect(404);
}

#[actix_web::test]
async fn who_is_suspended_is_out_at_once_reads_why_and_may_appeal() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let judge = moderator(&app);
    let id = report(&ada, &bob).await;
    decide(&judge, &id, "suspend", Some(3)).await;
    bob.client.get("/me").await.expect(401);
    ada.client.get(&format!("/users/{}", bob.id)).await.expect(404);
    let refused = log_in(&app, &bob).await.expect(403);
    assert_eq!(refused.code(), "account_suspended");
    assert_eq!(refused.lacks_as_problem(), None);
    assert_eq!(refused.body["sanction"]["rule"], "harassment");
    assert!(refused.body["sanction"]["ends_at"].is_string());
    let wrong = json!({"username": bob.username, "password": "not the password"});
    app.anon().post("/login", &wrong).await.expect(401);
    let appealing = app.anon().with_token(refused.body["appeal_token"].as_str().unwrap());
    appealing.get("/me").await.expect(401);
    appealing.get("/deck").await.expect(401);
    let own = appealing.get("/me/sanctions").await.expect(200).body;
    let path = format!("/me/sanctions/{}/appeal", own["items"][0]["id"].as_str().unwrap());
    appealing.post(&path, &json!({"text": "I was hacked"})).await.expect(201);
    assert_eq!(appealing.post(&path, &json!({"text": "Again"})).await.expect(409).code(), "already_appealed");
    let waiting = judge.client.get("/moderation/appeals").await.expect(200).body;
    assert_eq!(waiting["items"][0]["sanction"]["appeal"]["text"], "I was hacked");
    let answer = format!("/moderation/appeals/{}/answer", own["items"][0]["id"].as_str().unwrap());
    judge.client.post(&answer, &json!({"granted": true, "answer": "Right"})).await.expect(200);
    log_in(&app, &bob).await.expect(200);
    ada.client.get(&format!("/users/{}", bob.id)).await.expect(200);
    let forged = app.anon().with_token(&(refused.body["appeal_token"].as_str().unwrap().to_owned() + "A"));
    forged.get("/me/sanctions").await.expect(401);
}

#[actix_web::test]
async fn a_suspension_ends_by_itself() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let judge = moderator(&app);
    decide(&judge, &report(&ada, &bob).await, "suspend", Some(1)).await;
    log_in(&app, &bob).await.expect(403);
    app.connect()
        .batch_execute("UPDATE sanctions SET ends_at = now(); UPDATE jobs SET run_at = now() WHERE kind = 'end_suspension'")
        .unwrap();
    eventually("the suspension is over", async || log_in(&app, &bob).await.status == 200).await;
    assert!(newest_sanction_by_login(&app, &bob).await["lifted_at"].is_string());
}

async fn newest_sanction_by_login(app: &TestApp, who: &Someone) -> Value {
    let token = log_in(app, who).await.expect(200).body["token"].as_str().unwrap().to_owned();
    let again = Someone { id: who.id, username: who.username.clone(), client: app.anon().with_token(&token) };
    newest_sanction(&again).await
}

#[actix_web::test]
async fn a_ban_survives_signing_up_again_with_the_same_address() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app);
    let form = |name: &str, email: &str| {
        json!({"username": name, "password": PASSWORD, "email": email,
        "hobbies": "chess", "interests": "jazz", "location": "10001"})
    };
    let bad = app.anon().post("/users", &form("bad.one", "Bad@example.org")).await.expect(201).body;
    let id = friender::accounts::UserId(bad["user"]["id"].as_str().unwrap().parse().unwrap());
    let bad = Someone { id, username: "bad.one".to_owned(), client: app.client_of(id) };
    let judge = moderator(&app);
    decide(&judge, &report(&ada, &bad).await, "ban", None).await;
    assert_eq!(log_in(&app, &bad).await.expect(403).code(), "account_banned");
    for address in ["bad@example.org", "BAD+again@example.org"] {
        let refused = app.anon().post("/users", &form("bad.two", address)).await.expect(422);
        assert_eq!(refused.body["errors"][0]["pointer"], "/email");
    }
    // Also when the account itself is gone.
    app.connect().batch_execute(&format!("DELETE FROM users WHERE id = '{id}'")).unwrap();
    app.anon().post("/users", &form("bad.one", "bad@example.org")).await.expect(422);
    app.anon().post("/users", &form("good.one", "good@example.org")).await.expect(201);
}

#[actix_web::test]
async fn a_banned_person_s_address_is_taken_from_whoever_typed_it_too() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app);
    let judge = moderator(&app);
    let sign_up = async |name: &str, email: &str| {
        let form = json!({"username": name, "password": PASSWORD, "email": email,
            "hobbies": "chess", "interests": "jazz", "location": "10001"});
        let body = app.anon().post("/users", &form).await.expect(201).body;
        let id = friender::accounts::UserId(body["user"]["id"].as_str().unwrap().parse().unwrap());
        let client = app.anon().with_token(body["token"].as_str().unwrap());
        Someone { id, username: name.to_owned(), client }
    };
    let bad = sign_up("bad.one", "shared@example.org").await;
    let next = sign_up("bad.two", "Shared+2@example.org").await;
    let letter = mailed(&app, "Shared+2@example.org", "Please confirm", 1).await;
    decide(&judge, &report(&ada, &bad).await, "ban", None).await;
    let token = json!({"token": letter.token()});
    let refused = app.anon().post("/email/verify", &token).await.expect(422);
    assert_eq!(refused.body["errors"][0]["pointer"], "/email");
    let other = json!({"email": "shared+3@example.org"});
    let refused = next.client.put("/me/email", &other).await.expect(422);
    assert_eq!(refused.body["errors"][0]["pointer"], "/email");
    next.client.put("/me/email", &json!({"email": "mine@example.org"})).await.expect(200);
}
