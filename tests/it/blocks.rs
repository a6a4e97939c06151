//! Silence: both ways, everywhere, at once, whoever raced whom.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, Someone, TestApp, assert_consistent, befriend, someone};

async fn block(from: &Someone, to: &Someone) -> Answer {
    from.client.post_patiently("/blocks", &json!({"user_id": to.id})).await
}

async fn unblock(from: &Someone, to: &Someone) {
    from.client.patiently(Method::DELETE, &format!("/blocks/{}", to.id), None).await.expect(204);
}

async fn say(from: &Someone, to: &Someone, liked: bool) -> Answer {
    from.client.post_patiently("/likes", &json!({"user_id": to.id, "liked": liked})).await
}

/// The answer without what differs from request to request.
fn told(answer: &Answer) -> (u16, Value) {
    let mut body = answer.body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.remove("request_id");
    }
    (answer.status, body)
}

/// Everywhere that `me` could meet somebody.
async fn everywhere(me: &Someone) -> String {
    let mut seen = String::new();
    for list in ["/deck?limit=100", "/likes/received", "/later", "/matches", "/conversations"] {
        seen += &me.client.get(list).await.expect(200).body.to_string();
    }
    seen
}

/// Everything that `me` could try on somebody, and what comes of it.
async fn try_on(me: &Someone, other: Uuid, match_id: Uuid) -> Vec<(u16, Value)> {
    let (yes, body) =
        (json!({"user_id": other, "liked": true}), json!({"body": "Hi", "client_id": Uuid::now_v7()}));
    let matched = format!("/matches/{match_id}");
    let client = &me.client;
    let answers = [
        client.get(&format!("/users/{other}")).await,
        client.get(&format!("/users/{other}/images")).await,
        client.post("/likes", &yes).await,
        client.delete(&format!("/likes/{other}")).await,
        client.put(&format!("/later/{other}"), &Value::Null).await,
        client.delete(&format!("/later/{other}")).await,
        client.get(&matched).await,
        client.get(&format!("{matched}/messages")).await,
        client.post(&format!("{matched}/messages"), &body).await,
        client.put(&format!("{matched}/read"), &json!({"seq": 1})).await,
        client.delete(&matched).await,
    ];
    answers.iter().map(told).collect()
}

#[actix_web::test]
async fn each_is_nobody_to_the_other_everywhere() {
    let app = TestApp::start().await;
    let [ada, bob, eve] = [someone().insert(&app), someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    say(&eve, &ada, true).await.expect(200);
    ada.client.put(&format!("/later/{}", eve.id), &Value::Null).await.expect(204);
    let text = json!({"body": "Hello", "client_id": Uuid::now_v7()});
    bob.client.post(&format!("/matches/{id}/messages"), &text).await.expect(201);
    for other in [&bob, &eve] {
        assert!(everywhere(&ada).await.contains(&other.username));
        assert_eq!(block(&ada, other).await.expect(201).body["block"]["username"], other.username.as_str());
        // Twice is once.
        block(&ada, other).await.expect(200);
    }
    let (nobody, nothing) = (Uuid::now_v7(), Uuid::now_v7());
    for (me, other) in [(&ada, &bob), (&bob, &ada), (&ada, &eve), (&eve, &ada)] {
        let seen = everywhere(me).await;
        assert!(!seen.contains(&other.username) && !seen.contains(&other.id.to_string()), "{seen}");
        assert_eq!(try_on(me, other.id.0, id.0).await, try_on(me, nobody, nothing).await);
    }
    // The two that ada blocked still see each other.
    bob.client.get(&format!("/users/{}", eve.id)).await.expect(200);
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn taking_a_block_back_revives_no_match() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    block(&ada, &bob).await.expect(201);
    unblock(&ada, &bob).await;
    unblock(&ada, &bob).await;
    for me in [&ada, &bob] {
        me.client.get(&format!("/matches/{id}")).await.expect(404);
        assert_eq!(me.client.get("/matches").await.expect(200).body["items"], json!([]));
        assert!(!everywhere(me).await.contains("someone-"), "decided people don't come back");
    }
    bob.client.get(&format!("/users/{}", ada.id)).await.expect(200);
    let mut conn = app.connect();
    assert_consistent(&mut conn);
    // Both are in the log, once, whatever was repeated.
    use diesel::prelude::*;
    use friender::db::schema::security_events as log;
    let events = log::table.filter(log::user_id.eq(ada.id.0)).order(log::id).select((log::event, log::about));
    let events: Vec<(String, Option<Uuid>)> = events.load(&mut conn).unwrap();
    assert_eq!(events, ["block", "unblock"].map(|event| (event.to_owned(), Some(bob.id.0))));
}

#[actix_web::test]
async fn silence_lasts_until_both_blocks_are_gone() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    say(&bob, &ada, true).await.expect(200);
    block(&ada, &bob).await.expect(201);
    // They met: bob may block ada although he doesn't see her.
    block(&bob, &ada).await.expect(201);
    unblock(&ada, &bob).await;
    assert_eq!(say(&ada, &bob, true).await.expect(404).code(), "not_found");
    assert_consistent(&mut app.connect());
    unblock(&bob, &ada).await;
    // The yes from before stands.
    assert!(everywhere(&ada).await.contains(&bob.username));
    assert_eq!(say(&ada, &bob, true).await.expect(200).body["matched"], true);
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn one_blocks_only_whom_one_sees_or_met() {
    let app = TestApp::start().await;
    let [ada, bob, stranger] = [someone().insert(&app), someone().insert(&app), someone().insert(&app)];
    befriend(&app, &ada, &bob);
    for hiding in [&ada, &stranger] {
        hiding.client.put("/me/pause", &json!({"paused": true})).await.expect(204);
    }
    let missing = bob.client.post("/blocks", &json!({"user_id": Uuid::now_v7()})).await.expect(404);
    assert_eq!(told(&block(&bob, &stranger).await), told(&missing));
    assert_eq!(block(&bob, &bob).await.expect(422).code(), "oneself");
    block(&bob, &ada).await.expect(201);
    // Who was blocked by a stranger can't tell it from nobody being there.
    stranger.client.put("/me/pause", &json!({"paused": false})).await.expect(204);
    block(&stranger, &bob).await.expect(201);
    assert_eq!(told(&block(&bob, &stranger).await), told(&missing));
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn the_list_tells_names_and_nothing_else_page_by_page() {
    let app = TestApp::start().await;
    let me = someone().insert(&app);
    let mut blocked = Vec::new();
    for _ in 0..5 {
        let other = someone().insert(&app);
        block(&me, &other).await.expect(201);
        blocked.insert(0, json!(other.username));
    }
    let (mut found, mut path) = (Vec::new(), "/blocks?limit=2".to_owned());
    loop {
        let page = me.client.get(&path).await.expect(200).body;
        for item in page["items"].as_array().unwrap() {
            assert_eq!(item.as_object().unwrap().len(), 3, "{item}");
            found.push(item["username"].clone());
        }
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/blocks?limit=2&cursor={cursor}");
    }
    assert_eq!(found, blocked);
}

const PAIRS: usize = 1000;
const AT_ONCE: usize = 8;

/// Blocks race yeses: 1,000 pairs, of which half have one yes already.
#[actix_web::test]
async fn a_block_and_a_yes_never_both_win() {
    let app = TestApp::start().await;
    let (mut matched, mut refused) = (0, 0);
    for round in 0..PAIRS / AT_ONCE {
        let races = (0..AT_ONCE).map(|n| race_a_yes(&app, (round + n) % 2 == 0));
        for was_matched in join_all(races).await {
            matched += usize::from(was_matched);
            refused += usize::from(!was_matched);
        }
    }
    eprintln!("{PAIRS} pairs: {matched} matched first, {refused} were blocked first");
    assert_consistent(&mut app.connect());
}

async fn race_a_yes(app: &TestApp, has_yes: bool) -> bool {
    let [ada, bob] = [someone().insert(app), someone().insert(app)];
    let (yes, blocked, other) = if has_yes {
        say(&bob, &ada, true).await.expect(200);
        let (yes, blocked) = tokio::join!(say(&ada, &bob, true), block(&bob, &ada));
        (yes, blocked, None)
    } else {
        let (yes, blocked, other) =
            tokio::join!(say(&ada, &bob, true), block(&bob, &ada), say(&bob, &ada, true));
        (yes, blocked, Some(other))
    };
    blocked.expect(201);
    for answer in [Some(&yes), other.as_ref()].into_iter().flatten() {
        assert!([200, 404].contains(&answer.status), "{answer:?}");
    }
    for me in [&ada, &bob] {
        assert_eq!(me.client.get("/matches").await.expect(200).body["items"], json!([]));
    }
    yes.body["matched"] == true || other.is_some_and(|other| other.body["matched"] == true)
}

/// Blocks race messages: 1,000 matched pairs, both writing.
#[actix_web::test]
async fn no_message_after_a_block() {
    let app = TestApp::start().await;
    let (mut sent, mut refused) = (0, 0);
    for _ in 0..PAIRS / AT_ONCE {
        for statuses in join_all((0..AT_ONCE).map(|_| race_messages(&app))).await {
            sent += statuses.iter().filter(|status| **status == 201).count();
            refused += statuses.iter().filter(|status| **status == 404).count();
        }
    }
    assert_eq!(sent + refused, PAIRS * 2);
    eprintln!("{PAIRS} pairs: {sent} messages before the block, {refused} refused after it");
    assert_consistent(&mut app.connect());
}

async fn race_messages(app: &TestApp) -> [u16; 2] {
    let [ada, bob] = [someone().insert(app), someone().insert(app)];
    let path = format!("/matches/{}/messages", befriend(app, &ada, &bob));
    let text = |n: u8| json!({"body": format!("{n}"), "client_id": Uuid::now_v7()});
    let (texts, blocker) = ([text(1), text(2)], &ada);
    let (one, blocked, two) = tokio::join!(
        ada.client.post_patiently(&path, &texts[0]),
        block(blocker, &bob),
        bob.client.post_patiently(&path, &texts[1])
    );
    blocked.expect(201);
    bob.client.patiently(Method::POST, &path, Some(&text(3))).await.expect(404);
    [one.status, two.status]
}
