//! Presigned links: whoever has one sees the picture, and nothing but the picture.

use image::ImageFormat;
use serde_json::json;

use super::ground::{Ground, upload};
use super::pictures::{SECRET, contains, numbered, picture, talkative_jpeg};
use crate::support::{Someone, befriend, someone};

/// A link without its signature.
pub fn path(url: &str) -> &str {
    url.split_once('?').expect("a presigned link").0
}

async fn link(person: &Someone, of: &Someone) -> String {
    let body = person.client.get(&format!("/users/{}/images", of.id)).await.expect(200).body;
    body["images"][0].as_str().expect("a link").to_owned()
}

#[actix_web::test]
async fn a_link_gives_a_jpeg_that_tells_nothing_about_the_camera() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let sent = talkative_jpeg();
    assert!(contains(&sent, SECRET) && contains(&sent, b"Exif"));
    let body = upload(&ada.client, &[("a.jpg", &sent)]).await.expect(201).body;
    let answer = reqwest::get(body["files"][0]["url"].as_str().unwrap()).await.unwrap();
    assert_eq!(
        (answer.status().as_u16(), &answer.headers()["content-type"]),
        (200, &"image/jpeg".parse().unwrap())
    );
    let bytes = answer.bytes().await.unwrap();
    assert!(!contains(&bytes, SECRET) && !contains(&bytes, b"Exif"));
    let shown = image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg).unwrap();
    assert_eq!((shown.width(), shown.height()), (16, 12));
    assert_eq!(json!(bytes.len()), body["files"][0]["size"]);
}

#[actix_web::test]
async fn an_altered_link_is_refused() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let jpeg = picture(ImageFormat::Jpeg);
    for person in [&ada, &bob] {
        upload(&person.client, &[("a.jpg", &jpeg)]).await.expect(201);
    }
    let [mine, theirs] = [link(&ada, &ada).await, link(&ada, &bob).await];
    let status = async |url: &str| reqwest::get(url).await.unwrap().status().as_u16();
    assert_eq!((status(&mine).await, status(&theirs).await), (200, 200));

    let (path, query) = mine.split_once('?').unwrap();
    let (other_path, _) = theirs.split_once('?').unwrap();
    assert!(query.contains("X-Amz-Expires=300"), "{query}");
    let turned: String = mine.chars().rev().collect();
    let signature = query.split("X-Amz-Signature=").nth(1).unwrap().split('&').next().unwrap();
    let altered = [
        path.to_owned(),
        format!("{other_path}?{query}"),
        mine.replace("X-Amz-Expires=300", "X-Amz-Expires=86400"),
        mine.replace(signature, &signature.chars().rev().collect::<String>()),
        mine.replace(signature, ""),
        mine.replace("X-Amz-Date=20", "X-Amz-Date=19"),
        format!("{mine}&response-content-type=text/html"),
    ];
    assert_ne!(turned, mine);
    for url in altered {
        let status = status(&url).await;
        assert!([400, 403].contains(&status), "{status} for {url}");
    }
    assert_eq!(status(&mine.replace(signature, &"0".repeat(64))).await, 403);
    // A link to read is none to write or to remove.
    let client = reqwest::Client::new();
    assert_eq!(client.delete(&mine).send().await.unwrap().status(), 403);
    assert_eq!(client.put(&mine).body("x").send().await.unwrap().status(), 403);
    assert_eq!(status(&mine).await, 200);
}

/// For how many seconds the links in an answer are good.
fn lives(answer: &serde_json::Value) -> Vec<u64> {
    let text = answer.to_string();
    let lives = text.split("X-Amz-Expires=").skip(1);
    lives.map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap().parse().unwrap()).collect()
}

/// A block must outlive what was signed before, whatever the setting grants for one's own.
#[actix_web::test]
async fn links_to_others_photos_never_live_longer_than_five_minutes() {
    let ground = Ground::with(|config| {
        config.photos.presigned_url_expiration = std::time::Duration::from_secs(3600);
    })
    .await;
    let app = &ground.app;
    let [ada, bob, eve, dan] = [(); 4].map(|()| someone().insert(app));
    for (n, person) in [&ada, &bob, &eve, &dan].into_iter().enumerate() {
        upload(&person.client, &[("a.jpg", &numbered(n))]).await.expect(201);
    }
    assert_eq!(lives(&ada.client.get("/files").await.expect(200).body).first(), Some(&3600));
    befriend(app, &ada, &bob);
    eve.client.post("/likes", &json!({"user_id": ada.id, "liked": true})).await.expect(200);
    let deck = ada.client.get("/deck").await.expect(200).body;
    ada.client.put(&format!("/later/{}", dan.id), &json!({})).await.expect(204);
    let mut answers = vec![("deck".to_owned(), deck)];
    for path in [
        "/later".to_owned(),
        "/likes/received".to_owned(),
        "/matches".to_owned(),
        "/conversations".to_owned(),
        format!("/users/{}", dan.id),
        format!("/users/{}/images", dan.id),
    ] {
        let answer = ada.client.get(&path).await.expect(200).body;
        answers.push((path, answer));
    }
    for (path, answer) in answers {
        let lives = lives(&answer);
        assert!(!lives.is_empty() && lives.iter().all(|life| *life <= 300), "{path}: {lives:?}");
    }
}

#[actix_web::test]
async fn others_see_the_photos_of_whoever_is_shown() {
    let ground = Ground::new().await;
    let [ada, bob, nowhere] = [
        someone().insert(&ground.app),
        someone().insert(&ground.app),
        someone().nowhere().insert(&ground.app),
    ];
    let [one, two] = [1, 2].map(numbered);
    for person in [&bob, &nowhere] {
        upload(&person.client, &[("a.jpg", &one), ("b.jpg", &two)]).await.expect(201);
    }
    let images = |id: &dyn std::fmt::Display| format!("/users/{id}/images");
    let seen = ada.client.get(&images(&bob.id)).await.expect(200).body;
    assert_eq!(seen["images"].as_array().map(Vec::len), Some(2));
    let card = ada.client.get(&format!("/users/{}", bob.id)).await.expect(200).body;
    let deck = ada.client.get("/deck").await.expect(200).body;
    assert_eq!(deck["items"][0]["image_urls"], card["user"]["image_urls"]);
    // The same photos in the same order: cards show them in medium size.
    for (n, shown) in card["user"]["image_urls"].as_array().unwrap().iter().enumerate() {
        let [large, medium] = [&seen["images"][n], shown].map(|url| path(url.as_str().unwrap()));
        assert_eq!(medium, format!("{}-medium.jpg", large.strip_suffix(".jpg").unwrap()));
        assert_eq!(reqwest::get(shown.as_str().unwrap()).await.unwrap().status(), 200);
    }
    assert_eq!(ada.client.get(&images(&ada.id)).await.expect(200).body, json!({"images": []}));
    // One's own, also before the profile is complete; others' not.
    assert_eq!(
        nowhere.client.get(&images(&nowhere.id)).await.expect(200).body["images"].as_array().map(Vec::len),
        Some(2)
    );
    ada.client.get(&images(&nowhere.id)).await.expect(404);
    bob.client.put("/me/pause", &json!({"paused": true})).await.expect(204);
    ada.client.get(&images(&bob.id)).await.expect(404);
    ground.app.anon().get(&images(&bob.id)).await.expect(401);
}
