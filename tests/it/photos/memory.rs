//! What the largest pictures cost when many come at once.

use std::time::Duration;

use futures_util::future::join_all;
use image::imageops::FilterType;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use serde_json::json;

use super::ground::{upload, upload_patiently};
use super::pictures::encoded;
use crate::durability::server::{Server, place};
use crate::support::{Client, PASSWORD};

/// What uploads may take on top of what the server takes at rest.
const ALLOWANCE: u64 = 256 << 20;

/// A line of Linux's account of a process, in bytes.
fn memory(pid: u32, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).expect("the line");
    let kibibytes: u64 = line.trim_matches(|c: char| !c.is_ascii_digit()).parse().expect("a number");
    kibibytes << 10
}

/// A small picture blown up: drawing so many pixels here would take longer than the uploads.
fn gradient(width: u32, height: u32) -> RgbImage {
    let small =
        RgbImage::from_fn(510, 384, |x, y| Rgb([(x >> 1) as u8, (y >> 1) as u8, ((x ^ y) >> 2) as u8]));
    DynamicImage::from(small).resize_exact(width, height, FilterType::Nearest).into_rgb8()
}

/// The most that is taken: 50 megapixels in one pass, 24 from a camera, 12 with 16 bits for each of four colours.
fn pictures() -> [Vec<u8>; 3] {
    let deep = DynamicImage::from(gradient(3_600, 3_400)).into_rgba16();
    let mut png = std::io::Cursor::new(Vec::new());
    deep.write_to(&mut png, ImageFormat::Png).unwrap();
    [
        encoded(gradient(8_160, 6_144), ImageFormat::Jpeg),
        encoded(gradient(6_000, 4_000), ImageFormat::Jpeg),
        png.into_inner(),
    ]
}

async fn signed_in(server: &Server) -> Client {
    let client = Client::new(server.addr);
    let answer = client.post("/users", &json!({"username": "ada", "password": PASSWORD})).await.expect(201);
    client.with_token(answer.body["token"].as_str().expect("a token"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn thirty_two_large_uploads_at_once_fit_into_256_mebibytes() {
    let place = place();
    let server = Server::start(place.path(), "127.0.0.1:0");
    let ada = signed_in(&server).await;
    let pictures = pictures();
    // Whatever is made ready by the first upload is no part of it.
    upload(&ada, &[("small.jpg", &encoded(gradient(640, 480), ImageFormat::Jpeg))]).await.expect(201);
    let before = memory(server.pid(), "VmRSS:");
    std::fs::write(format!("/proc/{}/clear_refs", server.pid()), "5").expect("the peak is forgotten");
    let send = async |n: usize| upload_patiently(&ada, &[("large.jpg", &pictures[n % 3])]).await;
    let uploads = join_all((0..32).map(send));
    let answers = tokio::time::timeout(Duration::from_secs(300), uploads).await.expect("an end");
    let peak = memory(server.pid(), "VmHWM:");
    let count = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    // Each picture is kept once; the others were opened and made anew as well, before they were known.
    assert_eq!(
        (count(201), count(409)),
        (3, 29),
        "{:?}",
        answers.iter().map(|a| a.status).collect::<Vec<_>>()
    );
    println!("{} MiB before, {} MiB at most", before >> 20, peak >> 20);
    assert!(peak - before <= ALLOWANCE, "{} MiB before, {} MiB at most", before >> 20, peak >> 20);
}
