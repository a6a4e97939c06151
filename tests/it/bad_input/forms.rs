//! Multipart forms: broken, empty, endless.

use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::multipart::{Form, Part};

use super::check::{Case, Expected, refuse_all};
use super::routes::{Route, all};
use super::values::mebibyte;
use super::world::World;
use crate::photos::pictures::numbered;
use crate::support::PASSWORD;

static PHOTOS: AtomicUsize = AtomicUsize::new(0);

/// A form with one good photo, another one each time.
pub fn one_photo() -> Form {
    let photo = numbered(PHOTOS.fetch_add(1, Ordering::Relaxed));
    Form::new().part("file", Part::bytes(photo).file_name("ada.jpg"))
}

fn form_routes() -> impl Iterator<Item = Route> {
    all().into_iter().filter(|route| route.form)
}

fn raw(world: &World, route: &Route, what: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Case {
    let request =
        world.request(route, &world.path(route)).header("content-type", content_type).body(body.into());
    Case { what: format!("{} with {what}", route.name()), request, expected: Expected::Refused }
}

const TYPE: &str = "multipart/form-data; boundary=b";

#[actix_web::test]
async fn broken_forms() {
    let file = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
    let bodies: [(&str, &str, String); 16] = [
        ("no boundary", "multipart/form-data", format!("{file}x\r\n--b--\r\n")),
        ("an empty boundary", "multipart/form-data; boundary=", format!("{file}x\r\n--b--\r\n")),
        ("another boundary", "multipart/form-data; boundary=c", format!("{file}x\r\n--b--\r\n")),
        ("a boundary of 10 kB", "multipart/form-data; boundary=\"xxxx", "x".repeat(10_000)),
        ("another kind of form", "multipart/mixed; boundary=b", format!("{file}x\r\n--b--\r\n")),
        ("JSON in form's clothing", TYPE, "{\"username\": \"somebody.new\"}".to_owned()),
        ("nothing", TYPE, String::new()),
        ("an end without a begin", TYPE, "--b--\r\n".to_owned()),
        ("half a head", TYPE, "--b\r\nContent-Dispo".to_owned()),
        ("a file without an end", TYPE, format!("{file}xxxx")),
        ("a part without a name", TYPE, "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n".to_owned()),
        ("a part without a head", TYPE, "--b\r\n\r\nx\r\n--b--\r\n".to_owned()),
        ("a head without an end", TYPE, format!("--b\r\nX: {}", "x".repeat(100_000))),
        ("a NUL in the name", TYPE, "--b\r\nContent-Disposition: form-data; name=\"fi\0le\"\r\n\r\nx\r\n--b--\r\n".to_owned()),
        ("a length that lies", TYPE, "--b\r\nContent-Disposition: form-data; name=\"file\"\r\nContent-Length: 9999999\r\n\r\nx\r\n--b--\r\n".to_owned()),
        ("no photo", TYPE, format!("{file}x\r\n--b--\r\n")),
    ];
    let world = World::new().await;
    let mut cases = Vec::new();
    for route in form_routes() {
        for (what, content_type, body) in &bodies {
            cases.push(raw(&world, &route, what, content_type, body.clone()));
        }
        let text = b"--b\r\nContent-Disposition: form-data; name=\"bio\"\r\n\r\n\xff\xfe\r\n--b--\r\n";
        cases.push(raw(&world, &route, "a text that is no UTF-8", TYPE, text.to_vec()));
        cases.push(raw(&world, &route, "JSON", "application/json", "{}"));
        cases.push(raw(&world, &route, "a plain form", "application/x-www-form-urlencoded", "file=x"));
    }
    refuse_all(&world.app, cases).await;
}

#[actix_web::test]
async fn forms_with_too_much_and_too_little() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for route in form_routes() {
        let account = || match route.path == "/users" {
            true => Form::new().text("username", "somebody.new").text("password", PASSWORD),
            false => Form::new(),
        };
        let mut forms = vec![
            ("300 texts", (0..300).fold(account(), |form, n| form.text(format!("n{n}"), "x"))),
            (
                "300 files",
                (0..300).fold(account(), |form, _| {
                    form.part("file", Part::bytes(b"x".as_slice()).file_name("x.jpg"))
                }),
            ),
            ("a mebibyte of text", account().text("bio", mebibyte())),
        ];
        if route.path != "/users" {
            forms.push(("no file", account().text("note", "x")));
            forms.push((
                "a file under another name",
                account().part("photo", Part::bytes(b"x".as_slice()).file_name("x.jpg")),
            ));
            forms.push((
                "an empty file",
                account().part("file", Part::bytes(b"".as_slice()).file_name("x.jpg")),
            ));
        }
        for (what, form) in forms {
            let request = world.request(&route, &world.path(&route)).multipart(form);
            cases.push(Case {
                what: format!("{} with {what}", route.name()),
                request,
                expected: Expected::Refused,
            });
        }
    }
    refuse_all(&world.app, cases).await;
}

#[actix_web::test]
async fn wrong_texts_in_every_field_of_the_sign_up_form() {
    let wrong = [
        ("username", vec!["", " ", "a\0b", "me", "ab", "a b c", "ada\u{200b}"]),
        ("password", vec!["", "short", "a\0bcdefgh", "password123"]),
        ("email", vec!["x", "a\0@example.org", "a@b", "@example.org"]),
        ("display_name", vec!["a\0b", "a\u{202e}b"]),
        ("first_name", vec!["a\0b", "a\nb"]),
        ("last_name", vec!["a\0b", "a\nb"]),
        ("birth_date", vec!["a\0b", "2026-01-01", "NaN", "1990-02-30", "0000-00-00"]),
        ("bio", vec!["a\0b", "a\u{feff}b"]),
        ("hobbies", vec!["a\0b", "chess,a\0b"]),
        ("interests", vec!["a\0b", "chess,a\u{200b}b"]),
        ("place_shown", vec!["a\0b", "Town", "zip"]),
        ("refresh", vec!["a\0b", "Cookie", "both"]),
        ("location", vec!["a\0b", "00000", "1000", "-1000", "NaN", "1e4"]),
        (
            "friend_radius",
            vec!["a\0b", "NaN", "Infinity", "1e308", "-1", "0", "501", "9223372036854775808", "2.5"],
        ),
    ];
    let world = World::new().await;
    let route = form_routes().find(|route| route.path == "/users").unwrap();
    let documented = route.fields.clone().unwrap();
    let mut cases = Vec::new();
    for field in &documented {
        let (_, values) = wrong.iter().find(|(name, _)| name == field).expect("wrong texts for every field");
        for value in values {
            let given = [("username", "somebody.new"), ("password", PASSWORD)];
            let form = given.iter().filter(|(name, _)| name != field);
            let form = form.fold(Form::new(), |form, (name, text)| form.text(*name, *text));
            let request = world.request(&route, "/users").multipart(form.text(field.clone(), *value));
            let what = format!("{} with {field} {value:?}", route.name());
            cases.push(Case { what, request, expected: Expected::Refused });
        }
    }
    refuse_all(&world.app, cases).await;
}
