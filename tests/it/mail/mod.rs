//! Mails: addresses are proven by them and passwords renewed, and nobody learns who has an account.

mod change;
mod delivery;
mod limits;
mod outbox;
mod reset;
mod verify;

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::support::{Answer, Client, PASSWORD, TestApp, mailed};

const VERIFY: &str = "Please confirm your email";

/// Somebody who signed up with an address, signed in.
async fn sign_up(app: &TestApp, username: &str, email: &str) -> Client {
    let form = json!({"username": username, "password": PASSWORD, "email": email});
    let answer = app.anon().post("/users", &form).await.expect(201);
    app.anon().with_token(answer.body["token"].as_str().unwrap())
}

/// The same, proven.
async fn sign_up_proven(app: &TestApp, username: &str, email: &str) -> Client {
    let client = sign_up(app, username, email).await;
    let letter = mailed(app, email, VERIFY, 1).await;
    verify(app, letter.token()).await.expect(200);
    client
}

async fn verify(app: &TestApp, token: &str) -> Answer {
    app.anon().post("/email/verify", &json!({"token": token})).await
}

async fn log_in(app: &TestApp, name: &str, password: &str) -> Answer {
    app.anon().post("/login", &json!({"username": name, "password": password})).await
}

/// Kinds and states of somebody's mails, the newest first.
async fn mails(client: &Client) -> Vec<(String, String)> {
    let answer = client.get("/me/mail").await.expect(200).body;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let items = answer["items"].as_array().unwrap().iter();
    items.map(|mail| (text(&mail["kind"]), text(&mail["state"]))).collect()
}

fn sql(app: &TestApp, sql: &str) {
    app.connect().batch_execute(sql).unwrap();
}

/// How many jobs are still to be done.
fn jobs_left(app: &TestApp) -> i64 {
    use diesel::QueryDsl;
    use diesel::RunQueryDsl;
    friender::db::schema::jobs::table.count().get_result(&mut app.connect()).unwrap()
}
