//! Photos that were acknowledged before a kill: whole, and with nothing half-written beside them.

use std::io::Cursor;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use md5::{Digest as _, Md5};
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use tokio::sync::Mutex;

use super::server::{Server, place};
use super::until_ready;
use crate::support::Client;
use crate::support::builders::PASSWORD;

const ROUNDS: usize = 2;
/// How many photos are acknowledged before the next kill.
const PHOTOS: usize = 6;

/// Each picture once: a person may not have the same one twice.
fn picture(number: usize) -> Vec<u8> {
    let pixels = RgbImage::from_fn(96, 64, |x, y| {
        let n = (x as usize * 31 + y as usize * 17 + number * 7919) % 251;
        Rgb([n as u8, (n * 3 % 251) as u8, (number % 251) as u8])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(pixels).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Somebody with one more photo, again and again; keeps the tokens and keys of what got a 201.
async fn upload(addr: SocketAddr, kept: Arc<Mutex<Vec<(String, String)>>>, stop: Arc<AtomicBool>) {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let client = Client::new(addr);
    while !stop.load(Ordering::Relaxed) {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let form = json!({"username": format!("photographer-{number}"), "password": PASSWORD});
        let request = client.request(Method::POST, "/users").json(&form).timeout(Duration::from_secs(5));
        let Ok(answer) = request.send().await else { continue };
        let Ok(answer) = answer.json::<serde_json::Value>().await else { continue };
        let Some(token) = answer["token"].as_str().map(str::to_owned) else { continue };
        let file = Form::new().part("file", Part::bytes(picture(number)).file_name("photo.png"));
        let request = client.with_token(&token).request(Method::POST, "/upload").multipart(file);
        let Ok(answer) = request.timeout(Duration::from_secs(20)).send().await else { continue };
        if answer.status() == 201
            && let Ok(answer) = answer.json::<serde_json::Value>().await
        {
            let key = answer["files"][0]["key"].as_str().unwrap().to_owned();
            kept.lock().await.push((token, key));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn photos_that_were_acknowledged_are_whole_after_a_kill() {
    let place = place();
    let mut server = Server::start(place.path(), "127.0.0.1:0");
    let addr = server.addr;
    let (kept, stop) = (Arc::default(), Arc::new(AtomicBool::new(false)));
    let uploads = [0, 1].map(|_| tokio::spawn(upload(addr, Arc::clone(&kept), stop.clone())));
    for _ in 0..ROUNDS {
        let goal = kept.lock().await.len() + PHOTOS;
        let grown = async {
            while kept.lock().await.len() < goal {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), grown).await.expect("uploads go on");
        server.kill();
        server = Server::start(place.path(), &addr.to_string());
        until_ready(&Client::new(addr)).await;
    }
    stop.store(true, Ordering::Relaxed);
    for upload in uploads {
        upload.await.unwrap();
    }
    for (token, key) in kept.lock().await.iter() {
        let mine = Client::new(addr).with_token(token).get("/me").await.expect(200).body;
        assert_eq!(mine["user"]["profile_image_key"], json!(key), "{mine}");
        let link = mine["user"]["image_urls"][0].as_str().unwrap();
        let answer = reqwest::get(link).await.unwrap();
        assert_eq!(answer.status(), 200, "{key} has lost its object");
        let etag = answer.headers()["etag"].to_str().unwrap().trim_matches('"').to_owned();
        let bytes = answer.bytes().await.unwrap();
        let digest: String = Md5::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(etag, digest, "{key} is not what was written");
        image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg).unwrap();
    }
    let incoming = place.path().join("data/objects/friender/incoming");
    assert_eq!(std::fs::read_dir(incoming).unwrap().count(), 0, "half-written objects are left");
    drop(server);
}
