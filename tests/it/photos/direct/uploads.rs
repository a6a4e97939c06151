//! What becomes of an upload that goes well.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;

use super::{grant, images, kept, send};
use crate::photos::ground::{Ground, upload};
use crate::photos::links::path;
use crate::photos::pictures::{SECRET, contains, numbered, talkative_jpeg};
use crate::support::someone;

pub async fn a_direct_upload_is_checked_and_made_anew(ground: Ground) {
    let ada = someone().insert(&ground.app);
    let sent = talkative_jpeg();
    let granted = grant(&ada.client, "/upload-url", &sent).await;
    assert!(granted.key.starts_with("quarantine/") && granted.key.ends_with(".jpg"), "{}", granted.key);
    assert!(granted.put(&sent).await.status().is_success());
    assert_eq!((images(&ada).await.len(), kept(&ground).await.len()), (0, 0));
    let file = granted.confirm(&ada.client).await.expect(201).body;
    assert!(file["key"].as_str().unwrap().starts_with("photos/"), "{file}");
    assert_ne!(path(&granted.url), path(file["url"].as_str().unwrap()));
    let shown = reqwest::get(file["urls"]["large"].as_str().unwrap()).await.unwrap().bytes().await.unwrap();
    assert!(!contains(&shown, SECRET) && !contains(&shown, b"Exif"));
    assert!(ground.is_whole().await, "{:?}", ground.objects().await);
    // Asked again: the same file. Put again by the same link: nothing that is served changes, and the sweep removes it.
    let again = granted.confirm(&ada.client).await.expect(200).body;
    assert_eq!((&again["id"], &again["etag"]), (&file["id"], &file["etag"]));
    assert!(granted.put(&sent).await.status().is_success());
    granted.confirm(&ada.client).await.expect(200);
    let later = reqwest::get(file["urls"]["large"].as_str().unwrap()).await.unwrap().bytes().await.unwrap();
    assert_eq!(later, shown);
    ground.end_uploads();
    ground.sweep().await;
    assert!(ground.is_whole().await && ground.rows().len() == 1);
    granted.confirm(&ada.client).await.expect(404);
}

/// What the server gives the store for one call.
const A_CALL: Duration = Duration::from_secs(2);

/// Clients that know no confirming: put, then look.
pub async fn the_owner_s_next_look_confirms_what_has_arrived(ground: Ground) {
    let ada = someone().insert(&ground.app);
    for (n, path) in ["/me", "/profile"].into_iter().enumerate() {
        let jpeg = numbered(n);
        let granted = grant(&ada.client, "/upload-url", &jpeg).await;
        let shown = async || {
            let body = ada.client.get(path).await.expect(200).body;
            let user = if path == "/me" { body["user"].clone() } else { body };
            user["image_urls"].as_array().unwrap().len()
        };
        assert_eq!(shown().await, n, "before it has arrived");
        assert!(granted.put(&jpeg).await.status().is_success());
        // A store that needs longer than it is given keeps nobody from looking; then the next look shows it.
        let (answers, took) = loop {
            let begun = Instant::now();
            let answers = join_all((0..4).map(|_| shown())).await;
            if begun.elapsed() < A_CALL || answers == [n + 1; 4] {
                break (answers, begun.elapsed());
            }
        };
        assert_eq!(answers, [n + 1; 4], "all who look at once see it, {took:?}");
        granted.confirm(&ada.client).await.expect(200);
    }
    assert!(ground.is_whole().await && ground.rows().len() == 2);
}

pub async fn a_new_profile_image_takes_the_old_one_s_place(ground: Ground) {
    let ada = someone().insert(&ground.app);
    let [one, two, three] = [1, 2, 3].map(numbered);
    upload(&ada.client, &[("one.jpg", &one), ("two.jpg", &two)]).await.expect(201);
    let before = images(&ada).await;
    let file = send(&ada.client, "/profile/image", &three).await.expect(201).body;
    let after = images(&ada).await;
    assert_eq!((after.len(), path(&after[1])), (2, path(&before[1])));
    assert_eq!((file["url"].as_str().unwrap(), &file["is_profile_image"]), (after[0].as_str(), &json!(true)));
    assert_eq!(reqwest::get(&before[0]).await.unwrap().status(), 404, "the old one is gone");
    let me = ada.client.get("/profile").await.expect(200).body;
    assert_eq!(me["profile_image_key"], file["key"]);
    assert!(ground.is_whole().await && ground.rows().len() == 2);
    // The very first one needs none to replace.
    let bob = someone().insert(&ground.app);
    send(&bob.client, "/profile/image", &one).await.expect(201);
    assert!(ground.is_whole().await && images(&bob).await.len() == 1);
}
