//! The photo that stands for somebody.

use chrono::{DateTime, Utc};
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::ground::Ground;
use super::manage::with_photos;
use crate::support::{Someone, someone};

async fn profile(person: &Someone) -> Value {
    person.client.get("/profile").await.expect(200).body
}

fn since(profile: &Value) -> DateTime<Utc> {
    profile["profile_image_updated_at"].as_str().expect("a time").parse().expect("a time")
}

#[actix_web::test]
async fn without_a_photo_all_of_it_is_null() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    for body in [profile(&ada).await, ada.client.get("/me").await.expect(200).body["user"].clone()] {
        for part in ["key", "url", "url_expires_in", "updated_at", "content_type", "file_name"] {
            assert_eq!(body.get(format!("profile_image_{part}")), Some(&Value::Null), "{part}");
        }
    }
}

#[actix_web::test]
async fn the_first_photo_stands_for_its_owner_until_another_is_chosen() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let mine = with_photos(&ada, 3).await;
    let first = profile(&ada).await;
    assert_eq!(
        (&first["profile_image_key"], &first["profile_image_file_name"]),
        (&json!(mine[0]), &json!("0.jpg"))
    );
    assert_eq!(first["profile_image_content_type"], "image/jpeg");
    assert!((1..=300).contains(&first["profile_image_url_expires_in"].as_u64().unwrap()));
    let link = first["profile_image_url"].as_str().unwrap();
    assert_eq!(reqwest::get(link).await.unwrap().status(), 200);
    assert!(Utc::now() - since(&first) < chrono::TimeDelta::minutes(1));

    // By PUT /profile, by PATCH /me, by PATCH /files: one and the same.
    let chosen = ada.client.put("/profile", &json!({"profile_image_key": mine[1]})).await.expect(200).body;
    assert_eq!(chosen["profile_image_key"], json!(mine[1]));
    assert!(since(&chosen) > since(&first));
    let me =
        ada.client.patch("/me", &json!({"profile_image_key": mine[2], "bio": "Hi"})).await.expect(200).body;
    assert_eq!((&me["user"]["profile_image_key"], &me["user"]["bio"]), (&json!(mine[2]), &json!("Hi")));
    assert!(since(&me["user"]) > since(&chosen));
    let path = format!("/files/{}", mine[1]);
    let file = ada.client.patch(&path, &json!({"is_profile_image": true})).await.expect(200).body;
    assert_eq!(file["is_profile_image"], true);
    // Others see it first; the order of the list is another matter.
    let seen = bob.client.get(&format!("/users/{}", ada.id)).await.expect(200).body;
    let id = mine[1].rsplit('/').next().unwrap().trim_end_matches(".jpg").to_owned();
    assert!(seen["user"]["image_urls"][0].as_str().unwrap().contains(&id));
    let list = ada.client.get("/files").await.expect(200).body;
    let marks: Vec<&Value> =
        list["files"].as_array().unwrap().iter().map(|f| &f["is_profile_image"]).collect();
    assert_eq!(marks, [false, true, false]);

    // When it goes, the first one stands in.
    ada.client.delete(&path).await.expect(204);
    let left = profile(&ada).await;
    assert_eq!(left["profile_image_key"], json!(mine[0]));
    assert!(since(&left) > since(&me["user"]));
}

#[actix_web::test]
async fn only_a_photo_of_ones_own_can_be_chosen_and_all_or_nothing_changes() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let mine = with_photos(&ada, 1).await;
    let theirs = with_photos(&bob, 1).await;
    for key in [theirs[0].as_str(), "x", ""] {
        let body = json!({"profile_image_key": key, "bio": "changed"});
        ada.client.put("/profile", &body).await.expect(404);
    }
    let unchanged = profile(&ada).await;
    assert_eq!((&unchanged["profile_image_key"], &unchanged["bio"]), (&json!(mine[0]), &json!("")));
    ada.client.patch(&format!("/files/{}", mine[0]), &json!({"is_profile_image": false})).await.expect(422);
    // A refused field spoils the choice as well.
    let body = json!({"profile_image_key": mine[0], "bio": "a\0b"});
    ada.client.patch("/me", &body).await.expect(422);
}

#[actix_web::test]
async fn of_choices_at_once_one_stands() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let mine = with_photos(&ada, 4).await;
    let paths: Vec<String> = mine.iter().map(|key| format!("/files/{key}")).collect();
    let choose = json!({"is_profile_image": true});
    let choices = paths.iter().cycle().take(16);
    let choices = choices.map(|path| ada.client.patiently(reqwest::Method::PATCH, path, Some(&choose)));
    let removal = ada.client.patiently(reqwest::Method::DELETE, &paths[3], None);
    let (answers, removed) = tokio::join!(join_all(choices), removal);
    removed.expect(204);
    assert!(answers.iter().all(|answer| [200, 404].contains(&answer.status)));
    let list = ada.client.get("/files").await.expect(200).body;
    let files = list["files"].as_array().unwrap();
    let chosen: Vec<&Value> = files.iter().filter(|f| f["is_profile_image"] == true).collect();
    assert_eq!((files.len(), chosen.len()), (3, 1));
    assert_eq!(profile(&ada).await["profile_image_key"], chosen[0]["key"]);
}
