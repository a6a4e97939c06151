//! The front end that sends no Authorization header: it lives on the API's own origin, by the cookie.

use reqwest::Method;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};

use super::browser::{Browser, ELSEWHERE, Sent, claims};
use crate::photos::pictures::numbered;
use crate::support::{Answer, Client, PASSWORD, TestApp};

/// The front end as it stands: whom it knows to be signed in, and the token that it only decodes.
struct FrontA {
    browser: Browser,
    user: String,
    token: String,
}

impl FrontA {
    fn new(app: &TestApp) -> Self {
        Self { browser: Browser::at_home(app), user: String::new(), token: String::new() }
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.browser.send(Method::GET, path, None, Sent::Nothing).await
    }

    async fn post(&mut self, path: &str) -> Answer {
        self.browser.send(Method::POST, path, None, Sent::Nothing).await
    }

    async fn sign_up(&mut self, username: &str, hobbies: &str, location: &str) -> Value {
        let form = json!({"username": username, "password": PASSWORD, "email": format!("{username}@example.org"),
            "hobbies": hobbies, "interests": "jazz, maps", "location": location});
        self.browser.send(Method::POST, "/users", None, Sent::Json(form)).await.expect(201).body
    }

    async fn log_in(&mut self, username: &str) {
        let form = json!({"username": username, "password": PASSWORD});
        let answer = self.browser.send(Method::POST, "/login", None, Sent::Json(form)).await.expect(200);
        self.token = answer.body["token"].as_str().expect("a token").to_owned();
        self.user = claims(&self.token)["sub"].as_str().expect("an id").to_owned();
    }

    async fn upload(&mut self, picture: Vec<u8>) -> Answer {
        let form = Form::new().part("file", Part::bytes(picture).file_name("me.jpg"));
        let path = format!("/users/{}/images", self.user);
        self.browser.send(Method::POST, &path, None, Sent::Form(form)).await
    }

    /// Whom it shows, as the list has them.
    async fn unrated(&mut self) -> Vec<Value> {
        let list = self.get(&format!("/users/{}/unrated", self.user)).await.expect(200).body;
        list.as_array().expect("a bare list").clone()
    }
}

async fn with_cookies() -> TestApp {
    TestApp::start_with(|config| config.accounts.cookies = true).await
}

fn names(list: &[Value]) -> Vec<&str> {
    list.iter().map(|person| person["username"].as_str().expect("a name")).collect()
}

#[actix_web::test]
async fn front_end_a_goes_through_the_whole_story_without_a_header() {
    let app = with_cookies().await;
    let (mut ada, mut bob, mut eve) = (FrontA::new(&app), FrontA::new(&app), FrontA::new(&app));
    let signed_up = ada.sign_up("ada", "hiking, chess", "10001").await;
    assert!(ada.browser.has_cookies(), "the cookie comes with sign-up, too");
    assert_eq!((&signed_up["username"], &signed_up["hobbies"]), (&json!("ada"), &json!("hiking, chess")));
    bob.sign_up("bob", "chess", "10002").await;
    eve.sign_up("eve", "poker", "10003").await;
    for (person, name) in [(&mut ada, "ada"), (&mut bob, "bob"), (&mut eve, "eve")] {
        person.log_in(name).await;
    }
    assert_eq!(signed_up["id"], json!(ada.user));

    // The profile, and a photo.
    let own = ada.get(&format!("/users/{}", ada.user)).await.expect(200).body["user"].clone();
    let expected = [("username", "ada"), ("hobbies", "hiking, chess"), ("interests", "jazz, maps")];
    assert!(expected.iter().all(|(name, value)| own[name] == json!(value)), "{own:#}");
    assert_eq!((&own["id"], &own["location"]), (&json!(ada.user), &json!("10001")));
    ada.upload(numbered(1)).await.expect(201);
    let images = ada.get(&format!("/users/{}/images", ada.user)).await.expect(200).body;
    assert_eq!(images["images"].as_array().expect("a list").len(), 1);

    // People near, all at once; then their photos, one request for each.
    let shown = bob.unrated().await;
    assert_eq!(names(&shown), ["ada", "eve"], "who shares chess first");
    assert!(shown[0]["img_urls"][0].as_str().expect("a link").starts_with("http"));
    assert_eq!(shown[0]["hobbies"], json!("hiking, chess"));
    assert!(shown[0]["location"].as_str().expect("a place").contains("New York"));
    let path = format!("/users/{}/images", shown[0]["id"].as_str().expect("an id"));
    assert_eq!(bob.get(&path).await.expect(200).body["images"].as_array().expect("a list").len(), 1);

    // No to one, yes to the other, who says yes as well.
    bob.post(&format!("/users/dislike/{}", eve.user)).await.expect(200);
    let yes = bob.post(&format!("/users/like/{}", ada.user)).await.expect(200).body;
    assert_eq!(yes["matchStatus"], json!(false));
    assert!(bob.unrated().await.is_empty(), "whom one decided on isn't shown again");
    let yes = ada.post(&format!("/users/like/{}", bob.user)).await.expect(200).body;
    assert_eq!(yes["matchStatus"], json!(true));
    let matched = ada.get(&format!("/users/{}/matches", ada.user)).await.expect(200).body;
    assert_eq!(names(matched["matches"].as_array().expect("a list")), ["bob"]);
}

#[actix_web::test]
async fn front_end_a_logs_in_again_while_the_browser_still_sends_an_ended_session() {
    let app = with_cookies().await;
    let mut ada = FrontA::new(&app);
    ada.sign_up("ada", "chess", "10001").await;
    ada.log_in("ada").await;
    let own = format!("/users/{}", ada.user);
    app.anon().with_token(&ada.token).post("/logout", &json!({})).await.expect(204);
    let ended = ada.get(&own).await.expect(401);
    assert_eq!(ended.code(), "not_signed_in");
    assert!(!ada.browser.has_cookies(), "a cookie that is good for nothing goes");
    ada.log_in("ada").await;
    ada.get(&own).await.expect(200);
}

#[actix_web::test]
async fn front_end_a_signs_out_by_the_cookie_alone() {
    let app = with_cookies().await;
    let mut ada = FrontA::new(&app);
    ada.sign_up("ada", "chess", "10001").await;
    ada.log_in("ada").await;
    ada.post("/logout").await.expect(204);
    assert!(!ada.browser.has_cookies());
    app.anon().with_token(&ada.token).get("/me").await.expect(401);
    ada.post("/logout").await.expect(204);
    ada.log_in("ada").await;
    ada.get(&format!("/users/{}", ada.user)).await.expect(200);
}

#[actix_web::test]
async fn other_sites_can_t_use_front_end_a_s_cookie_to_write() {
    let app = with_cookies().await;
    let (mut ada, mut bob) = (FrontA::new(&app), FrontA::new(&app));
    for (person, name) in [(&mut ada, "ada"), (&mut bob, "bob")] {
        person.sign_up(name, "chess", "10001").await;
        person.log_in(name).await;
    }
    let like = |header: (&'static str, &'static str)| {
        let request = app.anon().request(Method::POST, &format!("//classic/users/like/{}", bob.user));
        Client::send(request.header("cookie", ada.browser.cookie()).header(header.0, header.1))
    };
    for header in [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", ELSEWHERE)] {
        let answer = like(header).await.expect(403);
        assert_eq!((answer.code(), answer.lacks_as_problem()), ("cross_origin", None));
    }
    assert_eq!(names(&ada.unrated().await), ["bob"], "nothing was decided");
}

#[actix_web::test]
async fn a_word_for_nothing_in_the_header_leaves_the_cookie_standing() {
    let app = with_cookies().await;
    let mut ada = FrontA::new(&app);
    ada.sign_up("ada", "chess", "10001").await;
    ada.log_in("ada").await;
    let own = format!("/users/{}", ada.user);
    for (header, status) in [("Bearer null", 200), ("Bearer undefined", 200), ("Bearer nothing", 401)] {
        ada.browser.send(Method::GET, &own, Some(header), Sent::Nothing).await.expect(status);
    }
    let clean = app.anon().request(Method::GET, "/me").header("authorization", "Bearer undefined");
    assert_eq!(Client::send(clean).await.expect(401).code(), "invalid_token", "only this face overlooks it");
}
