//! People, matches and one good request for each route: what the bad ones differ from.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use friender::db::schema::mail_tokens;
use reqwest::RequestBuilder;
use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::routes::Route;
use crate::photos::direct::grant;
use crate::photos::pictures::numbered;
use crate::support::cases::Cases;
use crate::support::{PASSWORD, Someone, TestApp, someone};

pub struct World {
    pub app: TestApp,
    pub me: Someone,
    /// My match.
    pub friend: Someone,
    /// Somebody that I may decide on.
    pub target: Someone,
    pub match_id: String,
    /// A match of two others.
    pub foreign_match: String,
    pub refresh_token: String,
    /// Keys from mails: for the routes that take one, each of somebody else's.
    pub mail_tokens: [String; 3],
    /// Somebody who may be deleted.
    pub leaver: Someone,
    /// Another session of mine.
    pub session: Uuid,
    /// I am a moderator, and this is a report of others that waits.
    pub report: String,
    /// A sanction of mine that I may appeal against.
    pub sanction: String,
    /// A sanction of somebody else's who has appealed.
    pub appeal: String,
    /// The key of a photo that I have put straight into the bucket.
    pub upload: String,
    /// My photos' keys: one to keep, one to remove by each way.
    pub photos: Vec<String>,
}

async fn upload(me: &Someone) -> String {
    let photo = numbered(1_000);
    let granted = grant(&me.client, "/upload-url", &photo).await;
    assert!(granted.put(&photo).await.status().is_success());
    granted.key
}

async fn match_of(one: &Someone, other: &Someone) -> String {
    one.client.post("/likes", &json!({"user_id": other.id, "liked": true})).await.expect(200);
    let answer = other.client.post("/likes", &json!({"user_id": one.id, "liked": true})).await.expect(200);
    answer.body["match"]["id"].as_str().unwrap().to_owned()
}

fn give_address(app: &TestApp, person: &Someone) -> String {
    let address = format!("{}@example.org", person.username);
    let sql = format!("UPDATE users SET email = '{address}' WHERE id = '{}'", person.id);
    app.connect().batch_execute(&sql).unwrap();
    address
}

/// A key from a mail to somebody with an address.
fn mail_token(app: &TestApp, purpose: &str) -> String {
    let person = someone().nowhere().insert(app);
    let (address, key) = (give_address(app, &person), Uuid::now_v7());
    let key = [*key.as_bytes(), *key.as_bytes()].concat();
    let row = (
        mail_tokens::hash.eq(Sha256::digest(&key).to_vec()),
        mail_tokens::user_id.eq(person.id),
        mail_tokens::purpose.eq(purpose),
        mail_tokens::address.eq(address),
        mail_tokens::expires_at.eq(Utc::now() + TimeDelta::hours(1)),
    );
    diesel::insert_into(mail_tokens::table).values(row).execute(&mut app.connect()).unwrap();
    URL_SAFE_NO_PAD.encode(key)
}

impl World {
    pub async fn new() -> Self {
        let app = TestApp::start().await;
        let [me, friend, other, target] = [(); 4].map(|()| someone().insert(&app));
        let match_id = match_of(&me, &friend).await;
        let foreign_match = match_of(&friend, &other).await;
        let login = json!({"username": me.username, "password": PASSWORD});
        let login = app.anon().post("/login", &login).await.expect(200);
        let refresh_token = login.body["refresh_token"].as_str().unwrap().to_owned();
        let sessions = me.client.get("/sessions").await.expect(200).body;
        let session =
            sessions["items"].as_array().unwrap().iter().find(|session| session["current"] == false);
        let session = session.unwrap()["id"].as_str().unwrap().parse().unwrap();
        let upload = upload(&me).await;
        let form = (0..3).fold(Form::new(), |form, n| form.part("file", Part::bytes(numbered(10_000 + n))));
        let uploaded = me.client.post_form("/upload", form).await.expect(201).body;
        let key = |file: &Value| file["key"].as_str().unwrap().to_owned();
        let photos = uploaded["files"].as_array().unwrap().iter().map(key).collect();
        let cases = Cases::new(&app, [&me, &friend, &other, &target]).await;
        give_address(&app, &me);
        let leaver = someone().nowhere().insert(&app);
        let mail_tokens = ["verify", "changed", "reset"].map(|purpose| mail_token(&app, purpose));
        Self {
            mail_tokens,
            leaver,
            report: cases.report,
            sanction: cases.sanction,
            appeal: cases.appeal,
            app,
            me,
            friend,
            target,
            match_id,
            foreign_match,
            refresh_token,
            session,
            upload,
            photos,
        }
    }

    /// The path of a good request.
    pub fn path(&self, route: &Route) -> String {
        let path = self.path_without_query(route);
        if route.path == "/reach" { format!("{path}?zip=10001&radius=25") } else { path }
    }

    pub fn path_without_query(&self, route: &Route) -> String {
        match self.id(route) {
            Some(id) => self.path_with(route, &id),
            None => route.path.clone(),
        }
    }

    /// The same with another id.
    pub fn path_with(&self, route: &Route, id: &str) -> String {
        let (before, rest) = route.path.split_once('{').expect("a path with an id");
        let (_, after) = rest.split_once('}').expect("a path with an id");
        format!("{before}{id}{after}")
    }

    fn id(&self, route: &Route) -> Option<String> {
        let first = route.path.split('/').nth(1).unwrap_or_default();
        route.path.contains('{').then(|| match first {
            "matches" => self.match_id.clone(),
            "likes" | "later" | "blocks" => self.target.id.to_string(),
            "users" if route.method == "POST" => self.me.id.to_string(),
            "users" => self.friend.id.to_string(),
            "sessions" => self.session.to_string(),
            "me" => self.sanction.clone(),
            "moderation" if route.path.contains("appeals") => self.appeal.clone(),
            "moderation" => self.report.clone(),
            "zip-codes" => "10001".to_owned(),
            "files" if route.method == "DELETE" => self.photos[2].clone(),
            "files" => self.photos[0].clone(),
            _ => panic!("{}: name a good id for it here", route.name()),
        })
    }

    /// The body of a good request: every documented field.
    pub fn body(&self, route: &Route) -> Value {
        let profile = json!({"display_name": "Ada", "first_name": "Ada", "last_name": "L", "birth_date": "1990-12-31",
            "bio": "Likes numbers", "hobbies": ["chess"], "interests": "jazz, maps", "location": "10001",
            "place_shown": "state", "friend_radius": 25});
        let mut own = profile.clone();
        own["profile_image_key"] = json!(self.photos[0]);
        match (route.method.as_str(), route.path.as_str()) {
            ("POST", "/users") => {
                let mut body = profile;
                body["username"] = json!("somebody.new");
                body["password"] = json!(PASSWORD);
                body["email"] = json!("new@example.org");
                body["refresh"] = json!("body");
                body
            }
            ("PATCH", "/me") | ("PUT", "/profile") => own,
            ("POST", "/login") => {
                json!({"username": self.me.username, "password": PASSWORD, "refresh": "body"})
            }
            ("POST", "/token/fresh") => json!({"password": PASSWORD}),
            ("PUT", "/me/password") => json!({"new_password": PASSWORD}),
            ("POST", "/token/refresh" | "/logout") => json!({"refresh_token": self.refresh_token}),
            ("POST", "/upload-url" | "/profile/image") => {
                json!({"filename": "ada.jpg", "content_type": "image/jpeg", "size": 1000})
            }
            ("POST", "/files") => json!({"file_key": self.upload}),
            ("PUT", "/files/order") => json!({"keys": [self.photos[0]]}),
            ("POST", "/files/delete") => json!({"keys": [self.photos[1]]}),
            ("PATCH", "/files/{key}") => json!({"caption": "In Rome", "is_profile_image": true}),
            ("POST", "/download-url") => json!({"file_key": self.photos[0]}),
            ("POST", "/me/delete") => json!({"password": PASSWORD}),
            ("PUT", "/me/email") => json!({"email": "another@example.org"}),
            ("POST", "/email/verify") => json!({"token": self.mail_tokens[0]}),
            ("POST", "/email/undo") => json!({"token": self.mail_tokens[1]}),
            ("POST", "/password/forgot") => json!({"username": self.me.username}),
            ("POST", "/password/reset") => json!({"token": self.mail_tokens[2], "password": PASSWORD}),
            ("PUT", "/me/pause") => json!({"paused": false}),
            ("POST", "/blocks") => json!({"user_id": self.target.id}),
            ("POST", "/reports") => {
                json!({"user_id": self.friend.id, "reason": "spam", "detail": "Sells watches", "message_seqs": [], "photos": []})
            }
            ("POST", "/me/sanctions/{id}/appeal") => json!({"text": "It wasn't me"}),
            ("POST", "/moderation/reports/{id}/decision") => {
                json!({"outcome": "suspend", "rule": "spam", "reason": "Watches", "evidence": "A message", "days": 3})
            }
            ("POST", "/moderation/reports/{id}/notes") => json!({"body": "Look twice"}),
            ("POST", "/moderation/appeals/{id}/answer") => json!({"granted": true, "answer": "Sorry"}),
            ("POST", "/likes") => json!({"user_id": self.target.id, "liked": true}),
            ("POST", "/matches/{id}/messages") => json!({"body": "Hello", "client_id": Uuid::now_v7()}),
            ("PUT", "/matches/{id}/read") => json!({"seq": 0}),
            _ => panic!("{}: write a good body for it here", route.name()),
        }
    }

    /// A request by me, without a body. Logging out is for anybody, and I stay.
    pub fn request(&self, route: &Route, path: &str) -> RequestBuilder {
        let anon = self.app.anon();
        let client = match route.path.as_str() {
            "/logout" => &anon,
            "/me/delete" => &self.leaver.client,
            _ => &self.me.client,
        };
        client.request(route.method.clone(), path)
    }

    /// The good request.
    pub fn good(&self, route: &Route) -> RequestBuilder {
        self.with_good_body(route, self.request(route, &self.path(route)))
    }

    /// A request with the good body, be it JSON or a form.
    pub fn with_good_body(&self, route: &Route, request: RequestBuilder) -> RequestBuilder {
        match &route.fields {
            Some(_) => request.json(&self.body(route)),
            None if route.form => request.multipart(super::forms::one_photo()),
            None => request,
        }
    }
}
