//! Random lives: each step does one thing over HTTP and to the model, and both must answer the same.

use diesel::PgConnection;
use friender::accounts::UserId;
use friender::geo::{Band, ZipCode, zip_table};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use super::model::{Expected, Member, Model};
use crate::support::{Answer, Client, TestApp, forget_moves};

const MOST_PEOPLE: usize = 40;
const RADII: [u16; 12] = [1, 5, 9, 10, 25, 26, 50, 99, 101, 250, 251, 500];
const HOBBIES: [&[&str]; 7] =
    [&["hiking"], &["chess", "hiking"], &["pottery"], &["jazz", "chess"], &["go"], &["chess"], &[]];
const INTERESTS: [&[&str]; 6] = [&["jazz"], &["space", "hiking"], &["cinema"], &["go"], &["space"], &[]];

/// The real people and the model of them.
pub struct World {
    seed: u64,
    rng: StdRng,
    anon: Client,
    conn: PgConnection,
    zips: Vec<ZipCode>,
    pub clients: Vec<Client>,
    pub model: Model,
    pub history: Vec<String>,
    pub shown: usize,
    pub refused: usize,
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}, what happened:\n{}", self.seed, self.history.join("\n"));
        }
    }
}

impl World {
    pub fn new(seed: u64, app: &TestApp) -> Self {
        let mut rng = StdRng::seed_from_u64(seed);
        let zips = places(&mut rng);
        let (anon, conn) = (app.anon(), app.connect());
        let (clients, model, history) = (Vec::new(), Model::default(), Vec::new());
        Self { seed, rng, anon, conn, zips, clients, model, history, shown: 0, refused: 0 }
    }

    pub fn anybody(&mut self) -> usize {
        self.rng.random_range(0..self.clients.len())
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from.choose(&mut self.rng).expect("something to pick").clone()
    }

    pub async fn step(&mut self) {
        match self.rng.random_range(0..100) {
            0..6 if self.clients.len() < MOST_PEOPLE => self.sign_up().await,
            0..14 => self.change("location").await,
            14..22 => self.change("friend_radius").await,
            22..28 => self.change("hobbies").await,
            28..32 => self.change("interests").await,
            32..38 => self.pause().await,
            38..72 => self.decide().await,
            72..82 => self.undo().await,
            82..88 => self.put_later().await,
            88..92 => self.drop_later().await,
            92..95 => self.block().await,
            95..98 => self.unblock().await,
            _ => self.unmatch().await,
        }
    }

    pub async fn sign_up(&mut self) {
        let number = self.clients.len();
        let zips = self.zips.clone();
        let mut member = Member {
            id: UserId::new(),
            zip: self.rng.random_bool(0.9).then(|| self.pick(&zips)),
            radius: self.pick(&RADII),
            hobbies: texts(self.pick(&HOBBIES)),
            interests: texts(self.pick(&INTERESTS)),
            paused: false,
        };
        let mut form = json!({"username": format!("member-{number}"), "password": "correct horse battery",
            "hobbies": member.hobbies, "interests": member.interests, "friend_radius": member.radius});
        if let Some(zip) = member.zip {
            form["location"] = json!(zip.to_string());
        }
        self.history.push(format!("{number} signs up: {form}"));
        let answer = self.anon.post_patiently("/users", &form).await.expect(201).body;
        member.id = id_of(&answer["user"]);
        self.clients.push(self.anon.with_token(answer["token"].as_str().expect("a token")));
        self.model.people.push(member);
    }

    async fn change(&mut self, field: &str) {
        let (me, zips) = (self.anybody(), self.zips.clone());
        let (zip, radius) = (self.pick(&zips), self.pick(&RADII));
        let (hobbies, interests) = (texts(self.pick(&HOBBIES)), texts(self.pick(&INTERESTS)));
        let member = &mut self.model.people[me];
        match field {
            "location" => {
                forget_moves(&mut self.conn);
                member.zip = Some(zip);
            }
            "friend_radius" => member.radius = radius,
            "hobbies" => member.hobbies.clone_from(&hobbies),
            _ => member.interests.clone_from(&interests),
        }
        let new = json!({"location": zip.to_string(), "friend_radius": radius, "hobbies": hobbies, "interests": interests});
        let value = &new[field];
        self.history.push(format!("{me} changes {field} to {value}"));
        let answer = self.clients[me].patch("/me", &json!({field: value})).await;
        answer.expect(200);
    }

    async fn pause(&mut self) {
        let me = self.anybody();
        let paused = self.rng.random_bool(0.3);
        self.model.people[me].paused = paused;
        self.history.push(format!("{me} pauses: {paused}"));
        self.clients[me].put("/me/pause", &json!({"paused": paused})).await.expect(204);
    }

    /// Somebody whom `me` may decide on if there is one, most of the time; else anybody.
    fn somebody_for(&mut self, me: usize) -> usize {
        let allowed: Vec<usize> =
            (0..self.clients.len()).filter(|other| self.model.may_decide(me, *other)).collect();
        match allowed.choose(&mut self.rng) {
            Some(other) if self.rng.random_bool(0.7) => *other,
            _ => self.anybody(),
        }
    }

    async fn decide(&mut self) {
        let me = self.anybody();
        let (other, liked) = (self.somebody_for(me), self.rng.random_bool(0.7));
        let expected = self.model.decide(me, other, liked);
        let request = json!({"user_id": self.model.people[other].id, "liked": liked});
        let answer = self.clients[me].post("/likes", &request).await;
        if answer.status == 200 {
            assert_eq!(answer.body["matched"], self.model.is_matched(me, other), "{me} {other}");
        }
        self.check(format!("{me} says {liked} to {other}"), &answer, expected);
    }

    async fn undo(&mut self) {
        let me = self.anybody();
        let other = match self.model.newest(me) {
            Some(newest) if self.rng.random_bool(0.7) => newest,
            _ => self.anybody(),
        };
        let expected = self.model.undo(me, other);
        let path = format!("/likes/{}", self.model.people[other].id);
        let answer = self.clients[me].delete(&path).await;
        self.check(format!("{me} takes back {other}"), &answer, expected);
    }

    async fn put_later(&mut self) {
        let me = self.anybody();
        let other = self.somebody_for(me);
        let expected = self.model.put_later(me, other);
        let path = format!("/later/{}", self.model.people[other].id);
        let answer = self.clients[me].put(&path, &Value::Null).await;
        self.check(format!("{me} puts {other} aside"), &answer, expected);
    }

    async fn drop_later(&mut self) {
        let (me, other) = (self.anybody(), self.anybody());
        let expected = self.model.drop_later(me, other);
        let path = format!("/later/{}", self.model.people[other].id);
        let answer = self.clients[me].delete(&path).await;
        self.check(format!("{me} takes {other} off the pile"), &answer, expected);
    }

    async fn block(&mut self) {
        let me = self.anybody();
        let other = self.somebody_for(me);
        let expected = self.model.block(me, other);
        let request = json!({"user_id": self.model.people[other].id});
        let answer = self.clients[me].post("/blocks", &request).await;
        self.check(format!("{me} blocks {other}"), &answer, expected);
    }

    async fn unblock(&mut self) {
        let (me, other) = match self.model.blocks.iter().copied().collect::<Vec<_>>() {
            blocks if blocks.is_empty() => (self.anybody(), self.anybody()),
            blocks => self.pick(&blocks),
        };
        let expected = self.model.unblock(me, other);
        let answer = self.clients[me].delete(&format!("/blocks/{}", self.model.people[other].id)).await;
        self.check(format!("{me} takes the block of {other} back"), &answer, expected);
    }

    async fn unmatch(&mut self) {
        let me = self.anybody();
        let matches = self.clients[me].get("/matches?limit=100").await.expect(200).body;
        let Some(found) = matches["items"].as_array().and_then(|items| items.first()) else { return };
        let id = id_of(&found["user"]);
        let other = self.model.people.iter().position(|member| member.id == id).expect("a known person");
        self.model.unmatch(me, other);
        self.history.push(format!("{me} unmatches {other}"));
        let path = format!("/matches/{}", found["id"].as_str().expect("an id"));
        self.clients[me].delete(&path).await.expect(204);
    }

    fn check(&mut self, what: String, answer: &Answer, expected: Expected) {
        self.refused += usize::from(expected.0 == 404);
        self.history.push(format!("{what}: {}", answer.status));
        assert_eq!((answer.status, answer.code()), expected, "{:#}", answer.body);
    }
}

/// Two ZIP codes of every band around New York, and one across the country.
fn places(rng: &mut StdRng) -> Vec<ZipCode> {
    let centre = ZipCode::parse("10001").unwrap();
    let near = zip_table().near(centre, 500);
    let of_band = |band: Band| near.zips.iter().filter(move |(_, b)| *b == band).map(|(zip, _)| *zip);
    let mut zips = vec![centre, ZipCode::parse("90210").unwrap()];
    for band in Band::ALL {
        zips.extend(of_band(band).collect::<Vec<_>>().sample(rng, 2));
    }
    zips
}

fn texts(tags: &[&str]) -> Vec<String> {
    tags.iter().map(|tag| (*tag).to_owned()).collect()
}

pub fn id_of(card: &Value) -> UserId {
    serde_json::from_value(card["id"].clone()).expect("an id")
}
