//! Rules of names, passwords and birth dates, and tokens that have expired.

use chrono::{Datelike, Days, Months, NaiveDate, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{log_in, sign_up, text};
use crate::support::{Answer, PASSWORD, SECRET, TestApp};

/// A token as the server made it an hour ago.
pub fn expired_token(user: &str) -> String {
    let then = get_current_timestamp() - 3600;
    let claims = json!({"iss": "friender", "aud": "friender", "sub": user, "sid": Uuid::now_v7(),
        "jti": Uuid::new_v4(), "iat": then, "exp": then + 900});
    let header = Header { typ: Some("at+jwt".to_owned()), ..Header::new(Algorithm::HS256) };
    encode(&header, &claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
}

#[actix_web::test]
async fn an_expired_token_says_so_and_how_to_go_on() {
    let app = TestApp::start().await;
    let body = sign_up(&app, "ada").await;
    let expired = app.anon().with_token(&expired_token(text(&body["user"], "id")));
    for path in ["/me", "/deck", "/tags"] {
        let answer = expired.get(path).await.expect(401);
        assert_eq!((answer.code(), answer.header("www-authenticate")), ("token_expired", "Bearer"));
        assert!(answer.body["detail"].as_str().unwrap().contains("/token/refresh"));
    }
}

async fn refused(app: &TestApp, field: &str, value: Value) -> Answer {
    let mut form = json!({"username": "ada", "password": PASSWORD});
    form[field] = value;
    let answer = app.anon().post("/users", &form).await.expect(422);
    assert_eq!(answer.code(), "invalid_fields");
    assert_eq!(answer.body["errors"][0]["pointer"], format!("/{field}"));
    answer
}

#[actix_web::test]
async fn names_are_plain_and_some_are_reserved() {
    let app = TestApp::start().await;
    let bad = [
        "",
        "ab",
        "ada ",
        " ada",
        "a da",
        "аda",
        "ada\u{200b}",
        "a\0da",
        "ada@home",
        "Admin",
        "ROOT",
        "me",
        "null",
        "friender",
        "0b9c1e5a-74d5-4f0e-9d3b-0d7a7d3f5c11",
    ];
    for name in bad {
        refused(&app, "username", json!(name)).await;
    }
    refused(&app, "username", json!("x".repeat(31))).await;
    for name in ["abc", "A.b-c_9", &"x".repeat(30)] {
        sign_up(&app, name).await;
    }
}

#[actix_web::test]
async fn passwords_are_long_uncommon_and_read_to_their_end() {
    let app = TestApp::start().await;
    for bad in ["", "1234567", "password", "Password123", "12345678", "tab\tinside it", "nul\0inside it"] {
        refused(&app, "password", json!(bad)).await;
    }
    refused(&app, "password", json!("é".repeat(129))).await;
    // bcrypt itself reads 72 bytes; these differ only behind them.
    for (n, length) in [8, 71, 72, 73, 128].into_iter().enumerate() {
        let password = format!("{}!", "pé".chars().cycle().take(length - 1).collect::<String>());
        let form = json!({"username": format!("ada{n}"), "password": password});
        app.anon().post("/users", &form).await.expect(201);
        log_in(&app.anon(), &format!("ada{n}"), &password).await.expect(200);
        let other = format!("{}?", password.trim_end_matches('!'));
        log_in(&app.anon(), &format!("ada{n}"), &other).await.expect(401);
        let shorter = password.trim_end_matches('!');
        log_in(&app.anon(), &format!("ada{n}"), shorter).await.expect(401);
    }
}

/// Today's date, and for tests that run at midnight (UTC) a day on either side of what is tried.
fn years_ago(years: u32) -> NaiveDate {
    Utc::now().date_naive() - Months::new(12 * years)
}

#[actix_web::test]
async fn a_birth_date_that_is_given_is_an_adults() {
    let app = TestApp::start().await;
    let minor = years_ago(18) + Days::new(2);
    let answer = refused(&app, "birth_date", json!(minor)).await;
    assert!(answer.body["error"]["message"].as_str().unwrap().contains("18"));
    let year = Utc::now().year();
    let bad = [
        "yesterday",
        "1990-02-30",
        "1990-13-01",
        "31.12.1990",
        "1990-1-1",
        "1850-01-01",
        "1990-12-31T00:00:00Z",
        "+1990-12-31",
        "0000-00-00",
    ];
    for text in
        bad.map(str::to_owned).into_iter().chain([format!("{}-01-01", year + 1), years_ago(0).to_string()])
    {
        refused(&app, "birth_date", json!(text)).await;
    }
    let adult = years_ago(18) - Days::new(1);
    let form = json!({"username": "ada", "password": PASSWORD, "birth_date": adult});
    let body = app.anon().post("/users", &form).await.expect(201).body;
    assert_eq!((&body["user"]["age"], &body["user"]["birth_date"]), (&json!(18), &json!(adult)));
}

#[actix_web::test]
async fn where_a_birth_date_is_required_it_completes_a_profile() {
    let app = TestApp::start_with(|config| config.accounts.birth_date_required = true).await;
    let body = sign_up(&app, "ada").await;
    let ada = app.anon().with_token(text(&body, "token"));
    let missing = |answer: Answer| -> Vec<String> {
        assert_eq!(answer.code(), "profile_incomplete");
        let errors = answer.body["errors"].as_array().unwrap();
        errors.iter().map(|error| error["pointer"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        missing(ada.get("/deck").await.expect(409)),
        ["/location", "/hobbies", "/interests", "/birth_date"]
    );
    ada.patch("/me", &json!({"location": "10001", "hobbies": "chess", "interests": "jazz"}))
        .await
        .expect(200);
    assert_eq!(missing(ada.get("/deck").await.expect(409)), ["/birth_date"]);
    // Whoever is not complete can neither see others nor be seen.
    let other = crate::support::someone().insert(&app);
    let like = json!({"user_id": other.id, "liked": true});
    assert_eq!(missing(ada.post("/likes", &like).await.expect(409)), ["/birth_date"]);
    ada.get(&format!("/users/{}", other.id)).await.expect(404);

    let changed = ada.patch("/me", &json!({"birth_date": "1990-12-31"})).await.expect(200).body;
    assert_eq!(changed["user"]["missing"], json!([]));
    ada.get("/deck").await.expect(200);
}
