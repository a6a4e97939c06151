//! Cookie mode: a front end on the API's own origin that sends no header.

use friender::config::Environment;
use reqwest::Method;
use serde_json::{Value, json};

use super::{log_in, refresh, sign_up, text};
use crate::support::{Answer, Client, PASSWORD, SECRET, TestApp};

async fn with_cookies() -> TestApp {
    TestApp::start_with(|config| config.accounts.cookies = true).await
}

/// What the answer sets: name, value and the rest.
fn set(answer: &Answer) -> Vec<(String, String, String)> {
    let headers = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap());
    headers
        .map(|cookie| {
            let (pair, rest) = cookie.split_once("; ").unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            (name.to_owned(), value.to_owned(), rest.to_owned())
        })
        .collect()
}

async fn send(app: &TestApp, method: Method, path: &str, headers: &[(&str, &str)]) -> Answer {
    let request = app.anon().request(method, path);
    Client::send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
}

/// Logs in as a browser app does; the answer and its refresh cookie.
async fn log_in_for_cookies(app: &TestApp) -> (Answer, String) {
    let form = json!({"username": "ada", "password": PASSWORD, "refresh": "cookie"});
    let answer = app.anon().post("/login", &form).await.expect(200);
    let value = set(&answer).into_iter().find(|(name, ..)| name == "friender_refresh").unwrap().1;
    (answer, format!("friender_refresh={value}"))
}

const OURS: (&str, &str) = ("sec-fetch-site", "same-origin");

#[actix_web::test]
async fn without_cookie_mode_nothing_is_set_and_nothing_read() {
    let app = TestApp::start().await;
    let body = sign_up(&app, "ada").await;
    let login = log_in(&app.anon(), "ada", PASSWORD).await.expect(200);
    assert_eq!(set(&login), []);
    let cookie = format!("friender_access={}", text(&body, "token"));
    send(&app, Method::GET, "/me", &[("cookie", &cookie)]).await.expect(401);
    let form = json!({"username": "ada", "password": PASSWORD, "refresh": "cookie"});
    let refused = app.anon().post("/login", &form).await.expect(422);
    assert_eq!(refused.body["errors"][0]["pointer"], "/refresh");
}

#[actix_web::test]
async fn sign_up_and_login_set_an_access_cookie_that_reads_and_writes() {
    let app = with_cookies().await;
    let form = json!({"username": "ada", "password": PASSWORD});
    let signed_up = app.anon().post("/users", &form).await.expect(201);
    let logged_in = log_in(&app.anon(), "ada", PASSWORD).await.expect(200);
    for answer in [&signed_up, &logged_in] {
        let token = text(&answer.body, "token").to_owned();
        let rest = "Path=/api; Max-Age=900; HttpOnly; SameSite=Strict".to_owned();
        assert_eq!(set(answer), [("friender_access".to_owned(), token, rest)]);
        assert!(answer.body["refresh_token"].is_string());
    }
    let cookie = format!("a=b; friender_access={}", text(&logged_in.body, "token"));
    let me = send(&app, Method::GET, "/me", &[("cookie", &cookie)]).await.expect(200);
    assert_eq!(me.body["user"]["username"], "ada");
    let request = app.anon().request(Method::PATCH, "/me").header("cookie", &cookie).header(OURS.0, OURS.1);
    Client::send(request.json(&json!({"bio": "By cookie"}))).await.expect(200);
}

#[actix_web::test]
async fn production_sets_cookies_for_https_only() {
    let app = TestApp::start_with(|config| {
        config.accounts.cookies = true;
        config.environment = Environment::Production;
    })
    .await;
    sign_up(&app, "ada").await;
    let (answer, _) = log_in_for_cookies(&app).await;
    assert!(set(&answer).iter().all(|(_, _, rest)| rest.ends_with("; Secure")), "{:?}", set(&answer));
}

#[actix_web::test]
async fn the_header_beats_the_cookie() {
    let app = with_cookies().await;
    let (ada, bob) = (sign_up(&app, "ada").await, sign_up(&app, "bob").await);
    let cookie = format!("friender_access={}", text(&ada, "token"));
    let header = format!("Bearer {}", text(&bob, "token"));
    let both = [("cookie", cookie.as_str()), ("authorization", header.as_str())];
    let me = send(&app, Method::GET, "/me", &both).await.expect(200);
    assert_eq!(me.body["user"]["username"], "bob");
    let bad = [("cookie", cookie.as_str()), ("authorization", "Bearer bad")];
    assert_eq!(send(&app, Method::GET, "/me", &bad).await.expect(401).code(), "invalid_token");
    // Whoever sends the header is no browser that was asked to.
    let other_site = [both[0], both[1], ("sec-fetch-site", "cross-site")];
    send(&app, Method::PUT, "/later/x", &other_site).await.expect(404);
}

#[actix_web::test]
async fn a_bad_cookie_counts_as_none_and_is_cleared() {
    let app = with_cookies().await;
    let body = sign_up(&app, "ada").await;
    let ended = log_in(&app.anon(), "ada", PASSWORD).await.expect(200).body;
    app.anon().with_token(text(&ended, "token")).post("/logout", &json!({})).await.expect(204);
    let expired = super::rules::expired_token(text(&body["user"], "id"));
    for token in ["", "garbage", text(&body, "refresh_token"), &expired, text(&ended, "token")] {
        let cookie = format!("friender_access={token}");
        let refused = send(&app, Method::GET, "/me", &[("cookie", &cookie)]).await.expect(401);
        assert_eq!(refused.code(), "not_signed_in", "{token}");
        let public = send(&app, Method::GET, "/zip-codes/10001", &[("cookie", &cookie)]).await.expect(200);
        for answer in [&refused, &public] {
            let rest = "Path=/api; Max-Age=0; HttpOnly; SameSite=Strict".to_owned();
            assert_eq!(set(answer), [("friender_access".to_owned(), String::new(), rest)]);
        }
    }
}

#[actix_web::test]
async fn writes_by_cookie_come_from_our_own_pages() {
    let app = with_cookies().await;
    let body = sign_up(&app, "ada").await;
    let cookie = format!("friender_access={}", text(&body, "token"));
    let (own, other) = (format!("http://{}", app.addr), "http://elsewhere.example".to_owned());
    let cases: [(&[(&str, &str)], u16); 7] = [
        (&[("sec-fetch-site", "same-origin")], 200),
        (&[("origin", &own)], 200),
        (&[("sec-fetch-site", "same-site"), ("origin", &own)], 403),
        (&[("sec-fetch-site", "cross-site")], 403),
        (&[("origin", &other)], 403),
        (&[("origin", "null")], 403),
        (&[], 403),
    ];
    for (headers, status) in cases {
        let request = app.anon().request(Method::PUT, "/me/pause").header("cookie", &cookie);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let answer = Client::send(request.json(&json!({"paused": false}))).await;
        let allowed = if status == 200 { answer.status < 300 } else { answer.code() == "cross_origin" };
        assert!(allowed, "{headers:?}: {} {:#}", answer.status, answer.body);
        let socket = [&[("cookie", cookie.as_str()), ("upgrade", "websocket")], headers].concat();
        send(&app, Method::GET, "/me", &socket).await.expect(status);
        // Reading changes nothing, and other sites can't see the answer.
        send(&app, Method::GET, "/me", &[&[("cookie", cookie.as_str())], headers].concat()).await.expect(200);
    }
}

#[actix_web::test]
async fn a_refresh_cookie_keeps_a_browser_signed_in_without_telling_its_scripts() {
    let app = with_cookies().await;
    sign_up(&app, "ada").await;
    let (login, cookie) = log_in_for_cookies(&app).await;
    assert_eq!(login.body["refresh_token"], Value::Null);
    let rest = |path: &str| format!("Path={path}; Max-Age=5184000; HttpOnly; SameSite=Strict");
    let paths: Vec<String> = set(&login).into_iter().skip(1).map(|(_, _, rest)| rest).collect();
    assert_eq!(paths, [rest("/api/v1/logout"), rest("/api/v1/token")]);

    // Only our own pages, and a body is not overlooked.
    send(&app, Method::POST, "/token/refresh", &[("cookie", &cookie)]).await.expect(403);
    let answer = send(&app, Method::POST, "/token/refresh", &[("cookie", &cookie), OURS]).await.expect(200);
    assert!(answer.body["access_token"].is_string() && answer.body["refresh_token"].is_null());
    let [access, next, _] = &set(&answer)[..] else { panic!("{:?}", set(&answer)) };
    assert_eq!((access.0.as_str(), next.0.as_str()), ("friender_access", "friender_refresh"));
    assert_eq!(access.1, text(&answer.body, "token"));
    let next = format!("friender_refresh={}", next.1);
    let request = app.anon().request(Method::POST, "/token/refresh").header("cookie", &next);
    let garbage = json!({"refresh_token": "garbage"});
    Client::send(request.header(OURS.0, OURS.1).json(&garbage)).await.expect(401);
    send(&app, Method::POST, "/token/refresh", &[("cookie", &next), OURS]).await.expect(200);
    // Ended: the cookie goes.
    app.anon().with_token(text(&answer.body, "token")).post("/logout", &json!({})).await.expect(204);
    let ended = send(&app, Method::POST, "/token/refresh", &[("cookie", &next), OURS]).await.expect(401);
    assert_eq!(set(&ended).iter().filter(|(_, value, _)| value.is_empty()).count(), 2);
}

#[actix_web::test]
async fn logging_out_ends_the_session_of_either_cookie_and_clears_them() {
    let app = with_cookies().await;
    sign_up(&app, "ada").await;
    for with_access in [true, false] {
        let (login, refresh_cookie) = log_in_for_cookies(&app).await;
        let access = format!("friender_access={}", text(&login.body, "token"));
        let cookie = if with_access { &access } else { &refresh_cookie };
        // Another site's page can't log anybody out.
        send(&app, Method::POST, "/logout", &[("cookie", cookie)]).await.expect(204);
        app.anon().with_token(text(&login.body, "token")).get("/me").await.expect(200);
        let out = send(&app, Method::POST, "/logout", &[("cookie", cookie), OURS]).await.expect(204);
        assert_eq!(set(&out).iter().filter(|(_, value, _)| value.is_empty()).count(), 3);
        app.anon().with_token(text(&login.body, "token")).get("/me").await.expect(401);
        let token = refresh_cookie.split_once('=').unwrap().1;
        refresh(&app.anon(), token).await.expect(401);
    }
}

#[actix_web::test]
async fn the_undocumented_mount_has_cookies_of_its_own() {
    let app = with_cookies().await;
    sign_up(&app, "ada").await;
    let form = json!({"username": "ada", "password": PASSWORD, "refresh": "cookie"});
    let answer = app.anon().post("//api/login", &form).await.expect(200);
    assert!(set(&answer)[2].2.starts_with("Path=/api/token; "), "{:?}", set(&answer));
    assert!(!set(&answer).iter().any(|(_, value, _)| value.contains(SECRET)));
}
