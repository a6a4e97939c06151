//! Leaving: out of sight and signed out at once, and back by a login.

use serde_json::{Value, json};

use super::{delete, end_grace, erased, lines, log_in};
use crate::messages::write;
use crate::support::cases::{decide, moderator, newest_sanction, report};
use crate::support::{Someone, TestApp, assert_consistent, befriend, eventually, someone};

#[actix_web::test]
async fn who_leaves_is_out_of_sight_and_signed_out_and_a_login_brings_all_back() {
    let app = TestApp::start().await;
    let [ada, bob, eve] = [(); 3].map(|()| someone().insert(&app));
    let id = befriend(&app, &ada, &bob);
    write(&ada, id, "Hello").await.expect(201);
    let before = ada.client.get("/me").await.expect(200).body["user"].clone();
    let wrong = ada.client.post("/me/delete", &json!({"password": "not this one"})).await;
    assert!((400..500).contains(&wrong.status), "{}", wrong.status);
    let answer = delete(&ada).await.expect(202).body;
    let erase_at: chrono::DateTime<chrono::Utc> = answer["erase_at"].as_str().unwrap().parse().unwrap();
    let days = (erase_at - chrono::Utc::now()).num_hours();
    assert!((13 * 24..=14 * 24).contains(&days), "{answer}");
    eventually("her token is dead", async || ada.client.get("/me").await.status == 401).await;
    eve.client.get(&format!("/users/{}", ada.id)).await.expect(404);
    assert!(!eve.client.get("/deck").await.expect(200).body.to_string().contains(&ada.id.to_string()));
    let list = bob.client.get("/matches").await.expect(200).body;
    assert_eq!(list["items"][0]["user"]["gone"], true);
    let back = log_in(&app, &ada).await.expect(200).body;
    assert_eq!((&back["restored"], &back["user"]["username"]), (&json!(true), &before["username"]));
    assert_eq!(bob.client.get("/matches").await.expect(200).body["items"][0]["user"]["gone"], false);
    eve.client.get(&format!("/users/{}", ada.id)).await.expect(200);
    assert_eq!(log_in(&app, &ada).await.expect(200).body["restored"], Value::Null);
    // The job that was planned finds nothing to do.
    end_grace(&app);
    let left = "SELECT id::text AS line FROM jobs WHERE kind = 'erase_account'";
    eventually("the job has run", async || lines(&app, left).is_empty()).await;
    log_in(&app, &ada).await.expect(200);
}

/// Whoever asks knows how long they can come back before they leave.
#[actix_web::test]
async fn the_days_to_come_back_in_are_those_of_the_setting() {
    for days in [14, 3, 0] {
        let app = TestApp::start_with(|config| {
            config.accounts.deletion_grace = std::time::Duration::from_secs(days * 86_400);
        })
        .await;
        let ada = someone().insert(&app);
        assert_eq!(ada.client.get("/me").await.expect(200).body["user"]["deletion_grace_days"], days);
        let erase_at = delete(&ada).await.expect(202).body["erase_at"].as_str().unwrap().to_owned();
        let left = erase_at.parse::<chrono::DateTime<chrono::Utc>>().unwrap() - chrono::Utc::now();
        let hours = i64::try_from(days).unwrap() * 24;
        assert!((hours - 1..=hours).contains(&left.num_hours()), "{left}");
    }
}

#[actix_web::test]
async fn without_matches_nothing_is_left_and_the_name_is_free() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app);
    delete(&ada).await.expect(202);
    end_grace(&app);
    erased(&app).await;
    assert_eq!(lines(&app, "SELECT id::text AS line FROM users"), Vec::<String>::new());
    log_in(&app, &ada).await.expect(401);
    let form = json!({"username": ada.username, "password": "another horse entirely"});
    app.anon().post("/users", &form).await.expect(201);
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn what_was_written_stays_with_the_other_until_they_go_too() {
    let app = TestApp::start().await;
    let [ada, bob, eve] = [(); 3].map(|()| someone().insert(&app));
    let (with_bob, with_eve) = (befriend(&app, &ada, &bob), befriend(&app, &ada, &eve));
    write(&ada, with_bob, "Hello Bob").await.expect(201);
    write(&ada, with_eve, "Hello Eve").await.expect(201);
    eve.client.delete(&format!("/matches/{with_eve}")).await.expect(204);
    delete(&ada).await.expect(202);
    end_grace(&app);
    erased(&app).await;
    let read = bob.client.get(&format!("/matches/{with_bob}/messages")).await.expect(200).body;
    assert_eq!(read["items"][0]["body"], "Hello Bob");
    let seen = &bob.client.get("/conversations").await.expect(200).body["items"][0]["user"];
    assert_eq!((&seen["display_name"], &seen["gone"]), (&json!("Deleted user"), &json!(true)));
    assert_eq!(
        lines(&app, "SELECT body AS line FROM messages"),
        ["Hello Bob"],
        "an ended match goes at once"
    );
    assert_consistent(&mut app.connect());
    delete(&bob).await.expect(202);
    end_grace(&app);
    erased(&app).await;
    assert_eq!(lines(&app, "SELECT body AS line FROM messages"), Vec::<String>::new());
    assert_eq!(
        lines(&app, "SELECT id::text AS line FROM users WHERE state <> 'deleted'"),
        [eve.id.to_string()]
    );
    friender::privacy::erase_overdue(&mut app.connect()).unwrap();
    assert_eq!(lines(&app, "SELECT id::text AS line FROM users"), [eve.id.to_string()], "nor a name of hers");
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn who_is_banned_while_leaving_stays_banned_and_is_erased_all_the_same() {
    let app = TestApp::start().await;
    let [ada, bob] = [(); 2].map(|()| someone().insert(&app));
    let judge = moderator(&app);
    let case = report(&ada, &bob).await;
    delete(&bob).await.expect(202);
    decide(&judge, &case, "ban", None).await;
    let refused = log_in(&app, &bob).await.expect(403);
    assert_eq!(refused.code(), "account_banned");
    let due = "SELECT user_id::text AS line FROM deletions";
    assert_eq!(lines(&app, due), [bob.id.to_string()]);
    ada.client.get(&format!("/users/{}", bob.id)).await.expect(404);
    // An appeal that is granted opens the way back.
    let client = app.anon().with_token(refused.body["appeal_token"].as_str().unwrap());
    let bob = Someone { client, ..bob };
    let id = newest_sanction(&bob).await["id"].as_str().unwrap().to_owned();
    bob.client.post(&format!("/me/sanctions/{id}/appeal"), &json!({"text": "No"})).await.expect(201);
    let answer = json!({"granted": true, "answer": "Right"});
    judge.client.post(&format!("/moderation/appeals/{id}/answer"), &answer).await.expect(200);
    assert_eq!(log_in(&app, &bob).await.expect(200).body["restored"], true);
    assert_eq!(lines(&app, due), Vec::<String>::new());
}
