//! The pages of the API document: whole, and from this server alone.

use serde_json::Value;

use crate::support::TestApp;

/// The values of src and href in a page.
fn links(page: &str) -> Vec<String> {
    let mut links = Vec::new();
    for name in ["src", "href", "spec-url", "url"] {
        for quote in ['"', '\''] {
            let begin = format!("{name}={quote}");
            let pieces = page.split(begin.as_str()).skip(1);
            links.extend(pieces.map(|piece| piece.split(quote).next().unwrap_or_default().to_owned()));
        }
    }
    links
}

#[actix_web::test]
async fn both_pages_load_with_all_their_parts_and_name_no_foreign_host() {
    let app = TestApp::start().await;
    for (path, base) in [("//docs/", "//docs/"), ("//redoc", "//")] {
        let page = app.anon().get(path).await.expect(200);
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        let text = page.body.as_str().unwrap();
        let links: Vec<String> = links(text).into_iter().filter(|link| !link.starts_with("data:")).collect();
        assert!(!links.is_empty(), "{path} loads nothing");
        for link in links {
            assert!(!link.contains("//"), "{path} names a foreign host: {link}");
            let link = match link.strip_prefix('/') {
                Some(absolute) => format!("//{absolute}"),
                None => format!("{base}{}", link.trim_start_matches("./")),
            };
            app.anon().get(&link).await.expect(200);
        }
    }
}

#[actix_web::test]
async fn docs_is_found_without_its_slash_and_shows_our_document() {
    let app = TestApp::start().await;
    for path in ["//", "//docs"] {
        let answer = app.anon().get(path).await.expect(307);
        assert_eq!(answer.header("location"), "/docs/", "{path}");
    }
    let start = app.anon().get("//docs/swagger-initializer.js").await.expect(200);
    let script = start.body.as_str().unwrap();
    assert!(script.contains("/openapi.json"), "{script}");
    assert!(!script.contains("petstore") && !script.contains("http"), "{script}");
}

#[actix_web::test]
async fn the_served_document_is_the_codes() {
    let app = TestApp::start().await;
    let answer = app.anon().get("//openapi.json").await.expect(200);
    let ours: Value = serde_json::to_value(friender::routes::openapi()).unwrap();
    assert_eq!((answer.header("content-type"), &answer.body), ("application/json", &ours));
    assert!(answer.body["openapi"].as_str().unwrap().starts_with("3.1"));
}
