//! Two hundred files that people with bad luck or bad intent send: no crash, nothing but pixels is served, the right way up.

mod broken;
mod packing;
mod talkative;

use image::GenericImageView as _;

use super::ground::{Ground, upload_patiently};
use super::pictures::contains;
use crate::support::{Client, someone};

/// What cameras and programs write beside the pixels, and nobody may read afterwards.
const SECRET: &[u8] = b"GPS 40.7484 N 73.9967 W";

/// What must become of a file.
enum Fate {
    /// Kept: with these measures, and red in the corner named by right and low.
    Upright { size: (u32, u32), red: (bool, bool) },
    /// Kept.
    Kept,
    /// Refused, with a code that begins so.
    Refused(&'static str),
    /// Kept or refused, as luck has it.
    Either,
}

struct Hostile {
    name: String,
    bytes: Vec<u8>,
    fate: Fate,
}

fn hostile(name: impl Into<String>, bytes: Vec<u8>, fate: Fate) -> Hostile {
    Hostile { name: name.into(), bytes, fate }
}

/// What is wrong with an answer, if anything is.
async fn fault(client: &Client, file: &Hostile) -> Option<String> {
    let answer = upload_patiently(client, &[(&file.name, &file.bytes)]).await;
    match (&file.fate, answer.status) {
        (Fate::Upright { .. } | Fate::Kept | Fate::Either, 201) => {
            let card = &answer.body["files"][0];
            for variant in ["thumb", "medium", "large"] {
                let served = reqwest::get(card["urls"][variant].as_str()?).await.ok()?.bytes().await.ok()?;
                if let Some(fault) = served_fault(&served, &file.fate) {
                    return Some(format!("{variant}: {fault}"));
                }
            }
            None
        }
        (Fate::Refused(code), 413 | 415 | 422) if answer.code().starts_with(code) => told(&answer.body),
        (Fate::Either, 415 | 422) => told(&answer.body),
        (_, status) => Some(format!("{status} {}", answer.body)),
    }
}

/// A refusal names the file and ends with what to do.
fn told(problem: &serde_json::Value) -> Option<String> {
    let detail = problem["errors"][0]["detail"].as_str().unwrap_or_default();
    (!detail.contains(": ") || detail.len() < 40).then(|| format!("tells too little: {problem}"))
}

fn served_fault(served: &[u8], fate: &Fate) -> Option<String> {
    if contains(served, SECRET) || contains(served, b"<script") || contains(served, b"Exif") {
        return Some("what was beside the pixels is served".to_owned());
    }
    if let Some(code) = foreign_segment(served) {
        return Some(format!("a segment {code:x} is served"));
    }
    let picture = match image::load_from_memory_with_format(served, image::ImageFormat::Jpeg) {
        Ok(picture) => picture,
        Err(error) => return Some(format!("what is served is no JPEG: {error}")),
    };
    let Fate::Upright { size, red } = fate else { return None };
    let (width, height) = picture.dimensions();
    if (width, height) != *size {
        return Some(format!("{width} × {height}"));
    }
    let found =
        [(false, false), (true, false), (false, true), (true, true)].into_iter().find(|(right, low)| {
            let at = |far: bool, side: u32| if far { side * 3 / 4 } else { side / 4 };
            let image::Rgba([red, green, ..]) = picture.get_pixel(at(*right, width), at(*low, height));
            red > green.saturating_add(60)
        });
    (found != Some(*red)).then(|| format!("red is at {found:?}"))
}

/// The first segment that a picture alone doesn't need; 0 if something comes before or after the picture.
fn foreign_segment(jpeg: &[u8]) -> Option<u8> {
    if !jpeg.starts_with(&[0xFF, 0xD8]) || !jpeg.ends_with(&[0xFF, 0xD9]) {
        return Some(0);
    }
    let mut at = 2;
    while let [0xFF, code, high, low, ..] = jpeg[at..] {
        let length = usize::from(u16::from_be_bytes([high, low]));
        match code {
            // JFIF's head has 16 bytes when it holds no thumbnail.
            0xE0 if length == 16 => {}
            0xDB | 0xC2 | 0xC4 => {}
            0xDA => return None,
            other => return Some(other),
        }
        at += 2 + length;
    }
    Some(0)
}

#[actix_web::test]
async fn two_hundred_hostile_files_do_no_harm() {
    let ground = Ground::new().await;
    let files: Vec<Hostile> =
        [talkative::files(), packing::files(), broken::files()].into_iter().flatten().collect();
    assert!(files.len() >= 200, "{} files", files.len());
    let mut faults = Vec::new();
    for file in &files {
        // Everybody sends one: no two are on the same profile.
        let somebody = someone().insert(&ground.app);
        if let Some(fault) = fault(&somebody.client, file).await {
            faults.push(format!("{}: {fault}", file.name));
        }
    }
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), files.len(), faults.join("\n"));
    assert!(ground.is_whole().await);
    ground.app.anon().get("//readyz").await.expect(200);
}
