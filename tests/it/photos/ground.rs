//! A server whose photo store is the test's own: it can be looked into, held and cut off.

use diesel::prelude::*;
use friender::config::Config;
use friender::db::Db;
use friender::db::schema::{files, uploads};
use friender::media::{MediaError, MediaStore};
use friender::photos::Photos;
use reqwest::multipart::{Form, Part};
use serde_json::Value;

use crate::support::gate::{Gate, Target};
use crate::support::store::{S3Server, Store};
use crate::support::{Answer, Client, TestApp, eventually, patiently};

pub struct Ground {
    pub app: TestApp,
    pub gate: Gate,
    /// Past the gate.
    pub media: MediaStore,
    pub server: S3Server,
}

impl Ground {
    pub async fn new() -> Self {
        Self::on(Store::Embedded).await
    }

    /// On the store of ours, or on one that others wrote.
    pub async fn on(store: Store) -> Self {
        Self::build(store, |_| ()).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::build(Store::Embedded, change).await
    }

    pub async fn with_on(store: Store, change: impl FnOnce(&mut Config)) -> Self {
        Self::build(store, change).await
    }

    async fn build(store: Store, change: impl FnOnce(&mut Config)) -> Self {
        let server = S3Server::start(store).await;
        let gate = Gate::before(Target::Tcp(([127, 0, 0, 1], server.port).into())).await;
        let app = TestApp::start_with(|config| {
            server.apply_to(config);
            config.storage.endpoint = format!("http://{}", gate.addr).parse().ok();
            change(config);
        })
        .await;
        let media = server.media().await;
        Self { app, gate, media, server }
    }

    /// Keys in the store.
    pub async fn objects(&self) -> Vec<String> {
        let mut listing = self.media.list("", None).await;
        // On a busy machine a call may take longer than it is given.
        for _ in 0..20 {
            if !matches!(listing, Err(MediaError::Unavailable(_))) {
                break;
            }
            listing = self.media.list("", None).await;
        }
        listing.unwrap().objects.into_iter().map(|object| object.key).collect()
    }

    /// Key and state of every file in the database.
    pub fn rows(&self) -> Vec<(String, String)> {
        files::table
            .select((files::key, files::state))
            .order(files::key)
            .load(&mut self.app.connect())
            .unwrap()
    }

    /// The chore that removes what unfinished uploads left, as if they had been left long ago. What a busy machine's
    /// store doesn't do in time is left for the next pass.
    pub async fn sweep(&self) {
        let long_ago = chrono::Utc::now() - chrono::TimeDelta::hours(1);
        eventually("what is unfinished is swept", async || {
            let mut conn = self.app.connect();
            let unfinished = diesel::update(files::table.filter(files::state.ne("ready")));
            unfinished.set(files::created_at.eq(long_ago)).execute(&mut conn).unwrap();
            self.sweep_now().await;
            let over = uploads::table.filter(uploads::expires_at.lt(long_ago)).count();
            self.rows().iter().all(|(_, state)| state == "ready") && over.get_result(&mut conn) == Ok(0_i64)
        })
        .await;
    }

    /// The same, leaving alone what may still be under way.
    pub async fn sweep_now(&self) {
        let db = Db::connect(&self.app.database_url, 2).unwrap();
        let limits = Config::defaults(std::path::PathBuf::new()).photos;
        Photos::new(db, self.media.clone(), &limits).sweep().await.unwrap();
    }

    /// Every row is ready and has its objects in all sizes, every object its row.
    pub async fn is_whole(&self) -> bool {
        let rows = self.rows();
        let mut keys: Vec<String> = rows.iter().flat_map(|(key, _)| objects_of(key)).collect();
        let mut objects = self.objects().await;
        keys.sort_unstable();
        objects.sort_unstable();
        rows.iter().all(|(_, state)| state == "ready") && keys == objects
    }
}

/// The keys of all that belongs to a file.
fn objects_of(key: &str) -> Vec<String> {
    if key.ends_with(".jpg") { variants(key).to_vec() } else { vec![key.to_owned()] }
}

/// The keys of a photo in all sizes, as S3 has them.
pub fn variants(key: &str) -> [String; 3] {
    let stem = key.strip_suffix(".jpg").expect("a photo's key");
    [format!("{stem}-medium.jpg"), format!("{stem}-thumb.jpg"), key.to_owned()]
}

/// A form with these files.
pub fn form(files: &[(&str, &[u8])]) -> Form {
    files.iter().fold(Form::new(), |form, (name, bytes)| {
        form.part("file", Part::bytes(bytes.to_vec()).file_name((*name).to_owned()))
    })
}

pub async fn upload(client: &Client, files: &[(&str, &[u8])]) -> Answer {
    client.post_form("/upload", form(files)).await
}

/// The same, coming back when it is told to.
pub async fn upload_patiently(client: &Client, files: &[(&str, &[u8])]) -> Answer {
    patiently(async || upload(client, files).await).await
}

/// Uploads one file after the other, each until it is kept; gives the cards.
pub async fn keep(client: &Client, files: &[(&str, &[u8])]) -> Vec<Value> {
    let mut kept = Vec::new();
    for file in files {
        let body = upload_patiently(client, std::slice::from_ref(file)).await.expect(201).body;
        kept.push(body["files"][0].clone());
    }
    kept
}
