//! What is not let in, not kept, and never served.

use chrono::TimeDelta;
use diesel::prelude::*;
use friender::db::schema::uploads;
use serde_json::json;

use super::{Granted, ask, grant, images, kept};
use crate::photos::ground::Ground;
use crate::photos::pictures::{bomb, numbered};
use crate::support::someone;

/// Refused by the store itself, before a byte is kept.
pub async fn the_store_takes_only_what_was_announced(ground: Ground) {
    let ada = someone().insert(&ground.app);
    let jpeg = numbered(1);
    let granted = grant(&ada.client, "/upload-url", &jpeg).await;
    let longer = [jpeg.as_slice(), b"x"].concat();
    for (bytes, kind) in [
        (longer.as_slice(), None),
        (&jpeg[1..], None),
        (b"".as_slice(), None),
        (jpeg.as_slice(), Some("text/html")),
        (jpeg.as_slice(), Some("image/png")),
    ] {
        let status = granted.put_as(bytes, kind).await.status().as_u16();
        assert!((400..500).contains(&status), "{status} for {} bytes as {kind:?}", bytes.len());
    }
    // Another key by the same signature, and reading by a link for writing.
    let id = granted.key.rsplit('/').next().unwrap().split('.').next().unwrap();
    let other = granted.url.replace(id, &uuid::Uuid::new_v4().to_string());
    let elsewhere = Granted { url: other, headers: granted.headers.clone(), key: granted.key.clone() };
    assert_eq!(elsewhere.put(&jpeg).await.status(), 403);
    assert_eq!(reqwest::get(&granted.url).await.unwrap().status(), 403);
    assert_eq!(ground.objects().await, Vec::<String>::new());
    let answer = granted.confirm(&ada.client).await.expect(409);
    assert_eq!((answer.code(), answer.lacks_as_problem()), ("upload_not_arrived", None));
    assert!(granted.put(&jpeg).await.status().is_success());
    granted.confirm(&ada.client).await.expect(201);
    assert!(ground.is_whole().await);
}

/// However it came to lie there: past the signature, too.
pub async fn what_is_no_picture_is_never_served(ground: Ground) {
    let ada = someone().insert(&ground.app);
    let jpeg = numbered(1);
    let polyglot = [b"<script>alert(1)</script>".as_slice(), &jpeg].concat();
    for (n, bytes, status, code) in [
        (0, b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice(), 415, "file_type_not_supported"),
        (1, polyglot.as_slice(), 415, "file_type_not_supported"),
        (2, b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", 415, "heic_not_supported"),
        (3, &jpeg[..jpeg.len() - 9], 422, "image_truncated"),
        (4, &bomb(), 422, "too_many_pixels"),
    ] {
        let granted = grant(&ada.client, "/upload-url", bytes).await;
        assert!(granted.put(bytes).await.status().is_success(), "{n}");
        // A look at oneself tries it once, says nothing, and shows nothing.
        ada.client.get("/me").await.expect(200);
        for _ in 0..2 {
            let answer = granted.confirm(&ada.client).await.expect(status);
            assert_eq!((answer.code(), answer.lacks_as_problem()), (code, None));
        }
        assert_eq!((images(&ada).await.len(), kept(&ground).await.len()), (0, 0), "{n}");
    }
    let granted = grant(&ada.client, "/upload-url", &jpeg).await;
    for size in [jpeg.len() - 1, jpeg.len() + 1] {
        let bytes = [jpeg.as_slice(), &[0]].concat()[..size].to_vec();
        ground.media.put(&granted.key, "image/jpeg", bytes.into()).await.unwrap();
        let answer = granted.confirm(&ada.client).await.expect(422);
        assert_eq!(answer.code(), "upload_not_as_announced");
    }
    ground.end_uploads();
    ground.sweep().await;
    assert_eq!((ground.rows(), ground.objects().await), (Vec::new(), Vec::new()));
}

pub async fn only_the_owner_confirms_in_time(ground: Ground) {
    let [ada, eve] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let jpeg = numbered(1);
    let granted = grant(&ada.client, "/upload-url", &jpeg).await;
    assert!(granted.put(&jpeg).await.status().is_success());
    let foreign = granted.confirm(&eve.client).await.expect(404);
    for key in
        [uuid::Uuid::new_v4().to_string(), granted.key.replace("quarantine", "photos"), "../x".to_owned()]
    {
        let missing = eve.client.post("/files", &json!({"file_key": key})).await.expect(404);
        assert_eq!(missing.body["detail"], foreign.body["detail"]);
    }
    ground.app.anon().post("/files", &json!({"file_key": granted.key})).await.expect(401);
    // A slow upload may end after its link, but not long after.
    ground.move_ends(TimeDelta::minutes(-16));
    let answer = granted.confirm(&ada.client).await.expect(409);
    assert_eq!((answer.code(), answer.lacks_as_problem()), ("upload_expired", None));
    ada.client.get("/me").await.expect(200);
    assert_eq!(images(&ada).await.len(), 0);
    ground.move_ends(TimeDelta::minutes(10));
    granted.confirm(&ada.client).await.expect(201);
    assert!(ground.is_whole().await);
}

pub async fn what_is_announced_is_held_to_the_rules(ground: Ground) {
    let ada = someone().insert(&ground.app);
    for (name, kind, size, status, code) in [
        ("a.heic", "image/heic", 9, 415, "heic_not_supported"),
        ("a.gif", "image/gif", 9, 415, "file_type_not_supported"),
        ("a.pdf", "application/pdf", 9, 415, "file_type_not_supported"),
        ("a.jpg", "", 9, 415, "file_type_not_supported"),
        ("a.jpg", "image/jpeg", 0, 422, "invalid_fields"),
        ("a\0.jpg", "image/jpeg", 9, 422, "invalid_fields"),
        ("a.jpg", "image/jpeg", 20_971_521, 413, "file_too_large"),
    ] {
        for path in ["/upload-url", "/profile/image"] {
            let answer = ask(&ada.client, path, name, kind, size).await.expect(status);
            assert_eq!((answer.code(), answer.lacks_as_problem()), (code, None), "{name} {kind}");
        }
    }
    let told = ask(&ada.client, "/upload-url", "IMG_1.HEIC", "image/heic", 9).await.expect(415).body;
    let told = told["detail"].as_str().unwrap();
    assert!(["IMG_1.HEIC", "image/jpeg", "save it as JPEG"].iter().all(|part| told.contains(part)), "{told}");
    let named = json!({"file_name": "a.jpg", "content_type": "image/jpeg", "size": 20_971_520});
    let answer = ada.client.post("/upload-url", &named).await.expect(200);
    let id = id_in(answer.body["file_key"].as_str().unwrap());
    let row: (String, Option<i64>, String) = uploads::table
        .filter(uploads::id.eq(id))
        .select((uploads::filename, uploads::size, uploads::purpose))
        .first(&mut ground.app.connect())
        .unwrap();
    assert_eq!(row, ("a.jpg".to_owned(), Some(20_971_520), "photo".to_owned()));
    ground.app.anon().post("/upload-url", &named).await.expect(401);
    // Links for fifty, no more; those that ended don't count.
    for _ in 1..50 {
        ada.client.post("/profile/image", &named).await.expect(200);
    }
    assert_eq!(ada.client.post("/upload-url", &named).await.expect(409).code(), "too_many_uploads");
    ground.end_uploads();
    ada.client.post("/upload-url", &named).await.expect(200);
}

fn id_in(key: &str) -> uuid::Uuid {
    let name = key.rsplit('/').next().and_then(|name| name.split('.').next());
    name.expect("a name").parse().expect("a UUID")
}
