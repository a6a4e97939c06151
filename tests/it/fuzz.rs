//! Bytes that nobody planned for: whoever parses them takes or refuses them, and never breaks. They run on the stable
//! compiler (cargo-fuzz needs another one), a bounded number of times; `PROPTEST_CASES=1000000` and
//! `FRIENDER_FUZZ_ROUNDS=10000` have them run for long.

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use friender::accounts::{AccessTokens, Email, Password, Username};
use friender::geo::ZipCode;
use friender::http::Cursor;
use friender::profiles::TagList;
use image::ImageFormat;
use proptest::collection::vec;
use proptest::prelude::*;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use crate::photos::pictures::picture;
use crate::support::{Client, SECRET, TestApp, someone};

/// Text of any kind, and what looks like the encoded text that is expected.
fn any_text() -> impl Strategy<Value = String> {
    let encoded = || vec(any::<u8>(), 0..200).prop_map(|bytes| URL_SAFE_NO_PAD.encode(bytes));
    let json = "[\\[\\]{}\":,.0-9a-zT+-]{0,80}".prop_map(|text| URL_SAFE_NO_PAD.encode(text));
    let parted = vec(encoded(), 2..5).prop_map(|parts| parts.join("."));
    prop_oneof![any::<String>(), encoded(), json, parted]
}

proptest! {
    #[test]
    fn cursors_are_read_or_refused(text in any_text()) {
        let _ = Cursor::decode::<(DateTime<Utc>, Uuid)>(&text);
        let _ = Cursor::decode::<(i64, Uuid)>(&text);
    }

    #[test]
    fn no_token_is_good_that_nobody_signed(text in any_text()) {
        let tokens = AccessTokens::new(&SECRET.into(), Duration::from_secs(900));
        prop_assert!(tokens.verify(&text).is_err());
        let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"at+jwt"}"#);
        let long = format!("{head}.{text}");
        prop_assert!(tokens.verify(&long).is_err());
    }

    #[test]
    fn tags_that_are_taken_are_few_and_clean(entries in vec(any::<String>(), 0..40)) {
        if let Ok(tags) = TagList::parse(entries.iter().map(String::as_str)) {
            let names = tags.names();
            prop_assert!(names.len() <= 20);
            for name in names {
                prop_assert!(!name.is_empty() && !name.contains('\0') && name.trim() == name, "{name:?}");
            }
            // What was taken once is taken again as it is.
            let again = TagList::parse(names.iter().map(String::as_str)).expect("its own names");
            prop_assert_eq!(again.names(), names);
        }
    }

    #[test]
    fn names_addresses_and_codes_are_read_or_refused(text in any_text()) {
        let _ = (Username::parse(&text), Email::parse(&text), Password::parse(&text), ZipCode::parse(&text).is_ok());
    }
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
