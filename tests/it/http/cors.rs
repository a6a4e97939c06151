//! Which web pages may read answers: those of the listed origins, and no others.

use reqwest::Method;

use crate::support::{Answer, Client, TestApp, someone};

const ORIGIN: &str = "http://localhost:3000";

async fn app() -> TestApp {
    TestApp::start_with(|config| {
        config.cors_origins = vec![ORIGIN.to_owned(), "https://friender.example".to_owned()]
    })
    .await
}

async fn preflight(app: &TestApp, origin: &str, method: &str, headers: &str) -> Answer {
    let request = app.anon().request(Method::OPTIONS, "/me").header("origin", origin);
    let request = request.header("access-control-request-method", method);
    Client::send(request.header("access-control-request-headers", headers)).await
}

fn words(answer: &Answer, header: &str) -> Vec<String> {
    answer.header(header).split(',').map(|word| word.trim().to_lowercase()).collect()
}

#[actix_web::test]
async fn a_listed_origin_passes_and_the_browser_remembers_it() {
    let app = app().await;
    for (method, headers) in [
        ("GET", "content-type"),
        ("POST", "authorization, content-type"),
        ("PUT", "x-request-id"),
        ("PATCH", "idempotency-key"),
        ("DELETE", "authorization"),
        ("GET", "if-none-match"),
    ] {
        let answer = preflight(&app, ORIGIN, method, headers).await.expect(200);
        assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
        assert_eq!(answer.header("access-control-max-age"), "3600");
        assert!(words(&answer, "access-control-allow-methods").contains(&method.to_lowercase()));
        for header in headers.split(", ") {
            assert!(words(&answer, "access-control-allow-headers").contains(&header.to_owned()), "{header}");
        }
        // Another origin must not get this answer out of a cache.
        assert!(words(&answer, "vary").contains(&"origin".to_owned()), "{}", answer.header("vary"));
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
    preflight(&app, "https://friender.example", "GET", "content-type").await.expect(200);
}

#[actix_web::test]
async fn a_foreign_origin_gets_no_leave() {
    let app = app().await;
    let foreign = [
        "http://localhost:3001",
        "https://localhost:3000",
        "http://localhost:3000.example.org",
        "http://localhost",
        "null",
        "http://evil.example",
        "http://xlocalhost:3000",
    ];
    for origin in foreign {
        let answer = preflight(&app, origin, "GET", "content-type").await;
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}: {answer:?}");
        let request = app.anon().request(Method::GET, "/tags").header("origin", origin);
        assert_eq!(Client::send(request).await.header("access-control-allow-origin"), "", "{origin}");
    }
    let answer = preflight(&app, ORIGIN, "GET", "x-unknown").await;
    assert!(
        !words(&answer, "access-control-allow-headers").contains(&"x-unknown".to_owned())
            || answer.status >= 400
    );
}

#[actix_web::test]
async fn without_listed_origins_nobody_gets_leave() {
    let app = TestApp::start().await;
    let answer = preflight(&app, ORIGIN, "GET", "content-type").await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

/// Some front ends send a Content-Type with every request, and they must be able to read what went wrong.
#[actix_web::test]
async fn answers_and_problems_can_be_read_from_a_listed_origin() {
    let app = app().await;
    let ada = someone().insert(&app).client;
    let requests = [
        (&ada, "/me", 200),
        (&ada, "/deck?limit=0", 400),
        (&app.anon(), "/me", 401),
        (&ada, "/nowhere", 404),
    ];
    for (client, path, status) in requests {
        let request = client
            .request(Method::GET, path)
            .header("origin", ORIGIN)
            .header("content-type", "application/json");
        let answer = Client::send(request).await.expect(status);
        assert_eq!(answer.header("access-control-allow-origin"), ORIGIN, "{path}");
        assert!(
            words(&answer, "access-control-expose-headers").contains(&"x-request-id".to_owned()),
            "{path}"
        );
        assert!(words(&answer, "vary").contains(&"origin".to_owned()), "{path}");
    }
}
