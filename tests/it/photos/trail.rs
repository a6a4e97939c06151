//! The audit trail: who did what with which photo, for 90 days.

use diesel::prelude::*;
use friender::db::schema::file_events;
use friender::photos::{FileAction, file_events, purge_file_events};
use serde_json::{Value, json};

use super::ground::Ground;
use super::manage::with_photos;
use crate::support::someone;

#[actix_web::test]
async fn what_was_done_stays_readable_for_its_owner() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let keys = with_photos(&ada, 2).await;
    with_photos(&bob, 1).await;
    ada.client.delete(&format!("/files/{}", keys[0])).await.expect(204);
    let body = ada.client.get("/files/events").await.expect(200).body;
    let items = body["items"].as_array().unwrap();
    let told: Vec<(&Value, &Value, &Value)> =
        items.iter().map(|event| (&event["action"], &event["filename"], &event["by"])).collect();
    let (added, removed, you) = (json!("added"), json!("removed"), json!("you"));
    let names = [json!("0.jpg"), json!("1.jpg")];
    assert_eq!(told, [(&removed, &names[0], &you), (&added, &names[1], &you), (&added, &names[0], &you)]);
    assert_eq!(items[0]["file_id"], items[2]["file_id"]);
    assert!(keys[0].contains(items[0]["file_id"].as_str().unwrap()));
    // Page by page, the same.
    let mut paged = Vec::new();
    let mut path = "/files/events?limit=1".to_owned();
    loop {
        let page = ada.client.get(&path).await.expect(200).body;
        paged.extend(page["items"].as_array().unwrap().clone());
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/files/events?limit=1&cursor={cursor}");
    }
    assert_eq!(&paged, items);
    let mut conn = ground.app.connect();
    let events = file_events(&mut conn, ada.id, None, 100).unwrap();
    assert_eq!((events.len(), events[0].action, events[0].actor), (3, FileAction::Removed, Some(ada.id)));
    assert_eq!(
        bob.client.get("/files/events").await.expect(200).body["items"].as_array().map(Vec::len),
        Some(1)
    );
    ground.app.anon().get("/files/events").await.expect(401);
}

#[actix_web::test]
async fn after_90_days_it_is_forgotten() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    with_photos(&ada, 2).await;
    let mut conn = ground.app.connect();
    let age = |conn: &mut PgConnection, name: &str, days: i64| {
        let at = chrono::Utc::now() - chrono::TimeDelta::days(days);
        let event = file_events::table.filter(file_events::filename.eq(name.to_owned()));
        diesel::update(event).set(file_events::happened_at.eq(at)).execute(conn).unwrap();
    };
    age(&mut conn, "0.jpg", 91);
    age(&mut conn, "1.jpg", 89);
    assert_eq!(purge_file_events(&mut conn).unwrap(), 1);
    let left = file_events(&mut conn, ada.id, None, 100).unwrap();
    assert_eq!(left.iter().map(|event| event.filename.as_str()).collect::<Vec<_>>(), ["1.jpg"]);
}
