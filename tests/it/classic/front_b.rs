//! The front end that sends `Authorization: Bearer …` with everything, from an origin of its own, and names people by
//! their usernames.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::browser::{Browser, ELSEWHERE, Sent, claims};
use crate::photos::pictures::numbered;
use crate::support::{Answer, PASSWORD, TestApp};

/// The front end as it stands: with the token of the last login, or the word that a script writes where there is none.
struct FrontB {
    browser: Browser,
    token: String,
    username: String,
}

impl FrontB {
    fn new(app: &TestApp) -> Self {
        let browser = Browser::elsewhere(app);
        Self { browser, token: "undefined".to_owned(), username: String::new() }
    }

    async fn send(&mut self, method: Method, path: &str, sent: Sent) -> Answer {
        let authorization = format!("Bearer {}", self.token);
        self.browser.send(method, path, Some(&authorization), sent).await
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send(Method::GET, path, Sent::Nothing).await
    }

    fn take_token(&mut self, answer: &Answer) {
        self.token = answer.body["token"].as_str().expect("a token").to_owned();
        self.username = claims(&self.token)["username"].as_str().expect("a name").to_owned();
    }

    async fn register(&mut self, username: &str, picture: Vec<u8>) -> Answer {
        let form = Form::new()
            .part("image", Part::bytes(picture).file_name("me.jpg").mime_str("image/jpeg").expect("a type"))
            .text("username", username.to_owned())
            .text("password", PASSWORD)
            .text("interests", "jazz, maps")
            .text("hobbies", "hiking, chess")
            .text("location", "10001")
            .text("radius", "50");
        let answer = self.send(Method::POST, "/auth/register", Sent::Form(form)).await.expect(201);
        self.take_token(&answer);
        answer
    }

    async fn log_in(&mut self) {
        let form = json!({"username": self.username, "password": PASSWORD});
        let answer = self.send(Method::POST, "/auth/token", Sent::Json(form)).await.expect(200);
        self.take_token(&answer);
    }

    async fn own(&mut self) -> Value {
        self.get(&format!("/users/{}", self.username)).await.expect(200).body["user"].clone()
    }

    async fn potentials(&mut self) -> Vec<Value> {
        let path = format!("/users/{}/potentials?location=10001&radius=50&page=1", self.username);
        self.get(&path).await.expect(200).body["users"].as_array().expect("a list").clone()
    }

    async fn rate(&mut self, likee: &str, verdict: Value) -> Answer {
        let path = format!("/matches/{}", self.username);
        self.send(Method::POST, &path, Sent::Json(json!({"likee": likee, "match": verdict}))).await
    }

    /// The profile's form, which sends everything: the picture as a file, or as the link that it got.
    async fn edit(&mut self, picture: Result<Vec<u8>, String>, hobbies: &str) -> Answer {
        let form = match picture {
            Ok(picture) => Form::new().part("image", Part::bytes(picture).file_name("new.jpg")),
            Err(link) => Form::new().text("image", link),
        };
        let form = form.text("interests", "jazz").text("hobbies", hobbies.to_owned());
        let form = form.text("location", "10002").text("radius", "25");
        self.send(Method::PATCH, &format!("/users/{}", self.username), Sent::Form(form)).await
    }
}

async fn listing() -> TestApp {
    TestApp::start_with(|config| config.cors_origins = vec![ELSEWHERE.to_owned()]).await
}

fn names(list: &[Value]) -> Vec<&str> {
    list.iter().map(|person| person["username"].as_str().expect("a name")).collect()
}

#[actix_web::test]
async fn front_end_b_goes_through_the_whole_story() {
    let app = listing().await;
    let (mut ada, mut bob) = (FrontB::new(&app), FrontB::new(&app));
    ada.register("Ada", numbered(1)).await;
    bob.register("bob", numbered(2)).await;
    ada.log_in().await;
    let claims = claims(&ada.token);
    assert_eq!((&claims["username"], &claims["user_id"]), (&json!("Ada"), &claims["sub"]));
    assert_eq!(claims["exp"].as_u64().unwrap() - claims["iat"].as_u64().unwrap(), 12 * 3600);

    let own = ada.own().await;
    let texts = ["hobbies", "interests", "location"].map(|name| own[name].as_str().expect("a text"));
    assert_eq!(texts, ["hiking, chess", "jazz, maps", "10001"]);
    assert_eq!(own["radius"], json!(50));
    assert!(own["image"].as_str().expect("a link").starts_with("http"));
    assert!(own["lastLoginAt"].as_str().expect("a time").ends_with("T00:00:00Z"));

    let shown = ada.potentials().await;
    assert_eq!(names(&shown), ["bob"]);
    assert!(shown[0]["image"].is_string() && shown[0]["lastLoginAt"].is_string());
    assert_eq!((&shown[0]["radius"], &shown[0]["email"]), (&json!(null), &Value::Null));

    assert_eq!(ada.rate("bob", json!("true")).await.expect(200).body["matchStatus"], json!(false));
    // A double click, and a changed mind.
    assert_eq!(ada.rate("bob", json!(true)).await.expect(200).body["matchStatus"], json!(false));
    assert_eq!(ada.rate("bob", json!("false")).await.expect(409).code(), "already_decided");
    assert!(ada.potentials().await.is_empty());
    assert_eq!(bob.rate("ADA", json!("true")).await.expect(200).body["matchStatus"], json!(true));
    for (person, other) in [(&mut ada, "bob"), (&mut bob, "Ada")] {
        let path = format!("/users/{}/matches", person.username);
        let body = person.get(&path).await.expect(200).body;
        assert_eq!(names(body["matches"].as_array().expect("a list")), [other]);
    }
}

#[actix_web::test]
async fn front_end_b_edits_a_profile_and_reads_messages() {
    let app = listing().await;
    let (mut ada, mut bob) = (FrontB::new(&app), FrontB::new(&app));
    ada.register("ada", numbered(3)).await;
    bob.register("bob", numbered(4)).await;
    let before = ada.own().await;
    let link = before["image"].as_str().expect("a link").to_owned();
    let kept = ada.edit(Err(link.clone()), "chess").await.expect(200).body["user"].clone();
    assert_eq!(
        (&kept["hobbies"], &kept["location"], &kept["radius"]),
        (&json!("chess"), &json!("10002"), &json!(25))
    );
    let file = |link: &Value| link.as_str().expect("a link").split('?').next().expect("a path").to_owned();
    assert_eq!(file(&kept["image"]), file(&json!(link)), "the link says to keep the picture");
    let changed = ada.edit(Ok(numbered(5)), "chess, go").await.expect(200).body["user"].clone();
    assert_ne!(file(&changed["image"]), file(&kept["image"]));
    assert_eq!(changed["img_urls"].as_array().expect("a list").len(), 1, "it took the old one's place");
    // What is refused changes nothing.
    ada.edit(Ok(b"no picture".to_vec()), "poker").await.expect(415);
    assert_eq!(ada.own().await["hobbies"], json!("chess, go"));

    let messages = |me: &str, other: &str| format!("/users/{me}/messages/{other}");
    ada.get(&messages("ada", "bob")).await.expect(404);
    ada.rate("bob", json!("true")).await.expect(200);
    bob.rate("ada", json!("true")).await.expect(200);
    let path = "/matches?limit=1";
    let id = app.anon().with_token(&ada.token).get(path).await.expect(200).body["items"][0]["id"].clone();
    let body = json!({"body": "Hello Bob", "client_id": uuid::Uuid::now_v7()});
    let send = format!("/matches/{}/messages", id.as_str().expect("an id"));
    app.anon().with_token(&ada.token).post(&send, &body).await.expect(201);
    let read = bob.get(&messages("bob", "ada")).await.expect(200).body["messages"].clone();
    let message = &read[0];
    assert_eq!((&message["fromUsername"], &message["toUsername"]), (&json!("ada"), &json!("bob")));
    assert_eq!((&message["body"], &message["readAt"]), (&json!("Hello Bob"), &Value::Null));
    assert!(message["sentAt"].is_string());
    assert_eq!(ada.get(&messages("ada", "bob")).await.expect(200).body["messages"], read);
}

#[actix_web::test]
async fn front_end_b_signs_out_and_in_again_with_the_old_token_still_sent() {
    let app = listing().await;
    let mut ada = FrontB::new(&app);
    assert_eq!(ada.get("/users/ada").await.expect(401).code(), "not_signed_in", "undefined is no token");
    ada.register("ada", numbered(6)).await;
    let old = ada.token.clone();
    app.anon().with_token(&old).post("/logout", &json!({})).await.expect(204);
    assert_eq!(ada.get("/users/ada").await.expect(401).code(), "session_ended");
    ada.log_in().await;
    assert_ne!(ada.token, old);
    ada.own().await;
    // Signed out here means that the script forgot the token.
    "null".clone_into(&mut ada.token);
    assert_eq!(ada.get("/users/ada").await.expect(401).code(), "not_signed_in");
    ada.log_in().await;
    ada.own().await;
}

#[actix_web::test]
async fn what_front_end_b_gets_wrong_is_said_in_a_line() {
    let app = listing().await;
    let mut ada = FrontB::new(&app);
    let form = Form::new().text("username", "ada").text("password", "short").text("radius", "far");
    let answer = ada.send(Method::POST, "/auth/register", Sent::Form(form)).await.expect(422);
    let message = answer.body["error"]["message"].as_str().expect("a text");
    assert!(message.contains("8") && message.contains("miles"), "{message}");
    ada.register("ada", numbered(7)).await;
    for (likee, verdict) in
        [(json!("bob"), json!("perhaps")), (json!(null), json!("true")), (json!(7), json!(1))]
    {
        let body = Sent::Json(json!({"likee": likee, "match": verdict}));
        ada.send(Method::POST, "/matches/ada", body).await.expect(422);
    }
    ada.rate("nobody-here", json!("true")).await.expect(404);
    ada.rate("a\0b", json!("true")).await.expect(404);
    ada.rate("ada", json!("true")).await.expect(422);
}
