//! Request ids and security headers.

use std::collections::HashSet;

use reqwest::Method;
use serde_json::json;

use crate::support::{Client, TestApp, someone};

#[actix_web::test]
async fn a_request_id_is_taken_returned_and_part_of_problems() {
    let app = TestApp::start().await;
    for id in ["abc-123", "x", &"x".repeat(128), "a/b:c=d"] {
        for path in ["//livez", "/tags", "/me", "//nowhere", "//health"] {
            let request = app.anon().request(Method::GET, path).header("x-request-id", id);
            let answer = Client::send(request).await;
            assert_eq!(answer.header("x-request-id"), id, "{path}");
            if answer.status >= 400 {
                assert_eq!(answer.body["request_id"], id, "{path}");
            }
        }
    }
}

#[actix_web::test]
async fn a_request_id_is_made_where_none_fits() {
    let app = TestApp::start().await;
    let mut seen = HashSet::new();
    for id in ["", "two words", "tab\there", &"x".repeat(129), "é"] {
        let request = app.anon().request(Method::GET, "/me").header("x-request-id", id.as_bytes());
        let answer = Client::send(request).await.expect(401);
        let made = answer.header("x-request-id").to_owned();
        assert!(!made.is_empty() && made != id, "{id:?} came back");
        assert_eq!(answer.body["request_id"], json!(made));
        assert!(seen.insert(made), "an id came twice");
    }
}

#[actix_web::test]
async fn every_kind_of_answer_has_the_security_headers() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app).client;
    let [get, post, options] = [Method::GET, Method::POST, Method::OPTIONS];
    let requests = [
        (&get, "/me", 200),
        (&get, "/tags", 200),
        (&get, "//livez", 200),
        (&get, "//health", 200),
        (&get, "//readyz", 200),
        (&get, "//openapi.json", 200),
        (&get, "//docs/", 200),
        (&get, "//docs/swagger-ui.css", 200),
        (&get, "//redoc", 200),
        (&get, "//redoc/redoc.standalone.js", 200),
        (&get, "//docs", 307),
        (&get, "//", 307),
        (&get, "/nowhere", 404),
        (&get, "//nowhere", 404),
        (&get, "//%00", 404),
        (&get, "//docs/nowhere.js", 404),
        (&get, "/users/x", 404),
        (&post, "/login", 415),
        (&get, "/deck?limit=0", 400),
        (&options, "/me", 405),
        // Last: it ends the session.
        (&post, "/logout", 204),
    ];
    for (method, path, status) in requests {
        let answer = Client::send(ada.request(method.clone(), path)).await;
        assert_eq!(answer.status, status, "{method} {path}");
        let fixed = [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ];
        for (name, value) in fixed {
            assert_eq!(answer.header(name), value, "{method} {path}: {name}");
        }
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("http") && !policy.contains('*'), "{path} allows foreign hosts: {policy}");
        assert!(!answer.header("cache-control").is_empty(), "{method} {path}: no Cache-Control");
        if path.starts_with("/me") || status >= 400 {
            assert_eq!(answer.header("cache-control"), "no-store", "{method} {path}");
        }
        if status >= 400 {
            assert_eq!(answer.lacks_as_problem(), None, "{method} {path}");
        }
    }
}

/// Front ends that leave the version out get the same.
#[actix_web::test]
async fn the_api_is_also_mounted_without_its_version() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app);
    for path in ["/me", "/deck", "/matches", "/zip-codes/10001"] {
        let versioned = ada.client.get(path).await.expect(200);
        let plain = ada.client.get(&format!("//api{path}")).await.expect(200);
        assert_eq!(versioned.body, plain.body, "{path}");
    }
    let form = json!({"username": ada.username, "password": crate::support::PASSWORD});
    app.anon().post("//api/login", &form).await.expect(200);
    let answer = app.anon().post("//api/login", &json!({"username": "x"})).await.expect(422);
    assert_eq!(answer.lacks_as_problem(), None);
    assert_eq!(app.anon().get("//api/nowhere").await.expect(404).code(), "not_found");
    assert_eq!(app.anon().get("//api/v1/nowhere").await.expect(404).code(), "not_found");
}

#[actix_web::test]
async fn a_method_that_a_path_doesnt_take_is_a_problem() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app).client;
    for (method, path) in [
        (Method::PUT, "/login"),
        (Method::DELETE, "/me"),
        (Method::POST, "/deck"),
        (Method::PATCH, "/tags"),
        (Method::TRACE, "/me"),
        (Method::from_bytes(b"BREW").unwrap(), "/me"),
    ] {
        let answer = Client::send(ada.request(method.clone(), path)).await;
        assert_eq!(answer.status, 405, "{method} {path}");
        assert!(answer.header("allow").starts_with(if path == "/login" { "POST" } else { "GET, HEAD" }));
        assert_eq!(answer.lacks_as_problem(), None, "{method} {path}");
    }
}
