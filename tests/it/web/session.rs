//! How a browser on the server's own origin stays signed in: without cookie mode, and without a token for its scripts.

use reqwest::Method;
use serde_json::{Value, json};

use super::{build, serves};
use crate::support::{Answer, Client, PASSWORD, TestApp};

/// The refresh cookie that an answer sets for `/token/…`, as a browser would send it, and how it is kept.
fn cookie(answer: &Answer) -> (String, String) {
    let set = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    let (pair, rest) =
        set.filter_map(|set| set.split_once("; ")).find(|(_, rest)| rest.contains("/token")).unwrap();
    assert!(pair.starts_with("friender_refresh="), "{pair}");
    (pair.to_owned(), rest.to_owned())
}

async fn reload(app: &TestApp, cookie: &str) -> Answer {
    let request = app.anon().request(Method::POST, "/token/refresh").header("cookie", cookie);
    Client::send(request.header("sec-fetch-site", "same-origin")).await
}

#[actix_web::test]
async fn after_a_sign_up_or_login_a_reload_stays_signed_in_by_the_cookie_alone() {
    let build = build();
    let app = TestApp::start_with(serves(build.path())).await;
    let sign_up = json!({"username": "ada", "password": PASSWORD, "refresh": "cookie"});
    let signed_up = app.anon().post("/users", &sign_up).await.expect(201);
    let form = reqwest::multipart::Form::new().text("username", "bob").text("password", PASSWORD);
    let form = app.anon().request(Method::POST, "/users").multipart(form.text("refresh", "cookie"));
    let with_form = Client::send(form).await.expect(201);
    let logged_in = app.anon().post("/login", &sign_up).await.expect(200);
    for begun in [signed_up, with_form, logged_in] {
        assert_eq!(begun.body["refresh_token"], Value::Null);
        let (mut kept, how) = cookie(&begun);
        // Plain HTTP on this machine: a cookie for HTTPS only would be lost.
        assert_eq!(how, "Path=/api/v1/token; Max-Age=5184000; HttpOnly; SameSite=Strict");
        for _ in 0..2 {
            let again = reload(&app, &kept).await.expect(200);
            let token = again.body["access_token"].as_str().unwrap();
            app.anon().with_token(token).get("/me").await.expect(200);
            assert_eq!(again.body["refresh_token"], Value::Null);
            kept = cookie(&again).0;
        }
        assert_eq!(
            begun.headers.get_all("set-cookie").iter().count(),
            2,
            "no access cookie without cookie mode"
        );
    }
}

#[actix_web::test]
async fn an_unknown_way_to_hand_out_the_token_is_refused_before_there_is_an_account() {
    let build = build();
    let app = TestApp::start_with(serves(build.path())).await;
    let form = reqwest::multipart::Form::new().text("username", "ada").text("password", PASSWORD);
    let form = app.anon().request(Method::POST, "/users").multipart(form.text("refresh", "letter"));
    let refused = Client::send(form).await.expect(422);
    assert_eq!(refused.body["errors"][0]["pointer"], "/refresh");
    let sign_up = json!({"username": "ada", "password": PASSWORD, "refresh": "cookie"});
    app.anon().post("/users", &sign_up).await.expect(201);

    let without = TestApp::start().await;
    let refused = without.anon().post("/users", &sign_up).await.expect(422);
    assert_eq!(refused.body["errors"][0]["pointer"], "/refresh");
    let sign_up = json!({"username": "ada", "password": PASSWORD});
    without.anon().post("/users", &sign_up).await.expect(201);
}
