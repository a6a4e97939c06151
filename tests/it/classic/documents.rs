//! Clients of the five documents, word for word: only the base URL is another.

use chrono::Utc;
use friender::config::Config;
use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::browser::{Browser, ELSEWHERE, Sent, claims};
use crate::photos::pictures::numbered;
use crate::support::{Answer, PASSWORD, Store, TestApp};

/// A page with its token in the browser's storage.
struct Reader {
    browser: Browser,
    token: Option<String>,
    user: String,
}

impl Reader {
    async fn sign_up(app: &TestApp, username: &str) -> Self {
        let mut reader = Self { browser: Browser::elsewhere(app), token: None, user: String::new() };
        let form = json!({"username": username, "password": PASSWORD, "hobbies": "chess", "interests": "jazz",
            "location": "10001"});
        reader.send(Method::POST, "/users", Sent::Json(form)).await.expect(201);
        reader.log_in(username).await;
        reader
    }

    async fn log_in(&mut self, username: &str) {
        let form = json!({"username": username, "password": PASSWORD});
        let answer = self.send(Method::POST, "/login", Sent::Json(form)).await.expect(200);
        let token = answer.body["token"].as_str().expect("a token");
        self.user = claims(token)["sub"].as_str().expect("an id").to_owned();
        self.token = Some(token.to_owned());
    }

    async fn send(&mut self, method: Method, path: &str, sent: Sent) -> Answer {
        let authorization = self.token.as_ref().map(|token| format!("Bearer {token}"));
        self.browser.send(method, path, authorization.as_deref(), sent).await
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, Sent::Nothing).await
    }

    async fn post(&mut self, path: &str, body: Value) -> Answer {
        self.send(Method::POST, path, Sent::Json(body)).await
    }
}

/// Puts as these clients do: with the type alone.
async fn put(url: &Value, kind: &str, bytes: Vec<u8>) {
    let request = reqwest::Client::new().put(url.as_str().expect("a URL")).header("content-type", kind);
    let answer = request.body(bytes).send().await.expect("the store answers");
    assert!(answer.status().is_success(), "{}: {}", answer.status(), answer.text().await.unwrap_or_default());
}

async fn is_picture(url: &Value) -> bool {
    let answer = reqwest::get(url.as_str().expect("a URL")).await.expect("the store answers");
    answer.status().is_success() && answer.bytes().await.expect("bytes").starts_with(&[0xFF, 0xD8])
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

async fn listing() -> TestApp {
    TestApp::start_with(|config| config.cors_origins = vec![ELSEWHERE.to_owned()]).await
}

/// Log in, get a URL, put, read, save the key, find it again after a reload.
#[actix_web::test]
async fn the_file_manager_lab_saves_a_profile_picture() {
    let app = listing().await;
    let mut ada = Reader::sign_up(&app, "ada").await;
    assert_eq!(ada.get("/api/me").await.expect(200).body["fileKey"], Value::Null);
    let asked = json!({"fileName": "ada.png", "contentType": "image/jpeg"});
    let granted = ada.post("/api/upload-url", asked).await.expect(200).body;
    put(&granted["url"], "image/jpeg", numbered(1)).await;
    let read = ada.post("/api/read-url", json!({"fileKey": granted["fileKey"]})).await.expect(200).body;
    assert!(is_picture(&read["url"]).await, "it is there before it is saved");
    ada.post("/api/save-profile", json!({"fileKey": granted["fileKey"]})).await.expect(200);
    ada.log_in("ada").await;
    let key = text(&ada.get("/api/me").await.expect(200).body["fileKey"]);
    assert!(key.starts_with("photos/"), "{key}: what is served is not what was put");
    let read = ada.get(&format!("/api/read-url?fileKey={key}")).await.expect(200).body;
    assert!(is_picture(&read["presignedUrl"]).await);
    // Nothing arrived, nobody's, not even a key.
    let granted = ada.post("/api/upload-url", json!({"fileName": "b.jpg"})).await.expect(200).body;
    ada.post("/api/read-url", json!({"fileKey": granted["fileKey"]})).await.expect(409);
    ada.get("/api/read-url?fileKey=photos/00/x/y.jpg").await.expect(404);
    ada.get("/api/read-url").await.expect(422);
}

/// The key is used as it was given; the profile is changed in Spanish, and times are seconds.
#[actix_web::test]
async fn the_profile_image_flow_replaces_the_picture() {
    let app = listing().await;
    let mut ada = Reader::sign_up(&app, "ada").await;
    let mut keys = Vec::new();
    for number in [2, 3] {
        let asked = json!({"fileName": "avatar.jpg", "contentType": "image/jpeg"});
        let granted = ada.post("/profile/image", asked).await.expect(200).body;
        assert!(granted["expiresIn"].as_u64().expect("seconds") <= 300);
        put(&granted["presignedUrl"], "image/jpeg", numbered(number)).await;
        let change = json!({"nombre": "Ada", "apellido": "Lovelace", "profileImageKey": granted["s3Key"]});
        let put = ada.send(Method::PUT, "/profile", Sent::Json(change)).await.expect(200).body;
        assert_eq!((&put["nombre"], &put["last_name"]), (&json!("Ada"), &json!("Lovelace")));
        let profile = ada.get("/profile").await.expect(200).body;
        assert_eq!(profile["profileImageKey"], put["profileImageKey"]);
        assert!(is_picture(&profile["profileImageUrl"]).await);
        assert!(profile["profileImageUrlExpiresIn"].as_u64().expect("seconds") <= 300);
        let age = Utc::now().timestamp() - profile["profileImageUpdatedAt"].as_i64().expect("seconds");
        assert!((0..600).contains(&age), "{age}");
        assert_eq!(profile["userId"], json!(ada.user));
        keys.push(profile["profileImageKey"].clone());
    }
    assert_ne!(keys[0], keys[1]);
    assert_eq!(ada.get("/files").await.expect(200).body["count"], json!(1), "the old one is gone");
    let only =
        ada.send(Method::PUT, "/profile", Sent::Json(json!({"nombre": "Augusta"}))).await.expect(200).body;
    assert_eq!((&only["nombre"], &only["apellido"]), (&json!("Augusta"), &json!("Lovelace")));
    let asked = json!({"fileName": "cv.pdf", "contentType": "application/pdf"});
    ada.post("/profile/image", asked).await.expect(415);
}

/// With curl: no browser, a bucket in the path.
#[actix_web::test]
async fn the_proxy_challenge_uploads_lists_links_and_deletes() {
    let app = TestApp::start().await;
    let mut ada = Reader { browser: Browser::at_home(&app), token: None, user: String::new() };
    let form = json!({"username": "ada", "password": PASSWORD});
    ada.post("/users", form).await.expect(201);
    ada.log_in("ada").await;
    let file = |number| Form::new().part("file", Part::bytes(numbered(number)).file_name("cat.jpg"));
    ada.send(Method::POST, "/uploads3/friender", Sent::Form(file(4))).await.expect(201);
    ada.send(Method::POST, "/uploads3", Sent::Form(file(5))).await.expect(201);
    let unknown = ada.send(Method::POST, "/uploads3/elsewhere", Sent::Form(file(6))).await.expect(404);
    assert_eq!(unknown.code(), "unknown_bucket");
    ada.get("/listfiles/elsewhere/").await.expect(404);
    let list = ada.get("/listfiles/friender/").await.expect(200).body;
    assert_eq!(list["count"], json!(2));
    let key = text(&list["files"][0]["key"]);
    for path in [format!("/downloads3/friender/{key}"), format!("/downloads3/{key}")] {
        let link = ada.get(&path).await.expect(200);
        assert!(link.header("content-type").starts_with("text/plain"));
        assert!(is_picture(&link.body).await, "the URL is all of it");
    }
    ada.get(&format!("/downloads3/elsewhere/{key}")).await.expect(404);
    let delete = format!("/deletefile/friender/{key}");
    ada.get(&delete).await.expect(404);
    ada.send(Method::DELETE, &delete, Sent::Nothing).await.expect(200);
    ada.send(Method::DELETE, &delete, Sent::Nothing).await.expect(404);
    assert_eq!(ada.get("/listfiles").await.expect(200).body["count"], json!(1));
}

/// A URL by name and type alone, put, listed, downloaded, deleted.
#[actix_web::test]
async fn the_presigned_url_api_needs_no_length() {
    needs_no_length(listing().await).await;
}

#[actix_web::test]
async fn the_presigned_url_api_needs_no_length_on_rclone() {
    let listing = |config: &mut Config| config.cors_origins = vec![ELSEWHERE.to_owned()];
    needs_no_length(TestApp::start_storing_on(Store::Rclone, listing).await).await;
}

async fn needs_no_length(app: TestApp) {
    let mut ada = Reader::sign_up(&app, "ada").await;
    let asked = json!({"filename": "test.jpg", "content_type": "image/jpeg"});
    let granted = ada.post("/upload-url", asked).await.expect(200).body;
    put(&granted["presigned_url"], "image/jpeg", numbered(7)).await;
    let files = ada.get("/files").await.expect(200).body;
    assert_eq!(files["count"], json!(1));
    let key = text(&files["files"][0]["key"]);
    let link = ada.post("/download-url", json!({"file_key": granted["file_key"]})).await.expect(200).body;
    assert_eq!(link["file_key"], json!(key));
    assert!(is_picture(&link["presigned_url"]).await);
    ada.send(Method::DELETE, &format!("/files/{key}"), Sent::Nothing).await.expect(200);
    assert_eq!(ada.get("/files").await.expect(200).body["count"], json!(0));
}

/// What comes by such a URL is held to the rules when it is looked at.
#[actix_web::test]
async fn what_arrives_without_a_length_has_a_limit_all_the_same() {
    let app = TestApp::start_with(|config| {
        config.cors_origins = vec![ELSEWHERE.to_owned()];
        config.photos.max_file_size = 10_000;
    })
    .await;
    let mut ada = Reader::sign_up(&app, "ada").await;
    for (bytes, status, code) in [
        (vec![0xFF; 10_001], 413, "file_too_large"),
        (b"no picture".to_vec(), 415, "file_type_not_supported"),
    ] {
        let asked = json!({"filename": "test.jpg", "content_type": "image/jpeg"});
        let granted = ada.post("/upload-url", asked).await.expect(200).body;
        put(&granted["presigned_url"], "image/jpeg", bytes).await;
        assert_eq!(ada.get("/files").await.expect(200).body["count"], json!(0));
        let answer = ada.post("/download-url", json!({"file_key": granted["file_key"]})).await;
        assert_eq!((answer.status, answer.code()), (status, code), "{:#}", answer.body);
    }
    let asked = json!({"filename": "test.jpg", "content_type": "image/jpeg", "size": 10_001});
    ada.post("/upload-url", asked).await.expect(413);
    for size in [json!(0), json!("many"), json!(-1)] {
        let asked = json!({"filename": "test.jpg", "content_type": "image/jpeg", "size": size});
        ada.post("/upload-url", asked).await.expect(422);
    }
}

/// Everything else that the notes tell of, by the documents' names.
#[actix_web::test]
async fn readers_of_the_documents_go_through_the_whole_story() {
    let app = listing().await;
    let (mut ada, mut bob) = (Reader::sign_up(&app, "ada").await, Reader::sign_up(&app, "bob").await);
    let form = Form::new().part("file", Part::bytes(numbered(8)).file_name("me.jpg"));
    ada.send(Method::POST, "/uploads3", Sent::Form(form)).await.expect(201);
    let images = format!("/users/{}/images", ada.user);
    let images = bob.get(&images).await.expect(200).body["images"].clone();
    assert!(is_picture(&images[0]).await);
    let shown = bob.get(&format!("/users/{}/unrated", bob.user)).await.expect(200).body;
    assert_eq!(shown[0]["id"], json!(ada.user));
    bob.post(&format!("/users/like/{}", ada.user), json!({})).await.expect(200);
    let yes = ada.post(&format!("/users/like/{}", bob.user), json!({})).await.expect(200).body;
    assert_eq!(yes["matchStatus"], json!(true));
    let change = json!({"nombre": "Ada", "hobbies": "go, chess"});
    let profile = ada.send(Method::PUT, "/profile", Sent::Json(change)).await.expect(200).body;
    assert_eq!(profile["hobbies"], json!(["go", "chess"]));
    let old = ada.token.clone().expect("a token");
    app.anon().with_token(&old).post("/logout", &json!({})).await.expect(204);
    ada.get("/profile").await.expect(401);
    ada.log_in("ada").await;
    assert_eq!(ada.get("/profile").await.expect(200).body["nombre"], json!("Ada"));
}
