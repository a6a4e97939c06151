//! Several at once.

use futures_util::future::join_all;
use image::ImageFormat;
use serde_json::Value;

use super::{ask, grant, images, send};
use crate::photos::ground::{Ground, keep, variants};
use crate::photos::pictures::{numbered, sized};
use crate::support::{Answer, someone};

/// The file that came of a confirmation: just now, or by a try whose answer was lost on a busy machine.
fn kept(answer: Answer) -> Option<Value> {
    [200, 201].contains(&answer.status).then_some(answer.body)
}

pub async fn of_two_new_profile_images_at_once_one_stays(ground: Ground) {
    let ada = someone().insert(&ground.app);
    let files = [0, 1, 2].map(numbered);
    let named: Vec<(&str, &[u8])> = files.iter().map(|file| ("a.jpg", file.as_slice())).collect();
    keep(&ada.client, &named).await;
    for round in 0..4 {
        let [one, two] = [10, 20].map(|n| numbered(n + round));
        let [first, second] = [
            grant(&ada.client, "/profile/image", &one).await,
            grant(&ada.client, "/profile/image", &two).await,
        ];
        assert!(first.put(&one).await.status().is_success() && second.put(&two).await.status().is_success());
        let answers = join_all([first.confirm(&ada.client), second.confirm(&ada.client)]).await;
        let ids: Vec<Value> =
            answers.into_iter().map(|answer| kept(answer).expect("a file")["key"].clone()).collect();
        let me = ada.client.get("/profile").await.expect(200).body;
        assert!(ids.contains(&me["profile_image_key"]));
        assert_eq!(images(&ada).await.len(), 3);
        assert!(ground.is_whole().await, "{:?} and {:?}", ground.rows(), ground.objects().await);
    }
}

pub async fn of_many_confirmations_at_once_one_file_comes(ground: Ground) {
    let ada = someone().insert(&ground.app);
    let jpeg = sized(900, 700, ImageFormat::Jpeg);
    let granted = grant(&ada.client, "/upload-url", &jpeg).await;
    assert!(granted.put(&jpeg).await.status().is_success());
    let answers = join_all((0..16).map(|_| granted.confirm(&ada.client))).await;
    let created = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!((created, answers.iter().filter(|answer| answer.status == 200).count()), (1, 15));
    assert!(answers.iter().all(|answer| answer.body["id"] == answers[0].body["id"]));
    assert!(ground.is_whole().await && ground.rows().len() == 1);
    assert_eq!(variants(answers[0].body["key"].as_str().unwrap()).len(), ground.objects().await.len());
}

pub async fn of_16_direct_uploads_for_the_last_place_one_gets_it(ground: Ground) {
    let ada = someone().insert(&ground.app);
    let eight: Vec<Vec<u8>> = (0..8).map(numbered).collect();
    let files: Vec<(&str, &[u8])> = eight.iter().map(|file| ("a.jpg", file.as_slice())).collect();
    keep(&ada.client, &files).await;
    let granted = join_all((10..26).map(async |n| {
        let jpeg = numbered(n);
        let granted = grant(&ada.client, "/upload-url", &jpeg).await;
        assert!(granted.put(&jpeg).await.status().is_success());
        granted
    }))
    .await;
    let answers = join_all(granted.iter().map(|granted| granted.confirm(&ada.client))).await;
    let told: Vec<&str> = answers.iter().filter(|answer| answer.status == 409).map(Answer::code).collect();
    assert_eq!(told, ["photo_limit"; 15], "{answers:#?}");
    assert_eq!(answers.into_iter().filter_map(kept).count(), 1);
    let full = ask(&ada.client, "/upload-url", "a.jpg", "image/jpeg", 100).await.expect(409);
    assert_eq!(full.code(), "photo_limit");
    // The profile image can still be replaced.
    kept(send(&ada.client, "/profile/image", &numbered(99)).await).expect("a file");
    ground.end_uploads();
    ground.sweep().await;
    assert!(ground.is_whole().await && ground.rows().len() == 9);
}
