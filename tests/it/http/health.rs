//! Whether the server lives and is fit for traffic.

use std::net::TcpListener;

use friender::config::StaticCredentials;
use serde_json::json;

use crate::support::{TestApp, someone};

#[actix_web::test]
async fn a_healthy_server_says_so() {
    let app = TestApp::start().await;
    let live = app.anon().get("//livez").await.expect(200);
    assert_eq!(
        (live.body, live.headers["content-type"].to_str().unwrap()),
        (json!("ok\n"), "text/plain; charset=utf-8")
    );
    for path in ["//health", "//readyz"] {
        let answer = app.anon().get(path).await.expect(200);
        assert_eq!(answer.body, json!({"status": "ok", "database": "ok", "storage": "ok"}), "{path}");
        assert_eq!(answer.header("content-type"), "application/json");
    }
}

/// A port that nobody listens on: it was free a moment ago.
pub fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[actix_web::test]
async fn a_missing_part_is_named_and_the_rest_goes_on() {
    let app = TestApp::start_with(|config| {
        config.storage.bucket = Some("friender".to_owned());
        config.storage.endpoint = format!("http://127.0.0.1:{}", closed_port()).parse().ok();
        config.storage.credentials = Some(StaticCredentials {
            access_key_id: "friender".to_owned(),
            secret_access_key: "a secret for tests".into(),
            session_token: None,
        });
    })
    .await;
    for path in ["//health", "//readyz"] {
        let answer = app.anon().get(path).await.expect(503);
        assert_eq!(
            answer.body,
            json!({"status": "unavailable", "database": "ok", "storage": "unavailable"}),
            "{path}"
        );
        assert!(!answer.header("retry-after").is_empty());
    }
    app.anon().get("//livez").await.expect(200);
    let ada = someone().insert(&app).client;
    ada.get("/me").await.expect(200);
    ada.get("/deck").await.expect(200);
}
