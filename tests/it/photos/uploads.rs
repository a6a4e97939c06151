//! What becomes of one file and of many.

use image::ImageFormat;
use serde_json::{Value, json};

use super::ground::{Ground, form, upload};
use super::pictures::{bomb, numbered, picture, sized};
use crate::support::someone;

#[actix_web::test]
async fn many_photos_are_answered_one_by_one() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let files: [(&str, &[u8]); 4] = [
        ("one.jpg", &picture(ImageFormat::Jpeg)),
        ("../two.png", &sized(300, 150, ImageFormat::Png)),
        ("notes.jpg", b"just words"),
        ("three.webp", &sized(16, 12, ImageFormat::WebP)),
    ];
    let body = upload(&ada.client, &files).await.expect(201).body;
    assert_eq!((&body["uploaded"], &body["failed"]), (&json!(3), &json!(1)));
    let results = body["files"].as_array().unwrap();
    let names: Vec<&Value> = results.iter().map(|file| &file["filename"]).collect();
    assert_eq!(names, ["one.jpg", "two.png", "notes.jpg", "three.webp"]);
    for (n, file) in results.iter().enumerate() {
        assert_eq!(file["uploaded"], n != 2);
        if n == 2 {
            assert_eq!(file["error"]["code"], "file_type_not_supported");
            assert!(file.get("key").is_none() && file.get("url").is_none());
            continue;
        }
        // All are drawn anew, as JPEG.
        assert_eq!(file["content_type"], "image/jpeg");
        let info = ground.media.head(file["key"].as_str().unwrap()).await.unwrap();
        assert_eq!((&json!(info.size), &json!(info.etag)), (&file["size"], &file["etag"]));
        assert_eq!(info.content_type.as_deref(), Some("image/jpeg"));
        for (name, sides) in [("thumb", (200, 100)), ("medium", (300, 150)), ("large", (300, 150))] {
            let answer = reqwest::get(file["urls"][name].as_str().unwrap()).await.unwrap();
            let shown = image::load_from_memory(&answer.bytes().await.unwrap()).unwrap();
            let sides = if n == 1 { sides } else { (16, 12) };
            assert_eq!((shown.width(), shown.height()), sides, "{name}");
        }
        assert_eq!(
            (&file["width"], &file["url"]),
            (&json!(if n == 1 { 300 } else { 16 }), &file["urls"]["large"])
        );
        assert!(file["blurhash"].as_str().is_some_and(|hash| hash.len() == 28));
    }
    assert!(ground.is_whole().await);
    let me = ada.client.get("/me").await.expect(200).body;
    assert_eq!(me["user"]["image_urls"].as_array().map(Vec::len), Some(3));
    assert_eq!(me["user"]["profile_image_key"], results[0]["key"]);
}

/// The key tells who and spreads by who, and nothing else of the upload.
#[actix_web::test]
async fn keys_are_spread_and_never_used_twice() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let [one, two] = [1, 2].map(numbered);
    let body = upload(&ada.client, &[("same.jpg", &one), ("same.jpg", &two)]).await.expect(201).body;
    let keys: Vec<&str> = [0, 1].map(|n| body["files"][n]["key"].as_str().unwrap()).to_vec();
    assert_ne!(keys[0], keys[1]);
    for (n, key) in keys.iter().enumerate() {
        let parts: Vec<&str> = key.split('/').collect();
        let [photos, spread, user, file] = parts[..] else { panic!("{key}") };
        assert_eq!((photos, user), ("photos", ada.id.to_string().as_str()));
        assert!(spread.len() == 2 && spread.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')), "{key}");
        assert_eq!(file, format!("{}.jpg", body["files"][n]["id"].as_str().unwrap()));
    }
    assert_eq!(keys[0][..10], keys[1][..10], "one person's photos lie together");
}

#[actix_web::test]
async fn a_file_is_what_its_content_says() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let png = picture(ImageFormat::Png);
    let wrong: [(&str, &[u8], u16, &str); 10] = [
        ("a.jpg", b"GIF89a\x01\0\x01\0\0\0\0;", 415, "file_type_not_supported"),
        (
            "a.jpg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>",
            415,
            "file_type_not_supported",
        ),
        ("a.png", b"<?xml version=\"1.0\"?><svg/>", 415, "file_type_not_supported"),
        ("a.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\0", 415, "heic_not_supported"),
        ("a.jpg", b"\0\0\0\x18ftypavif\0\0\0\0mif1miaf", 415, "avif_not_supported"),
        ("a.jpg", b"only words", 415, "file_type_not_supported"),
        ("a.jpg", b"", 422, "file_empty"),
        ("a.jpg", &png[..png.len() / 2], 422, "image_truncated"),
        ("a.jpg", &bomb(), 422, "too_many_pixels"),
        ("a.jpg", b"\xff\xd8\xff\xe0 nothing of a picture", 422, "image_"),
    ];
    for (name, bytes, status, code) in wrong {
        let answer = upload(&ada.client, &[(name, bytes)]).await.expect(status);
        assert!(answer.code().starts_with(code), "{} for {code}", answer.code());
        assert_eq!(answer.lacks_as_problem(), None);
        assert_eq!(answer.body["errors"][0]["pointer"], "/file/0");
    }
    // Every refusal names the file, the rule and the remedy.
    let answer =
        upload(&ada.client, &[("IMG_1.HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic")]).await.expect(415);
    let told = answer.body["errors"][0]["detail"].as_str().unwrap();
    assert!(
        ["IMG_1.HEIC: ", "must be JPEG, PNG or WebP", "save it as JPEG"]
            .iter()
            .all(|part| told.contains(part)),
        "{told}"
    );
    assert!(ground.rows().is_empty() && ground.objects().await.is_empty());
    // And a picture is one under any name.
    upload(&ada.client, &[("notes.txt", &png)]).await.expect(201);
}

#[actix_web::test]
async fn when_no_file_can_be_kept_each_is_told_why() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let answer =
        upload(&ada.client, &[("a.txt", b"words"), ("b.gif", b"GIF89a"), ("c.jpg", b"")]).await.expect(415);
    let pointers: Vec<&Value> =
        answer.body["errors"].as_array().unwrap().iter().map(|e| &e["pointer"]).collect();
    assert_eq!(pointers, ["/file/0", "/file/1", "/file/2"]);
}

#[actix_web::test]
async fn only_ones_own_id_takes_photos() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let jpeg = picture(ImageFormat::Jpeg);
    let files: [(&str, &[u8]); 1] = [("a.jpg", &jpeg)];
    let path = |id: &dyn std::fmt::Display| format!("/users/{id}/images");
    ada.client.post_form(&path(&ada.id), form(&files)).await.expect(201);
    let foreign = ada.client.post_form(&path(&bob.id), form(&files)).await.expect(404);
    let nobody = ada.client.post_form(&path(&uuid::Uuid::now_v7()), form(&files)).await.expect(404);
    assert_eq!((foreign.code(), &foreign.body["detail"]), (nobody.code(), &nobody.body["detail"]));
    assert!(ground.is_whole().await && ground.rows().len() == 1);
}

#[actix_web::test]
async fn a_large_picture_is_made_smaller() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let body =
        upload(&ada.client, &[("wide.jpg", &sized(4000, 100, ImageFormat::Jpeg))]).await.expect(201).body;
    assert_eq!((&body["files"][0]["width"], &body["files"][0]["height"]), (&json!(1600), &json!(40)));
}
