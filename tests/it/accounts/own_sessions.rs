//! Where somebody is signed in, and ending that.

use serde_json::{Value, json};

use super::{claims, log_in, refresh, sign_up, text};
use crate::support::{Answer, Client, PASSWORD, TestApp, eventually};

async fn log_in_from(app: &TestApp, agent: &str) -> Value {
    let request = app.anon().request(reqwest::Method::POST, "/login").header("user-agent", agent);
    let body = json!({"username": "ada", "password": PASSWORD});
    Client::send(request.json(&body)).await.expect(200).body
}

fn client(app: &TestApp, session: &Value) -> Client {
    app.anon().with_token(text(session, "token"))
}

fn id_of(session: &Value) -> String {
    claims(text(session, "token"))["sid"].as_str().unwrap().to_owned()
}

/// Device and whether it asks, in the list's order.
fn shown(answer: &Answer) -> Vec<(String, bool)> {
    let items = answer.body["items"].as_array().unwrap();
    items.iter().map(|item| (text(item, "device").to_owned(), item["current"] == true)).collect()
}

#[actix_web::test]
async fn sessions_are_listed_with_their_device_the_newest_first() {
    let app = TestApp::start().await;
    let first = sign_up(&app, "ada").await;
    let fox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    let second = log_in_from(&app, fox).await;
    log_in_from(&app, "curl/8.5.0").await;
    sign_up(&app, "bob").await;
    let list = client(&app, &second).get("/sessions").await.expect(200);
    let expected = [("curl", false), ("Firefox on Linux", true), ("Unknown device", false)];
    assert_eq!(shown(&list), expected.map(|(device, current)| (device.to_owned(), current)));
    let item = &list.body["items"][1];
    assert_eq!(item["id"], id_of(&second));
    for time in ["created_at", "last_used_at", "expires_at"] {
        text(item, time).parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    }
    let used = refresh(&app.anon(), text(&first, "refresh_token")).await.expect(200).body;
    let list = client(&app, &used).get("/sessions").await.expect(200).body;
    let last = &list["items"][2];
    assert!(text(last, "last_used_at") > text(last, "created_at"));

    let mut path = "/sessions?limit=1".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = client(&app, &used).get(&path).await.expect(200);
        seen.extend(shown(&page));
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        path = format!("/sessions?limit=1&cursor={cursor}");
    }
    let expected = [("curl", false), ("Firefox on Linux", false), ("Unknown device", true)];
    assert_eq!(seen, expected.map(|(device, current)| (device.to_owned(), current)));
}

#[actix_web::test]
async fn one_session_ends_and_the_others_go_on() {
    let app = TestApp::start().await;
    let (first, bob) = (sign_up(&app, "ada").await, sign_up(&app, "bob").await);
    let second = log_in(&app.anon(), "ada", PASSWORD).await.expect(200).body;
    let path = format!("/sessions/{}", id_of(&second));
    let (missing, foreign) =
        (format!("/sessions/{}", uuid::Uuid::now_v7()), format!("/sessions/{}", id_of(&bob)));
    for path in [&missing, &foreign] {
        client(&app, &first).delete(path).await.expect(404);
    }
    client(&app, &first).delete(&path).await.expect(204);
    client(&app, &second).get("/me").await.expect(401);
    refresh(&app.anon(), text(&second, "refresh_token")).await.expect(401);
    assert_eq!(shown(&client(&app, &first).get("/sessions").await.expect(200)).len(), 1);
    client(&app, &first).delete(&path).await.expect(204);
    client(&app, &bob).get("/me").await.expect(200);
    client(&app, &first).delete(&format!("/sessions/{}", id_of(&first))).await.expect(204);
    client(&app, &first).get("/me").await.expect(401);
}

#[actix_web::test]
async fn logging_out_everywhere_ends_all_on_every_server() {
    let here = TestApp::start().await;
    let there = TestApp::start_on(here.database_url.clone(), |_| ()).await;
    let (first, bob) = (sign_up(&here, "ada").await, sign_up(&here, "bob").await);
    let second = log_in(&there.anon(), "ada", PASSWORD).await.expect(200).body;
    client(&here, &first).post("/logout/all", &json!({})).await.expect(204);
    for session in [&first, &second] {
        client(&here, session).get("/me").await.expect(401);
        eventually("there, too", async || client(&there, session).get("/me").await.status == 401).await;
        refresh(&there.anon(), text(session, "refresh_token")).await.expect(401);
    }
    client(&there, &bob).get("/me").await.expect(200);
    log_in(&there.anon(), "ada", PASSWORD).await.expect(200);
}
