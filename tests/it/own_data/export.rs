//! The copy of everything has everything, and no secrets.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use friender::privacy::EXPORTED;
use serde_json::{Value, json};
use zip::ZipArchive;

use super::canary::{CANARY, files_with, sign_up};
use super::lines;
use crate::bad_input::one_photo;
use crate::messages::write;
use crate::photos::documents::{pdf, with_documents};
use crate::photos::ground::keep;
use crate::support::cases::{decide, moderator};
use crate::support::{Client, Someone, TestApp, befriend, eventually, someone};

/// Tables that hold something about somebody and are left out, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("banned_addresses", "keyed hashes without a person"),
    ("moderators", "a role, not somebody's data"),
    ("report_messages", "with one's own reports; evidence about oneself would tell who reported"),
    ("report_notes", "the moderators' own"),
    ("conversations", "match_members says the same, as its owner sees it"),
    ("pairs", "likes says the same"),
    ("mail_tokens", "hashes of keys"),
    ("revocations", "ids of sessions that have ended"),
    ("idempotency_keys", "answers that were given already, kept for a day"),
    ("deletions", "whoever is leaving can't ask"),
    ("uploads", "half an hour old at most; what became of them is in files"),
];

async fn archive(app: &TestApp, person: &Someone) -> ZipArchive<Cursor<Vec<u8>>> {
    person.client.post("/me/export", &Value::Null).await.expect(202);
    let ready = async || person.client.get("/me/export").await.expect(200).body["status"] == "ready";
    eventually("the copy is made", ready).await;
    let answer = person.client.get("/me/export").await.expect(200).body;
    let bytes = reqwest::get(answer["url"].as_str().unwrap()).await.unwrap().bytes().await.unwrap().to_vec();
    assert_eq!(answer["size"].as_u64(), Some(bytes.len() as u64));
    assert!(!lines(app, "SELECT state AS line FROM exports").is_empty());
    ZipArchive::new(Cursor::new(bytes)).unwrap()
}

#[actix_web::test]
async fn it_has_everything_and_no_secrets() {
    let app = TestApp::start_with(with_documents).await;
    let ada = sign_up(&app).await;
    let [bob, eve] = [(); 2].map(|()| someone().insert(&app));
    let upload = ada.client.request(reqwest::Method::POST, "/upload").multipart(one_photo());
    Client::send(upload).await.expect(201);
    keep(&ada.client, &[("cv.pdf", &pdf(1))]).await;
    let id = befriend(&app, &ada, &bob);
    write(&ada, id, "From Ada").await.expect(201);
    write(&bob, id, "From Bob").await.expect(201);
    eve.client.post("/likes", &json!({"user_id": ada.id, "liked": true})).await.expect(200);
    let tell =
        |about: &Someone, detail: &str| json!({"user_id": about.id, "reason": "other", "detail": detail});
    ada.client.post("/reports", &tell(&bob, "Ada tells on Bob")).await.expect(201);
    let told = bob.client.post("/reports", &tell(&ada, "Bob tells on Ada")).await.expect(201).body;
    decide(&moderator(&app), told["report"]["id"].as_str().unwrap(), "warn", None).await;
    let mut zip = archive(&app, &ada).await;
    let names: BTreeSet<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("photos/")).count(), 1, "{names:?}");
    let document = names.iter().find(|name| name.starts_with("documents/")).expect("a document");
    let mut bytes = Vec::new();
    zip.by_name(document).unwrap().read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes, pdf(1));
    let mut text = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let mut all = String::new();
    for exported in EXPORTED {
        let rows: Value = serde_json::from_str(&text(exported.file)).unwrap();
        assert!(rows.is_array(), "{}", exported.file);
        all += &rows.to_string();
    }
    let (tag, address) = (format!("{CANARY} one"), format!("{CANARY}@example.org"));
    let told = ["Ada tells on Bob", "You insulted somebody."];
    for part in ["From Ada", "From Bob", &tag, &address, "1987-03-09"].into_iter().chain(told) {
        assert!(all.contains(part), "{part}: {all}");
    }
    assert!(!all.contains("Bob tells on Ada"), "{all}");
    assert!(text("likes_received.json").contains(&eve.id.to_string()));
    for secret in ["password_hash", "$2b$", "refresh_hash", "pepper"] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[actix_web::test]
async fn it_is_made_once_a_day_and_removed_after_a_week() {
    let mut app = TestApp::start().await;
    let ada = someone().insert(&app);
    assert_eq!(ada.client.get("/me/export").await.expect(200).body["status"], "none");
    archive(&app, &ada).await;
    let first = ada.client.get("/me/export").await.expect(200).body;
    let again = ada.client.post("/me/export", &Value::Null).await.expect(202).body;
    assert_eq!((&again["status"], &again["asked_at"]), (&json!("ready"), &first["asked_at"]));
    let sql = "UPDATE exports SET expires_at = now()";
    diesel::connection::SimpleConnection::batch_execute(&mut app.connect(), sql).unwrap();
    let folder = std::mem::replace(&mut app.data_dir, tempfile::TempDir::new().unwrap());
    let (url, id) = (app.database_url.clone(), ada.id.to_string());
    let copies = || files_with(&folder.path().join("objects"), &[&id]).len();
    assert_ne!(copies(), 0);
    app.stop_gracefully().await;
    // A server's chores begin with its start.
    let next = TestApp::start_on(url, |config| config.data_dir = folder.path().to_owned()).await;
    eventually("the archive is gone", async || copies() == 0).await;
    let ada = next.client_of(ada.id);
    eventually("and its row", async || ada.get("/me/export").await.expect(200).body["status"] == "none")
        .await;
}

/// Whoever adds a table says here, or in the archive's list, what becomes of it.
#[actix_web::test]
async fn every_table_about_people_is_in_it_or_says_why_not() {
    let app = TestApp::start().await;
    let about_people = "SELECT DISTINCT table_name::text AS line FROM information_schema.columns \
        WHERE table_schema = 'public' AND udt_name = 'uuid' AND (column_name ~ 'user|other_id|sender|low|high|author|reporter') \
        UNION SELECT conrelid::regclass::text FROM pg_constraint WHERE confrelid = 'users'::regclass ORDER BY 1";
    let known = |table: &String| {
        EXPORTED.iter().any(|exported| exported.table == table)
            || LEFT_OUT.iter().any(|(left_out, _)| left_out == table)
    };
    let unknown: Vec<String> = lines(&app, about_people).into_iter().filter(|table| !known(table)).collect();
    assert_eq!(unknown, ["users"; 0], "add them to privacy/exported.rs, or to LEFT_OUT with the reason");
}
