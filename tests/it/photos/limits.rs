//! How large, how many, and how many at once.

use futures_util::future::join_all;
use image::ImageFormat;
use serde_json::{Value, json};

use super::ground::{Ground, upload};
use super::pictures::{picture, sized};
use crate::support::{Answer, Client, someone};

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
    let exact = [small.as_slice(), &vec![0; 4096 - small.len()]].concat();
    upload(&ada.client, &[("exact.jpg", &exact)]).await.expect(201);
    let beyond = [exact.as_slice(), &[0]].concat();
    upload(&ada.client, &[("beyond.jpg", &beyond)]).await.expect(413);
    assert!(ground.is_whole().await && ground.rows().len() == 2);
}

#[actix_web::test]
async fn no_more_photos_than_a_profile_holds() {
    let ground = Ground::with(|config| config.photos.max_photos = 2).await;
    let ada = someone().insert(&ground.app);
    let jpeg = picture(ImageFormat::Jpeg);
    let body =
        upload(&ada.client, &[("1.jpg", &jpeg), ("2.jpg", &jpeg), ("3.jpg", &jpeg)]).await.expect(201).body;
    let uploaded: Vec<&Value> =
        body["files"].as_array().unwrap().iter().map(|file| &file["uploaded"]).collect();
    assert_eq!(uploaded, [true, true, false]);
    assert_eq!(body["files"][2]["error"]["code"], "photo_limit");
    let answer = upload(&ada.client, &[("4.jpg", &jpeg)]).await.expect(409);
    assert_eq!((answer.code(), answer.lacks_as_problem()), ("photo_limit", None));
    // Everybody has places of their own.
    let bob = someone().insert(&ground.app);
    upload(&bob.client, &[("1.jpg", &jpeg)]).await.expect(201);
    assert!(ground.is_whole().await && ground.rows().len() == 3);
}

async fn upload_patiently(client: &Client, files: &[(&str, &[u8])]) -> Answer {
    loop {
        let answer = upload(client, files).await;
        if answer.status != 503 {
            return answer;
        }
    }
}

#[actix_web::test]
async fn of_64_uploads_at_once_exactly_one_gets_the_last_place() {
    let ground = Ground::with(|config| config.photos.max_photos = 3).await;
    let ada = someone().insert(&ground.app);
    let jpeg = picture(ImageFormat::Jpeg);
    upload(&ada.client, &[("1.jpg", &jpeg), ("2.jpg", &jpeg)]).await.expect(201);
    let files: [(&str, &[u8]); 1] = [("3.jpg", &jpeg)];
    let answers = join_all((0..64).map(|_| upload_patiently(&ada.client, &files))).await;
    let with = |status: u16| answers.iter().filter(move |answer| answer.status == status);
    assert_eq!((with(201).count(), with(409).count()), (1, 63));
    assert!(with(409).all(|answer| answer.code() == "photo_limit"));
    assert!(ground.is_whole().await, "{:?} and {:?}", ground.rows(), ground.objects().await);
    assert_eq!(ground.rows().len(), 3);
}
