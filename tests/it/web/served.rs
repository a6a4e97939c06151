//! The files of a build, and the addresses that the app reads itself.

use std::net::SocketAddr;

use reqwest::Method;
use reqwest::header::HeaderMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::{build, serves};
use crate::support::{Answer, Client, Store, TestApp};

const PAGE: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

async fn ask(app: &TestApp, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = app.anon().request(method, &format!("/{path}"));
    Client::send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
}

async fn open(app: &TestApp, path: &str) -> Answer {
    ask(app, Method::GET, path, &[("accept", PAGE)]).await
}

#[actix_web::test]
async fn every_file_has_its_type_and_is_kept_as_long_as_its_name_allows() {
    let build = build();
    let app = TestApp::start_with(serves(build.path())).await;
    for (path, kind, kept) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/icon.svg", "image/svg+xml", "no-cache"),
        ("/assets/index-4f3a.js", "text/javascript; charset=utf-8", FOR_EVER),
        ("/assets/index-77aa.css", "text/css; charset=utf-8", FOR_EVER),
        ("/assets/logo-1b2c.webp", "image/webp", FOR_EVER),
    ] {
        let answer = ask(&app, Method::GET, path, &[]).await.expect(200);
        let headers = ["content-type", "cache-control", "content-encoding"].map(|name| answer.header(name));
        assert_eq!(headers, [kind, kept, ""], "{path}");
        let lies = build.path().join(if path == "/" { "index.html" } else { &path[1..] });
        let content = std::fs::read_to_string(lies).unwrap();
        assert_eq!(answer.header("content-length"), content.len().to_string(), "{path}");
        if let Some(text) = answer.body.as_str() {
            assert_eq!(text, content, "{path}");
        }
        let head = ask(&app, Method::HEAD, path, &[]).await.expect(200);
        assert_eq!(head.header("content-length"), content.len().to_string(), "{path}");
        let tag = answer.header("etag");
        let same = ask(&app, Method::GET, path, &[("if-none-match", tag)]).await.expect(304);
        let again = ["etag", "cache-control", "content-security-policy"];
        assert_eq!(again.map(|name| same.header(name)), again.map(|name| answer.header(name)), "{path}");
        ask(&app, Method::GET, path, &[("if-none-match", "W/\"another\"")]).await.expect(200);
    }
}

#[actix_web::test]
async fn a_browser_gets_the_app_at_every_address_that_may_be_one_of_its_pages() {
    let build = build();
    let app = TestApp::start_with(serves(build.path())).await;
    let index = open(&app, "/").await.expect(200);
    for path in ["/deck", "/people/ada.l", "/matches/1/messages?from=mail", "/apiary", "/settings/"] {
        let page = open(&app, path).await.expect(200);
        assert_eq!((&page.body, page.header("cache-control")), (&index.body, "no-cache"), "{path}");
        // Programs and scripts learn that there is nothing.
        for headers in [&[("accept", "application/json")][..], &[("accept", "*/*")], &[]] {
            let missing = ask(&app, Method::GET, path, headers).await.expect(404);
            assert_eq!(missing.lacks_as_problem(), None, "{path}");
        }
    }
    for path in [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/nothing",
        "/api/nothing",
        "/assets/index-old.js",
        "/classic/nothing",
        "/docs/nothing",
        "/redoc/nothing",
        "/livez/nothing",
        "/openapi.json/nothing",
    ] {
        assert_eq!(open(&app, path).await.expect(404).lacks_as_problem(), None, "{path}");
    }
    for path in ["/deck", "/assets/index-4f3a.js", "/index.html"] {
        let refused = ask(&app, Method::POST, path, &[("accept", PAGE)]).await.expect(404);
        assert_eq!(refused.lacks_as_problem(), None, "{path}");
    }
    assert_eq!(ask(&app, Method::POST, "/", &[]).await.expect(405).header("allow"), "GET, HEAD");
}

#[actix_web::test]
async fn packed_files_go_to_whoever_can_unpack_them() {
    let build = build();
    let app = TestApp::start_with(serves(build.path())).await;
    let path = "/assets/index-4f3a.js";
    let plain = ask(&app, Method::GET, path, &[]).await.expect(200);
    for (accepted, encoding, content) in [
        ("gzip, deflate, br, zstd", "br", "the script, packed one way"),
        ("br;q=0.5, gzip", "br", "the script, packed one way"),
        ("br;q=0, gzip", "gzip", "the script, packed another way"),
        ("GZIP", "gzip", "the script, packed another way"),
        ("identity", "", plain.body.as_str().unwrap()),
    ] {
        let answer = ask(&app, Method::GET, path, &[("accept-encoding", accepted)]).await.expect(200);
        assert_eq!((answer.header("content-encoding"), answer.body.as_str()), (encoding, Some(content)));
        assert!(answer.header("vary").contains("accept-encoding"), "{accepted}");
        assert_eq!(answer.header("content-type"), plain.header("content-type"));
        assert_eq!(answer.header("etag"), plain.header("etag"));
    }
    // They are no files of their own. What the build needs for itself isn't there at all.
    for path in [&format!("{path}.br"), &format!("{path}.gz"), &format!("{path}.map"), "/.vite/manifest.json"]
    {
        ask(&app, Method::GET, path, &[]).await.expect(404);
    }
    // What the build has not packed is packed on its way.
    let packed =
        Client::send_raw(app.anon().request(Method::GET, "//").header("accept-encoding", "gzip")).await;
    assert_eq!(packed.0.get("content-encoding").unwrap(), "gzip");
    let mut text = String::new();
    let mut unpacked = flate2::read::GzDecoder::new(&packed.1[..]);
    std::io::Read::read_to_string(&mut unpacked, &mut text).unwrap();
    assert_eq!(text, std::fs::read_to_string(build.path().join("index.html")).unwrap());
}

/// Clients tidy paths up before they send them: this one doesn't.
async fn ask_untidily(addr: SocketAddr, target: &str) -> String {
    let mut connection = TcpStream::connect(addr).await.unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nhost: {addr}\r\nconnection: close\r\n\r\n");
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    connection.read_to_end(&mut answer).await.unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[actix_web::test]
async fn nothing_beside_the_build_can_be_reached() {
    let outer = build();
    std::fs::write(outer.path().join("secret.txt"), "beside the build").unwrap();
    let inner = outer.path().join("assets");
    std::fs::write(inner.join("index.html"), "<title>Friender</title>").unwrap();
    let app = TestApp::start_with(serves(&inner)).await;
    for target in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/x/../../secret.txt",
        "//secret.txt",
        "/..\\secret.txt",
        "/./../secret.txt",
        "/%2e%2e%5csecret.txt",
    ] {
        let answer = ask_untidily(app.addr, target).await;
        assert!(!answer.contains("beside the build"), "{target}: {answer}");
        assert!(answer.starts_with("HTTP/1.1 4"), "{target}: {answer}");
    }
    let answer = ask_untidily(app.addr, "/index-77aa.css").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("margin: 0"), "{answer}");
}

/// The sources of one directive.
fn allowed<'a>(headers: &'a HeaderMap, directive: &str) -> Vec<&'a str> {
    let policy = headers["content-security-policy"].to_str().unwrap();
    let mut directives = policy.split(';').map(|text| text.split_whitespace());
    let found = directives.find_map(|mut words| (words.next() == Some(directive)).then(|| words.collect()));
    found.unwrap_or_default()
}

#[actix_web::test]
async fn pages_may_load_what_is_ours_and_photos_from_the_store() {
    let build = build();
    let own = TestApp::start_with(serves(build.path())).await;
    let bucket = TestApp::start_storing_on(Store::Embedded, serves(build.path())).await;
    let port = bucket.s3.as_ref().unwrap().port;
    let elsewhere = TestApp::start_storing_on(Store::Embedded, |config| {
        serves(build.path())(config);
        config.storage.public_endpoint = "https://photos.example.org/friender".parse().ok();
    })
    .await;
    let ada = crate::support::someone().insert(&own);
    let form = serde_json::json!({"filename": "ada.jpg", "content_type": "image/jpeg", "size": 1000});
    let link = ada.client.post("/upload-url", &form).await.expect(200).body;
    let link: url::Url = link["presigned_url"].as_str().unwrap().parse().unwrap();
    for (app, store) in [
        (&own, link.origin().ascii_serialization()),
        (&bucket, format!("http://127.0.0.1:{port}")),
        (&elsewhere, "https://photos.example.org".to_owned()),
    ] {
        for path in ["/", "/deck", "/sw.js", "/assets/index-4f3a.js"] {
            let headers = open(app, path).await.expect(200).headers;
            assert_eq!(allowed(&headers, "default-src"), ["'none'"]);
            for directive in
                ["script-src", "style-src", "font-src", "manifest-src", "worker-src", "form-action"]
            {
                assert_eq!(allowed(&headers, directive), ["'self'"], "{directive}");
            }
            assert_eq!(allowed(&headers, "img-src"), ["'self'", "blob:", "data:", &store]);
            assert_eq!(allowed(&headers, "connect-src"), ["'self'", &store]);
            for directive in ["base-uri", "frame-ancestors"] {
                assert_eq!(allowed(&headers, directive), ["'none'"], "{directive}");
            }
            assert_eq!(headers["referrer-policy"], "no-referrer");
            assert_eq!(headers["x-content-type-options"], "nosniff");
            assert_eq!(headers["cross-origin-opener-policy"], "same-origin");
            assert!(headers["permissions-policy"].to_str().unwrap().contains("geolocation=()"));
        }
    }
}
