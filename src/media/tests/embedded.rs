use std::path::{Path, PathBuf};

use bytes::Bytes;
use reqwest::Client;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{BUCKET, MINUTES, serve, store};
use crate::media::embedded::MAX_OBJECT_BYTES;
use crate::media::{MediaError, MediaStore};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[tokio::test]
async fn objects_survive_a_restart_and_leftovers_do_not() {
    let dir = tempfile::tempdir().unwrap();
    let server = serve(dir.path(), 0).unwrap();
    let before = store(server.addr().port(), BUCKET).await;
    before.put("a", "image/png", Bytes::from_static(b"kept")).await.unwrap();
    let described = before.head("a").await.unwrap();
    server.stop().await;
    let leftover = dir.path().join(BUCKET).join("incoming/leftover");
    std::fs::write(&leftover, "half").unwrap();

    let server = serve(dir.path(), 0).unwrap();
    let after = store(server.addr().port(), BUCKET).await;
    assert_eq!(after.get("a", 100).await.unwrap().bytes, "kept");
    assert_eq!(after.head("a").await.unwrap(), described);
    assert!(!leftover.exists());
}

#[tokio::test]
async fn one_file_an_object_and_none_outside() {
    let outer = tempfile::tempdir().unwrap();
    let dir = outer.path().join("objects");
    let server = serve(&dir, 0).unwrap();
    let store = store(server.addr().port(), BUCKET).await;
    for key in ["a/b", "../../escape", "/etc/passwd", "~/x"] {
        let _ = store.put(key, "image/png", Bytes::from_static(b"x")).await;
    }
    // Below the SDK: the path as an attacker would send it.
    let mut raw = TcpStream::connect(server.addr()).await.unwrap();
    raw.write_all(
        b"PUT /friender/../../escape HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\nconnection: close\r\n\r\nx",
    )
    .await
    .unwrap();
    let mut answer = String::new();
    raw.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 403"), "{answer}");

    assert_eq!(files(outer.path()).len(), 3, "{:?}", files(outer.path()));
    for file in files(outer.path()) {
        let inside = file.strip_prefix(dir.join(BUCKET)).unwrap().to_str().unwrap();
        assert!(inside.len() == 65 && inside.as_bytes()[2] == b'/', "{inside}");
        assert!(inside.bytes().all(|byte| byte == b'/' || byte.is_ascii_hexdigit()), "{inside}");
    }
    store.delete("a/b").await.unwrap();
    assert_eq!(files(&dir).len(), 2);
}

/// The head of an upload by a presigned link, as bytes, so that a test decides when the body comes.
async fn upload_head(store: &MediaStore, port: u16, key: &str, length: u64) -> String {
    let link = store.presign_put(key, "image/png", length, MINUTES).await.unwrap();
    let (_, target) = link.url.split_once("//").unwrap().1.split_once('/').unwrap();
    format!(
        "PUT /{target} HTTP/1.1\r\nhost: localhost:{port}\r\ncontent-type: image/png\r\n\
         content-length: {length}\r\n\r\n"
    )
}

#[tokio::test]
async fn a_cut_upload_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let server = serve(dir.path(), 0).unwrap();
    let store = store(server.addr().port(), BUCKET).await;
    let head = upload_head(&store, server.addr().port(), "cut", 1_000_000).await;
    let mut raw = TcpStream::connect(server.addr()).await.unwrap();
    raw.write_all(head.as_bytes()).await.unwrap();
    raw.write_all(&[7; 400_000]).await.unwrap();
    while files(dir.path()).is_empty() {
        tokio::task::yield_now().await;
    }
    drop(raw);
    while !files(dir.path()).is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(store.head("cut").await, Err(MediaError::NotFound));
}

#[tokio::test]
async fn a_stop_answers_what_is_under_way_and_frees_the_port() {
    let dir = tempfile::tempdir().unwrap();
    let server = serve(dir.path(), 0).unwrap();
    let addr = server.addr();
    let head = upload_head(&store(addr.port(), BUCKET).await, addr.port(), "late", 10).await;
    let mut raw = TcpStream::connect(addr).await.unwrap();
    raw.write_all(head.as_bytes()).await.unwrap();
    raw.write_all(b"first").await.unwrap();
    while files(dir.path()).is_empty() {
        tokio::task::yield_now().await;
    }
    let finish = async {
        raw.write_all(b"later").await.unwrap();
        let mut answer = String::new();
        raw.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    };
    tokio::join!(server.stop(), finish);

    let _server = serve(dir.path(), addr.port()).expect("the port is free");
    assert_eq!(store(addr.port(), BUCKET).await.get("late", 100).await.unwrap().bytes, "firstlater");
}

#[tokio::test]
async fn what_is_too_large_is_refused_before_it_is_sent() {
    let dir = tempfile::tempdir().unwrap();
    let server = serve(dir.path(), 0).unwrap();
    let store = store(server.addr().port(), BUCKET).await;
    let link = store.presign_put("big", "image/png", MAX_OBJECT_BYTES + 1, MINUTES).await.unwrap();
    let endless = futures_util::stream::pending::<std::io::Result<Bytes>>();
    let upload = Client::new()
        .put(&link.url)
        .header("content-type", "image/png")
        .header("content-length", MAX_OBJECT_BYTES + 1)
        .body(reqwest::Body::wrap_stream(endless));
    let answer = upload.send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("EntityTooLarge"));
    assert_eq!(files(dir.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn a_taken_address_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let server = serve(dir.path(), 0).unwrap();
    let error = serve(dir.path(), server.addr().port()).unwrap_err().to_string();
    assert!(error.contains(&server.addr().to_string()) && error.contains("FRIENDER_S3_ADDR"), "{error}");
}

#[tokio::test]
async fn readers_of_an_object_that_is_replaced_see_one_or_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let server = serve(dir.path(), 0).unwrap();
    let store = store(server.addr().port(), BUCKET).await;
    let versions = [Bytes::from(vec![1; 600_000]), Bytes::from(vec![2; 500_000])];
    store.put("a", "image/png", versions[0].clone()).await.unwrap();
    let write = async {
        for round in 0..10 {
            store.put("a", "image/png", versions[round % 2].clone()).await.unwrap();
        }
    };
    let read = async {
        for _ in 0..20 {
            let seen = store.get("a", 1 << 20).await.unwrap();
            assert!(versions.contains(&seen.bytes), "{} bytes", seen.bytes.len());
        }
    };
    tokio::join!(write, read);
}
