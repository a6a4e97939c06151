//! Sign-up as a form with photos, as plain HTML sends it.

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use crate::support::{PASSWORD, TestApp};

fn photo(name: &str) -> Part {
    let bytes = match name {
        "ada.jpg" => include_bytes!("../../../api/examples/curl/photos/ada.jpg").as_slice(),
        "bob.png" => include_bytes!("../../../api/examples/curl/photos/bob.png").as_slice(),
        _ => b"this is no picture".as_slice(),
    };
    Part::bytes(bytes).file_name(name.to_owned())
}

fn account(username: &str) -> Form {
    Form::new().text("username", username.to_owned()).text("password", PASSWORD)
}

fn uploaded(photos: &Value) -> Vec<bool> {
    photos["files"].as_array().unwrap().iter().map(|file| file["uploaded"] == true).collect()
}

#[actix_web::test]
async fn one_bad_photo_spoils_neither_the_others_nor_the_account() {
    let app = TestApp::start().await;
    let form = account("ada")
        .part("file", photo("ada.jpg"))
        .part("file", photo("holiday.jpg"))
        .part("file", photo("bob.png"));
    let body = app.anon().post_form("/users", form).await.expect(201).body;
    let photos = &body["photos"];
    assert_eq!(
        (uploaded(photos), &photos["uploaded"], &photos["failed"]),
        (vec![true, false, true], &json!(2), &json!(1))
    );
    let bad = &photos["files"][1];
    assert_eq!(
        (&bad["filename"], &bad["error"]["code"]),
        (&json!("holiday.jpg"), &json!("file_type_not_supported"))
    );
    assert!(bad["error"]["message"].as_str().is_some_and(|message| !message.is_empty()));
    let urls = body["user"]["image_urls"].as_array().unwrap();
    assert_eq!(urls.len(), 2);
    for url in urls {
        assert!(reqwest::get(url.as_str().unwrap()).await.unwrap().status().is_success());
    }
}

#[actix_web::test]
async fn an_account_with_no_usable_photo_at_all_is_an_account() {
    let app = TestApp::start().await;
    let body =
        app.anon().post_form("/users", account("ada").part("file", photo("x.jpg"))).await.expect(201).body;
    assert_eq!((&body["photos"]["uploaded"], &body["photos"]["failed"]), (&json!(0), &json!(1)));
    super::log_in(&app.anon(), "ada", PASSWORD).await.expect(200);
}

#[actix_web::test]
async fn texts_may_come_after_files_and_unknown_ones_are_ignored() {
    let app = TestApp::start().await;
    let form = Form::new()
        .part("file", photo("ada.jpg"))
        .text("submit", "Sign up!")
        .text("hobbies", "chess, Hiking")
        .text("interests", "jazz")
        .text("friend_radius", " 100 ")
        .text("location", " 10001 ")
        .text("birth_date", "1990-12-31")
        .text("password", PASSWORD)
        .text("username", "ada");
    let body = app.anon().post_form("/users", form).await.expect(201).body;
    let user = &body["user"];
    assert_eq!((&user["hobbies"], &user["friend_radius"]), (&json!(["chess", "hiking"]), &json!(100)));
    assert_eq!((&user["location"], &user["missing"]), (&json!("10001"), &json!([])));
    assert_eq!(uploaded(&body["photos"]), [true]);
}

/// A form sends every field, also those that nobody filled in.
#[actix_web::test]
async fn empty_fields_count_as_not_given() {
    let app = TestApp::start().await;
    let optional = [
        "email",
        "display_name",
        "first_name",
        "last_name",
        "birth_date",
        "bio",
        "hobbies",
        "interests",
        "location",
        "friend_radius",
    ];
    let form = optional.iter().fold(account("ada"), |form, name| form.text(*name, ""));
    let body = app.anon().post_form("/users", form).await.expect(201).body;
    let user = &body["user"];
    assert_eq!((&user["display_name"], &user["friend_radius"]), (&json!("ada"), &json!(25)));
    assert_eq!((&user["email"], &user["birth_date"]), (&json!(null), &json!(null)));
    assert!(body.get("photos").is_none());
}

/// Browsers send an empty, nameless file when none was chosen.
#[actix_web::test]
async fn a_form_without_a_chosen_file_is_fine() {
    let app = TestApp::start().await;
    let empty = Part::bytes(b"".as_slice()).file_name("").mime_str("application/octet-stream").unwrap();
    let body = app.anon().post_form("/users", account("ada").part("file", empty)).await.expect(201).body;
    assert!(body.get("photos").is_none(), "{body:#}");
}

#[actix_web::test]
async fn a_refused_form_tells_all_its_faults_and_keeps_nothing() {
    let app = TestApp::start().await;
    let form = Form::new()
        .text("username", "a b")
        .text("password", "short")
        .text("location", "00000")
        .text("friend_radius", "far");
    let answer = app.anon().post_form("/users", form.part("file", photo("ada.jpg"))).await.expect(422);
    let mut pointers: Vec<&str> = answer.body["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str().unwrap())
        .collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/friend_radius", "/location", "/password", "/username"]);
}
