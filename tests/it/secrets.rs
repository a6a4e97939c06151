//! What nobody else ever reads of a person, searched for in every answer that is about them.

use friender::geo::{ZipCode, zip_table};
use serde_json::{Value, json};

use crate::support::{Someone, TestApp, someone};

const ZIP: &str = "07102";
const RADIUS: u16 = 137;
const FORBIDDEN_FIELDS: [&str; 16] = [
    "email",
    "zip",
    "zip_code",
    "birth_date",
    "friend_radius",
    "effective_radius",
    "latitude",
    "longitude",
    "lat",
    "lon",
    "distance",
    "miles",
    "first_name",
    "last_name",
    "active_on",
    "updated_at",
];

/// Everything that is private about the victim, as it might be written.
fn secrets() -> Vec<String> {
    let point = zip_table().get(ZipCode::parse(ZIP).unwrap()).unwrap().point;
    let texts = ["victim@example.org", "1987-03-09", "Victoria-First", "Victoria-Last"];
    let numbers = [point.latitude, point.longitude].map(|degrees| format!("{:.2}", degrees.abs()));
    texts.map(str::to_owned).into_iter().chain(numbers).collect()
}

/// Searches fields, texts and numbers, all the way down.
fn search(what: &str, answer: &Value) {
    match answer {
        Value::Object(fields) => {
            for (name, value) in fields {
                assert!(!FORBIDDEN_FIELDS.contains(&name.as_str()), "{what} has a field {name}");
                search(what, value);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| search(what, item)),
        Value::String(text) => {
            for secret in secrets() {
                assert!(!text.contains(&secret), "{what} says {secret}: {text}");
            }
            let mut words = text.split(|c: char| !c.is_ascii_alphanumeric());
            assert!(!words.any(|word| word == ZIP), "{what} says the ZIP code: {text}");
        }
        Value::Number(number) => {
            let number = number.as_f64().unwrap();
            assert!(![f64::from(RADIUS), 250.0, 7102.0].contains(&number), "{what} says {number}");
        }
        Value::Null | Value::Bool(_) => {}
    }
}

async fn victim(app: &TestApp) -> Someone {
    let victim = someone().zip(ZIP).radius(i64::from(RADIUS)).insert(app);
    let form = json!({"birth_date": "1987-03-09", "first_name": "Victoria-First", "last_name": "Victoria-Last",
        "bio": "I climb."});
    victim.client.patch("/me", &form).await.expect(200);
    victim
}

async fn signed_up_victim(app: &TestApp) -> Someone {
    let form = json!({"username": "victim", "password": "correct horse battery", "email": "victim@example.org",
        "location": ZIP, "friend_radius": RADIUS, "birth_date": "1987-03-09", "first_name": "Victoria-First",
        "last_name": "Victoria-Last", "hobbies": "chess", "interests": "jazz"});
    let answer = app.anon().post("/users", &form).await.expect(201).body;
    let id = serde_json::from_value(answer["user"]["id"].clone()).unwrap();
    Someone { id, username: "victim".to_owned(), client: app.client_of(id) }
}

#[actix_web::test]
async fn no_answer_about_somebody_tells_what_is_theirs_alone() {
    let app = TestApp::start().await;
    let (attacker, victim, aside) =
        (someone().radius(10).insert(&app), signed_up_victim(&app).await, victim(&app).await);
    let mine = victim.client.get("/me").await.expect(200).body.to_string();
    assert!(mine.contains("victim@example.org") && mine.contains(ZIP), "the owner reads them: {mine}");

    let mut seen = 0;
    let mut look = async |path: String, status| {
        let answer = attacker.client.get(&path).await.expect(status);
        assert!(status != 200 || answer.body.to_string().contains(&victim.id.to_string()), "{path}");
        search(&path, &answer.body);
        seen += 1;
    };
    look("/deck".to_owned(), 200).await;
    look(format!("/users/{}", victim.id), 200).await;
    victim.client.post("/likes", &json!({"user_id": attacker.id, "liked": true})).await.expect(200);
    look("/likes/received".to_owned(), 200).await;
    attacker.client.put(&format!("/later/{}", victim.id), &Value::Null).await.expect(204);
    attacker.client.put(&format!("/later/{}", aside.id), &Value::Null).await.expect(204);
    look("/later".to_owned(), 200).await;
    let yes = json!({"user_id": victim.id, "liked": true});
    let answer = attacker.client.post("/likes", &yes).await.expect(200).body;
    search("POST /likes", &answer);
    let id = answer["match"]["id"].as_str().expect("a match").to_owned();
    look("/matches".to_owned(), 200).await;
    look(format!("/matches/{id}"), 200).await;
    let message = json!({"body": "Hello!", "client_id": "00000000-0000-4000-8000-000000000001"});
    let sent = victim.client.post(&format!("/matches/{id}/messages"), &message).await.expect(201).body;
    search("POST messages", &sent);
    look("/conversations".to_owned(), 200).await;
    look(format!("/matches/{id}/messages"), 200).await;
    search("images", &attacker.client.get(&format!("/users/{}/images", victim.id)).await.expect(200).body);
    assert_eq!(seen, 8);
}

#[actix_web::test]
async fn nothing_about_a_person_without_a_session() {
    let app = TestApp::start().await;
    let victim = victim(&app).await;
    for path in [
        format!("/users/{}", victim.id),
        format!("/users/{}/images", victim.id),
        "/deck".to_owned(),
        "/likes/received".to_owned(),
        "/later".to_owned(),
        "/matches".to_owned(),
        "/conversations".to_owned(),
        "/me".to_owned(),
    ] {
        app.anon().get(&path).await.expect(401);
    }
}
