//! Yes, no, and everybody at once.

use diesel::prelude::*;
use friender::db::schema::{conversations, match_members};
use futures_util::future::join_all;
use serde_json::json;

use crate::support::{Someone, TestApp, someone};

async fn say(from: &Someone, to: &Someone, liked: bool) -> crate::support::Answer {
    from.client.post_patiently("/likes", &json!({"user_id": to.id, "liked": liked})).await
}

#[actix_web::test]
async fn two_yeses_make_one_match() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    assert_eq!(say(&ada, &bob, true).await.expect(200).body, json!({"matched": false}));
    let answer = say(&bob, &ada, true).await.expect(200).body;
    assert_eq!((answer["matched"].as_bool(), &answer["match"]["user"]["id"]), (Some(true), &json!(ada.id)));
    let again = say(&bob, &ada, true).await.expect(200).body;
    assert_eq!((&again["matched"], &again["match"]["id"]), (&answer["matched"], &answer["match"]["id"]));
    assert_eq!(say(&bob, &ada, false).await.expect(409).code(), "already_decided");
    for person in [&ada, &bob] {
        let matches = person.client.get("/matches").await.expect(200).body;
        assert_eq!(matches["items"].as_array().map(Vec::len), Some(1));
    }
}

#[actix_web::test]
async fn a_thousand_pairs_of_opposite_likes_at_once_make_a_thousand_matches() {
    const PAIRS: usize = 1000;
    let app = TestApp::start().await;
    let people: Vec<Someone> = (0..2 * PAIRS).map(|_| someone().insert(&app)).collect();
    let pairs: Vec<_> = people.chunks(2).collect();
    let likes = pairs.iter().flat_map(|pair| [say(&pair[0], &pair[1], true), say(&pair[1], &pair[0], true)]);
    for answer in join_all(likes).await {
        answer.expect(200);
    }
    let mut conn = app.connect();
    let matches: i64 = conversations::table.count().get_result(&mut conn).unwrap();
    let members: i64 = match_members::table.count().get_result(&mut conn).unwrap();
    assert_eq!((matches, members), (PAIRS as i64, 2 * PAIRS as i64));
    // Whoever came second was told, and only once for each pair.
    for pair in pairs.iter().take(20) {
        assert_eq!(say(&pair[0], &pair[1], true).await.expect(200).body["matched"], true);
    }
}
