//! At most three changes of the ZIP code in 24 hours.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::{RunQueryDsl, sql_query};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, Someone, TestApp, someone};

async fn move_to(person: &Someone, zip: &str) -> Answer {
    let body = json!({"location": zip});
    person.client.patiently(Method::PATCH, "/me", Some(&body)).await
}

#[actix_web::test]
async fn the_fourth_move_in_a_day_is_told_when_it_is_possible() {
    let app = TestApp::start().await;
    let person = someone().zip("10001").insert(&app);
    for zip in ["10002", "10003", "10001"] {
        // Staying is no move.
        for _ in 0..2 {
            move_to(&person, zip).await.expect(200);
        }
    }
    let refused = move_to(&person, "10002").await.expect(429);
    assert_eq!((refused.code(), refused.lacks_as_problem()), ("too_many_moves", None));
    assert_eq!(refused.body["errors"][0]["pointer"], "/location");
    let seconds: i64 = refused.header("retry-after").parse().unwrap();
    assert!((86_300..=86_401).contains(&seconds), "{seconds}");
    let detail = refused.body["detail"].as_str().unwrap();
    let said = detail.split(' ').next_back().unwrap().trim_end_matches('.');
    let again_at: DateTime<Utc> = said.parse().expect("a time");
    assert!((again_at - Utc::now() - TimeDelta::hours(24)).abs() < TimeDelta::minutes(2), "{detail}");
    // All else of the request is refused with it, and all else without it goes on.
    let both = json!({"location": "10002", "bio": "Moving"});
    person.client.put("/profile", &both).await.expect(429);
    let bio = person.client.patch("/me", &json!({"bio": "Staying"})).await.expect(200);
    assert_eq!(
        (&bio.body["user"]["bio"], &bio.body["user"]["location"]),
        (&json!("Staying"), &json!("10001"))
    );
    // A day after the first of the three, one is possible.
    let sql = "UPDATE profiles SET moved_at = (SELECT array_agg(at - interval '24 hours') FROM unnest(moved_at[1:1]) at) \
               || moved_at[2:3]";
    sql_query(sql).execute(&mut app.connect()).unwrap();
    move_to(&person, "10002").await.expect(200);
    move_to(&person, "10003").await.expect(429);
}

#[actix_web::test]
async fn the_first_place_is_no_move() {
    let app = TestApp::start().await;
    let person = someone().nowhere().insert(&app);
    for zip in ["10001", "10002", "10003", "10004"] {
        move_to(&person, zip).await.expect(200);
    }
    move_to(&person, "10005").await.expect(429);
}

#[actix_web::test]
async fn of_64_moves_at_once_three_are_taken() {
    let app = TestApp::start().await;
    let person = someone().zip("10001").insert(&app);
    let zips = ["10002", "10003", "10004", "10005", "10006", "10007", "10009", "10010"];
    // Each one asks for another place than its neighbours, so that hardly any finds itself there already.
    let answers = join_all((0..64).map(|n| move_to(&person, zips[n % zips.len()]))).await;
    let count = |status| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!(count(200) + count(429), 64);
    let moves: i64 = {
        use diesel::prelude::*;
        let counted = diesel::dsl::sql::<diesel::sql_types::BigInt>(
            "SELECT cardinality(moved_at)::bigint FROM profiles",
        );
        counted.get_result(&mut app.connect()).unwrap()
    };
    assert_eq!(moves, 3);
    // Whoever was already there was not moved.
    assert!(count(200) >= 3 && count(429) > 32, "{} moved or stayed", count(200));
}
