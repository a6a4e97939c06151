//! Asking again for what hasn't changed costs no body.

use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Client, TestApp, befriend, someone};

async fn ask(client: &Client, path: &str, tag: &str) -> Answer {
    Client::send(client.request(Method::GET, path).header("if-none-match", tag)).await
}

#[actix_web::test]
async fn what_clients_poll_is_tagged_and_304_until_it_changes() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    let lists = ["/me", "/profile", "/matches", "/conversations", "/likes/received", "/later", "/tags"];
    let mut paths = lists.map(str::to_owned).to_vec();
    paths.extend([format!("/users/{}", bob.id), format!("/users/{}/images", bob.id)]);
    paths.extend([format!("/matches/{id}"), format!("/matches/{id}/messages")]);
    for path in paths {
        let first = ada.client.get(&path).await.expect(200);
        let tag = first.header("etag");
        assert!(tag.starts_with("W/\"") && tag.len() == 36, "{path}: {tag}");
        for known in [tag.to_owned(), tag[2..].to_owned(), format!("\"x\", {tag}"), "*".to_owned()] {
            let again = ask(&ada.client, &path, &known).await.expect(304);
            assert_eq!((&again.body, again.header("etag")), (&json!(""), tag), "{path}");
            assert_eq!(again.header("content-type"), "", "{path}");
            assert_eq!(again.header("cache-control"), "no-store", "{path}");
        }
        let other = ask(&ada.client, &path, "W/\"0123456789abcdef0123456789abcdef\"").await.expect(200);
        assert_eq!((&other.body, other.header("etag")), (&first.body, tag), "{path}");
    }
    let before = ada.client.get("/matches").await.expect(200);
    let message = json!({"body": "Hello", "client_id": uuid::Uuid::now_v7()});
    bob.client.post(&format!("/matches/{id}/messages"), &message).await.expect(201);
    let after = ask(&ada.client, "/matches", before.header("etag")).await.expect(200);
    assert_ne!(after.header("etag"), before.header("etag"));
}

#[actix_web::test]
async fn only_good_answers_of_the_api_are_tagged() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app).client;
    for (method, path, status) in [
        (Method::GET, "/nowhere", 404),
        (Method::GET, "/deck?limit=0", 400),
        (Method::GET, "//health", 200),
        (Method::POST, "/logout", 204),
    ] {
        let answer =
            Client::send(ada.request(method, path).header("if-none-match", "*")).await.expect(status);
        assert_eq!(answer.header("etag"), "", "{path}");
    }
    // Somebody else's tag gives nothing away: whoever may not look gets no 304.
    app.anon().get("/me").await.expect(401);
    ask(&app.anon(), "/me", "*").await.expect(401);
}

#[test]
fn the_document_tells_of_tags() {
    let document = serde_json::to_value(friender::routes::openapi()).unwrap();
    let me = &document["paths"]["/api/v1/me"];
    assert!(me["get"]["responses"]["304"].is_object() && me["patch"]["responses"]["304"].is_null());
    assert!(me["get"]["responses"]["200"]["headers"]["ETag"].is_object());
    let parameters = me["get"]["parameters"].as_array().unwrap();
    assert!(parameters.iter().any(|p| p["name"] == "If-None-Match" && p["in"] == "header"));
}
