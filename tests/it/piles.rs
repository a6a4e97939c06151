//! The two piles that wait for a verdict: whom I put aside, and who liked me.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::conversations::all_pages;
use crate::support::{Someone, TestApp, assert_consistent, someone};

async fn put_aside(from: &Someone, other: &Someone) -> u16 {
    from.client.put(&format!("/later/{}", other.id), &json!({})).await.status
}

async fn deck(of: &Someone) -> Vec<Value> {
    let page = of.client.get("/deck").await.expect(200).body;
    page["items"].as_array().unwrap().iter().map(|card| card["id"].clone()).collect()
}

#[actix_web::test]
async fn put_aside_is_off_the_deck_until_taken_off_the_pile() {
    let app = TestApp::start().await;
    let [me, other] = [someone().insert(&app), someone().insert(&app)];
    assert_eq!(deck(&me).await, [json!(other.id)]);
    for _ in 0..2 {
        assert_eq!(put_aside(&me, &other).await, 204);
        assert_eq!(all_pages(&me, "/later", 20, "/id").await, [json!(other.id)]);
    }
    assert_eq!(deck(&me).await, Vec::<Value>::new());
    // Only mine: the other one sees me, and knows nothing of it.
    assert_eq!(deck(&other).await, [json!(me.id)]);
    assert_eq!(all_pages(&other, "/likes/received", 20, "/id").await, Vec::<Value>::new());
    for _ in 0..2 {
        me.client.delete(&format!("/later/{}", other.id)).await.expect(204);
        assert_eq!(all_pages(&me, "/later", 20, "/id").await, Vec::<Value>::new());
    }
    assert_eq!(deck(&me).await, [json!(other.id)]);
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn whoever_was_put_aside_may_be_decided_on_from_anywhere() {
    let app = TestApp::start().await;
    let [me, moved] = [someone().insert(&app), someone().insert(&app)];
    assert_eq!(put_aside(&me, &moved).await, 204);
    moved.client.patch("/me", &json!({"location": "90001"})).await.expect(200);
    assert_eq!(put_aside(&me, &moved).await, 204);
    assert_eq!(all_pages(&me, "/later", 20, "/id").await, [json!(moved.id)]);
    let yes = json!({"user_id": moved.id, "liked": true});
    me.client.post("/likes", &yes).await.expect(200);
    // Decided is off the pile, and can't be put aside again.
    assert_eq!(all_pages(&me, "/later", 20, "/id").await, Vec::<Value>::new());
    assert_eq!(put_aside(&me, &moved).await, 409);
    // Taken back, they lie in the pile as before.
    let path = format!("/likes/{}", moved.id);
    me.client.delete(&path).await.expect(204);
    assert_eq!(all_pages(&me, "/later", 20, "/id").await, [json!(moved.id)]);
    // Off the pile, they are out of reach.
    me.client.delete(&format!("/later/{}", moved.id)).await.expect(204);
    assert_eq!(put_aside(&me, &moved).await, 404);
    me.client.post("/likes", &yes).await.expect(404);
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn deciding_and_putting_aside_at_once_agree() {
    let app = TestApp::start().await;
    let me = someone().insert(&app);
    for _ in 0..50 {
        let other = someone().insert(&app);
        let yes = json!({"user_id": other.id, "liked": true});
        let (decided, aside) = tokio::join!(me.client.post_patiently("/likes", &yes), put_aside(&me, &other));
        decided.expect(200);
        assert!([204, 409].contains(&aside), "{aside}");
    }
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn piles_go_by_pages_without_loss_or_repeats() {
    let app = TestApp::start().await;
    let me = someone().insert(&app);
    let mut fans = Vec::new();
    for n in 0..25 {
        let fan = someone().insert(&app);
        fan.client.post("/likes", &json!({"user_id": me.id, "liked": true})).await.expect(200);
        assert_eq!(put_aside(&me, &fan).await, 204);
        if n == 10 {
            // A paused person isn't shown, and leaves no hole in the pages.
            fan.client.put("/me/pause", &json!({"paused": true})).await.expect(204);
        } else {
            fans.push(json!(fan.id));
        }
    }
    fans.reverse();
    for path in ["/likes/received", "/later"] {
        for limit in [1, 5, 23, 24, 25] {
            assert_eq!(all_pages(&me, path, limit, "/id").await, fans, "{path} by {limit}");
        }
        let next = me.client.get(&format!("{path}?cursor=bm9wZQ")).await.expect(400);
        assert_eq!(next.code(), "invalid_cursor");
    }
    app.connect()
        .batch_execute(
            "UPDATE likes SET decided_at = now(); UPDATE likes_in SET liked_at = now(); \
             UPDATE later SET added_at = now()",
        )
        .unwrap();
    for path in ["/likes/received", "/later"] {
        let mut all = all_pages(&me, path, 4, "/id").await;
        all.sort_by_key(ToString::to_string);
        all.dedup();
        assert_eq!(all.len(), 24, "{path}");
    }
    assert_consistent(&mut app.connect());
}
