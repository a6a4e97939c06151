//! Logging in, and old credentials that clients attach.

use futures_util::future::join_all;

use super::{log_in, refresh, sign_up, text};
use crate::support::{PASSWORD, TestApp, someone};

#[actix_web::test]
async fn a_name_logs_in_in_any_case() {
    let app = TestApp::start().await;
    let body = sign_up(&app, "Ada.L").await;
    for name in ["Ada.L", "ada.l", "ADA.L", " ada.l "] {
        let login = log_in(&app.anon(), name, PASSWORD).await.expect(200).body;
        assert_eq!(login["user"]["id"], body["user"]["id"]);
        assert_eq!(login["user"]["username"], "Ada.L");
        assert_eq!((&login["access_token"], &login["expires_in"]), (&login["token"], &body["expires_in"]));
        app.anon().with_token(text(&login, "token")).get("/me").await.expect(200);
    }
}

/// Whoever tries names learns nothing but that it didn't work.
#[actix_web::test]
async fn unknown_users_and_wrong_passwords_get_the_same_bytes() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app);
    let tries = [
        (ada.username.as_str(), "correct horse batterY"),
        ("nobody.here", PASSWORD),
        ("nobody@example.org", PASSWORD),
        ("", PASSWORD),
        (&ada.username, ""),
        (&ada.username, &"x".repeat(500)),
        ("a\0b", PASSWORD),
        (&"x".repeat(5000), "x"),
    ];
    let mut bodies = Vec::new();
    for (name, password) in tries {
        let mut answer = log_in(&app.anon(), name, password).await.expect(401);
        assert_eq!(answer.lacks_as_problem(), None);
        answer.body["request_id"] = "".into();
        let mut headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        headers.sort_unstable();
        bodies.push((answer.body.to_string(), headers));
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:#?}");
    assert!(bodies[0].0.contains("wrong_credentials"));
}

/// A password is compared as it is read by people: composed and combining characters are the same.
#[actix_web::test]
async fn a_password_may_be_typed_in_either_unicode_form() {
    let app = TestApp::start().await;
    let form = serde_json::json!({"username": "zoe", "password": "zo\u{eb} likes tea"});
    app.anon().post("/users", &form).await.expect(201);
    log_in(&app.anon(), "zoe", "zoe\u{308} likes tea").await.expect(200);
    log_in(&app.anon(), "zoe", "zoe likes tea").await.expect(401);
}

#[actix_web::test]
async fn sign_up_login_and_refresh_ignore_what_is_in_the_header() {
    let app = TestApp::start().await;
    for (n, header) in ["Bearer garbage", "Basic YTpi", "", "Bearer \u{e9}"].iter().enumerate() {
        let with = |path: &str, body: serde_json::Value| {
            let request = app.anon().request(reqwest::Method::POST, path).json(&body);
            crate::support::Client::send(request.header("authorization", header.as_bytes()))
        };
        let account = serde_json::json!({"username": format!("ada{n}"), "password": PASSWORD});
        with("/users", account.clone()).await.expect(201);
        let login = with("/login", account).await.expect(200).body;
        let body = serde_json::json!({"refresh_token": text(&login, "refresh_token")});
        with("/token/refresh", body).await.expect(200);
    }
}

/// What opens one door opens no other.
#[actix_web::test]
async fn access_and_refresh_tokens_dont_stand_in_for_each_other() {
    let app = TestApp::start().await;
    let body = sign_up(&app, "ada").await;
    let as_access = app.anon().with_token(text(&body, "refresh_token")).get("/me").await.expect(401);
    assert_eq!(as_access.code(), "invalid_token");
    let as_refresh = refresh(&app.anon(), text(&body, "token")).await.expect(401);
    assert_eq!(as_refresh.code(), "session_ended");
}

/// More than can be checked are told to come back, and those who wait are served.
#[actix_web::test]
async fn a_storm_of_logins_is_answered_or_sent_away_politely() {
    let app = TestApp::start_with(|config| config.accounts.bcrypt_cost = 10).await;
    let client = app.anon();
    let names: Vec<String> = (0..300).map(|n| format!("nobody-{n}")).collect();
    let answers = join_all(names.iter().map(|name| log_in(&client, name, PASSWORD))).await;
    let (busy, served): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 503);
    for answer in &busy {
        assert!(["busy", "database_unavailable"].contains(&answer.code()), "{:#}", answer.body);
        assert_eq!((answer.header("retry-after"), answer.lacks_as_problem()), ("2", None));
    }
    assert!(busy.iter().any(|answer| answer.code() == "busy"), "nobody was sent away");
    assert!(served.len() >= 64 && served.iter().all(|answer| answer.status == 401), "{}", served.len());
}
