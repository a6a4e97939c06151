//! Documents: kept as they came, for their owner alone, and never shown. Each law holds on both stores.

use friender::config::{Config, UploadType};
use reqwest::Response;
use serde_json::{Value, json};

use super::direct::{Granted, ask, granted, images, kept};
use super::ground::{Ground, keep, upload};
use super::pictures::numbered;
use crate::support::store::Store;
use crate::support::{Client, someone};

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const BOTH: [Store; 2] = [Store::Embedded, Store::Rclone];

/// Takes PDF and plain text besides photos.
pub fn with_documents(config: &mut Config) {
    let named = ["jpeg", "png", "webp", "pdf", "txt"].map(|name| UploadType::named(name).unwrap());
    config.photos.allowed_file_types = named.to_vec();
}

/// A PDF that is no other number's.
pub fn pdf(number: usize) -> Vec<u8> {
    [b"%PDF-1.4\n%", number.to_string().as_bytes(), b"\n", &PDF[9..]].concat()
}

pub async fn grant_pdf(client: &Client, name: &str, bytes: &[u8]) -> Granted {
    granted(&ask(client, "/upload-url", name, "application/pdf", bytes.len()).await.expect(200).body)
}

async fn fetch(url: &Value) -> Response {
    reqwest::get(url.as_str().expect("a link")).await.expect("an answer")
}

/// Saved, not shown, whatever a browser makes of its bytes.
async fn assert_attached(file: &Value, store: Store, name: &str, mime: &str, bytes: &[u8]) {
    assert_eq!(file["urls"], json!({"original": file["url"]}), "{file:#}");
    let answer = fetch(&file["url"]).await;
    let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!(header("content-type").as_deref(), Some(mime), "{store:?}");
    let attached = format!("attachment; filename=\"{name}\"; filename*=UTF-8''{name}");
    assert_eq!(header("content-disposition"), Some(attached), "{store:?}");
    if store == Store::Embedded {
        assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"));
    }
    assert_eq!(answer.bytes().await.unwrap(), bytes, "{store:?}");
}

#[actix_web::test]
async fn a_document_comes_back_as_it_was_sent_and_as_an_attachment() {
    for store in BOTH {
        let ground = Ground::with_on(store, with_documents).await;
        let ada = someone().insert(&ground.app);
        let jpeg = numbered(1);
        let files: [(&str, &[u8]); 3] =
            [("cv.pdf", PDF), ("me.jpg", &jpeg), ("notes.txt", "Grüße".as_bytes())];
        keep(&ada.client, &files).await;
        // Straight to the bucket: confirmed, and by the owner's next look.
        let direct = [pdf(1), pdf(2)];
        let first = grant_pdf(&ada.client, "page.html", &direct[0]).await;
        assert!(first.key.starts_with("quarantine/") && first.key.ends_with(".pdf"), "{}", first.key);
        assert!(first.put(&direct[0]).await.status().is_success());
        let file = first.confirm(&ada.client).await.expect(201).body;
        assert_eq!((&file["kind"], &file["filename"]), (&json!("document"), &json!("page.html.pdf")));
        let second = grant_pdf(&ada.client, "two.pdf", &direct[1]).await;
        assert!(second.put(&direct[1]).await.status().is_success());
        second.confirm(&ada.client).await;
        let list = ada.client.get("/files").await.expect(200).body;
        assert_eq!(list["count"], 5);
        let files = list["files"].as_array().unwrap();
        for (n, name, mime, bytes) in [
            (0, "cv.pdf", "application/pdf", PDF),
            (3, "page.html.pdf", "application/pdf", direct[0].as_slice()),
            (4, "two.pdf", "application/pdf", &direct[1]),
        ] {
            assert_attached(&files[n], store, name, mime, bytes).await;
            assert_eq!((&files[n]["kind"], &files[n]["width"]), (&json!("document"), &json!(null)));
            let object = ground.media.head(files[n]["key"].as_str().unwrap()).await.unwrap();
            let (size, etag) = (json!(bytes.len()), json!(object.etag));
            assert_eq!((&files[n]["size"], &files[n]["etag"]), (&size, &etag));
        }
        assert_attached(&files[2], store, "notes.txt", "text/plain", "Grüße".as_bytes()).await;
        assert_eq!((&files[1]["kind"], &files[1]["is_profile_image"]), (&json!("photo"), &json!(true)));
        let link = ada.client.post("/download-url", &json!({"file_key": files[0]["key"]})).await.expect(200);
        assert_eq!(fetch(&link.body["presigned_url"]).await.bytes().await.unwrap(), PDF);
        for file in files {
            ada.client.delete(&format!("/files/{}", file["key"].as_str().unwrap())).await.expect(204);
        }
        ground.end_uploads();
        ground.sweep().await;
        assert_eq!((ground.rows(), ground.objects().await), (Vec::new(), Vec::new()), "{store:?}");
    }
}

#[actix_web::test]
async fn a_document_is_its_owner_s_alone_and_no_photo() {
    let ground = Ground::with_on(Store::Embedded, with_documents).await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let key = keep(&ada.client, &[("cv.pdf", PDF)]).await[0]["key"].as_str().unwrap().to_owned();
    let waiting = grant_pdf(&ada.client, "more.pdf", &pdf(1)).await;
    assert!(waiting.put(&pdf(1)).await.status().is_success());
    // Shown to nobody, herself included.
    for client in [&ada.client, &bob.client] {
        let shown = client.get(&format!("/users/{}", ada.id)).await.expect(200).body;
        assert_eq!(shown["user"]["image_urls"], json!([]));
        let shown = client.get(&format!("/users/{}/images", ada.id)).await.expect(200).body;
        assert_eq!(shown["images"], json!([]));
    }
    let profile = ada.client.get("/profile").await.expect(200).body;
    assert_eq!((&profile["profile_image_key"], &profile["profile_image_url"]), (&json!(null), &json!(null)));
    let path = format!("/files/{key}");
    let refused = ada.client.patch(&path, &json!({"is_profile_image": true})).await.expect(422);
    assert_eq!(refused.body["errors"][0]["pointer"], "/is_profile_image");
    ada.client.put("/profile", &json!({"profile_image_key": key})).await.expect(422);
    // To others and to strangers it isn't there.
    let named = json!({"file_key": key});
    bob.client.post("/download-url", &named).await.expect(404);
    bob.client.delete(&path).await.expect(404);
    bob.client.patch(&path, &json!({"caption": "mine"})).await.expect(404);
    bob.client.put("/files/order", &json!({"keys": [key]})).await.expect(404);
    bob.client.post("/files/delete", &json!({"keys": [key]})).await.expect(404);
    bob.client.post("/files", &json!({"file_key": waiting.key})).await.expect(404);
    ground.app.anon().post("/download-url", &named).await.expect(401);
    assert_eq!(bob.client.get("/files").await.expect(200).body["count"], 0);
    // Arranged and named like any file; the first photo is the profile image all the same.
    ada.client.patch(&path, &json!({"caption": "My CV"})).await.expect(200);
    keep(&ada.client, &[("me.jpg", &numbered(1))]).await;
    ada.client.put("/files/order", &json!({"keys": [key]})).await.expect(200);
    assert_eq!(images(&ada).await.len(), 1);
}

#[actix_web::test]
async fn documents_have_places_of_their_own() {
    let ground = Ground::with_on(Store::Embedded, |config| {
        with_documents(config);
        config.photos.max_photos = 1;
        config.photos.max_documents = 2;
    })
    .await;
    let ada = someone().insert(&ground.app);
    let (one, other) = (numbered(1), numbered(2));
    let body = upload(&ada.client, &[("1.pdf", &pdf(1)), ("1.jpg", &one), ("2.pdf", &pdf(2))])
        .await
        .expect(201)
        .body;
    assert_eq!(body["uploaded"], 3, "{body:#}");
    let full = upload(&ada.client, &[("3.pdf", &pdf(3))]).await.expect(409);
    assert_eq!((full.code(), full.lacks_as_problem()), ("document_limit", None));
    let full = ask(&ada.client, "/upload-url", "3.pdf", "application/pdf", 9).await.expect(409);
    assert_eq!(full.code(), "document_limit");
    assert_eq!(upload(&ada.client, &[("2.jpg", &other)]).await.expect(409).code(), "photo_limit");
    ada.client.delete(&format!("/files/{}", body["files"][0]["key"].as_str().unwrap())).await.expect(204);
    let again = upload(&ada.client, &[("again.pdf", &pdf(2))]).await.expect(409);
    assert_eq!((again.code(), again.lacks_as_problem()), ("duplicate_document", None));
    upload(&ada.client, &[("3.pdf", &pdf(3))]).await.expect(201);
    // Never a profile image, and nothing beyond the list.
    for (path, kind) in [
        ("/profile/image", "application/pdf"),
        ("/upload-url", "text/csv"),
        ("/upload-url", "text/html"),
        ("/upload-url", "image/svg+xml"),
        ("/upload-url", "application/javascript"),
    ] {
        let refused = ask(&ada.client, path, "x.pdf", kind, 9).await.expect(415);
        assert_eq!((refused.code(), refused.lacks_as_problem()), ("file_type_not_supported", None), "{kind}");
    }
    assert!(ground.is_whole().await && ground.rows().len() == 3);
}

#[actix_web::test]
async fn what_only_calls_itself_a_document_is_never_kept() {
    let page = b"<!DOCTYPE html><script>alert(document.cookie)</script>".as_slice();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".as_slice();
    let before = [page, PDF].concat();
    let headed = [b"%PDF-1.4\n".as_slice(), page].concat();
    let jpeg = numbered(1);
    for store in BOTH {
        let ground = Ground::with_on(store, with_documents).await;
        let ada = someone().insert(&ground.app);
        for (name, mime, bytes, status, code) in [
            ("a.pdf", "application/pdf", page, 415, "file_type_not_supported"),
            ("b.pdf", "application/pdf", &before, 415, "file_type_not_supported"),
            ("c.pdf", "application/pdf", &headed, 422, "document_truncated"),
            ("d.pdf", "application/pdf", &jpeg, 415, "file_type_not_supported"),
            ("e.pdf", "application/pdf", b"PK\x03\x04 an archive", 415, "file_type_not_supported"),
            ("f.txt", "text/plain", page, 415, "file_type_not_supported"),
            ("g.txt", "text/plain", svg, 415, "file_type_not_supported"),
            ("h.txt", "text/plain", b"MZ\0\0\xFF", 415, "file_type_not_supported"),
            ("i.txt", "text/plain", PDF, 415, "file_type_not_supported"),
            ("j.jpg", "image/jpeg", PDF, 415, "file_type_not_supported"),
        ] {
            let sent =
                granted(&ask(&ada.client, "/upload-url", name, mime, bytes.len()).await.expect(200).body);
            assert!(sent.put(bytes).await.status().is_success());
            let refused = sent.confirm(&ada.client).await.expect(status);
            assert_eq!((refused.code(), refused.lacks_as_problem()), (code, None), "{name}");
            // Through the server only the content counts: a PDF or a photo is what it is, whatever its name.
            if !["d.pdf", "i.txt", "j.jpg"].contains(&name) {
                let refused = upload(&ada.client, &[(name, bytes)]).await.expect(status);
                assert_eq!(refused.code(), code, "{name}");
            }
        }
        let mut longer = grant_pdf(&ada.client, "long.pdf", PDF).await;
        ground.media.put(&longer.key, "application/pdf", [PDF, b"more"].concat().into()).await.unwrap();
        assert_eq!(longer.confirm(&ada.client).await.expect(422).code(), "upload_not_as_announced");
        assert_eq!((ground.rows(), kept(&ground).await), (Vec::new(), Vec::new()), "{store:?}");
        // One that is both is a PDF to everybody who gets it.
        let both = [b"%PDF-1.4\n".as_slice(), page, &PDF[9..]].concat();
        longer = grant_pdf(&ada.client, "both.pdf", &both).await;
        assert!(longer.put(&both).await.status().is_success());
        let file = longer.confirm(&ada.client).await.expect(201).body;
        assert_attached(&file, store, "both.pdf", "application/pdf", &both).await;
        // Put again by the same link: what is served stays what was checked.
        let mut other = both.clone();
        other.reverse();
        assert!(longer.put(&other).await.status().is_success());
        assert_attached(&file, store, "both.pdf", "application/pdf", &both).await;
    }
}
