use std::time::Instant;

use bytes::Bytes;

use super::{BUCKET, ground, serve, store, store_as};
use crate::media::MediaError;

/// MD5 of `hello`, from `printf hello | md5sum`.
const HELLO_MD5: &str = "5d41402abc4b2a76b9719d911017c592";
const LIMIT: usize = 1 << 20;

#[tokio::test]
async fn an_object_is_kept_read_described_and_removed() {
    let ground = ground().await;
    let store = &ground.store;
    let etag = store.put("photos/a.jpg", "image/jpeg", Bytes::from_static(b"hello")).await.unwrap();
    assert_eq!(etag, HELLO_MD5);

    let object = store.get("photos/a.jpg", LIMIT).await.unwrap();
    assert_eq!(object.bytes, "hello");
    assert_eq!(object.info.content_type.as_deref(), Some("image/jpeg"));
    let info = store.head("photos/a.jpg").await.unwrap();
    assert_eq!(info, object.info);
    assert_eq!((info.size, info.etag.as_str()), (5, HELLO_MD5));
    let age = chrono::Utc::now() - info.last_modified.unwrap();
    assert!((-2..60).contains(&age.num_seconds()), "stored {age} ago");

    store.delete("photos/a.jpg").await.unwrap();
    assert_eq!(store.get("photos/a.jpg", LIMIT).await, Err(MediaError::NotFound));
    assert_eq!(store.head("photos/a.jpg").await, Err(MediaError::NotFound));
    store.delete("photos/a.jpg").await.expect("a second delete is harmless");
}

#[tokio::test]
async fn a_second_put_replaces_the_first() {
    let store = ground().await;
    let store = &store.store;
    store.put("a", "text/plain", Bytes::from(vec![1; 700_000])).await.unwrap();
    store.put("a", "image/png", Bytes::from_static(b"short")).await.unwrap();
    let object = store.get("a", LIMIT).await.unwrap();
    assert_eq!(object.bytes, "short");
    assert_eq!(object.info.content_type.as_deref(), Some("image/png"));
    assert_eq!(store.list("", None).await.unwrap().objects.len(), 1);
}

#[tokio::test]
async fn long_foreign_and_empty_things_come_back_unchanged() {
    let ground = ground().await;
    let store = &ground.store;
    for key in ["k".repeat(200), "ü/日本語 + 100%/a&b=c?.jpg".to_owned(), "a//b".to_owned(), "é".repeat(512)]
    {
        store.put(&key, "image/webp", Bytes::from(key.clone())).await.unwrap();
        assert_eq!(store.get(&key, LIMIT).await.unwrap().bytes, key, "{key}");
        assert_eq!(store.list(&key, None).await.unwrap().objects[0].key, key);
    }
    store.put("empty", "image/png", Bytes::new()).await.unwrap();
    assert_eq!(store.get("empty", LIMIT).await.unwrap().bytes, "");
    let big: Bytes = (0..3_000_000_u32).map(|n| (n % 251) as u8).collect();
    store.put("big", "image/png", big.clone()).await.unwrap();
    assert_eq!(store.get("big", 4 * LIMIT).await.unwrap().bytes, big);
    assert_eq!(store.get("big", LIMIT).await, Err(MediaError::TooLarge { limit: LIMIT }));
}

#[tokio::test]
async fn keys_that_are_none_are_refused() {
    let ground = ground().await;
    for key in ["../../out", "a/../../../out", "a/./b", "nul\0", "line\nbreak", &"x".repeat(1025)] {
        let refused = ground.store.put(key, "image/png", Bytes::from_static(b"x")).await;
        assert!(matches!(refused, Err(MediaError::Refused { .. })), "{key:?}: {refused:?}");
    }
    assert_eq!(ground.store.list("", None).await.unwrap().objects, []);
}

#[tokio::test]
async fn a_listing_is_sorted_filtered_and_paged() {
    let ground = ground().await;
    let put = async |key: String| ground.store.put(&key, "image/png", Bytes::new()).await;
    // A few at a time: each has only seconds, also on a busy machine.
    for start in (0..1_003).step_by(59).rev() {
        let some = (start..start + 59).rev().map(|n| put(format!("p/{n:05}")));
        futures_util::future::try_join_all(some).await.unwrap();
    }
    put("q/other".to_owned()).await.unwrap();

    let first = ground.store.list("p/", None).await.unwrap();
    assert_eq!(first.objects.len(), 1_000);
    let second = ground.store.list("p/", first.next.as_deref()).await.unwrap();
    assert_eq!(second.next, None);
    let keys: Vec<_> = first.objects.into_iter().chain(second.objects).map(|object| object.key).collect();
    assert_eq!(keys, (0..1_003).map(|n| format!("p/{n:05}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_is_missing_is_told_apart() {
    let ground = ground().await;
    let other = store(ground.server.addr().port(), "elsewhere").await;
    assert_eq!(ground.store.check().await, Ok(()));
    assert_eq!(other.check().await, Err(MediaError::BucketMissing));
    assert_eq!(other.get("a", LIMIT).await, Err(MediaError::BucketMissing));
    assert_eq!(other.head("a").await, Err(MediaError::BucketMissing));
    assert_eq!(other.delete("a").await, Err(MediaError::BucketMissing));
    assert_eq!(other.list("", None).await, Err(MediaError::BucketMissing));
    assert_eq!(other.put("a", "image/png", Bytes::new()).await, Err(MediaError::BucketMissing));
}

#[tokio::test]
async fn wrong_keys_are_refused() {
    let ground = ground().await;
    let stranger = store_as(ground.server.addr().port(), BUCKET, "a wrong secret").await;
    let refused = stranger.get("a", LIMIT).await;
    assert!(
        matches!(&refused, Err(MediaError::Refused { code, .. }) if code == "SignatureDoesNotMatch"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_server_that_is_down_is_unavailable_at_once_and_found_again() {
    let dir = tempfile::tempdir().unwrap();
    let server = serve(dir.path(), 0).unwrap();
    let port = server.addr().port();
    let store = store(port, BUCKET).await;
    store.put("a", "image/png", Bytes::from_static(b"kept")).await.unwrap();
    server.stop().await;

    let asked = Instant::now();
    let down = store.get("a", LIMIT).await;
    assert!(matches!(down, Err(MediaError::Unavailable(_))), "{down:?}");
    assert!(asked.elapsed().as_secs() < 1, "took {:?}", asked.elapsed());

    let _server = serve(dir.path(), port).unwrap();
    assert_eq!(store.get("a", LIMIT).await.unwrap().bytes, "kept");
}

#[tokio::test]
async fn a_server_that_hangs_is_unavailable_within_three_seconds() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let store = store(silent.local_addr().unwrap().port(), BUCKET).await;
    let asked = Instant::now();
    let hung = store.put("a", "image/png", Bytes::from_static(b"x")).await;
    assert!(matches!(hung, Err(MediaError::Unavailable(_))), "{hung:?}");
    assert!(asked.elapsed().as_secs() < 3, "took {:?}", asked.elapsed());
}

#[tokio::test]
async fn cors_rules_are_given_and_read_back() {
    let ground = ground().await;
    assert_eq!(ground.store.cors_origins().await.unwrap(), [super::ORIGIN]);
    let origins = ["https://friends.example".to_owned(), "http://localhost:5173".to_owned()];
    ground.store.apply_cors(&origins).await.unwrap();
    assert_eq!(ground.store.cors_origins().await.unwrap(), origins);
    ground.store.apply_cors(&[]).await.unwrap();
    assert_eq!(ground.store.cors_origins().await.unwrap(), origins);
}
