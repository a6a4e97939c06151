//! Bytes that nobody planned for: whoever parses them takes or refuses them, and never breaks. What must hold stands in
//! fuzz/, where `make fuzz` has libFuzzer look for what breaks it. Here it holds for all that was found there and kept, and
//! a bounded number of times for chance; `PROPTEST_CASES=1000000` and `FRIENDER_FUZZ_ROUNDS=10000` have it run for long.

#[path = "../../fuzz/src/lib.rs"]
mod invariants;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Instant;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use image::ImageFormat;
use proptest::collection::vec;
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

use crate::photos::pictures::picture;
use crate::support::{Client, TestApp, someone};

/// Text of any kind, and what looks like the encoded text that is expected.
fn any_text() -> impl Strategy<Value = String> {
    let encoded = || vec(any::<u8>(), 0..200).prop_map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
    let json = "[\\[\\]{}\":,.0-9a-zT+-]{0,80}".prop_map(|text| URL_SAFE_NO_PAD.encode(text));
    let parted = vec(encoded(), 2..5).prop_map(|parts| parts.join("."));
    prop_oneof![any::<String>(), encoded(), json, parted]
}

/// Lines that a form is made of.
fn any_lines() -> impl Strategy<Value = String> {
    let line = ("(file|profile_image|bio|hobbies)", "[=:]", any::<String>());
    vec(line.prop_map(|(name, kind, value)| name + &kind + &value), 0..8).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn what_must_hold_of_texts_holds_for_any(text in any_text()) {
        invariants::cursors::check(&text);
        invariants::tags::check(&text);
        invariants::tokens::check(&text);
    }

    #[test]
    fn a_form_that_a_client_wrote_is_read_as_it_was_written(text in any_lines()) {
        invariants::multipart::check(text.as_bytes());
    }
}

/// The inputs that are kept in fuzz/seeds for a target.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(target);
    let entries = std::fs::read_dir(folder).expect("the target's seeds");
    let seeds: Vec<_> = entries.map(|entry| std::fs::read(entry.unwrap().path()).unwrap()).collect();
    assert!(!seeds.is_empty(), "{target} has no seeds");
    seeds
}

#[test]
fn what_must_hold_holds_for_all_that_is_kept() {
    let text = |seed: Vec<u8>| String::from_utf8(seed).expect("a seed in UTF-8");
    seeds("cursors").into_iter().map(text).for_each(|seed| invariants::cursors::check(&seed));
    seeds("tags").into_iter().map(text).for_each(|seed| invariants::tags::check(&seed));
    seeds("tokens").into_iter().map(text).for_each(|seed| invariants::tokens::check(&seed));
    seeds("multipart").iter().for_each(|seed| invariants::multipart::check(seed));
    pictures_that_are_kept_open();
}

#[test]
fn pictures_that_are_kept_open() {
    seeds("images").iter().for_each(|seed| invariants::images::check(seed));
}

/// The same with 320 MiB for all of the process: what a picture says of itself asks for no more.
#[test]
#[cfg(target_os = "linux")]
fn pictures_that_are_kept_open_in_little_memory() {
    let program = std::env::current_exe().unwrap();
    let mut limited = std::process::Command::new("sh");
    limited
        .args(["-c", "ulimit -v 327680 && exec \"$0\" --exact fuzz::pictures_that_are_kept_open"])
        .arg(program)
        .env("MALLOC_ARENA_MAX", "1");
    let done = limited.output().unwrap();
    let said = String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("1 passed"), "{said}");
}

/// What is fuzzed is what the server is built of: the same versions.
#[test]
fn the_fuzz_targets_are_built_of_the_same_versions() {
    let packages = |lock: &str| -> BTreeSet<(String, String)> {
        let lock: toml::Table = lock.parse().unwrap();
        let text = |package: &toml::Value, key: &str| package[key].as_str().unwrap().to_owned();
        let packages = lock["package"].as_array().unwrap().iter();
        packages.map(|package| (text(package, "name"), text(package, "version"))).collect()
    };
    let [ours, theirs] =
        [include_str!("../../Cargo.lock"), include_str!("../../fuzz/Cargo.lock")].map(packages);
    let known = |name: &str| ours.iter().any(|(ours, _)| ours == name);
    let other: Vec<_> = theirs.difference(&ours).filter(|(name, _)| known(name)).collect();
    assert!(
        theirs.iter().any(|(name, _)| name == "friender") && other.is_empty(),
        "{other:?}: see CONTRIBUTING.md"
    );
}

/// Some bytes changed, cut out, repeated or cut off.
fn spoil(bytes: &mut Vec<u8>, random: &mut StdRng) {
    for _ in 0..random.random_range(1..6) {
        if bytes.is_empty() {
            return;
        }
        let at = random.random_range(0..bytes.len());
        let end = (at + random.random_range(1..64)).min(bytes.len());
        match random.random_range(0..5) {
            0 => bytes[at] = random.random(),
            1 => bytes[at..end].fill(random.random()),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let part = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, part));
            }
            _ => bytes.truncate(at),
        }
    }
}

/// A form with one picture, as it goes over the wire.
fn form(picture: &[u8]) -> Vec<u8> {
    let head = "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
    [head.as_bytes(), picture, b"\r\n--edge--\r\n"].concat()
}

#[actix_web::test]
async fn spoiled_pictures_and_forms_are_kept_or_refused() {
    let rounds = std::env::var("FRIENDER_FUZZ_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let app = TestApp::start_with(|config| config.photos.max_photos = 1000).await;
    let ada = someone().insert(&app).client;
    let whole = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP].map(picture);
    let (begun, mut kept) = (Instant::now(), 0);
    for seed in 0..rounds {
        let mut random = StdRng::seed_from_u64(seed);
        let mut bytes = whole[random.random_range(0..whole.len())].clone();
        // The picture, the form around it, or both.
        let part = random.random_range(0..3);
        if part != 1 {
            spoil(&mut bytes, &mut random);
        }
        let mut body = form(&bytes);
        if part != 0 {
            spoil(&mut body, &mut random);
        }
        let request = ada.request(reqwest::Method::POST, "/upload");
        let request = request.header("content-type", "multipart/form-data; boundary=edge").body(body);
        let answer = Client::send(request).await;
        let fits = answer.status == 201 || answer.status == 503 || (400..500).contains(&answer.status);
        assert!(fits, "seed {seed}: {} {:#}", answer.status, answer.body);
        kept += usize::from(answer.status == 201);
    }
    println!("{rounds} spoiled uploads in {:.0?}: {kept} kept, the others refused", begun.elapsed());
    ada.get("/me").await.expect(200);
}
