use std::time::Instant;

use bytes::Bytes;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpListener;

use super::{BUCKET, store};
use crate::media::MediaError;

#[tokio::test]
async fn a_server_that_hangs_is_unavailable_within_three_seconds() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let store = store(silent.local_addr().unwrap().port(), BUCKET).await;
    let asked = Instant::now();
    let hung = store.put("a", "image/png", Bytes::from_static(b"x")).await;
    assert!(matches!(hung, Err(MediaError::Unavailable(_))), "{hung:?}");
    assert!(asked.elapsed().as_secs() < 3, "took {:?}", asked.elapsed());
}

/// Buckets belong to their owner alone: with an access list in it, a real one refuses the request.
#[tokio::test]
async fn no_access_list_is_ever_sent() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let store = store(silent.local_addr().unwrap().port(), BUCKET).await;
    let put = tokio::spawn({
        let store = store.clone();
        async move { store.put("a", "image/png", Bytes::from_static(b"x")).await }
    });
    let (mut connection, _) = silent.accept().await.unwrap();
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        head.push(connection.read_u8().await.unwrap());
    }
    put.abort();
    let head = String::from_utf8(head).unwrap().to_lowercase();
    assert!(head.starts_with("put /friender/a") && head.contains("content-type: image/png"), "{head}");
    let link = store.presign_put("a", "image/png", 1, super::MINUTES).await.unwrap();
    for said in [head, link.url.to_lowercase()] {
        assert!(!said.contains("acl") && !said.contains("x-amz-grant"), "{said}");
    }
}
