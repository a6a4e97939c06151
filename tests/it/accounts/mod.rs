//! Signing up, logging in, staying logged in, logging out.

mod cookies;
mod events;
mod keys;
mod log_in;
mod own_sessions;
mod passwords;
mod peppers;
mod revocations;
mod rules;
mod sessions;
mod sign_up;
mod sign_up_form;
mod soak;

use serde_json::{Value, json};

use crate::support::{Answer, Client, PASSWORD, TestApp};

/// Signs up with nothing but a name; the answer's body.
async fn sign_up(app: &TestApp, username: &str) -> Value {
    app.anon().post("/users", &json!({"username": username, "password": PASSWORD})).await.expect(201).body
}

async fn log_in(client: &Client, username: &str, password: &str) -> Answer {
    client.post("/login", &json!({"username": username, "password": password})).await
}

async fn refresh(client: &Client, token: &str) -> Answer {
    client.post_patiently("/token/refresh", &json!({"refresh_token": token})).await
}

fn text<'a>(body: &'a Value, name: &str) -> &'a str {
    body[name].as_str().unwrap_or_else(|| panic!("{name} is no text: {body:#}"))
}

/// The claims of a token, read as front ends do: without checking.
fn claims(token: &str) -> Value {
    use base64::Engine;
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).unwrap())
        .unwrap()
}
