//! Every step of uploads, links, confirmations, replacements and removals fails once, on the way to the database and on the way
//! to the store, lost or unanswered. After one pass of the reaper every row has its objects, every object its row.

use std::path::PathBuf;

use bytes::Bytes;
use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use friender::config::{Config, UploadType};
use friender::db::Db;
use friender::db::schema::uploads;
use friender::photos::{Announced, FileRef, PhotoError, Photos, Reaping};
use url::Url;

use super::direct::grant;
use super::documents::{grant_pdf, pdf, with_documents};
use super::ground::Ground;
use super::pictures::numbered;
use super::reaper::{AT_ONCE, reap};
use super::trap::{Fault, Trap};
use crate::support::gate::Gate;
use crate::support::{Someone, eventually, someone};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Database,
    Store,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    Upload,
    /// Asking for a link.
    Grant,
    Confirmation,
    Replacement,
    Document,
    Removal,
}

fn announced(number: usize) -> Announced {
    let (size, pictures) = (numbered(number).len() as u64, UploadType::pictures().collect::<Vec<_>>());
    Announced::parse("a.jpg", "image/jpeg", Some(size), false, &pictures, 1 << 20).unwrap()
}

fn settled(config: &mut Config) {
    with_documents(config);
    config.photos.max_photos = 1000;
    config.photos.max_documents = 1000;
}

struct Stage {
    ground: Ground,
    ada: Someone,
    database: Trap,
    /// Leads through the trap.
    database_url: String,
    store: Trap,
    _socket: Gate,
}

impl Stage {
    async fn new() -> Self {
        let ground = Ground::with(settled).await;
        let ada = someone().insert(&ground.app);
        let (socket, url) = Gate::before_database(&ground.app.database_url).await;
        let database = Trap::before(socket.addr).await;
        let mut url: Url = url.parse().unwrap();
        url.set_port(Some(database.addr.port())).unwrap();
        let store = Trap::before(([127, 0, 0, 1], ground.server.port).into()).await;
        Self { ground, ada, database, database_url: url.to_string(), store, _socket: socket }
    }

    fn trap(&self, way: Way) -> &Trap {
        match way {
            Way::Database => &self.database,
            Way::Store => &self.store,
        }
    }

    /// The verbs, with new connections, through both traps.
    async fn photos(&self) -> Photos {
        // The trap works on this thread, too.
        let url = self.database_url.clone();
        let connecting = tokio::task::spawn_blocking(move || Db::connect(&url, 2));
        let db = connecting.await.unwrap().unwrap();
        let mut settings = Config::defaults(PathBuf::new());
        settled(&mut settings);
        Photos::new(db, self.ground.server.media_by(self.store.addr.port()).await, &settings.photos)
    }

    /// What has to be there before the work: the key that it is about.
    async fn prepare(&self, work: Work, photos: &Photos, number: usize) -> String {
        let picture = numbered(number);
        let path = match work {
            Work::Upload | Work::Grant => return String::new(),
            Work::Removal => return self.add(photos, number).await.unwrap(),
            Work::Confirmation => "/upload-url",
            Work::Replacement => "/profile/image",
            Work::Document => {
                let granted = grant_pdf(&self.ada.client, "a.pdf", &pdf(number)).await;
                assert!(granted.put(&pdf(number)).await.status().is_success());
                return granted.key;
            }
        };
        let granted = grant(&self.ada.client, path, &picture).await;
        assert!(granted.put(&picture).await.status().is_success());
        granted.key
    }

    async fn add(&self, photos: &Photos, number: usize) -> Result<String, PhotoError> {
        let content = Bytes::from(numbered(number));
        let added = photos.add(self.ada.id, Some("a.jpg"), async { Ok(content) }).await;
        added.map(|file| file.key.as_str().to_owned())
    }

    /// The key of the file that came or went.
    async fn work(
        &self,
        work: Work,
        photos: &Photos,
        number: usize,
        key: &str,
    ) -> Result<String, PhotoError> {
        match work {
            Work::Upload => self.add(photos, number).await,
            Work::Grant => Ok(photos.grant(self.ada.id, announced(number)).await?.key.as_str().to_owned()),
            Work::Confirmation | Work::Replacement | Work::Document => {
                let confirmed = photos.confirm(self.ada.id, key).await;
                confirmed.map(|confirmed| confirmed.file.key.as_str().to_owned())
            }
            Work::Removal => {
                let removed =
                    photos.remove(self.ada.id, self.ada.id, vec![FileRef::parse(key).unwrap()]).await?;
                assert_eq!(removed, [true]);
                Ok(key.to_owned())
            }
        }
    }

    async fn open(&self) {
        for trap in [&self.database, &self.store] {
            if trap.is_sprung() {
                eventually("nothing is under way", async || trap.is_quiet()).await;
            }
            trap.open();
        }
    }

    /// What arrived is not lost: it can still be confirmed, as soon as nobody can be at it any more.
    async fn confirm_after_all(&self, key: &str, when: &str) -> String {
        let claimed = uploads::table.filter(uploads::state.eq("claimed"));
        let long_ago = Utc::now() - TimeDelta::hours(1);
        let mut conn = self.ground.app.connect();
        diesel::update(claimed).set(uploads::claimed_at.eq(long_ago)).execute(&mut conn).unwrap();
        let confirmed = self.photos().await.confirm(self.ada.id, key).await;
        confirmed.unwrap_or_else(|error| panic!("{when}: {error}")).file.key.as_str().to_owned()
    }

    async fn is_whole_again(&self, when: &str) {
        let (found, reaped) = reap(&self.ground, Reaping { sure: true, ..AT_ONCE }).await;
        let reaped = reaped.unwrap();
        assert_eq!(reaped.done, reaped.found, "{when}: {found:?}");
        let (rows, objects) = (self.ground.rows(), self.ground.objects().await);
        assert!(self.ground.is_whole().await, "{when}: {found:?} left {rows:#?} and {objects:#?}");
    }

    /// The keys that Ada is shown.
    async fn shown(&self) -> Vec<String> {
        super::manage::listed(&self.ada.client).await
    }

    /// Fails one step of one piece of work; whether there was such a step.
    async fn fail(&self, work: Work, way: Way, fault: Fault, step: usize) -> bool {
        let when = format!("{work:?}, {fault:?} on the way to the {way:?} at step {step}");
        let photos = self.photos().await;
        let key = self.prepare(work, &photos, step).await;
        self.trap(way).set(step, fault);
        let mut done = self.work(work, &photos, step, &key).await;
        let sprung = self.trap(way).is_sprung();
        drop(photos);
        self.open().await;
        match (&done, work) {
            // What was promised holds, whatever came after it.
            (Ok(granted), Work::Grant) => {
                let arrived = self.ground.media.put(granted, "image/jpeg", numbered(step).into()).await;
                arrived.expect("the store is past the trap");
                done = Ok(self.confirm_after_all(granted, &when).await);
            }
            (Err(_), Work::Confirmation | Work::Replacement | Work::Document) => {
                done = Ok(self.confirm_after_all(&key, &when).await);
            }
            _ => {}
        }
        self.is_whole_again(&when).await;
        let shown = self.shown().await;
        match &done {
            Ok(key) => assert_eq!(shown.contains(key), work != Work::Removal, "{when}: not as acknowledged"),
            Err(error) => assert!(sprung, "{when}: {error}"),
        }
        if work == Work::Replacement {
            assert_eq!(shown.len(), 1, "{when}: the old profile image is still there");
        }
        sprung
    }
}

/// Fails step after step until one try needs no more of them.
async fn fail_each_step(work: Work, way: Way, at_least: usize) {
    let stage = Stage::new().await;
    for fault in [Fault::Lost, Fault::Unanswered] {
        let mut step = 1;
        while Box::pin(stage.fail(work, way, fault, step)).await {
            step += 1;
        }
        println!("{work:?}, {way:?}, {fault:?}: {} steps", step - 1);
        assert!(step > at_least, "{work:?} takes at least {at_least} steps to the {way:?}, not {}", step - 1);
        if work != Work::Replacement {
            for key in stage.shown().await {
                stage.ada.client.delete(&format!("/files/{key}")).await.expect(204);
            }
        }
    }
}

macro_rules! each_step_may_fail {
    ($($name:ident: $work:ident, $way:ident, $at_least:literal;)+) => {
        $(#[actix_web::test]
        async fn $name() {
            fail_each_step(Work::$work, Way::$way, $at_least).await;
        })+
    };
}

// A transaction has at least a beginning, a statement and an end; a photo three objects.
each_step_may_fail! {
    each_step_of_an_upload_to_the_database: Upload, Database, 8;
    each_step_of_an_upload_to_the_store: Upload, Store, 3;
    each_step_of_a_link_to_the_database: Grant, Database, 5;
    each_step_of_a_confirmation_to_the_database: Confirmation, Database, 11;
    each_step_of_a_confirmation_to_the_store: Confirmation, Store, 5;
    each_step_of_a_replacement_to_the_database: Replacement, Database, 11;
    each_step_of_a_replacement_to_the_store: Replacement, Store, 5;
    each_step_of_a_document_to_the_database: Document, Database, 11;
    each_step_of_a_document_to_the_store: Document, Store, 3;
    each_step_of_a_removal_to_the_database: Removal, Database, 6;
    each_step_of_a_removal_to_the_store: Removal, Store, 3;
}
