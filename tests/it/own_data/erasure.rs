//! Nothing is left of who was erased but what docs/privacy.md says.

use serde_json::{Value, json};

use super::canary::{CANARY, files_with, sign_up, tables_with};
use super::{delete, end_grace, erased, lines};
use crate::bad_input::one_photo;
use crate::messages::write;
use crate::photos::documents::{grant_pdf, pdf, with_documents};
use crate::photos::ground::keep;
use crate::support::cases::{decide, moderator, newest_sanction};
use crate::support::{
    Client, PASSWORD, TestApp, assert_consistent, befriend, eventually, letters, mailed, someone,
};

#[actix_web::test]
async fn a_canary_in_every_field_is_nowhere_afterwards() {
    let app = TestApp::start_with(with_documents).await;
    let ada = sign_up(&app).await;
    let [bob, eve, dan, kim] = [(); 4].map(|()| someone().insert(&app));
    let upload = ada.client.request(reqwest::Method::POST, "/upload").header("idempotency-key", CANARY);
    let kept = Client::send(upload.multipart(one_photo())).await.expect(201).body;
    let photo = format!("/files/{}", kept["files"][0]["key"].as_str().unwrap());
    ada.client.patch(&photo, &json!({"caption": format!("My {CANARY}")})).await.expect(200);
    let notes = format!("What a {CANARY} knows");
    keep(&ada.client, &[(&format!("{CANARY}.txt"), notes.as_bytes())]).await;
    ada.client.put("/me/email", &json!({"email": format!("other.{CANARY}@example.org")})).await.expect(200);
    app.anon().post("/password/forgot", &json!({"username": ada.username})).await.expect(202);
    let client = app.anon();
    let login = client.request(reqwest::Method::POST, "/login").header("user-agent", CANARY);
    Client::send(login.json(&json!({"username": ada.username, "password": PASSWORD}))).await.expect(200);
    ada.client.post("/likes", &json!({"user_id": eve.id, "liked": true})).await.expect(200);
    ada.client.put(&format!("/later/{}", dan.id), &Value::Null).await.expect(204);
    ada.client.post("/blocks", &json!({"user_id": kim.id})).await.expect(201);
    ada.client.post("/me/export", &Value::Null).await.expect(202);
    let with_bob = befriend(&app, &ada, &bob);
    write(&ada, with_bob, &format!("A {CANARY} sings")).await.expect(201);
    bob.client.delete(&format!("/matches/{with_bob}")).await.expect(204);
    let ready = async || ada.client.get("/me/export").await.expect(200).body["status"] == "ready";
    eventually("the copy is made", ready).await;
    eventually("the mails went out", async || letters(&app).len() >= 5).await;
    // It lies in quarantine, and nobody confirms it any more.
    let granted = grant_pdf(&ada.client, &format!("second {CANARY}.pdf"), &pdf(1)).await;
    assert!(granted.put(&pdf(1)).await.status().is_success());
    let id = ada.id.to_string();
    let words = [CANARY, id.as_str()];
    // Else the search would prove nothing.
    let before = tables_with(&app, &words);
    for table in [
        "users",
        "usernames",
        "emails",
        "profiles",
        "tags",
        "messages",
        "mails",
        "sessions",
        "files",
        "file_events",
        "uploads",
        "email_changes",
        "mail_tokens",
        "likes",
        "later",
        "blocks",
        "exports",
        "idempotency_keys",
    ] {
        assert!(before.iter().any(|found| found == table), "{table}: {before:?}");
    }
    let files = files_with(app.data_dir.path(), &words);
    for part in ["objects/", "outbox/"] {
        assert!(files.iter().any(|file| file.contains(part)), "{part}: {files:?}");
    }
    assert!(!files_with(app.data_dir.path(), &["quarantine/"]).is_empty());
    delete(&ada).await.expect(202);
    mailed(&app, &format!("{CANARY}@example.org"), "Your account is going", 1).await;
    end_grace(&app);
    erased(&app).await;
    eventually("no jobs are left", async || lines(&app, "SELECT kind AS line FROM jobs").is_empty()).await;
    assert_eq!(tables_with(&app, &[CANARY]), Vec::<String>::new());
    // What is kept for its time, by the bare id: docs/privacy.md.
    assert_eq!(tables_with(&app, &words), ["revocations", "security_events"]);
    assert_eq!(files_with(app.data_dir.path(), &words), Vec::<String>::new());
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn with_a_match_only_the_messages_and_an_empty_name_stay() {
    let app = TestApp::start().await;
    let ada = sign_up(&app).await;
    let bob = someone().insert(&app);
    let id = befriend(&app, &ada, &bob);
    write(&ada, id, "What I wrote to Bob").await.expect(201);
    delete(&ada).await.expect(202);
    mailed(&app, &format!("{CANARY}@example.org"), "Your account is going", 1).await;
    end_grace(&app);
    erased(&app).await;
    eventually("no jobs are left", async || lines(&app, "SELECT kind AS line FROM jobs").is_empty()).await;
    assert_eq!(tables_with(&app, &[CANARY, "1987-03-09"]), Vec::<String>::new());
    let id = ada.id.to_string();
    let stays = [
        "conversations",
        "likes",
        "match_members",
        "messages",
        "pairs",
        "profiles",
        "revocations",
        "security_events",
        "users",
    ];
    assert_eq!(tables_with(&app, &[&id]), stays);
    assert_eq!(files_with(app.data_dir.path(), &[CANARY, &id]), Vec::<String>::new());
    assert_consistent(&mut app.connect());
}

/// What a report was judged by is kept for its time, also when both are gone, and no longer.
#[actix_web::test]
async fn evidence_about_and_by_who_is_erased_goes_180_days_later() {
    let app = TestApp::start().await;
    let ada = sign_up(&app).await;
    let [bob, judge] = [someone().insert(&app), moderator(&app)];
    let with_bob = befriend(&app, &ada, &bob);
    write(&ada, with_bob, &format!("A {CANARY} scolds")).await.expect(201);
    let about_bob = json!({"user_id": bob.id, "reason": "other", "detail": format!("Bob ate a {CANARY}")});
    let made = ada.client.post("/reports", &about_bob).await.expect(201).body;
    decide(&judge, made["report"]["id"].as_str().unwrap(), "dismiss", None).await;
    let warned = json!({"user_id": ada.id, "reason": "other", "detail": format!("The {CANARY} shouts")});
    let made = bob.client.post("/reports", &warned).await.expect(201).body;
    decide(&judge, made["report"]["id"].as_str().unwrap(), "warn", None).await;
    let sanction = newest_sanction(&ada).await["id"].as_str().unwrap().to_owned();
    let appeal = json!({"text": format!("The {CANARY} only sang")});
    ada.client.post(&format!("/me/sanctions/{sanction}/appeal"), &appeal).await.expect(201);
    assert!(tables_with(&app, &[CANARY]).contains(&"sanctions".to_owned()));
    // Nobody decides on this one before she is gone.
    let about_ada = json!({"user_id": ada.id, "reason": "harassment", "message_seqs": [1]});
    bob.client.post("/reports", &about_ada).await.expect(201);
    bob.client.delete(&format!("/matches/{with_bob}")).await.expect(204);
    delete(&ada).await.expect(202);
    mailed(&app, &format!("{CANARY}@example.org"), "Your account is going", 1).await;
    end_grace(&app);
    erased(&app).await;
    let id = ada.id.to_string();
    assert_eq!(tables_with(&app, &[CANARY]), ["report_messages", "reports"]);
    assert_eq!(tables_with(&app, &[&id]), ["report_messages", "revocations", "security_events"]);
    let later = "UPDATE reports SET created_at = created_at - interval '180 days', \
        decided_at = decided_at - interval '180 days'; UPDATE jobs SET run_at = now()";
    diesel::connection::SimpleConnection::batch_execute(&mut app.connect(), later).unwrap();
    eventually("it is gone", async || tables_with(&app, &[CANARY]).is_empty()).await;
    assert_eq!(tables_with(&app, &[&id]), ["revocations", "security_events"]);
}

#[actix_web::test]
async fn an_erasure_goes_on_where_a_crash_stopped_it() {
    let url = tokio::task::spawn_blocking(crate::support::db::fresh).await.unwrap();
    let app = TestApp::start_on(url.clone(), |_| ()).await;
    let ada = sign_up(&app).await;
    delete(&ada).await.expect(202);
    mailed(&app, &format!("{CANARY}@example.org"), "Your account is going", 1).await;
    // As a crash behind its first step leaves it: shut for good, due, and the job in the hands of the dead.
    let sql = "UPDATE users SET state = 'deleted'; UPDATE deletions SET erase_at = now() - interval '3 hours'; \
        DELETE FROM jobs";
    diesel::connection::SimpleConnection::batch_execute(&mut app.connect(), sql).unwrap();
    let refused = app.anon().post("/login", &json!({"username": ada.username, "password": PASSWORD})).await;
    assert_eq!(refused.status, 401, "nobody comes back into a half erased account");
    app.stop_gracefully().await;
    // The next server finds what is overdue without any job.
    let next = TestApp::start_on(url, |_| ()).await;
    erased(&next).await;
    assert_eq!(tables_with(&next, &[CANARY]), Vec::<String>::new());
}
