//! Without a build, and switched off.

use tempfile::TempDir;

use super::serves;
use crate::support::TestApp;

#[actix_web::test]
async fn without_a_build_the_page_says_how_to_get_one() {
    let empty = TempDir::new().unwrap();
    let app = TestApp::start_with(serves(empty.path())).await;
    let page = app.anon().get("//").await.expect(200);
    let text = page.body.as_str().unwrap();
    for word in ["make web", "make demo", "Node", "href=\"/docs/\"", "href=\"/redoc\"", "--no-web"] {
        assert!(text.contains(word), "{word}: {text}");
    }
    let policy = page.header("content-security-policy");
    assert!(policy.contains("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert_eq!(page.header("cache-control"), "no-cache");
    for path in ["//deck", "//index.html", "//api/v1/nothing"] {
        assert_eq!(app.anon().get(path).await.expect(404).lacks_as_problem(), None, "{path}");
    }
}

#[actix_web::test]
async fn switched_off_there_are_only_the_apis_own_pages() {
    let build = super::build();
    let app = TestApp::start_with(|config| {
        serves(build.path())(config);
        config.web.on = false;
    })
    .await;
    assert_eq!(app.anon().get("//").await.expect(307).header("location"), "/docs/");
    for path in ["//index.html", "//sw.js", "//assets/index-4f3a.js"] {
        assert_eq!(app.anon().get(path).await.expect(404).lacks_as_problem(), None, "{path}");
    }
}
