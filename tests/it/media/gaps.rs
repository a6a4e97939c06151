//! What rclone 1.75 doesn't implement of what ours does: what ours answers, and the lack. Once a `lacks_` test fails,
//! rclone has learned it: make one law of the two.

use bytes::Bytes;
use friender::media::MediaError;
use reqwest::{Client, Method, Response, StatusCode};

use super::links::{get, hello};
use super::{Ground, ORIGIN, Store};

#[tokio::test]
async fn embedded_knows_if_match() {
    let ground = Ground::on(Store::Embedded).await;
    let url = hello(&ground).await;
    assert_eq!(get(&url, &[("if-match", "\"older\"")]).await.status(), StatusCode::PRECONDITION_FAILED);
}

#[tokio::test]
async fn rclone_lacks_if_match() {
    let ground = Ground::on(Store::Rclone).await;
    let url = hello(&ground).await;
    assert_eq!(get(&url, &[("if-match", "\"older\"")]).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn embedded_says_206_to_a_part() {
    let ground = Ground::on(Store::Embedded).await;
    let url = hello(&ground).await;
    assert_eq!(get(&url, &[("range", "bytes=1-2")]).await.status(), StatusCode::PARTIAL_CONTENT);
}

#[tokio::test]
async fn rclone_lacks_the_status_of_a_part() {
    let ground = Ground::on(Store::Rclone).await;
    let url = hello(&ground).await;
    assert_eq!(get(&url, &[("range", "bytes=1-2")]).await.status(), StatusCode::OK);
}

async fn preflight(url: &str, origin: &str, method: &str) -> Response {
    let request = Client::new().request(Method::OPTIONS, url).header("origin", origin);
    let request = request.header("access-control-request-method", method);
    request.header("access-control-request-headers", "content-type").send().await.unwrap()
}

#[tokio::test]
async fn embedded_answers_preflights_of_its_origins_only() {
    let ground = Ground::on(Store::Embedded).await;
    let url = hello(&ground).await;
    let upload = ground.store.presign_put("up.png", "image/png", 5, super::links::MINUTES).await.unwrap();
    let allowed = preflight(&upload.url, ORIGIN, "PUT").await;
    assert_eq!(allowed.status(), StatusCode::OK);
    assert_eq!(allowed.headers()["access-control-allow-origin"], ORIGIN);
    assert!(allowed.headers()["access-control-allow-methods"].to_str().unwrap().contains("PUT"));
    assert_eq!(allowed.headers()["access-control-allow-headers"], "content-type");
    assert_eq!(allowed.headers()["access-control-max-age"], "3600");
    for (origin, method) in [("http://evil.example", "PUT"), (ORIGIN, "DELETE")] {
        let refused = preflight(&url, origin, method).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert!(!refused.headers().contains_key("access-control-allow-origin"));
    }
}

#[tokio::test]
async fn rclone_lacks_preflights() {
    let ground = Ground::on(Store::Rclone).await;
    let url = hello(&ground).await;
    let answer = preflight(&url, ORIGIN, "PUT").await;
    assert!(!answer.status().is_success(), "{}", answer.status());
}

#[tokio::test]
async fn embedded_lets_scripts_of_its_origins_read_answers() {
    let ground = Ground::on(Store::Embedded).await;
    let url = hello(&ground).await;
    let read = get(&url, &[("origin", ORIGIN)]).await;
    assert_eq!(read.headers()["access-control-allow-origin"], ORIGIN);
    assert_eq!(read.headers()["access-control-expose-headers"], "ETag");
    assert_eq!(read.headers()["x-content-type-options"], "nosniff");
    assert!(read.headers()["vary"].to_str().unwrap().contains("Origin"));
    let foreign = get(&url, &[("origin", "http://evil.example")]).await;
    assert!(!foreign.headers().contains_key("access-control-allow-origin"));
    let refused = get(&url.replace("300", "301"), &[("origin", ORIGIN)]).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert_eq!(refused.headers()["access-control-allow-origin"], ORIGIN, "scripts may read why");
}

#[tokio::test]
async fn embedded_takes_cors_rules_and_shows_them() {
    let ground = Ground::on(Store::Embedded).await;
    assert_eq!(ground.store.cors_origins().await.unwrap(), [ORIGIN]);
    let origins = ["https://friends.example".to_owned(), "http://localhost:5173".to_owned()];
    ground.store.apply_cors(&origins).await.unwrap();
    assert_eq!(ground.store.cors_origins().await.unwrap(), origins);
    ground.store.apply_cors(&[]).await.unwrap();
    assert_eq!(ground.store.cors_origins().await.unwrap(), origins);
}

#[tokio::test]
async fn rclone_lacks_cors_rules() {
    let ground = Ground::on(Store::Rclone).await;
    let applied = ground.store.apply_cors(&[ORIGIN.to_owned()]).await;
    let shown = ground.store.cors_origins().await;
    assert!(applied.is_err() || shown.as_deref() != Ok(&[ORIGIN.to_owned()]), "{applied:?} {shown:?}");
}

#[tokio::test]
async fn embedded_takes_every_key_that_s3_takes_and_browsers_carry() {
    let ground = Ground::on(Store::Embedded).await;
    for key in ["a//b".to_owned(), "a/".to_owned(), "é".repeat(512)] {
        ground.store.put(&key, "image/webp", Bytes::from(key.clone())).await.unwrap();
        assert_eq!(ground.store.get(&key, 2000).await.unwrap().bytes, key, "{key}");
        assert_eq!(ground.store.list(&key, None).await.unwrap().objects[0].key, key);
        ground.store.delete(&key).await.unwrap();
    }
    for key in ["a/./b", "nul\0", "line\nbreak", &"x".repeat(1025)] {
        let refused = ground.store.put(key, "image/png", Bytes::from_static(b"x")).await;
        assert!(matches!(refused, Err(MediaError::Refused { .. })), "{key:?}: {refused:?}");
    }
    assert_eq!(ground.store.list("", None).await.unwrap().objects, []);
}

#[tokio::test]
async fn rclone_lacks_long_parts_of_keys_and_empty_ones() {
    let ground = Ground::on(Store::Rclone).await;
    for key in ["k".repeat(256), "a//b".to_owned()] {
        let kept = ground.store.put(&key, "image/webp", Bytes::from_static(b"x")).await;
        let listed = ground.store.list("", None).await.unwrap().objects;
        assert!(
            kept.is_err() || !listed.iter().any(|object| object.key == key),
            "{key}: {kept:?} {listed:?}"
        );
    }
}

/// A form that a policy allows. Nobody here sends any: uploads go by presigned PUT, whose length is signed.
async fn posted(ground: &Ground) -> Response {
    let form = reqwest::multipart::Form::new().text("key", "x").text("file", "x".repeat(100_000));
    let url = format!("http://127.0.0.1:{}/{}", ground.server.port, ground.store.bucket());
    Client::new().post(url).multipart(form).send().await.unwrap()
}

#[tokio::test]
async fn embedded_refuses_posted_forms_before_they_are_read() {
    assert_eq!(posted(&Ground::on(Store::Embedded).await).await.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn rclone_lacks_posted_forms() {
    let ground = Ground::on(Store::Rclone).await;
    let status = posted(&ground).await.status();
    assert!(!status.is_success(), "{status}");
    assert_eq!(ground.store.list("", None).await.unwrap().objects, []);
}
