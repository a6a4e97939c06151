//! Clients that send slowly, or too much, are cut off.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{TestApp, someone};

/// Sends the beginning, then a byte a second until the server answers or hangs up; gives what it said, and after how
/// long.
async fn trickle(app: &TestApp, begin: &str) -> (String, Duration) {
    let stream = TcpStream::connect(app.addr).await.unwrap();
    let (mut from, mut to) = stream.into_split();
    to.write_all(begin.as_bytes()).await.unwrap();
    let begun = Instant::now();
    let sending = async {
        let mut ticks = tokio::time::interval(Duration::from_secs(1));
        loop {
            ticks.tick().await;
            if to.write_all(b"x").await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let mut said = Vec::new();
    tokio::select! {
        _ = from.read_to_end(&mut said) => {}
        () = sending => {}
        () = tokio::time::sleep(Duration::from_secs(60)) => panic!("still open after a minute: {begin:.20}"),
    }
    (String::from_utf8_lossy(&said).into_owned(), begun.elapsed())
}

#[actix_web::test]
async fn heads_and_bodies_that_trickle_in_are_cut_off() {
    let app = TestApp::start().await;
    let token = someone().insert(&app).client.token().unwrap().to_owned();
    let head = "GET /api/v1/tags HTTP/1.1\r\nHost: x\r\nX-Slow: ".to_owned();
    let json = format!(
        "PATCH /api/v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{\"bio\": \""
    );
    let form = format!(
        "POST /api/v1/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n\
         1000\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n"
    );
    let (head, json, form) = tokio::join!(trickle(&app, &head), trickle(&app, &json), trickle(&app, &form));
    assert!(head.0.starts_with("HTTP/1.1 408"), "{}", head.0);
    assert!(head.1 < Duration::from_secs(40), "{:?}", head.1);
    for (said, took) in [json, form] {
        assert!(said.starts_with("HTTP/1.1 408") && said.contains("too_slow"), "{said}");
        assert!((9..50).contains(&took.as_secs()), "{took:?}");
    }
}

/// A head has a limit, too: whoever sends more is refused, and nobody else notices.
#[actix_web::test]
async fn huge_heads_are_refused() {
    let app = TestApp::start().await;
    let (long, many) = ("x".repeat(1 << 20), "X-Many: x\r\n".repeat(1000));
    for head in [format!("X-Long: {long}\r\n"), many, format!("X-{long}: x\r\n")] {
        let (mut from, mut to) = TcpStream::connect(app.addr).await.unwrap().into_split();
        let request = format!("GET /api/v1/tags HTTP/1.1\r\nHost: x\r\n{head}\r\n");
        let mut said = Vec::new();
        // The server doesn't read it to its end, so that either direction may break off.
        let exchange = async { tokio::join!(to.write_all(request.as_bytes()), from.read_to_end(&mut said)) };
        let ended = tokio::time::timeout(Duration::from_secs(60), exchange).await;
        assert!(ended.is_ok(), "the connection stays open");
        let said = String::from_utf8_lossy(&said);
        assert!(said.is_empty() || said.starts_with("HTTP/1.1 4"), "{said}");
        app.anon().get("/tags").await.expect(200);
    }
}

/// The head of a huge body is enough to refuse it; the server doesn't wait for the rest.
#[actix_web::test]
async fn huge_bodies_are_refused_before_they_have_come() {
    let app = TestApp::start().await;
    let token = someone().insert(&app).client.token().unwrap().to_owned();
    let mut stream = TcpStream::connect(app.addr).await.unwrap();
    let request = format!(
        "PATCH /api/v1/me HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{}",
        "x".repeat(100 * 1024)
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut said = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(60), stream.read_to_end(&mut said)).await;
    assert!(read.is_ok(), "the connection stays open");
    let said = String::from_utf8_lossy(&said);
    assert!(said.starts_with("HTTP/1.1 413") && said.contains("too_large"), "{said}");
}
