//! How large, how many, and how many at once.

use futures_util::future::join_all;
use image::ImageFormat;
use serde_json::{Value, json};

use super::ground::{Ground, keep, upload, upload_patiently};
use super::pictures::{numbered, picture, sized};
use crate::support::someone;

#[actix_web::test]
async fn a_file_beyond_the_limit_is_refused_and_the_others_are_kept() {
    let ground = Ground::with(|config| config.photos.max_file_size = 4096).await;
    let ada = someone().insert(&ground.app);
    let (small, large) = (picture(ImageFormat::Jpeg), sized(400, 400, ImageFormat::Png));
    assert!(small.len() <= 4096 && large.len() > 4096);
    let answer = upload(&ada.client, &[("large.png", &large)]).await.expect(413);
    assert_eq!((answer.code(), answer.lacks_as_problem()), ("file_too_large", None));
    assert!(answer.body["detail"].as_str().unwrap().contains("4 KiB"), "{}", answer.body["detail"]);
    let body = upload(&ada.client, &[("large.png", &large), ("small.jpg", &small)]).await.expect(201).body;
    assert_eq!(
        (&body["files"][0]["error"]["code"], &body["files"][1]["uploaded"]),
        (&json!("file_too_large"), &json!(true))
    );
    // One byte decides.
    let other = numbered(1);
    let exact = [other.as_slice(), &vec![0; 4096 - other.len()]].concat();
    upload(&ada.client, &[("exact.jpg", &exact)]).await.expect(201);
    let beyond = [exact.as_slice(), &[0]].concat();
    upload(&ada.client, &[("beyond.jpg", &beyond)]).await.expect(413);
    assert!(ground.is_whole().await && ground.rows().len() == 2);
}

#[actix_web::test]
async fn no_more_photos_than_a_profile_holds() {
    let ground = Ground::with(|config| config.photos.max_photos = 2).await;
    let ada = someone().insert(&ground.app);
    let [one, two, three, four] = [1, 2, 3, 4].map(numbered);
    let body =
        upload(&ada.client, &[("1.jpg", &one), ("2.jpg", &two), ("3.jpg", &three)]).await.expect(201).body;
    let uploaded: Vec<&Value> =
        body["files"].as_array().unwrap().iter().map(|file| &file["uploaded"]).collect();
    assert_eq!(uploaded, [true, true, false]);
    assert_eq!(body["files"][2]["error"]["code"], "photo_limit");
    let answer = upload(&ada.client, &[("4.jpg", &four)]).await.expect(409);
    assert_eq!((answer.code(), answer.lacks_as_problem()), ("photo_limit", None));
    // Everybody has places of their own.
    let bob = someone().insert(&ground.app);
    upload(&bob.client, &[("1.jpg", &one)]).await.expect(201);
    assert!(ground.is_whole().await && ground.rows().len() == 3);
}

#[actix_web::test]
async fn of_64_uploads_at_once_exactly_one_gets_the_last_place() {
    let ground = Ground::with(|config| config.photos.max_photos = 3).await;
    let ada = someone().insert(&ground.app);
    let [one, two] = [1, 2].map(numbered);
    keep(&ada.client, &[("1.jpg", &one), ("2.jpg", &two)]).await;
    let answers = join_all((10..74).map(async |n| {
        let picture = numbered(n);
        upload_patiently(&ada.client, &[("3.jpg", &picture)]).await
    }))
    .await;
    let with = |status: u16| answers.iter().filter(move |answer| answer.status == status);
    assert_eq!((with(201).count(), with(409).count()), (1, 63));
    assert!(with(409).all(|answer| answer.code() == "photo_limit"));
    assert!(ground.is_whole().await, "{:?} and {:?}", ground.rows(), ground.objects().await);
    assert_eq!(ground.rows().len(), 3);
}

/// Both of one form and of different ones, whatever the file is called and however it is packed.
#[actix_web::test]
async fn the_same_picture_is_on_a_profile_once() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let (png, webp, other) = (picture(ImageFormat::Png), picture(ImageFormat::WebP), numbered(1));
    let files: [(&str, &[u8]); 3] = [("me.png", &png), ("again.webp", &webp), ("other.jpg", &other)];
    let body = upload(&ada.client, &files).await.expect(201).body;
    assert_eq!((&body["uploaded"], &body["failed"]), (&json!(2), &json!(1)));
    assert_eq!(body["files"][1]["error"]["code"], "duplicate_photo");
    let answer = upload(&ada.client, &[("third.png", &png)]).await.expect(409);
    assert_eq!((answer.code(), answer.lacks_as_problem()), ("duplicate_photo", None));
    let told = answer.body["errors"][0]["detail"].as_str().unwrap();
    assert!(told.starts_with("third.png: ") && told.contains("“me.png”"), "{told}");
    // Everybody has profiles of their own.
    upload(&bob.client, &[("me.png", &png)]).await.expect(201);
    assert!(ground.is_whole().await && ground.rows().len() == 3);
}

#[actix_web::test]
async fn of_16_same_pictures_at_once_exactly_one_is_kept() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let jpeg = picture(ImageFormat::Jpeg);
    let files: [(&str, &[u8]); 1] = [("me.jpg", &jpeg)];
    let answers = join_all((0..16).map(|_| upload_patiently(&ada.client, &files))).await;
    let with = |status: u16| answers.iter().filter(move |answer| answer.status == status);
    assert_eq!((with(201).count(), with(409).count()), (1, 15));
    assert!(with(409).all(|answer| answer.code() == "duplicate_photo"));
    assert!(ground.is_whole().await && ground.rows().len() == 1);
}
