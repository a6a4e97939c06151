//! The reaper: rows without objects and objects without rows, found and ended; everything else left alone.

use bytes::Bytes;
use chrono::TimeDelta;
use diesel::prelude::*;
use friender::config::Config;
use friender::db::Db;
use friender::db::schema::{files, users};
use friender::photos::{FileAction, Finding, Photos, ReapError, Reaped, Reaping, file_events};
use uuid::Uuid;

use super::ground::{Ground, variants};
use super::manage::with_photos;
use crate::support::gate::Way;
use crate::support::{Someone, someone};

/// Everything, however young.
pub const AT_ONCE: Reaping = Reaping { grace: TimeDelta::zero(), dry_run: false, sure: false };

/// One pass past the gate; what it found, and what it came to.
pub async fn reap(ground: &Ground, reaping: Reaping) -> (Vec<Finding>, Result<Reaped, ReapError>) {
    let db = Db::connect(&ground.app.database_url, 2).unwrap();
    let limits = Config::defaults(std::path::PathBuf::new()).photos;
    let mut found = Vec::new();
    let photos = Photos::new(db, ground.media.clone(), &limits);
    let reaped = photos.reap(reaping, |finding| found.push(finding.clone())).await;
    (found, reaped)
}

async fn put(ground: &Ground, key: &str) {
    ground.media.put(key, "image/jpeg", Bytes::from_static(b"x")).await.unwrap();
}

/// An object as if of a photo of theirs that never was.
fn orphan(person: &Someone, sibling: &str) -> String {
    let folder = sibling.rsplit_once('/').unwrap().0;
    assert!(folder.ends_with(&person.id.to_string()));
    format!("{folder}/{}-thumb.jpg", Uuid::new_v4())
}

#[actix_web::test]
async fn a_dry_run_finds_everything_and_touches_nothing_and_the_next_run_ends_it() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let mine = with_photos(&ada, 3).await;
    let theirs = with_photos(&bob, 1).await;
    // One lost altogether, one that lacks a size, some objects nobody knows.
    for object in variants(&mine[0]) {
        ground.media.delete(&object).await.unwrap();
    }
    ground.media.delete(&variants(&mine[1])[1]).await.unwrap();
    let stray = [orphan(&ada, &mine[0]), format!("quarantine/ab/{}/{}.png", ada.id, Uuid::new_v4())];
    for key in [stray[0].as_str(), &stray[1], "photos/read me.txt", "elsewhere/x"] {
        put(&ground, key).await;
    }
    let (rows, objects) = (ground.rows(), ground.objects().await);
    let (found, reaped) = reap(&ground, Reaping { dry_run: true, ..AT_ONCE }).await;
    let reaped = reaped.unwrap();
    assert_eq!((reaped.found, reaped.done, reaped.left_alone, reaped.rows), (3, 0, 2, 4));
    assert_eq!((ground.rows(), ground.objects().await), (rows, objects));
    let lines: Vec<String> = found.iter().map(Finding::to_string).collect();
    for line in [
        format!("row without its object: {}", mine[0]),
        format!("a smaller size is missing (left alone): {}", variants(&mine[1])[1]),
        format!("object without a row: {}", stray[0]),
        format!("object without a row: {}", stray[1]),
        "not one of ours (left alone): photos/read me.txt".to_owned(),
    ] {
        assert!(lines.contains(&line), "{line} is not in {lines:#?}");
    }
    assert_eq!(lines.len(), 5, "{lines:#?}");

    let (_, reaped) = reap(&ground, AT_ONCE).await;
    let reaped = reaped.unwrap();
    assert_eq!((reaped.found, reaped.done), (3, 3));
    assert!(!ground.rows().iter().any(|(key, _)| *key == mine[0]));
    let left = ground.objects().await;
    assert!(!stray.iter().any(|key| left.contains(key)));
    for kept in ["photos/read me.txt", "elsewhere/x", &theirs[0], &mine[1], &mine[2]] {
        assert!(left.iter().any(|key| key == kept), "{kept} is gone");
    }
    // The server itself did it, and says so.
    let events = file_events(&mut ground.app.connect(), ada.id, None, 1).unwrap();
    assert_eq!((events[0].action, events[0].actor), (FileAction::Removed, None));
    let (_, reaped) = reap(&ground, AT_ONCE).await;
    assert_eq!(reaped.unwrap().found, 0);
}

#[actix_web::test]
async fn what_is_young_is_left_alone() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let mine = with_photos(&ada, 2).await;
    ground.media.delete(&mine[0]).await.unwrap();
    put(&ground, &orphan(&ada, &mine[1])).await;
    let uploading = files::table.filter(files::key.eq(&mine[1]));
    diesel::update(uploading).set(files::state.eq("uploading")).execute(&mut ground.app.connect()).unwrap();
    let (found, reaped) = reap(&ground, Reaping { grace: TimeDelta::minutes(60), ..AT_ONCE }).await;
    assert_eq!((found, reaped.unwrap().found), (Vec::new(), 0));
    // And given up once it isn't young any more.
    let (found, reaped) = reap(&ground, Reaping { sure: true, ..AT_ONCE }).await;
    assert_eq!((found.len(), reaped.unwrap().done), (3, 3));
    assert_eq!((ground.rows(), ground.objects().await), (Vec::new(), Vec::new()));
}

/// An account that went at once, past the verbs, takes its rows along: its objects are orphans.
#[actix_web::test]
async fn what_a_deleted_account_leaves_behind_is_found() {
    let ground = Ground::new().await;
    let [gone, stays] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    with_photos(&gone, 2).await;
    with_photos(&stays, 1).await;
    diesel::delete(users::table.find(gone.id)).execute(&mut ground.app.connect()).unwrap();
    let (found, reaped) = reap(&ground, AT_ONCE).await;
    assert_eq!((found.len(), reaped.unwrap().done), (6, 6));
    assert!(ground.is_whole().await && ground.rows().len() == 1);
}

#[actix_web::test]
async fn a_database_and_a_bucket_that_are_strangers_are_not_emptied() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    with_photos(&ada, 2).await;
    let objects = ground.objects().await;
    // As with another database behind the same bucket.
    diesel::delete(files::table).execute(&mut ground.app.connect()).unwrap();
    let (found, refused) = reap(&ground, AT_ONCE).await;
    assert!(matches!(refused, Err(ReapError::Strangers { count: 6, .. })), "{refused:?}");
    assert_eq!((found.len(), ground.objects().await), (6, objects));
    let (_, reaped) = reap(&ground, Reaping { sure: true, ..AT_ONCE }).await;
    assert_eq!(reaped.unwrap().done, 6);
    // As with another bucket behind the same database.
    with_photos(&ada, 2).await;
    for object in ground.objects().await {
        ground.media.delete(&object).await.unwrap();
    }
    let (_, refused) = reap(&ground, AT_ONCE).await;
    assert!(matches!(refused, Err(ReapError::Strangers { count: 2, .. })), "{refused:?}");
    assert_eq!(ground.rows().len(), 2);
}

/// More rows and objects than one page of either holds.
#[actix_web::test]
async fn pages_are_turned() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let mine = with_photos(&ada, 1).await;
    with_photos(&bob, 1).await;
    let strays: Vec<String> = (0..1100).map(|_| orphan(&ada, &mine[0])).collect();
    for keys in strays.chunks(50) {
        futures_util::future::join_all(keys.iter().map(|key| put(&ground, key))).await;
    }
    let mut conn = ground.app.connect();
    diesel::sql_query(
        "INSERT INTO files (user_id, id, key, filename, content_type, size, width, height, position, state) \
         SELECT f.user_id, g.id, replace(f.key, f.id::text, g.id::text), '', 'image/jpeg', 1, 1, 1, 9, 'ready' \
         FROM files f, (SELECT gen_random_uuid() AS id FROM generate_series(1, 1100)) g WHERE f.key = $1",
    )
    .bind::<diesel::sql_types::Text, _>(&mine[0])
    .execute(&mut conn)
    .unwrap();
    let (_, reaped) = reap(&ground, AT_ONCE).await;
    let reaped = reaped.unwrap();
    assert_eq!((reaped.found, reaped.done, reaped.rows, reaped.objects), (2200, 2200, 1102, 1106));
    assert!(ground.is_whole().await);
}

/// Objects first: the rows stay until the last of them is gone.
#[actix_web::test]
async fn everything_of_an_account_goes_before_the_account_does() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    with_photos(&ada, 2).await;
    with_photos(&bob, 1).await;
    let db = Db::connect(&ground.app.database_url, 2).unwrap();
    let limits = Config::defaults(std::path::PathBuf::new()).photos;
    let photos = Photos::new(db, ground.server.media_by(ground.gate.addr.port()).await, &limits);
    ground.gate.set(Way::Cut);
    photos.remove_everything(ada.id).await.expect_err("the store is gone");
    assert_eq!(ada.client.get("/files").await.expect(200).body["count"], 0);
    assert_eq!(ground.rows().len(), 3);
    ground.gate.set(Way::Open);
    assert_eq!(photos.remove_everything(ada.id).await.unwrap(), 2);
    assert_eq!(photos.remove_everything(ada.id).await.unwrap(), 0);
    assert!(ground.is_whole().await && ground.rows().len() == 1);
}
