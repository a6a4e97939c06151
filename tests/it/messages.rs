//! Sending: retries, order, and the end of a match.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use friender::db::schema::messages;
use friender::matches::MatchId;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::consistency::broken_rules;
use crate::support::{Answer, Someone, TestApp, assert_consistent, befriend, someone};

pub async fn send(from: &Someone, id: MatchId, client_id: Uuid, body: &str) -> Answer {
    let message = json!({"body": body, "client_id": client_id});
    from.client.post_patiently(&format!("/matches/{id}/messages"), &message).await
}

pub async fn write(from: &Someone, id: MatchId, body: &str) -> Answer {
    send(from, id, Uuid::new_v4(), body).await
}

/// The seq of each message in a list.
pub fn seqs(items: &Value) -> Vec<i64> {
    items.as_array().unwrap().iter().map(|message| message["seq"].as_i64().unwrap()).collect()
}

#[actix_web::test]
async fn one_client_id_64_times_at_once_is_one_message() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    let client_id = Uuid::new_v4();
    let mut answers = join_all((0..64).map(|_| send(&ada, id, client_id, "Hello?"))).await;
    let first = answers.pop().unwrap().expect(201).body;
    assert_eq!(first["message"]["seq"], 1);
    for answer in answers {
        assert_eq!(answer.expect(201).body, first);
    }
    // No hole, neither by the repeats nor by another text under the same id.
    let refused = send(&ada, id, client_id, "Hello!").await.expect(422);
    assert_eq!(
        (refused.code(), &refused.body["errors"][0]["pointer"]),
        ("client_id_reused", &json!("/client_id"))
    );
    assert_eq!(write(&ada, id, "Next").await.expect(201).body["message"]["seq"], 2);
    // The id is its sender's own: the other may happen to take the same.
    assert_eq!(send(&bob, id, client_id, "Yes?").await.expect(201).body["message"]["seq"], 3);
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn two_hundred_messages_from_both_at_once_have_no_holes() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    let sends = (0..100).flat_map(|n| {
        let (from_ada, from_bob) = (format!("Ada's {n}"), format!("Bob's {n}"));
        let (ada, bob) = (&ada, &bob);
        [(ada, from_ada), (bob, from_bob)]
    });
    let answers = join_all(sends.map(|(from, body)| async move { write(from, id, &body).await })).await;
    let mut all: Vec<i64> = answers
        .into_iter()
        .map(|answer| answer.expect(201).body["message"]["seq"].as_i64().unwrap())
        .collect();
    all.sort_unstable();
    assert_eq!(all, (1..=200).collect::<Vec<_>>());
    assert_consistent(&mut app.connect());
    let list = bob.client.get("/conversations").await.expect(200).body;
    let last = &bob.client.get(&format!("/matches/{id}/messages?limit=1")).await.expect(200).body["items"][0];
    assert_eq!(list["items"][0]["last_message"]["sent_at"], last["sent_at"]);
    assert_eq!((&list["items"][0]["unread"], &last["seq"]), (&json!(100), &json!(200)));
}

/// Sends from both sides while one of them ends the match. What the writers were told must be what is kept.
async fn race_an_unmatch(app: &TestApp, round: usize) {
    let [ada, bob] = [someone().insert(app), someone().insert(app)];
    let id = befriend(app, &ada, &bob);
    let path = format!("/matches/{id}");
    let unmatch = async {
        // Another number of messages ahead of it in each round.
        for _ in 0..round % 4 {
            tokio::task::yield_now().await;
        }
        ada.client.patiently(Method::DELETE, &path, None).await
    };
    let sends = join_all((0..4).map(|n| write(if n % 2 == 0 { &ada } else { &bob }, id, "Wait!")));
    let (ended, sent) = tokio::join!(unmatch, sends);
    ended.expect(204);
    let kept_then: i64 =
        messages::table.filter(messages::match_id.eq(id)).count().get_result(&mut app.connect()).unwrap();
    let acknowledged = sent.iter().filter(|answer| answer.status == 201).count();
    assert!(sent.iter().all(|answer| [201, 404].contains(&answer.status)), "{sent:?}");
    assert_eq!(kept_then, acknowledged as i64);
    for from in [&ada, &bob] {
        write(from, id, "Still there?").await.expect(404);
        from.client.get(&format!("{path}/messages")).await.expect(404);
        from.client.put(&format!("{path}/read"), &json!({"seq": 1})).await.expect(404);
        from.client.delete(&path).await.expect(404);
    }
}

#[actix_web::test]
async fn no_message_slips_past_an_unmatch() {
    const ROUNDS: usize = 200;
    const AT_ONCE: usize = 4;
    let app = TestApp::start().await;
    for block in 0..ROUNDS / AT_ONCE {
        join_all((0..AT_ONCE).map(|n| race_an_unmatch(&app, block * AT_ONCE + n))).await;
    }
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn a_repeat_is_answered_after_the_end_too_but_nothing_new() {
    let app = TestApp::start().await;
    let [ada, bob, eve] = [someone().insert(&app), someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    let client_id = Uuid::new_v4();
    send(&ada, id, client_id, "Hello").await.expect(201);
    assert_eq!(send(&eve, id, client_id, "Hello").await.expect(404).code(), "not_found");
    bob.client.delete(&format!("/matches/{id}")).await.expect(204);
    send(&ada, id, Uuid::new_v4(), "Hello").await.expect(404);
    // They stay decided: no new match by saying yes again, nor by taking it back first.
    let again = ada.client.post("/likes", &json!({"user_id": bob.id, "liked": true})).await.expect(200);
    assert_eq!(again.body, json!({"matched": false}));
    ada.client.delete(&format!("/likes/{}", bob.id)).await.expect(409);
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn the_rules_between_the_tables_can_fail() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    write(&ada, id, "Hello").await.expect(201);
    let eve = someone().insert(&app);
    eve.client.post("/likes", &json!({"user_id": ada.id, "liked": true})).await.expect(200);
    let mut conn = app.connect();
    assert_consistent(&mut conn);
    let breaks = [
        "DELETE FROM likes",
        "INSERT INTO likes_in SELECT to_user, from_user FROM likes ON CONFLICT DO NOTHING",
        "INSERT INTO later SELECT from_user, to_user FROM likes",
        "UPDATE likes_in SET liked_at = now()",
        "UPDATE pairs SET bits = 15",
        "DELETE FROM match_members WHERE user_id = (SELECT low FROM conversations)",
        "UPDATE conversations SET closed_at = '2000-01-01'",
        "UPDATE conversations SET last_seq = 2",
        "UPDATE messages SET seq = 2",
        "UPDATE match_members SET unread = 7",
        "UPDATE match_members SET last_body = 'Bye'",
        "UPDATE match_members SET other_read_seq = 1",
    ];
    for sql in breaks {
        let found = conn.test_transaction::<_, diesel::result::Error, _>(|conn| {
            conn.batch_execute(sql)?;
            Ok(broken_rules(conn))
        });
        assert!(!found.is_empty(), "nothing notices: {sql}");
    }
    assert_consistent(&mut conn);
}
