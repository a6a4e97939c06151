//! Reading: pages of a conversation, read marks, and the list of conversations.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};

use crate::messages::{seqs, write};
use crate::support::{Answer, Someone, TestApp, assert_consistent, befriend, someone};

/// The first conversation of somebody's list.
async fn first(of: &Someone) -> Value {
    of.client.get("/conversations").await.expect(200).body["items"][0].clone()
}

#[actix_web::test]
async fn read_marks_move_forward_only_and_never_beyond_the_last_message() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    for n in 1..=5 {
        write(&ada, id, &format!("Number {n}")).await.expect(201);
    }
    write(&bob, id, "Stop!").await.expect(201);
    let path = format!("/matches/{id}/read");
    let mark = async |seq: i64| -> Answer { bob.client.put(&path, &json!({"seq": seq})).await };
    let seen = async || {
        let (mine, theirs) = (first(&bob).await, first(&ada).await);
        [&mine["unread"], &mine["read_seq"], &theirs["other_read_seq"]].map(|n| n.as_i64().unwrap())
    };
    assert_eq!(seen().await, [5, 0, 0]);
    for (seq, then) in [(3, [2, 3, 3]), (1, [2, 3, 3]), (0, [2, 3, 3]), (i64::MAX, [0, 6, 6]), (2, [0, 6, 6])]
    {
        mark(seq).await.expect(204);
        assert_eq!(seen().await, then, "after marking {seq}");
    }
    assert_eq!(mark(-1).await.expect(422).body["errors"][0]["pointer"], "/seq");
    write(&ada, id, "One more").await.expect(201);
    assert_eq!(seen().await, [1, 6, 6]);
    assert_eq!(bob.client.get(&format!("/matches/{id}")).await.expect(200).body["unread"], 1);
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn marks_and_messages_at_once_agree_in_the_end() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    let path = format!("/matches/{id}/read");
    let talk = async |from: &Someone| {
        for n in 1..=30 {
            write(from, id, &format!("Number {n}")).await.expect(201);
            from.client.patiently(reqwest::Method::PUT, &path, Some(&json!({"seq": n}))).await.expect(204);
        }
    };
    tokio::join!(talk(&ada), talk(&ada), talk(&bob), talk(&bob));
    assert_consistent(&mut app.connect());
    assert_eq!(first(&ada).await["last_message"]["seq"], 120);
}

#[actix_web::test]
async fn pages_go_by_seq_in_both_directions() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    for n in 1..=25 {
        write(&ada, id, &format!("Number {n}")).await.expect(201);
    }
    let page = async |query: &str| {
        seqs(&bob.client.get(&format!("/matches/{id}/messages{query}")).await.expect(200).body["items"])
    };
    let range = |from: i64, to: i64| (from..=to).collect::<Vec<_>>();
    assert_eq!(page("").await, range(6, 25));
    assert_eq!(page("?limit=100").await, range(1, 25));
    assert_eq!(page("?before=6&limit=4").await, range(2, 5));
    assert_eq!(page("?before=1").await, range(1, 0));
    assert_eq!(page("?after=0&limit=10").await, range(1, 10));
    assert_eq!(page("?after=20").await, range(21, 25));
    assert_eq!(page("?after=25").await, range(1, 0));
    for query in ["?before=3&after=1", "?limit=0", "?limit=101", "?cursor=x"] {
        bob.client.get(&format!("/matches/{id}/messages{query}")).await.expect(400);
    }
}

#[actix_web::test]
async fn the_list_shows_the_last_message_and_who_wrote_last_comes_first() {
    let app = TestApp::start().await;
    let me = someone().insert(&app);
    let others = [someone().insert(&app), someone().insert(&app), someone().insert(&app)];
    let ids = others.each_ref().map(|other| befriend(&app, other, &me));
    assert_eq!(first(&me).await["match_id"], json!(ids[2]));
    assert_eq!(first(&me).await["last_message"], Value::Null);
    let long = "ä".repeat(300);
    write(&others[0], ids[0], &long).await.expect(201);
    let shown = first(&me).await;
    assert_eq!((&shown["match_id"], &shown["user"]["id"]), (&json!(ids[0]), &json!(others[0].id)));
    assert_eq!(shown["last_message"]["body"], "ä".repeat(200));
    assert_eq!((&shown["last_message"]["sender"], &shown["unread"]), (&json!(others[0].id), &json!(1)));
    // What one writes oneself is not unread, but counts as something that happened.
    write(&me, ids[1], "Hello").await.expect(201);
    let shown = first(&me).await;
    assert_eq!((&shown["match_id"], &shown["unread"]), (&json!(ids[1]), &json!(0)));
    // An ended match is gone from both lists.
    me.client.delete(&format!("/matches/{}", ids[1])).await.expect(204);
    assert_eq!(first(&me).await["match_id"], json!(ids[0]));
    for list in ["/conversations", "/matches"] {
        assert_eq!(others[1].client.get(list).await.expect(200).body["items"], json!([]));
    }
    assert_consistent(&mut app.connect());
}

/// Everybody on a list, page by page.
pub async fn all_pages(of: &Someone, path: &str, limit: usize, id: &str) -> Vec<Value> {
    let (mut all, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = of.client.get(&format!("{path}?limit={limit}{cursor}")).await.expect(200).body;
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= limit);
        all.extend(items.iter().map(|item| item.pointer(id).unwrap().clone()));
        match page["next_cursor"].as_str() {
            // There is more only if this page is full.
            Some(next) if items.len() == limit => cursor = format!("&cursor={next}"),
            Some(_) => panic!("a short page with a cursor: {page:#}"),
            None => return all,
        }
    }
}

#[actix_web::test]
async fn matches_and_conversations_go_by_pages_without_loss_or_repeats() {
    let app = TestApp::start().await;
    let me = someone().insert(&app);
    let mut newest_first: Vec<Value> =
        (0..25).map(|_| json!(befriend(&app, &me, &someone().insert(&app)))).collect();
    newest_first.reverse();
    for (path, id) in [("/matches", "/id"), ("/conversations", "/match_id")] {
        for limit in [1, 5, 24, 25, 26] {
            assert_eq!(all_pages(&me, path, limit, id).await, newest_first, "{path} by {limit}");
        }
    }
    // Nor when they all happened at one moment.
    app.connect().batch_execute("UPDATE match_members SET matched_at = now(), last_at = now()").unwrap();
    for (path, id) in [("/matches", "/id"), ("/conversations", "/match_id")] {
        let mut all = all_pages(&me, path, 4, id).await;
        all.sort_by_key(ToString::to_string);
        all.dedup();
        assert_eq!(all.len(), 25, "{path}");
    }
}
