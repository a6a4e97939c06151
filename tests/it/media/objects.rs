//! Laws of objects: kept, read, described, listed, removed.

use bytes::Bytes;
use friender::media::MediaError;

use super::Ground;
use crate::support::store::BUCKET;

/// MD5 of `hello`, from `printf hello | md5sum`.
const HELLO_MD5: &str = "5d41402abc4b2a76b9719d911017c592";
const LIMIT: usize = 1 << 20;

pub async fn an_object_is_kept_read_described_and_removed(ground: Ground) {
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

pub async fn a_second_put_replaces_the_first(ground: Ground) {
    let store = &ground.store;
    store.put("a", "text/plain", Bytes::from(vec![1; 700_000])).await.unwrap();
    store.put("a", "image/png", Bytes::from_static(b"short")).await.unwrap();
    let object = store.get("a", LIMIT).await.unwrap();
    assert_eq!(object.bytes, "short");
    assert_eq!(object.info.content_type.as_deref(), Some("image/png"));
    assert_eq!(store.list("", None).await.unwrap().objects.len(), 1);
}

pub async fn foreign_and_empty_things_come_back_unchanged(ground: Ground) {
    let store = &ground.store;
    for key in ["k".repeat(200), "ü/日本語 + 100%/a&b=c?.jpg".to_owned()] {
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

pub async fn no_key_leads_out_of_the_bucket(ground: Ground) {
    for key in ["../../out", "a/../../../out", "a/../../out"] {
        let refused = ground.store.put(key, "image/png", Bytes::from_static(b"x")).await;
        assert!(matches!(refused, Err(MediaError::Refused { .. })), "{key:?}: {refused:?}");
    }
    let outside = ground.server.dir.path().join("out");
    assert!(!outside.exists() && !outside.with_file_name("../out").exists());
    assert_eq!(ground.store.list("", None).await.unwrap().objects, []);
}

pub async fn a_listing_is_sorted_filtered_and_paged(ground: Ground) {
    let put = async |key: String| ground.store.put(&key, "image/png", Bytes::new()).await;
    // A few at a time: each has only seconds, also on a busy machine.
    for start in (0..1_003).step_by(17).rev() {
        let some = (start..start + 17).rev().map(|n| put(format!("p/{n:05}")));
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

pub async fn what_is_missing_is_told_apart(ground: Ground) {
    let other = ground.server.media_as("elsewhere", crate::support::store::SECRET).await;
    assert_eq!(ground.store.check().await, Ok(()));
    assert_eq!(other.check().await, Err(MediaError::BucketMissing));
    assert_eq!(other.get("a", LIMIT).await, Err(MediaError::BucketMissing));
    assert_eq!(other.head("a").await, Err(MediaError::BucketMissing));
    assert_eq!(other.delete("a").await, Err(MediaError::BucketMissing));
    assert_eq!(other.list("", None).await, Err(MediaError::BucketMissing));
    assert_eq!(other.put("a", "image/png", Bytes::new()).await, Err(MediaError::BucketMissing));
}

pub async fn wrong_keys_are_refused(ground: Ground) {
    let stranger = ground.server.media_as(BUCKET, "a wrong secret").await;
    let refused = stranger.get("a", LIMIT).await;
    assert!(
        matches!(&refused, Err(MediaError::Refused { code, .. }) if code == "SignatureDoesNotMatch"),
        "{refused:?}"
    );
    let refused = stranger.put("a", "image/png", Bytes::from_static(b"x")).await;
    assert!(matches!(&refused, Err(MediaError::Refused { .. })), "{refused:?}");
    assert_eq!(ground.store.list("", None).await.unwrap().objects, []);
}

pub async fn a_server_that_is_down_is_unavailable_at_once_and_found_again(mut ground: Ground) {
    ground.store.put("a", "image/png", Bytes::from_static(b"kept")).await.unwrap();
    ground.server.stop().await;

    let down = ground.store.get("a", LIMIT).await;
    assert!(matches!(down, Err(MediaError::Unavailable(_))), "{down:?}");
    assert!(!format!("{down:?}").contains("no answer within"), "it was waited for: {down:?}");

    ground.server.start_again(&[]).await;
    assert_eq!(ground.store.get("a", LIMIT).await.unwrap().bytes, "kept");
}
