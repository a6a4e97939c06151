//! The whole server on each store: photos go in by its API and come out by links.

use image::ImageFormat;

use crate::photos::pictures::picture;
use crate::support::{Store, TestApp, someone};

#[actix_web::test]
async fn photos_are_taken_linked_and_kept_on_either_store() {
    for store in [Store::Embedded, Store::Rclone] {
        let app = TestApp::start_storing_on(store, |_| ()).await;
        let ada = someone().insert(&app);
        let sent = crate::photos::ground::form(&[("a.png", &picture(ImageFormat::Png))]);
        let body = ada.client.post_form("/upload", sent).await.expect(201).body;
        let shown = reqwest::get(body["files"][0]["url"].as_str().unwrap()).await.unwrap();
        assert_eq!(shown.headers()["content-type"], "image/jpeg", "{store:?}");
        let key = body["files"][0]["key"].as_str().unwrap();
        let media = app.s3.as_ref().unwrap().media().await;
        assert_eq!(shown.bytes().await.unwrap(), media.get(key, 1 << 20).await.unwrap().bytes, "{store:?}");
    }
}
