use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use reqwest::{Client, Response, StatusCode};

use super::{Ground, MINUTES, ORIGIN, ground};
use crate::media::MediaError;
use crate::media::presign::window_start;

async fn with_hello() -> (Ground, String) {
    let ground = ground().await;
    ground.store.put("a/b.jpg", "image/jpeg", Bytes::from_static(b"hello")).await.unwrap();
    let url = ground.store.presign_get("a/b.jpg", MINUTES).await.unwrap().url.to_string();
    (ground, url)
}

async fn get(url: &str, headers: &[(&str, &str)]) -> Response {
    let request =
        headers.iter().fold(Client::new().get(url), |request, (name, value)| request.header(*name, *value));
    request.send().await.unwrap()
}

#[tokio::test]
async fn a_link_reads_its_object_at_the_public_address() {
    let (_ground, url) = with_hello().await;
    assert!(url.starts_with("http://localhost:"), "{url}");
    let answer = get(&url, &[]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
    assert_eq!(answer.headers()["content-length"], "5");
    assert_eq!(answer.headers()["etag"], "\"5d41402abc4b2a76b9719d911017c592\"");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    assert_eq!(answer.bytes().await.unwrap(), "hello");
}

#[tokio::test]
async fn the_probe_reads_by_the_link_alone() {
    let (ground, url) = with_hello().await;
    assert_eq!(ground.store.fetch_presigned(&url).await.unwrap(), "hello");
    for useless in [&url.replace("Signature=", "Signature=0"), url.split('?').next().unwrap()] {
        let refused = ground.store.fetch_presigned(useless).await.unwrap_err();
        assert!(matches!(refused, MediaError::Refused { .. }), "{refused}");
    }
}

#[tokio::test]
async fn an_altered_link_is_refused() {
    let (ground, url) = with_hello().await;
    ground.store.put("a/c.jpg", "image/jpeg", Bytes::from_static(b"other")).await.unwrap();
    let signature = url.find("X-Amz-Signature=").unwrap() + "X-Amz-Signature=".len();
    let flipped = if url.as_bytes()[signature] == b'0' { "1" } else { "0" };
    let mut forged = url.clone();
    forged.replace_range(signature..=signature, flipped);
    let bare = url.split('?').next().unwrap();
    for altered in [
        forged.as_str(),
        &url.replace("/a/b.jpg", "/a/c.jpg"),
        &url.replace("X-Amz-Expires=300", "X-Amz-Expires=3000"),
        &format!("{url}&response-content-type=text/html"),
        bare,
    ] {
        assert_ne!(altered, url);
        assert_eq!(get(altered, &[]).await.status(), StatusCode::FORBIDDEN, "{altered}");
    }
    let removed = Client::new().delete(&url).send().await.unwrap();
    assert_eq!(removed.status(), StatusCode::FORBIDDEN);
    assert_eq!(get(&url, &[]).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_link_ends_when_it_says() {
    let (ground, _) = with_hello().await;
    let link = ground.store.presign_get("a/b.jpg", Duration::from_secs(1)).await.unwrap();
    // S3 counts whole seconds, and refuses what is older.
    let ended = loop {
        let status = get(&link.url, &[]).await.status();
        if chrono::Utc::now() > link.expires_at + chrono::TimeDelta::milliseconds(1_100) {
            break status;
        }
    };
    assert_eq!((ended, link.expires_in()), (StatusCode::FORBIDDEN, 0));
}

#[tokio::test]
async fn a_window_has_one_link_for_all_with_half_of_its_life_left() {
    let (ground, url) = with_hello().await;
    let again = ground.store.presign_get("a/b.jpg", MINUTES).await.unwrap();
    let instance = super::store(ground.server.addr().port(), super::BUCKET).await;
    let elsewhere = instance.presign_get("a/b.jpg", MINUTES).await.unwrap();
    // The one moment at which a window may have ended in between.
    if again.expires_at == elsewhere.expires_at {
        assert_eq!(again.url, elsewhere.url);
    }
    assert!(url.contains("X-Amz-Expires=300"), "{url}");
    assert!((149..=300).contains(&again.expires_in()), "{} left", again.expires_in());
    for (now, start) in [(0, 0), (149, 0), (150, 150), (299, 150), (300, 300)] {
        let now: SystemTime = UNIX_EPOCH + Duration::from_secs(now);
        assert_eq!(window_start(now, MINUTES), Duration::from_secs(start));
    }
    let odd = UNIX_EPOCH + Duration::from_millis(7_900);
    assert_eq!(window_start(odd, Duration::from_secs(1)), Duration::from_secs(7));
}

#[tokio::test]
async fn a_known_copy_is_not_sent_again_and_parts_are() {
    let (_ground, url) = with_hello().await;
    let tag = "\"5d41402abc4b2a76b9719d911017c592\"";
    let unchanged = get(&url, &[("if-none-match", tag)]).await;
    assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(unchanged.headers()["etag"], tag);
    assert_eq!(unchanged.bytes().await.unwrap(), "");
    assert_eq!(get(&url, &[("if-none-match", "\"older\"")]).await.status(), StatusCode::OK);
    assert_eq!(get(&url, &[("if-match", "\"older\"")]).await.status(), StatusCode::PRECONDITION_FAILED);

    for (range, part, content_range) in [
        ("bytes=1-2", "el", "bytes 1-2/5"),
        ("bytes=3-", "lo", "bytes 3-4/5"),
        ("bytes=-2", "lo", "bytes 3-4/5"),
    ] {
        let answer = get(&url, &[("range", range)]).await;
        assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT);
        assert_eq!(answer.headers()["content-range"], content_range);
        assert_eq!(answer.bytes().await.unwrap(), part);
    }
    assert_eq!(get(&url, &[("range", "bytes=5-")]).await.status(), StatusCode::RANGE_NOT_SATISFIABLE);
}

#[tokio::test]
async fn an_upload_link_takes_only_its_type_and_length() {
    let ground = ground().await;
    let link = ground.store.presign_put("up.png", "image/png", 5, MINUTES).await.unwrap();
    assert_eq!(link.headers, [("content-type".to_owned(), "image/png".to_owned())]);
    let put = |content_type: Option<&'static str>, body: &'static str| {
        let request = Client::new().put(&link.url).body(body);
        let request =
            content_type.into_iter().fold(request, |request, value| request.header("content-type", value));
        async move { request.send().await.unwrap().status() }
    };
    assert_eq!(put(Some("text/html"), "hello").await, StatusCode::FORBIDDEN);
    assert_eq!(put(None, "hello").await, StatusCode::FORBIDDEN);
    assert_eq!(put(Some("image/png"), "hell").await, StatusCode::FORBIDDEN);
    assert_eq!(put(Some("image/png"), "hello!").await, StatusCode::FORBIDDEN);
    let stream = reqwest::Body::wrap_stream(futures_util::stream::iter([Ok::<_, std::io::Error>("hello")]));
    let unmeasured = Client::new().put(&link.url).header("content-type", "image/png").body(stream);
    assert_eq!(unmeasured.send().await.unwrap().status(), StatusCode::FORBIDDEN);
    assert_eq!(ground.store.list("", None).await.unwrap().objects, []);

    assert_eq!(put(Some("image/png"), "hello").await, StatusCode::OK);
    assert_eq!(ground.store.head("up.png").await.unwrap().content_type.as_deref(), Some("image/png"));
    let moved =
        Client::new().put(link.url.replace("up.png", "elsewhere.png")).header("content-type", "image/png");
    assert_eq!(moved.body("hello").send().await.unwrap().status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn browsers_get_their_answers() {
    let (_ground, url) = with_hello().await;
    let preflight = |origin: &'static str, method: &'static str| {
        let request = Client::new().request(reqwest::Method::OPTIONS, &url).header("origin", origin);
        let request = request.header("access-control-request-method", method);
        async move { request.header("access-control-request-headers", "content-type").send().await.unwrap() }
    };
    let allowed = preflight(ORIGIN, "PUT").await;
    assert_eq!(allowed.status(), StatusCode::OK);
    assert_eq!(allowed.headers()["access-control-allow-origin"], ORIGIN);
    assert!(allowed.headers()["access-control-allow-methods"].to_str().unwrap().contains("PUT"));
    assert_eq!(allowed.headers()["access-control-allow-headers"], "content-type");
    assert_eq!(allowed.headers()["access-control-max-age"], "3600");
    for refused in [preflight("http://evil.example", "PUT").await, preflight(ORIGIN, "DELETE").await] {
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert!(!refused.headers().contains_key("access-control-allow-origin"));
    }

    let read = get(&url, &[("origin", ORIGIN)]).await;
    assert_eq!(read.headers()["access-control-allow-origin"], ORIGIN);
    assert_eq!(read.headers()["access-control-expose-headers"], "ETag");
    assert!(read.headers()["vary"].to_str().unwrap().contains("Origin"));
    let foreign = get(&url, &[("origin", "http://evil.example")]).await;
    assert!(!foreign.headers().contains_key("access-control-allow-origin"));
    let refused = get(&url.replace("300", "301"), &[("origin", ORIGIN)]).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert_eq!(refused.headers()["access-control-allow-origin"], ORIGIN, "scripts may read why");
}
