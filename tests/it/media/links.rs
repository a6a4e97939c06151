//! Laws of presigned links: what they let in, and when they end.

use std::time::Duration;

use bytes::Bytes;
use friender::media::MediaError;
use reqwest::{Client, Response, StatusCode};

use super::Ground;

pub const MINUTES: Duration = Duration::from_secs(300);

/// A link to an object that says hello.
pub async fn hello(ground: &Ground) -> String {
    ground.store.put("a/b.jpg", "image/jpeg", Bytes::from_static(b"hello")).await.unwrap();
    ground.store.presign_get("a/b.jpg", MINUTES).await.unwrap().url.to_string()
}

pub async fn get(url: &str, headers: &[(&str, &str)]) -> Response {
    let request =
        headers.iter().fold(Client::new().get(url), |request, (name, value)| request.header(*name, *value));
    request.send().await.unwrap()
}

/// Whether the answer is a refusal: Amazon says 403, rclone 400 where a link has ended or bears no signature.
pub fn is_refusal(status: StatusCode) -> bool {
    [StatusCode::FORBIDDEN, StatusCode::BAD_REQUEST].contains(&status)
}

pub async fn a_link_reads_its_object_at_the_public_address(ground: Ground) {
    let url = hello(&ground).await;
    assert!(url.starts_with("http://localhost:"), "{url}");
    let answer = get(&url, &[]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
    assert_eq!(answer.headers()["content-length"], "5");
    assert_eq!(answer.headers()["etag"], "\"5d41402abc4b2a76b9719d911017c592\"");
    assert_eq!(answer.bytes().await.unwrap(), "hello");
}

pub async fn the_probe_reads_by_the_link_alone(ground: Ground) {
    let url = hello(&ground).await;
    assert_eq!(ground.store.fetch_presigned(&url).await.unwrap(), "hello");
    for useless in [&url.replace("Signature=", "Signature=0"), url.split('?').next().unwrap()] {
        let refused = ground.store.fetch_presigned(useless).await.unwrap_err();
        assert!(matches!(refused, MediaError::Refused { .. }), "{refused}");
    }
}

pub async fn an_altered_link_is_refused(ground: Ground) {
    let url = hello(&ground).await;
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
        let answer = get(altered, &[]).await;
        assert!(is_refusal(answer.status()), "{altered}");
        let said = answer.text().await.unwrap();
        assert!(!said.contains("hello") && !said.contains("other"), "{said}");
    }
    let removed = Client::new().delete(&url).send().await.unwrap();
    assert_eq!(removed.status(), StatusCode::FORBIDDEN);
    assert_eq!(get(&url, &[]).await.status(), StatusCode::OK);
}

pub async fn a_link_ends_when_it_says(ground: Ground) {
    hello(&ground).await;
    let link = ground.store.presign_get("a/b.jpg", Duration::from_secs(1)).await.unwrap();
    // S3 counts whole seconds, and refuses what is older.
    let ended = loop {
        let asked = chrono::Utc::now();
        let status = get(&link.url, &[]).await.status();
        if asked > link.expires_at + chrono::TimeDelta::milliseconds(1_100) {
            break status;
        }
    };
    assert_eq!((is_refusal(ended), link.expires_in()), (true, 0));
}

pub async fn a_window_has_one_link_for_all_with_half_of_its_life_left(ground: Ground) {
    let url = hello(&ground).await;
    let again = ground.store.presign_get("a/b.jpg", MINUTES).await.unwrap();
    let instance = ground.server.media().await;
    let elsewhere = instance.presign_get("a/b.jpg", MINUTES).await.unwrap();
    // The one moment at which a window may have ended in between.
    if again.expires_at == elsewhere.expires_at {
        assert_eq!(again.url, elsewhere.url);
    }
    assert!(url.contains("X-Amz-Expires=300"), "{url}");
    assert!((149..=300).contains(&again.expires_in()), "{} left", again.expires_in());
}

pub async fn a_known_copy_is_not_sent_again(ground: Ground) {
    let url = hello(&ground).await;
    let tag = "\"5d41402abc4b2a76b9719d911017c592\"";
    let unchanged = get(&url, &[("if-none-match", tag)]).await;
    assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(unchanged.headers()["etag"], tag);
    assert_eq!(unchanged.bytes().await.unwrap(), "");
    assert_eq!(get(&url, &[("if-none-match", "\"older\"")]).await.status(), StatusCode::OK);
}

pub async fn parts_are_sent(ground: Ground) {
    let url = hello(&ground).await;
    for (range, part, content_range) in [
        ("bytes=1-2", "el", "bytes 1-2/5"),
        ("bytes=3-", "lo", "bytes 3-4/5"),
        ("bytes=-2", "lo", "bytes 3-4/5"),
    ] {
        let answer = get(&url, &[("range", range)]).await;
        assert_eq!(answer.headers()["content-range"], content_range);
        assert_eq!(answer.bytes().await.unwrap(), part);
    }
    assert_eq!(get(&url, &[("range", "bytes=5-")]).await.status(), StatusCode::RANGE_NOT_SATISFIABLE);
}

pub async fn an_upload_link_takes_only_its_type_and_length(ground: Ground) {
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

pub async fn an_upload_link_ends_when_it_says(ground: Ground) {
    let link = ground.store.presign_put("late.png", "image/png", 5, Duration::from_secs(1)).await.unwrap();
    // What comes too early is kept, and the link goes on working until it ends: it is only refused afterwards.
    let ended = loop {
        let asked = chrono::Utc::now();
        let late = Client::new().put(&link.url).header("content-type", "image/png").body("hello");
        let status = late.send().await.unwrap().status();
        if asked > link.expires_at + chrono::TimeDelta::milliseconds(1_100) {
            break status;
        }
        ground.store.delete("late.png").await.unwrap();
    };
    assert!(is_refusal(ended), "{ended}");
    assert_eq!(ground.store.head("late.png").await, Err(MediaError::NotFound));
}
