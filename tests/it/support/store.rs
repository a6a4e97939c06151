//! S3 servers of the tests' own: the embedded one, and rclone's, which others wrote.

use std::path::Path;
use std::process::Command;

use friender::config::{Config, StaticCredentials};
use friender::media::embedded::{EmbeddedStore, EmbeddedStoreConfig};
use friender::media::{MediaStore, StoreConfig};
use tempfile::TempDir;

use super::foreign::Foreign;
use super::parts;

pub const BUCKET: &str = "friender";
pub const KEY_ID: &str = "friender";
pub const SECRET: &str = "a secret for tests";

/// Which server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Store {
    /// Ours.
    Embedded,
    /// `rclone serve s3`: checks signatures, expiry and signed headers by code that isn't ours.
    Rclone,
}

/// A running server with an empty bucket; stopped when dropped.
pub struct S3Server {
    pub port: u16,
    pub dir: TempDir,
    kind: Store,
    running: Option<Running>,
}

enum Running {
    Embedded(EmbeddedStore),
    Rclone(Foreign),
}

impl S3Server {
    pub async fn start(kind: Store) -> Self {
        Self::start_for(kind, &[]).await
    }

    /// The same, with origins whose scripts may use presigned URLs; rclone knows no such rules.
    pub async fn start_for(kind: Store, origins: &[&str]) -> Self {
        let dir = TempDir::new().expect("a folder");
        let mut server = Self { port: 0, dir, kind, running: None };
        server.start_again(origins).await;
        server
    }

    /// Stops it, and returns when the port is free.
    pub async fn stop(&mut self) {
        match self.running.take() {
            Some(Running::Embedded(store)) => store.stop().await,
            other => drop(other),
        }
    }

    /// Starts it after [`S3Server::stop`]: on the same port, with what it kept.
    pub async fn start_again(&mut self, origins: &[&str]) {
        self.running = Some(match self.kind {
            Store::Embedded => Running::Embedded(self.embedded(origins)),
            Store::Rclone => {
                let (folder, port) = (self.dir.path().to_owned(), self.port);
                let started = tokio::task::spawn_blocking(move || rclone(&folder, port));
                Running::Rclone(started.await.expect("rclone serves"))
            }
        });
        self.port = match &self.running {
            Some(Running::Embedded(store)) => store.addr().port(),
            Some(Running::Rclone(rclone)) => rclone.port,
            None => 0,
        };
    }

    fn embedded(&self, origins: &[&str]) -> EmbeddedStore {
        EmbeddedStore::start(EmbeddedStoreConfig {
            dir: self.dir.path().to_owned(),
            addr: ([127, 0, 0, 1], self.port).into(),
            access_key_id: KEY_ID.to_owned(),
            secret_access_key: SECRET.into(),
            bucket: BUCKET.to_owned(),
            cors_origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
        })
        .expect("a store")
    }

    /// The media layer on this server, as the program would use it.
    pub async fn media(&self) -> MediaStore {
        self.media_as(BUCKET, SECRET).await
    }

    /// The media layer by another way to it, on this machine's port.
    pub async fn media_by(&self, port: u16) -> MediaStore {
        self.media_with(BUCKET, SECRET, port).await
    }

    /// The media layer with another bucket or another secret key.
    pub async fn media_as(&self, bucket: &str, secret: &str) -> MediaStore {
        self.media_with(bucket, secret, self.port).await
    }

    async fn media_with(&self, bucket: &str, secret: &str, port: u16) -> MediaStore {
        MediaStore::connect(StoreConfig {
            bucket: bucket.to_owned(),
            region: "us-east-1".to_owned(),
            endpoint: format!("http://127.0.0.1:{port}").parse().ok(),
            public_endpoint: format!("http://localhost:{port}").parse().ok(),
            credentials: Some(keys(secret)),
        })
        .await
    }

    /// Makes a server's settings name this one as if it were Amazon's.
    pub fn apply_to(&self, config: &mut Config) {
        config.storage.bucket = Some(BUCKET.to_owned());
        config.storage.endpoint = format!("http://127.0.0.1:{}", self.port).parse().ok();
        config.storage.credentials = Some(keys(SECRET));
    }
}

fn keys(secret: &str) -> StaticCredentials {
    StaticCredentials {
        access_key_id: KEY_ID.to_owned(),
        secret_access_key: secret.into(),
        session_token: None,
    }
}

/// rclone on a folder, each folder in it a bucket. A test without it fails: the second server is no luxury.
fn rclone(folder: &Path, port: u16) -> Foreign {
    std::fs::create_dir_all(folder.join(BUCKET)).expect("a bucket");
    let mut command = Command::new(parts::fetched("rclone"));
    command.args(["serve", "s3", "--addr", &format!("127.0.0.1:{port}"), "--auth-key"]);
    // No settings of this person's own.
    command.arg(format!("{KEY_ID},{SECRET}")).args(["--config", ""]).arg(folder);
    Foreign::serve(command)
}
