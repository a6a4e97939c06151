//! Exchanging the pepper of password hashes, without anybody noticing.

use diesel::prelude::*;
use friender::db::schema::users;
use futures_util::future::join_all;
use serde_json::json;

use super::{log_in, sign_up, text};
use crate::support::cases::{decide, moderator, report};
use crate::support::{PASSWORD, SECRET, Someone, TestApp, someone};

const NEXT: &str = "the next pepper, the next pepper, the next";

async fn server(database_url: &str, pepper: &str, previous: Option<&str>) -> TestApp {
    TestApp::start_on(database_url.to_owned(), |config| {
        config.accounts.password_pepper = Some(pepper.into());
        config.accounts.password_pepper_previous = previous.map(Into::into);
    })
    .await
}

fn hash_of(app: &TestApp, name: &str) -> String {
    let hash = users::table.filter(users::username.eq(name)).select(users::password_hash);
    hash.first(&mut app.connect()).unwrap()
}

#[actix_web::test]
async fn passwords_stay_good_and_a_login_has_them_hashed_anew() {
    let old = TestApp::start().await;
    let both = server(&old.database_url, NEXT, Some(SECRET)).await;
    let new = server(&old.database_url, NEXT, None).await;
    let body = sign_up(&old, "ada").await;
    sign_up(&old, "bob").await;
    let fresh = both.anon().with_token(text(&body, "token"));
    fresh.post_patiently("/token/fresh", &json!({"password": PASSWORD})).await.expect(200);
    log_in(&both.anon(), "ada", "not the password").await.expect(401);
    log_in(&new.anon(), "ada", PASSWORD).await.expect(401);
    log_in(&both.anon(), "ada", PASSWORD).await.expect(200);
    // Known to the new pepper alone from here on.
    for _ in 0..2 {
        log_in(&new.anon(), "ada", PASSWORD).await.expect(200);
    }
    log_in(&old.anon(), "ada", PASSWORD).await.expect(401);
    log_in(&both.anon(), "ada", "not the password").await.expect(401);
    // Who hasn't logged in meanwhile still needs the old one.
    log_in(&new.anon(), "bob", PASSWORD).await.expect(401);
    log_in(&old.anon(), "bob", PASSWORD).await.expect(200);
}

/// All of them check the old hash, one is the first to replace it.
#[actix_web::test]
async fn logins_at_once_all_come_in_while_one_renews_the_hash() {
    let old = TestApp::start().await;
    let both = server(&old.database_url, NEXT, Some(SECRET)).await;
    for round in 0..5 {
        let name = format!("ada-{round}");
        sign_up(&old, &name).await;
        let client = both.anon();
        for login in join_all((0..16).map(|_| log_in(&client, &name, PASSWORD))).await {
            login.expect(200);
        }
    }
}

#[actix_web::test]
async fn a_higher_cost_is_paid_at_the_next_login() {
    let cheap = TestApp::start().await;
    sign_up(&cheap, "ada").await;
    let dear = TestApp::start_on(cheap.database_url.clone(), |config| config.accounts.bcrypt_cost = 5).await;
    assert!(hash_of(&cheap, "ada").starts_with("$2b$04$"));
    log_in(&dear.anon(), "ada", "not the password").await.expect(401);
    assert!(hash_of(&cheap, "ada").starts_with("$2b$04$"), "only whoever knows the password changes it");
    log_in(&dear.anon(), "ada", PASSWORD).await.expect(200);
    let hash = hash_of(&dear, "ada");
    assert!(hash.starts_with("$2b$05$"));
    // A server that hasn't heard of it leaves it as it is.
    log_in(&cheap.anon(), "ada", PASSWORD).await.expect(200);
    assert_eq!(hash_of(&cheap, "ada"), hash);
}

/// What was noted of a banned person's address is a hash with the pepper of its time.
#[actix_web::test]
async fn a_ban_outlives_the_pepper() {
    let old = TestApp::start().await;
    let both = server(&old.database_url, NEXT, Some(SECRET)).await;
    let form = |name: &str| {
        json!({"username": name, "password": PASSWORD, "email": "bob@example.org",
        "hobbies": "chess", "interests": "jazz", "location": "10001"})
    };
    let body = old.anon().post("/users", &form("bob")).await.expect(201).body;
    let id = serde_json::from_value(body["user"]["id"].clone()).unwrap();
    let bob = Someone { id, username: "bob".to_owned(), client: old.anon().with_token(text(&body, "token")) };
    let case = report(&someone().insert(&old), &bob).await;
    decide(&moderator(&old), &case, "ban", None).await;
    let refused = both.anon().post("/users", &form("bob.again")).await;
    assert_eq!((refused.status, refused.code()), (422, "invalid_fields"), "{:#}", refused.body);
    assert_eq!(refused.body["errors"][0]["pointer"], "/email");
    // An appeal that was begun before goes on.
    let kept_out = log_in(&old.anon(), "bob", PASSWORD).await.expect(403).body;
    let appeal = both.anon().with_token(text(&kept_out, "appeal_token"));
    appeal.get("/me/sanctions").await.expect(200);
}
