//! Who may be decided on, taking it back, and both at once.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Answer, Someone, TestApp, assert_consistent, befriend, someone};

async fn say(from: &Someone, to: &Someone, liked: bool) -> Answer {
    from.client.post_patiently("/likes", &json!({"user_id": to.id, "liked": liked})).await
}

async fn undo(from: &Someone, to: &Someone) -> Answer {
    from.client.patiently(Method::DELETE, &format!("/likes/{}", to.id), None).await
}

/// The ids of those who said yes to this one and wait.
async fn received(of: &Someone) -> Vec<Value> {
    let page = of.client.get("/likes/received").await.expect(200).body;
    page["items"].as_array().unwrap().iter().map(|person| person["id"].clone()).collect()
}

#[actix_web::test]
async fn only_whom_one_may_be_shown() {
    let app = TestApp::start().await;
    let me = someone().insert(&app);
    let far = someone().zip("90001").insert(&app);
    let nowhere = someone().nowhere().insert(&app);
    let paused = someone().insert(&app);
    paused.client.put("/me/pause", &json!({"paused": true})).await.expect(204);
    for verb in ["/likes", "/later"] {
        let put = async |id: &str| match verb {
            "/likes" => me.client.post("/likes", &json!({"user_id": id, "liked": true})).await,
            _ => me.client.put(&format!("/later/{id}"), &json!({})).await,
        };
        for other in [&far, &nowhere, &paused] {
            put(&other.id.to_string()).await.expect(404);
        }
        assert_eq!(put(&Uuid::now_v7().to_string()).await.expect(404).code(), "not_found");
        assert_eq!(put(&me.id.to_string()).await.expect(422).code(), "oneself");
    }
    // Who isn't complete decides on nobody, and is told what is missing.
    let refused = say(&nowhere, &me, true).await.expect(409);
    assert_eq!(
        (refused.code(), &refused.body["errors"][0]["pointer"]),
        ("profile_incomplete", &json!("/location"))
    );
    // Nothing of that left a trace.
    let mut conn = app.connect();
    assert_consistent(&mut conn);
    let rows: i64 = {
        use diesel::prelude::*;
        use friender::db::schema::pairs;
        pairs::table.count().get_result(&mut conn).unwrap()
    };
    assert_eq!(rows, 0);
}

#[actix_web::test]
async fn somebody_far_away_who_said_yes_may_be_answered() {
    let app = TestApp::start().await;
    let near = someone().insert(&app);
    let far = someone().zip("90001").radius(500).insert(&app);
    say(&near, &far, true).await.expect(404);
    // 25 miles of New York don't reach Philadelphia, but 100 miles of Philadelphia reach New York.
    let middle = someone().zip("19104").radius(100).insert(&app);
    say(&middle, &near, true).await.expect(200);
    assert_eq!(received(&near).await, [json!(middle.id)]);
    assert_eq!(say(&near, &middle, true).await.expect(200).body["matched"], true);
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn only_the_newest_decision_is_taken_back() {
    let app = TestApp::start().await;
    let [me, first, second] = [someone().insert(&app), someone().insert(&app), someone().insert(&app)];
    undo(&me, &first).await.expect(204);
    assert_eq!(undo(&me, &me).await.expect(422).code(), "oneself");
    say(&me, &first, true).await.expect(200);
    say(&me, &second, false).await.expect(200);
    assert_eq!(undo(&me, &first).await.expect(409).code(), "not_newest");
    undo(&me, &second).await.expect(204);
    undo(&me, &second).await.expect(204);
    // With that one gone, the one before is the newest.
    assert_eq!(received(&first).await, [json!(me.id)]);
    undo(&me, &first).await.expect(204);
    assert_eq!(received(&first).await, Vec::<Value>::new());
    // Then another verdict is free.
    say(&me, &first, false).await.expect(200);
    assert_eq!(say(&me, &first, true).await.expect(409).code(), "already_decided");
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn an_undone_no_gives_the_other_s_yes_back() {
    let app = TestApp::start().await;
    let [me, other] = [someone().insert(&app), someone().insert(&app)];
    say(&other, &me, true).await.expect(200);
    say(&me, &other, false).await.expect(200);
    assert_eq!(received(&me).await, Vec::<Value>::new());
    undo(&me, &other).await.expect(204);
    assert_eq!(received(&me).await, [json!(other.id)]);
    assert_eq!(say(&me, &other, true).await.expect(200).body["matched"], true);
    assert_eq!(undo(&me, &other).await.expect(409).code(), "already_matched");
    assert_eq!(undo(&other, &me).await.expect(409).code(), "already_matched");
    assert_consistent(&mut app.connect());
}

/// Both say yes and take it back, all at once.
async fn race_likes_and_undos(app: &TestApp) {
    let [ada, bob] = [someone().insert(app), someone().insert(app)];
    let (a, b, c, d, e) = tokio::join!(
        say(&ada, &bob, true),
        undo(&ada, &bob),
        say(&bob, &ada, true),
        undo(&bob, &ada),
        say(&ada, &bob, false),
    );
    for answer in [&a, &c, &e] {
        assert!([200, 409].contains(&answer.status), "{answer:?}");
    }
    for answer in [&b, &d] {
        assert!([204, 409].contains(&answer.status), "{answer:?}");
    }
    // Who was told of a match has it.
    let told = [&a, &c].iter().filter(|answer| answer.body["matched"] == true).count();
    let matches = ada.client.get("/matches").await.expect(200).body["items"].as_array().unwrap().len();
    assert_eq!(told.min(1), matches);
}

#[actix_web::test]
async fn likes_and_undos_at_once_leave_all_tables_agreeing() {
    const ROUNDS: usize = 200;
    const AT_ONCE: usize = 4;
    let app = TestApp::start().await;
    for _ in 0..ROUNDS / AT_ONCE {
        join_all((0..AT_ONCE).map(|_| race_likes_and_undos(&app))).await;
    }
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn a_yes_and_a_no_at_once_are_one_decision() {
    let app = TestApp::start().await;
    let me = someone().insert(&app);
    for _ in 0..20 {
        let other = someone().insert(&app);
        let answers = join_all((0..8).map(|n| say(&me, &other, n % 2 == 0))).await;
        let [taken, refused] = [200, 409].map(|status| answers.iter().filter(|a| a.status == status).count());
        assert_eq!([taken, refused], [4, 4]);
    }
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn unmatching_ends_it_for_both_and_for_good() {
    let app = TestApp::start().await;
    let [ada, bob, eve] = [someone().insert(&app), someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    eve.client.delete(&format!("/matches/{id}")).await.expect(404);
    eve.client.get(&format!("/matches/{id}")).await.expect(404);
    let path = format!("/matches/{id}");
    let ends = (0..16).map(|n| if n % 2 == 0 { &ada } else { &bob });
    let answers = join_all(ends.map(|from| from.client.patiently(Method::DELETE, &path, None))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 204).count(), 1);
    assert_eq!(answers.iter().filter(|answer| answer.status == 404).count(), 15);
    assert_consistent(&mut app.connect());
}
