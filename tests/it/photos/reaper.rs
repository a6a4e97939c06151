//! The reaper: rows without objects and objects without rows, found and ended; everything else left alone. Each law holds
//! on both stores.

use bytes::Bytes;
use chrono::TimeDelta;
use diesel::prelude::*;
use friender::config::Config;
use friender::db::Db;
use friender::db::schema::{files, users};
use friender::photos::{FileAction, Finding, Photos, ReapError, Reaped, Reaping, file_events};
use uuid::Uuid;

use super::documents::{pdf, with_documents};
use super::ground::{Ground, keep, variants};
use super::manage::with_photos;
use crate::support::gate::Way;
use crate::support::store::Store;
use crate::support::{Someone, eventually, someone};

/// Everything, however young.
pub const AT_ONCE: Reaping = Reaping { grace: TimeDelta::zero(), dry_run: false, sure: false };

/// One pass past the gate; what it found, and what it came to.
pub async fn reap(ground: &Ground, reaping: Reaping) -> (Vec<Finding>, Result<Reaped, ReapError>) {
    let db = Db::connect(&ground.app.database_url, 2).unwrap();
    let limits = Config::defaults(std::path::PathBuf::new()).photos;
    let mut found = Vec::new();
    let photos = Photos::new(db, ground.media.clone(), &limits);
    let mut reaped = photos.reap(reaping, |finding| found.push(finding.clone())).await;
    // What a busy machine's store doesn't do in time is left for the next pass.
    for _ in 0..20 {
        let Ok(first) = &mut reaped else { break };
        if reaping.dry_run || first.done == first.found {
            break;
        }
        first.done += photos.reap(Reaping { sure: true, ..reaping }, |_| ()).await.unwrap().done;
    }
    (found, reaped)
}

async fn put(ground: &Ground, key: &str) {
    let put = async || ground.media.put(key, "image/jpeg", Bytes::from_static(b"x")).await.is_ok();
    eventually("the store has time", put).await;
}

macro_rules! on_both {
    ($($law:ident),+) => {
        mod embedded {
            $(#[actix_web::test]
            async fn $law() {
                super::$law(super::ground(super::Store::Embedded).await).await;
            })+
        }

        mod rclone {
            $(#[actix_web::test]
            async fn $law() {
                super::$law(super::ground(super::Store::Rclone).await).await;
            })+
        }
    };
}

on_both! {
    a_dry_run_finds_everything_and_touches_nothing_and_the_next_run_ends_it,
    what_is_young_is_left_alone,
    what_a_deleted_account_leaves_behind_is_found,
    a_database_and_a_bucket_that_are_strangers_are_not_emptied,
    pages_are_turned,
    everything_of_an_account_goes_before_the_account_does
}

async fn ground(store: Store) -> Ground {
    Ground::with_on(store, with_documents).await
}

/// An object as if of a photo of theirs that never was.
fn orphan(person: &Someone, sibling: &str) -> String {
    let folder = sibling.rsplit_once('/').unwrap().0;
    assert!(folder.ends_with(&person.id.to_string()));
    format!("{folder}/{}-thumb.jpg", Uuid::new_v4())
}

async fn a_dry_run_finds_everything_and_touches_nothing_and_the_next_run_ends_it(ground: Ground) {
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let mine = with_photos(&ada, 3).await;
    let theirs = with_photos(&bob, 1).await;
    // One lost altogether, one that lacks a size, some objects nobody knows.
    for object in variants(&mine[0]) {
        ground.media.delete(&object).await.unwrap();
    }
    ground.media.delete(&variants(&mine[1])[1]).await.unwrap();
    // Of two documents one is lost, too; the other lacks nothing, though it has no sizes.
    let [lost, stays] = [1, 2].map(pdf);
    let documents = keep(&ada.client, &[("1.pdf", &lost), ("2.pdf", &stays)]).await;
    let [lost, stays] = [0, 1].map(|n| documents[n]["key"].as_str().unwrap());
    ground.media.delete(lost).await.unwrap();
    let stray = [orphan(&ada, &mine[0]), format!("quarantine/ab/{}/{}.png", ada.id, Uuid::new_v4())];
    for key in [stray[0].as_str(), &stray[1], "photos/read me.txt", "elsewhere/x"] {
        put(&ground, key).await;
    }
    let (rows, objects) = (ground.rows(), ground.objects().await);
    let (found, reaped) = reap(&ground, Reaping { dry_run: true, ..AT_ONCE }).await;
    let reaped = reaped.unwrap();
    assert_eq!((reaped.found, reaped.done, reaped.left_alone, reaped.rows), (4, 0, 2, 6));
    assert_eq!((ground.rows(), ground.objects().await), (rows, objects));
    let lines: Vec<String> = found.iter().map(Finding::to_string).collect();
    for line in [
        format!("row without its object: {}", mine[0]),
        format!("row without its object: {lost}"),
        format!("a smaller size is missing (left alone): {}", variants(&mine[1])[1]),
        format!("object without a row: {}", stray[0]),
        format!("object without a row: {}", stray[1]),
        "not one of ours (left alone): photos/read me.txt".to_owned(),
    ] {
        assert!(lines.contains(&line), "{line} is not in {lines:#?}");
    }
    assert_eq!(lines.len(), 6, "{lines:#?}");

    let (_, reaped) = reap(&ground, AT_ONCE).await;
    let reaped = reaped.unwrap();
    assert_eq!((reaped.found, reaped.done), (4, 4));
    assert!(!ground.rows().iter().any(|(key, _)| *key == mine[0] || key == lost));
    let left = ground.objects().await;
    assert!(!stray.iter().any(|key| left.contains(key)));
    for kept in ["photos/read me.txt", "elsewhere/x", &theirs[0], &mine[1], &mine[2], stays] {
        assert!(left.iter().any(|key| key == kept), "{kept} is gone");
    }
    // The server itself did it, and says so.
    let events = file_events(&mut ground.app.connect(), ada.id, None, 2).unwrap();
    assert!(events.iter().all(|event| (event.action, event.actor) == (FileAction::Removed, None)));
    let (_, reaped) = reap(&ground, AT_ONCE).await;
    assert_eq!(reaped.unwrap().found, 0);
}

async fn what_is_young_is_left_alone(ground: Ground) {
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
async fn what_a_deleted_account_leaves_behind_is_found(ground: Ground) {
    let [gone, stays] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    with_photos(&gone, 2).await;
    with_photos(&stays, 1).await;
    diesel::delete(users::table.find(gone.id)).execute(&mut ground.app.connect()).unwrap();
    let (found, reaped) = reap(&ground, AT_ONCE).await;
    assert_eq!((found.len(), reaped.unwrap().done), (6, 6));
    assert!(ground.is_whole().await && ground.rows().len() == 1);
}

async fn a_database_and_a_bucket_that_are_strangers_are_not_emptied(ground: Ground) {
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
async fn pages_are_turned(ground: Ground) {
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
async fn everything_of_an_account_goes_before_the_account_does(ground: Ground) {
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
