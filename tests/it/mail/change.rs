//! Another address: confirmed on both, and undone from the old one.

use serde_json::json;

use super::{VERIFY, log_in, mails, sign_up, sign_up_proven, sql, verify};
use crate::support::{Client, PASSWORD, TestApp, eventually, mailed};

const OLD: &str = "Do you want to change";
const NEW: &str = "Please confirm your new";
const CHANGED: &str = "Your email address was changed";

async fn change(client: &Client, email: &str) -> serde_json::Value {
    client.put("/me/email", &json!({"email": email})).await.expect(200).body
}

#[actix_web::test]
async fn both_agree_and_then_the_new_one_is_the_login() {
    let app = TestApp::start().await;
    let ada = sign_up_proven(&app, "ada", "old@example.org").await;
    assert_eq!(change(&ada, "new@example.org").await["status"], "asked");
    let old = mailed(&app, "old@example.org", OLD, 1).await;
    let new = mailed(&app, "new@example.org", NEW, 1).await;
    let answer = verify(&app, new.token()).await.expect(200);
    assert_eq!(answer.body["status"], "other_address_asked");
    log_in(&app, "new@example.org", PASSWORD).await.expect(401);
    assert_eq!(ada.get("/me").await.expect(200).body["user"]["email"], "old@example.org");
    assert_eq!(verify(&app, old.token()).await.expect(200).body["status"], "verified");
    log_in(&app, "new@example.org", PASSWORD).await.expect(200);
    log_in(&app, "old@example.org", PASSWORD).await.expect(401);
    let me = ada.get("/me").await.expect(200).body;
    assert_eq!(
        (&me["user"]["email"], &me["user"]["email_verified"]),
        (&json!("new@example.org"), &json!(true))
    );
    mailed(&app, "old@example.org", CHANGED, 1).await;
}

#[actix_web::test]
async fn the_old_address_undoes_it_and_logs_everybody_out() {
    let app = TestApp::start().await;
    let ada = sign_up_proven(&app, "ada", "old@example.org").await;
    change(&ada, "new@example.org").await;
    for (to, subject) in [("old@example.org", OLD), ("new@example.org", NEW)] {
        let letter = mailed(&app, to, subject, 1).await;
        verify(&app, letter.token()).await.expect(200);
    }
    let undo = mailed(&app, "old@example.org", CHANGED, 1).await;
    assert_eq!(undo.link().0, "undo");
    // Meanwhile nobody else gets the old address.
    let eve = sign_up(&app, "eve", "old@example.org").await;
    mailed(&app, "old@example.org", "You already have an account", 1).await;
    assert_eq!(eve.get("/me").await.expect(200).body["user"]["email_verified"], false);
    let token = json!({"token": undo.token()});
    app.anon().post("/email/undo", &token).await.expect(204);
    assert_eq!(app.anon().post("/email/undo", &token).await.expect(422).code(), "mail_link_invalid");
    eventually("everybody is logged out", async || ada.get("/me").await.status == 401).await;
    log_in(&app, "old@example.org", PASSWORD).await.expect(200);
    log_in(&app, "new@example.org", PASSWORD).await.expect(401);
    let reset = mailed(&app, "old@example.org", "Choose a new password", 1).await;
    assert_eq!(reset.link().0, "reset");
}

#[actix_web::test]
async fn after_two_days_the_change_stands_and_the_old_address_is_free() {
    let app = TestApp::start().await;
    let ada = sign_up_proven(&app, "ada", "old@example.org").await;
    change(&ada, "new@example.org").await;
    for (to, subject) in [("old@example.org", OLD), ("new@example.org", NEW)] {
        let letter = mailed(&app, to, subject, 1).await;
        verify(&app, letter.token()).await.expect(200);
    }
    let undo = mailed(&app, "old@example.org", CHANGED, 1).await;
    sql(
        &app,
        "UPDATE mail_tokens SET expires_at = now() - interval '1 s'; \
        UPDATE emails SET held_until = now() - interval '1 s' WHERE held_until IS NOT NULL",
    );
    app.anon().post("/email/undo", &json!({"token": undo.token()})).await.expect(422);
    let bob = sign_up(&app, "bob", "old@example.org").await;
    let letter = mailed(&app, "old@example.org", VERIFY, 2).await;
    verify(&app, letter.token()).await.expect(200);
    assert_eq!(bob.get("/me").await.expect(200).body["user"]["email_verified"], true);
}

#[actix_web::test]
async fn it_needs_a_fresh_login_and_an_unproven_address_gives_way_at_once() {
    let app = TestApp::start().await;
    let ada = sign_up(&app, "ada", "tpyo@example.org").await;
    let first = mailed(&app, "tpyo@example.org", VERIFY, 1).await;
    change(&ada, "typo@example.org").await;
    let second = mailed(&app, "typo@example.org", VERIFY, 1).await;
    assert_eq!(verify(&app, first.token()).await.expect(422).code(), "mail_link_invalid");
    verify(&app, second.token()).await.expect(200);
    assert_eq!(change(&ada, "Typo@example.org").await, json!({"status": "verified"}));
    sql(&app, "UPDATE sessions SET fresh_at = now() - interval '11 minutes'");
    let refused = ada.put("/me/email", &json!({"email": "third@example.org"})).await.expect(401);
    assert_eq!(refused.code(), "fresh_login_required");
    let all = mails(&ada).await;
    assert!(all.iter().all(|(kind, _)| kind == "verify") && all.len() == 2, "{all:?}");
}
