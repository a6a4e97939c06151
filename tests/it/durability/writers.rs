//! People who write without a pause, and remember everything that was acknowledged.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::support::Client;
use crate::support::builders::PASSWORD;

/// What was acknowledged, and how often which status came.
#[derive(Default)]
pub struct Ledger {
    /// Usernames that got a 201, with their tokens.
    sign_ups: Mutex<Vec<(String, String)>>,
    /// Tokens of people whose yes to the star got a 200.
    likes: Mutex<Vec<String>>,
    /// Messages that got a 201: by client id, their seq and text.
    messages: Mutex<HashMap<Uuid, (i64, String)>>,
    count: AtomicUsize,
    statuses: Mutex<BTreeMap<u16, usize>>,
    /// Writes that were waited for, and how long.
    timed: Mutex<(usize, Duration)>,
}

/// Writers at work.
pub struct Writers {
    pub ledger: Arc<Ledger>,
    stop: Arc<AtomicBool>,
    tasks: Vec<JoinHandle<()>>,
    addr: SocketAddr,
    /// Two who write to each other.
    pair: [Person; 2],
    match_id: String,
    star: String,
}

#[derive(Clone)]
struct Person {
    id: String,
    client: Client,
}

fn form(username: &str) -> Value {
    json!({"username": username, "password": PASSWORD, "location": "10001", "hobbies": "chess", "interests": "jazz"})
}

async fn sign_up(client: &Client, username: &str) -> Person {
    let answer = client.post("/users", &form(username)).await.expect(201).body;
    let [id, token] = [&answer["user"]["id"], &answer["token"]].map(|text| text.as_str().unwrap().to_owned());
    Person { id, client: client.with_token(&token) }
}

impl Writers {
    /// Two who chat on three devices each, four who sign people up and have them say yes to a third.
    pub async fn start(addr: SocketAddr) -> Self {
        let client = Client::new(addr);
        let [ada, bob, star] =
            [sign_up(&client, "ada").await, sign_up(&client, "bob").await, sign_up(&client, "star").await];
        let yes = |to: &Person| json!({"user_id": to.id, "liked": true});
        ada.client.post("/likes", &yes(&bob)).await.expect(200);
        let matched = bob.client.post("/likes", &yes(&ada)).await.expect(200).body;
        let match_id = matched["match"]["id"].as_str().unwrap().to_owned();
        let mut writers = Self {
            ledger: Arc::default(),
            stop: Arc::default(),
            tasks: Vec::new(),
            addr,
            pair: [ada, bob],
            match_id,
            star: star.id,
        };
        for person in [writers.pair.clone(), writers.pair.clone(), writers.pair.clone()].into_iter().flatten()
        {
            let (ledger, stop, path) = (writers.ledger.clone(), writers.stop.clone(), writers.messages());
            writers.tasks.push(tokio::spawn(chat(person, path, ledger, stop)));
        }
        for number in 0..4 {
            let (ledger, stop) = (writers.ledger.clone(), writers.stop.clone());
            let (client, star) = (client.clone(), writers.star.clone());
            writers.tasks.push(tokio::spawn(join_in(client, number, star, ledger, stop)));
        }
        writers
    }

    fn messages(&self) -> String {
        format!("/matches/{}/messages", self.match_id)
    }

    /// Waits until so many more writes were acknowledged.
    pub async fn write_more(&self, number: usize) {
        let begun = Instant::now();
        let goal = self.ledger.count.load(Ordering::Relaxed) + number;
        let grown = async {
            while self.ledger.count.load(Ordering::Relaxed) < goal {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(120), grown).await.expect("writes go on");
        let mut timed = self.ledger.timed.lock().unwrap();
        *timed = (timed.0 + number, timed.1 + begun.elapsed());
    }

    /// Writes a second, while they were waited for.
    pub fn rate(&self) -> f64 {
        let (number, time) = *self.ledger.timed.lock().unwrap();
        number as f64 / time.as_secs_f64()
    }

    /// Stops them and looks for everything that was acknowledged. Gives how often which status came (0: no answer).
    pub async fn check(self) -> BTreeMap<u16, usize> {
        self.stop.store(true, Ordering::Relaxed);
        for task in &self.tasks {
            while !task.is_finished() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        }
        self.check_messages().await;
        let anon = Client::new(self.addr);
        let sign_ups = self.ledger.sign_ups.lock().unwrap().clone();
        for (username, token) in &sign_ups {
            let me = anon.with_token(token).get("/me").await.expect(200).body;
            assert_eq!(me["user"]["username"], json!(username));
        }
        // The password went with the name, not only the row that the token needs.
        let (last, _) = sign_ups.last().expect("somebody signed up");
        anon.post("/login", &json!({"username": last, "password": PASSWORD})).await.expect(200);
        let likes = self.ledger.likes.lock().unwrap().clone();
        for token in likes {
            let no = json!({"user_id": self.star, "liked": false});
            let answer = anon.with_token(&token).post("/likes", &no).await.expect(409);
            assert_eq!(answer.code(), "already_decided");
        }
        self.ledger.statuses.lock().unwrap().clone()
    }

    /// Every acknowledged message is there, in its place, and there are no holes.
    async fn check_messages(&self) {
        let (mut kept, mut after) = (HashMap::new(), 0);
        loop {
            let path = format!("{}?limit=100&after={after}", self.messages());
            let page = self.pair[0].client.get(&path).await.expect(200).body;
            let items = page["items"].as_array().unwrap();
            for item in items {
                after += 1;
                assert_eq!(item["seq"], after, "a hole in seq");
                let client_id: Uuid = serde_json::from_value(item["client_id"].clone()).unwrap();
                kept.insert(client_id, (after, item["body"].as_str().unwrap().to_owned()));
            }
            if items.is_empty() {
                break;
            }
        }
        for (client_id, message) in self.ledger.messages.lock().unwrap().iter() {
            assert_eq!(kept.get(client_id), Some(message), "an acknowledged message is lost or changed");
        }
    }
}

impl Ledger {
    /// Sends something; its answer, unless there is none. Whoever is refused takes a breath.
    async fn tell(&self, client: &Client, path: &str, body: &Value) -> Option<(u16, Value)> {
        let sent = client.request(Method::POST, path).json(body).timeout(Duration::from_secs(5)).send().await;
        let status = sent.as_ref().map_or(0, |response| response.status().as_u16());
        let answer = match sent {
            Ok(response) => response.json().await.ok(),
            Err(_) => None,
        };
        *self.statuses.lock().unwrap().entry(status).or_default() += 1;
        if status == 0 || status >= 500 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Some((status, answer?))
    }

    fn acknowledged(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }
}

async fn chat(person: Person, path: String, ledger: Arc<Ledger>, stop: Arc<AtomicBool>) {
    let mut number = 0;
    while !stop.load(Ordering::Relaxed) {
        number += 1;
        let (client_id, text) = (Uuid::new_v4(), format!("Number {number}"));
        let body = json!({"client_id": client_id, "body": text});
        // The same again until it is acknowledged, as a client does.
        while !stop.load(Ordering::Relaxed) {
            if let Some((201, answer)) = ledger.tell(&person.client, &path, &body).await {
                let seq = answer["message"]["seq"].as_i64().unwrap();
                ledger.messages.lock().unwrap().insert(client_id, (seq, text));
                ledger.acknowledged();
                break;
            }
        }
    }
}

async fn join_in(client: Client, task: usize, star: String, ledger: Arc<Ledger>, stop: Arc<AtomicBool>) {
    let mut number = 0;
    while !stop.load(Ordering::Relaxed) {
        number += 1;
        let username = format!("fan-{task}-{number}");
        let Some((201, answer)) = ledger.tell(&client, "/users", &form(&username)).await else { continue };
        let token = answer["token"].as_str().unwrap().to_owned();
        ledger.sign_ups.lock().unwrap().push((username, token.clone()));
        ledger.acknowledged();
        let yes = json!({"user_id": star, "liked": true});
        if let Some((200, _)) = ledger.tell(&client.with_token(&token), "/likes", &yes).await {
            ledger.likes.lock().unwrap().push(token);
            ledger.acknowledged();
        }
    }
}
