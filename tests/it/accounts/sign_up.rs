//! Sign-up as JSON, and everybody at once.

use diesel::prelude::*;
use friender::db::schema::{profiles, usernames, users};
use futures_util::future::join_all;
use serde_json::json;

use super::{claims, sign_up, text};
use crate::support::{PASSWORD, TestApp};

#[actix_web::test]
async fn a_full_form_makes_a_whole_person() {
    let app = TestApp::start().await;
    let form = json!({"username": "Ada.L", "password": PASSWORD, "email": "ada@example.org", "hobbies": "Chess, hiking",
        "interests": ["Maps", " maps "], "location": "02134", "friend_radius": 30, "display_name": "Ada",
        "first_name": "Ada", "last_name": "Lovelace", "birth_date": "1990-12-10", "bio": "Likes numbers."});
    let body = app.anon().post("/users", &form).await.expect(201).body;
    let user = &body["user"];
    assert_eq!(user["hobbies"], json!(["chess", "hiking"]));
    assert_eq!(user["interests"], json!(["maps"]));
    assert_eq!((&user["friend_radius"], &user["effective_radius"]), (&json!(30), &json!(50)));
    for field in
        ["username", "email", "location", "display_name", "first_name", "last_name", "birth_date", "bio"]
    {
        assert_eq!(user[field], form[field], "{field}");
    }
    assert_eq!((&user["missing"], &user["image_urls"]), (&json!([]), &json!([])));
    assert_eq!((&body["access_token"], &body["token_type"]), (&body["token"], &json!("Bearer")));
    assert_eq!(body["expires_in"], 900);
    assert!(body.get("password").is_none() && user.get("password").is_none());

    let claims = claims(text(&body, "token"));
    assert_eq!(
        (&claims["sub"], &claims["iss"], &claims["aud"]),
        (&user["id"], &json!("friender"), &json!("friender"))
    );
    assert!(claims["sid"].is_string() && claims["jti"].is_string());
    let me = app.anon().with_token(text(&body, "token")).get("/me").await.expect(200).body;
    assert_eq!((&me["user"]["id"], &me["user"]["email"]), (&user["id"], &user["email"]));
    app.anon().with_token(text(&body, "token")).get("/deck").await.expect(200);
}

#[actix_web::test]
async fn only_name_and_password_are_needed_and_the_rest_comes_later() {
    let app = TestApp::start().await;
    let body = sign_up(&app, "bob").await;
    let user = &body["user"];
    assert_eq!((&user["display_name"], &user["friend_radius"]), (&json!("bob"), &json!(25)));
    assert_eq!(user["missing"], json!(["location", "hobbies", "interests"]));
    let bob = app.anon().with_token(text(&body, "token"));
    assert_eq!(bob.get("/deck").await.expect(409).code(), "profile_incomplete");
    bob.patch("/me", &json!({"location": "10001", "hobbies": ["chess"], "interests": ["jazz"]}))
        .await
        .expect(200);
    bob.get("/deck").await.expect(200);
}

#[actix_web::test]
async fn empty_texts_count_as_not_given_where_they_may_be() {
    let app = TestApp::start().await;
    let form = json!({"username": "bob", "password": PASSWORD, "email": " ", "bio": "", "hobbies": "", "interests": []});
    let user = &app.anon().post("/users", &form).await.expect(201).body["user"];
    assert_eq!((&user["email"], &user["bio"], &user["hobbies"]), (&json!(null), &json!(""), &json!([])));
}

#[actix_web::test]
async fn a_name_is_taken_in_any_case() {
    let app = TestApp::start().await;
    sign_up(&app, "Ada").await;
    for name in ["Ada", "ada", "ADA"] {
        let form = json!({"username": name, "password": PASSWORD});
        let answer = app.anon().post("/users", &form).await.expect(409);
        assert_eq!(
            (answer.code(), &answer.body["errors"][0]["pointer"]),
            ("username_taken", &json!("/username"))
        );
    }
}

/// The same form from many windows at once: one person, and a clear word for all others.
#[actix_web::test]
async fn the_same_sign_up_64_times_at_once_makes_one_person() {
    let app = TestApp::start().await;
    let names = ["ada", "Ada", "ADA", "aDA"];
    let sign_ups = (0..64).map(|n| {
        let form = json!({"username": names[n % names.len()], "password": PASSWORD, "hobbies": [format!("hobby {n}")]});
        let anon = app.anon();
        async move { anon.post_patiently("/users", &form).await }
    });
    let answers = join_all(sign_ups).await;
    let with = |status: u16| answers.iter().filter(move |answer| answer.status == status);
    assert_eq!((with(201).count(), with(409).count()), (1, 63));
    assert!(with(409).all(|answer| answer.code() == "username_taken" && answer.lacks_as_problem().is_none()));

    let mut conn = app.connect();
    let count = |rows: QueryResult<i64>| rows.unwrap();
    assert_eq!(count(users::table.count().get_result(&mut conn)), 1);
    assert_eq!(count(usernames::table.count().get_result(&mut conn)), 1);
    assert_eq!(count(profiles::table.count().get_result(&mut conn)), 1);
    let tags: i64 = friender::db::schema::tags::table.count().get_result(&mut conn).unwrap();
    assert_eq!(tags, 1, "whoever came too late left something behind");
}
