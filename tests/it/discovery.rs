//! The deck: what a card says, who comes first, and why there may be nobody.

use chrono::Days;
use diesel::prelude::*;
use friender::db::schema::profiles;
use friender::profiles::today;
use serde_json::{Value, json};

use crate::support::{Someone, TestApp, someone};

// From 10001: Hoboken is in the first band, Newark in the second, Stamford in the fourth, Philadelphia in the fifth.
const HOBOKEN: &str = "07030";
const NEWARK: &str = "07102";
const STAMFORD: &str = "06901";
const PHILADELPHIA: &str = "19104";

async fn deck(viewer: &Someone, query: &str) -> Value {
    viewer.client.get(&format!("/deck{query}")).await.expect(200).body
}

fn names(deck: &Value) -> Vec<&str> {
    let items = deck["items"].as_array().expect("items");
    items.iter().map(|card| card["username"].as_str().expect("a name")).collect()
}

#[actix_web::test]
async fn a_card_says_what_is_shared_and_how_far_and_no_more() {
    let app = TestApp::start().await;
    let ada = someone().hobbies("hiking, chess").interests("jazz").insert(&app);
    let bob = someone().zip(NEWARK).hobbies("Chess, pottery").interests("hiking, space").insert(&app);
    let deck = deck(&ada, "").await;
    assert_eq!(
        deck,
        json!({"items": [{
            "id": bob.id,
            "username": bob.username,
            "display_name": bob.username,
            "age": null,
            "bio": "",
            "hobbies": ["chess", "pottery"],
            "interests": ["hiking", "space"],
            "shared_hobbies": ["chess"],
            "shared_interests": ["hiking"],
            "location": "Newark, NJ",
            "place": "Newark, NJ",
            "distance_band": "5-10",
            "last_active": "today",
            "image_urls": [],
            "gone": false,
        }]})
    );
}

#[actix_web::test]
async fn who_said_yes_comes_first_then_tags_band_and_recency() {
    let app = TestApp::start().await;
    let ada = someone().radius(50).hobbies("hiking, chess").interests("jazz").insert(&app);
    let other = || someone().radius(500).hobbies("pottery").interests("space");
    let idle = other().insert(&app);
    let far = other().zip(STAMFORD).insert(&app);
    let near = other().insert(&app);
    let alike = other().zip(STAMFORD).hobbies("hiking, chess").interests("jazz").insert(&app);
    let liker = other().zip(STAMFORD).insert(&app);
    let narrow = other().radius(25).zip(STAMFORD).insert(&app);
    let days_ago = |person: &Someone, days| {
        diesel::update(profiles::table.find(person.id))
            .set(profiles::active_on.eq(today() - Days::new(days)))
            .execute(&mut app.connect())
            .unwrap();
    };
    days_ago(&idle, 20);
    days_ago(&liker, 100);
    liker.client.post("/likes", &json!({"user_id": ada.id, "liked": true})).await.expect(200);
    let deck = deck(&ada, "").await;
    let expected = [&liker, &alike, &near, &idle, &far, &narrow].map(|person| person.username.as_str());
    assert_eq!(names(&deck), expected);
    let active = |index: usize| deck["items"][index]["last_active"].as_str();
    assert_eq!(
        [active(0), active(3)],
        [Some("longer"), Some("this_month")],
        "nobody is left out for being away"
    );
}

#[actix_web::test]
async fn the_limit_is_kept_and_checked() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app);
    for _ in 0..25 {
        someone().insert(&app);
    }
    for (query, people) in [("", 20), ("?limit=1", 1), ("?limit=25", 25), ("?limit=100", 25)] {
        assert_eq!(names(&deck(&ada, query).await).len(), people, "{query}");
    }
    let all = deck(&ada, "?limit=100").await;
    let page = deck(&ada, "?limit=7").await;
    assert_eq!(names(&page), names(&all)[..7], "the best first, the same each time");
    for bad in ["?limit=0", "?limit=101", "?limit=-1", "?limit=x", "?cursor=x"] {
        assert_eq!(ada.client.get(&format!("/deck{bad}")).await.status, 400, "{bad}");
    }
}

#[actix_web::test]
async fn an_incomplete_profile_is_told_what_it_is_missing() {
    let app = TestApp::start().await;
    let cases = [
        (someone().nowhere(), "/location"),
        (someone().hobbies(""), "/hobbies"),
        (someone().interests(""), "/interests"),
    ];
    for (builder, pointer) in cases {
        let problem = builder.insert(&app).client.get("/deck").await.expect(409);
        assert_eq!(problem.code(), "profile_incomplete");
        assert_eq!(problem.body["errors"][0]["pointer"], pointer);
        assert_eq!(problem.body["errors"].as_array().map(Vec::len), Some(1));
    }
    let ada = someone().insert(&app);
    assert_eq!(names(&deck(&ada, "").await), [""; 0], "they are not shown, either");
}

#[actix_web::test]
async fn a_birth_date_is_demanded_only_where_the_setting_says_so() {
    let app = TestApp::start_with(|config| config.accounts.birth_date_required = true).await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let problem = ada.client.get("/deck").await.expect(409);
    assert_eq!(problem.body["errors"][0]["pointer"], "/birth_date");
    ada.client.patch("/me", &json!({"birth_date": "1990-01-31"})).await.expect(200);
    assert_eq!(names(&deck(&ada, "").await), [""; 0]);
    bob.client.patch("/me", &json!({"birth_date": "1991-12-01"})).await.expect(200);
    assert_eq!(names(&deck(&ada, "").await), [bob.username.as_str()]);
}

#[actix_web::test]
async fn an_empty_deck_says_why_and_what_would_help() {
    let app = TestApp::start().await;
    let ada = someone().radius(7).insert(&app);
    let decided = someone().insert(&app);
    let aside = someone().zip(HOBOKEN).insert(&app);
    for _ in 0..3 {
        someone().zip(STAMFORD).insert(&app);
    }
    for _ in 0..22 {
        someone().zip(PHILADELPHIA).insert(&app);
    }
    ada.client.post("/likes", &json!({"user_id": decided.id, "liked": false})).await.expect(200);
    ada.client.put(&format!("/later/{}", aside.id), &Value::Null).await.expect(204);
    let empty = deck(&ada, "").await;
    assert_eq!(
        empty,
        json!({"items": [], "reason_empty": {
            "message": "Nobody is left within 10 miles. A few people are within 50 miles. \
                You have decided on 1 already. 1 wait in your later pile.",
            "effective_radius": 10,
            "within": [
                {"radius": 25, "about": "under 10"},
                {"radius": 50, "about": "under 10"},
                {"radius": 100, "about": "20"},
                {"radius": 250, "about": "20"},
                {"radius": 500, "about": "20"},
            ],
            "decided": 1,
            "later": 1,
            "suggested_radius": 50,
        }})
    );
    ada.client.patch("/me", &json!({"friend_radius": 50})).await.expect(200);
    assert_eq!(names(&deck(&ada, "").await).len(), 3, "it did help");
}

#[actix_web::test]
async fn alone_in_the_world_nothing_is_suggested() {
    let app = TestApp::start().await;
    let ada = someone().radius(500).insert(&app);
    let reason = &deck(&ada, "").await["reason_empty"];
    assert_eq!(reason["within"], json!([]));
    assert_eq!(reason["suggested_radius"], Value::Null);
    assert_eq!((&reason["decided"], &reason["later"]), (&json!(0), &json!(0)));
}

#[actix_web::test]
async fn looking_at_the_deck_counts_as_being_here() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app);
    let active_on = |day: Option<chrono::NaiveDate>| {
        let row = profiles::table.find(ada.id);
        if let Some(day) = day {
            diesel::update(row).set(profiles::active_on.eq(day)).execute(&mut app.connect()).unwrap();
        }
        row.select(profiles::active_on).first::<chrono::NaiveDate>(&mut app.connect()).unwrap()
    };
    let before = active_on(Some(today() - Days::new(9)));
    deck(&ada, "").await;
    assert!(active_on(None) > before);
}
