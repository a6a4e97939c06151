//! What the server logs of somebody's life with it, from signing up to being erased: never their words.

use std::process::Command;

use serde_json::{Value, json};

use super::canary::{CANARY, files_with};
use crate::bad_input::one_photo;
use crate::durability::server::{Server, command, place, program, wait_for};
use crate::support::{Client, PASSWORD};

/// Erases somebody at once, as an operator.
fn erase(mut command: Command, name: &str) -> String {
    let done = command.args(["user", "delete", name, "--now"]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[actix_web::test]
async fn the_log_has_none_of_it_and_an_operator_erases_the_rest() {
    let folder = place();
    let mut serving = command(folder.path(), "127.0.0.1:0");
    serving.env("FRIENDER_LOG", "info,friender=trace").env("FRIENDER_COOKIES", "on");
    let server = Server::spawn(serving, folder.path());
    let (anon, name) = (Client::new(server.addr), format!("{CANARY}.1"));
    let form = json!({"username": name, "password": PASSWORD, "email": format!("{CANARY}@example.org"),
        "display_name": format!("A {CANARY}"), "bio": format!("I am a {CANARY}."), "hobbies": format!("{CANARY} one"),
        "interests": "jazz", "location": "10001", "birth_date": "1987-03-09"});
    let answer = anon.post_patiently("/users", &form).await.expect(201).body;
    let ada = anon.with_token(answer["token"].as_str().unwrap());
    let other = json!({"username": "bob", "password": PASSWORD, "hobbies": "chess", "interests": "jazz", "location": "10001"});
    let answer = anon.post_patiently("/users", &other).await.expect(201).body;
    let (bob, bob_id) = (anon.with_token(answer["token"].as_str().unwrap()), &answer["user"]["id"]);
    let ada_id = ada.get("/me").await.expect(200).body["user"]["id"].clone();
    ada.post_patiently("/likes", &json!({"user_id": bob_id, "liked": true})).await.expect(200);
    let met = bob.post_patiently("/likes", &json!({"user_id": ada_id, "liked": true})).await.expect(200).body;
    let text = json!({"body": format!("{CANARY} sings"), "client_id": uuid::Uuid::now_v7()});
    let messages = format!("/matches/{}/messages", met["match"]["id"].as_str().unwrap());
    ada.post_patiently(&messages, &text).await.expect(201);
    let upload = ada.request(reqwest::Method::POST, "/upload").header("idempotency-key", CANARY);
    let kept = Client::send(upload.multipart(one_photo())).await.expect(201).body;
    let photo = format!("/files/{}", kept["files"][0]["key"].as_str().unwrap());
    ada.patch(&photo, &json!({"caption": CANARY})).await.expect(200);
    let announced = json!({"filename": format!("{CANARY}.jpg"), "content_type": "image/jpeg", "size": 1000});
    ada.post("/upload-url", &announced).await.expect(200);
    let login = anon.request(reqwest::Method::POST, "/login").header("user-agent", CANARY);
    Client::send(login.json(&json!({"username": name, "password": PASSWORD}))).await.expect(200);
    ada.put("/me/email", &json!({"email": format!("other.{CANARY}@example.org")})).await.expect(200);
    anon.post("/password/forgot", &json!({"username": name})).await.expect(202);
    // What is refused is logged no more than what is not.
    anon.post("/login", &json!({"username": name, "password": format!("no {CANARY}")})).await.expect(401);
    ada.patch("/me", &json!({"bio": CANARY, "no_such_field": CANARY})).await.expect(422);
    ada.get(&format!("/tags?prefix={CANARY}")).await.expect(200);
    ada.post("/me/export", &Value::Null).await.expect(202);
    bob.post("/reports", &json!({"user_id": ada_id, "reason": "other", "detail": CANARY})).await.expect(201);
    let said = erase(program(folder.path()), &name);
    assert!(
        said.ends_with("is signed out and erased now, by the server that runs or the next one.\n"),
        "{said}"
    );
    let log = || std::fs::read_to_string(folder.path().join("log")).unwrap();
    wait_for("she is erased", || log().contains("an account was erased").then_some(()));
    let log = log();
    for private in [CANARY, PASSWORD, "1987-03-09", ada.token().unwrap()] {
        let line = log.lines().find(|line| line.contains(private));
        assert_eq!(line, None, "{private}");
    }
    for part in ["objects", "outbox"] {
        let (id, part) = (ada_id.as_str().unwrap(), folder.path().join("data").join(part));
        // A copy that was just being made goes when it is done.
        wait_for("her files are gone", || files_with(&part, &[CANARY, id]).is_empty().then_some(()));
    }
    drop(server);
}
