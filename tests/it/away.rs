//! Whoever is away is out of everybody's sight; only what they wrote to a match stays.

use diesel::PgConnection;
use friender::profiles;
use serde_json::{Value, json};

use crate::messages::write;
use crate::support::{Someone, TestApp, befriend, someone};

fn set_away(conn: &mut PgConnection, person: &Someone, away: bool) {
    profiles::set_away(conn, person.id, away).unwrap();
}

/// The lists in which `viewer` finds somebody who isn't decided on.
async fn found(viewer: &Someone, other: &Someone) -> Vec<&'static str> {
    let id = other.id.to_string();
    let mut found = Vec::new();
    for path in ["/deck", "/likes/received", "/later"] {
        let answer = viewer.client.get(path).await.expect(200);
        if answer.body["items"].as_array().unwrap().iter().any(|item| item.to_string().contains(&id)) {
            found.push(path);
        }
    }
    if viewer.client.get(&format!("/users/{id}")).await.status == 200 {
        found.push("/users");
    }
    found
}

#[actix_web::test]
async fn who_is_away_is_nowhere_and_back_where_they_were() {
    let app = TestApp::start().await;
    let [ada, bob, eve] = [(); 3].map(|()| someone().insert(&app));
    bob.client.post("/likes", &json!({"user_id": ada.id, "liked": true})).await.expect(200);
    ada.client.put(&format!("/later/{}", eve.id), &Value::Null).await.expect(204);
    let before = [found(&ada, &bob).await, found(&ada, &eve).await];
    assert_eq!(before, [vec!["/deck", "/likes/received", "/users"], vec!["/later", "/users"]]);
    let mut conn = app.connect();
    for person in [&bob, &eve] {
        set_away(&mut conn, person, true);
    }
    for person in [&bob, &eve] {
        assert_eq!(found(&ada, person).await, Vec::<&str>::new());
        let yes = json!({"user_id": person.id, "liked": true});
        ada.client.post("/likes", &yes).await.expect(404);
    }
    for person in [&bob, &eve] {
        set_away(&mut conn, person, false);
    }
    assert_eq!([found(&ada, &bob).await, found(&ada, &eve).await], before);
}

#[actix_web::test]
async fn a_match_of_who_is_away_reads_on_and_can_t_write() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    write(&bob, id, "Hello").await.expect(201);
    set_away(&mut app.connect(), &bob, true);
    for path in ["/matches", "/conversations"] {
        let list = ada.client.get(path).await.expect(200).body;
        let seen = &list["items"][0]["user"];
        assert_eq!((&seen["display_name"], &seen["gone"]), (&json!("Deleted user"), &json!(true)), "{path}");
        assert!(!list.to_string().contains(&bob.username), "{path}: {list}");
        assert_eq!((&seen["hobbies"], &seen["place"]), (&json!([]), &Value::Null));
    }
    let read = ada.client.get(&format!("/matches/{id}/messages")).await.expect(200).body;
    assert_eq!(read["items"][0]["body"], "Hello");
    ada.client.get(&format!("/users/{}", bob.id)).await.expect(404);
    assert_eq!(write(&ada, id, "Are you there?").await.expect(409).code(), "user_gone");
    set_away(&mut app.connect(), &bob, false);
    let sent = write(&ada, id, "There you are").await.expect(201).body;
    assert_eq!(sent["message"]["seq"], 2, "the refused message used up no number");
}
