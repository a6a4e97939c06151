//! A store that is gone or hangs, and clients that leave: row and object never part for good.

use image::ImageFormat;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use super::ground::{Ground, upload};
use super::pictures::{numbered, picture};
use crate::support::gate::Way;
use crate::support::{Someone, TestApp, eventually, someone};

/// What failed is given up, and gone after one pass of the sweep: a write that timed out here may still arrive there, so
/// only the sweep forgets the row.
async fn nothing_is_left(ground: &Ground) {
    is_given_up(ground).await;
    ground.sweep().await;
    assert_eq!((ground.rows(), ground.objects().await), (Vec::new(), Vec::new()));
}

async fn is_given_up(ground: &Ground) {
    let doomed = async || ground.rows().iter().all(|(_, state)| state == "doomed");
    eventually("unfinished uploads are given up", doomed).await;
}

#[actix_web::test]
async fn while_the_store_is_gone_uploads_are_told_to_come_back() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let jpeg = picture(ImageFormat::Jpeg);
    ground.gate.set(Way::Cut);
    let answer = upload(&ada.client, &[("a.jpg", &jpeg)]).await.expect(503);
    assert_eq!((answer.code(), answer.lacks_as_problem()), ("storage_unavailable", None));
    assert!(!answer.header("retry-after").is_empty());
    // What needs no photo goes on, and an unfinished one is shown nowhere.
    let me = ada.client.get("/me").await.expect(200).body;
    assert_eq!(me["user"]["image_urls"], json!([]));
    ground.gate.set(Way::Open);
    nothing_is_left(&ground).await;
    upload(&ada.client, &[("a.jpg", &jpeg)]).await.expect(201);
    assert!(ground.is_whole().await);
}

/// Whoever tries again and again while the store is gone still has all places afterwards.
#[actix_web::test]
async fn failed_uploads_use_up_no_places() {
    let ground = Ground::with(|config| config.photos.max_photos = 2).await;
    let ada = someone().insert(&ground.app);
    let jpeg = picture(ImageFormat::Jpeg);
    ground.gate.set(Way::Cut);
    for _ in 0..2 {
        upload(&ada.client, &[("a.jpg", &jpeg)]).await.expect(503);
    }
    is_given_up(&ground).await;
    ground.gate.set(Way::Open);
    upload(&ada.client, &[("a.jpg", &jpeg), ("b.jpg", &numbered(1))]).await.expect(201);
    let me = ada.client.get("/me").await.expect(200).body;
    assert_eq!(me["user"]["image_urls"].as_array().map(Vec::len), Some(2));
}

#[actix_web::test]
async fn a_store_that_hangs_is_given_up() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let jpeg = picture(ImageFormat::Jpeg);
    ground.gate.set(Way::Held);
    let begun = std::time::Instant::now();
    let answer = upload(&ada.client, &[("a.jpg", &jpeg)]).await.expect(503);
    assert_eq!(answer.code(), "storage_unavailable");
    // 3 seconds, and whatever a busy machine adds.
    assert!(begun.elapsed().as_secs() < 30, "it took {:?}", begun.elapsed());
    nothing_is_left(&ground).await;
}

#[actix_web::test]
async fn a_sign_up_survives_a_store_that_is_gone() {
    let ground = Ground::new().await;
    ground.gate.set(Way::Cut);
    let photo = Part::bytes(picture(ImageFormat::Jpeg)).file_name("a.jpg");
    let form =
        Form::new().text("username", "ada").text("password", crate::support::PASSWORD).part("file", photo);
    let body = ground.app.anon().post_form("/users", form).await.expect(201).body;
    assert_eq!(body["photos"]["files"][0]["error"]["code"], "storage_unavailable");
    ground.gate.set(Way::Open);
    nothing_is_left(&ground).await;
}

/// The request of an upload, cut off after `share` of its bytes.
async fn send_part_of_an_upload(app: &TestApp, person: &Someone, share: f64) -> TcpStream {
    let head = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n".as_bytes();
    let body = [head, &picture(ImageFormat::Jpeg), b"\r\n--b--\r\n"].concat();
    let token = person.client.token().expect("a token");
    let request = format!(
        "POST /api/v1/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(app.addr).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let sent = (body.len() as f64 * share) as usize;
    stream.write_all(&body[..sent]).await.unwrap();
    stream.flush().await.unwrap();
    stream
}

#[actix_web::test]
async fn a_client_that_leaves_in_mid_upload_leaves_nothing() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    for share in [0.0, 0.3, 0.9] {
        drop(send_part_of_an_upload(&ground.app, &ada, share).await);
    }
    let Ground { app, media, .. } = ground;
    let mut conn = app.connect();
    // Everything under way has ended when this returns.
    app.stop_gracefully().await;
    let rows: i64 = {
        use diesel::prelude::*;
        friender::db::schema::files::table.count().get_result(&mut conn).unwrap()
    };
    assert_eq!((rows, media.list("", None).await.unwrap().objects.len()), (0, 0));
}

/// The form is whole, the photo on its way to the store, and the client gone.
#[actix_web::test]
async fn a_client_that_leaves_while_its_photo_is_stored_leaves_nothing() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    ground.gate.set(Way::Held);
    let stream = send_part_of_an_upload(&ground.app, &ada, 1.0).await;
    eventually("the photo is on its way", async || ground.rows().len() == 1).await;
    stream.set_zero_linger().unwrap();
    drop(stream);
    nothing_is_left(&ground).await;
}

/// The server goes down at once, not gracefully, with a photo on its way to the store.
#[actix_web::test]
async fn a_server_that_stops_in_mid_upload_leaves_its_work_to_the_sweep() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    ground.gate.set(Way::Held);
    let _stream = send_part_of_an_upload(&ground.app, &ada, 1.0).await;
    eventually("the photo is on its way", async || ground.rows().len() == 1).await;
    ground.app.stop_at_once().await;
    ground.sweep().await;
    assert_eq!((ground.rows(), ground.objects().await), (Vec::new(), Vec::new()));
}
