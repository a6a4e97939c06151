//! S3 servers of the tests' own: the embedded one, and rclone's, which others wrote.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::{LazyLock, mpsc};
use std::time::Duration;

use friender::config::{Config, StaticCredentials};
use friender::media::embedded::{EmbeddedStore, EmbeddedStoreConfig};
use friender::media::{MediaStore, StoreConfig};
use tempfile::TempDir;

pub const BUCKET: &str = "friender";
const KEY_ID: &str = "friender";
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
    Rclone(Rclone),
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
                let started = tokio::task::spawn_blocking(move || Rclone::start(folder, port));
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

    /// The media layer with another bucket or another secret key.
    pub async fn media_as(&self, bucket: &str, secret: &str) -> MediaStore {
        MediaStore::connect(StoreConfig {
            bucket: bucket.to_owned(),
            region: "us-east-1".to_owned(),
            endpoint: format!("http://127.0.0.1:{}", self.port).parse().ok(),
            public_endpoint: format!("http://localhost:{}", self.port).parse().ok(),
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

/// rclone, killed when dropped.
struct Rclone {
    process: Child,
    port: u16,
}

impl Rclone {
    /// Serves a folder, each folder in it a bucket; port 0 takes any free one.
    fn start(folder: PathBuf, port: u16) -> Self {
        std::fs::create_dir_all(folder.join(BUCKET)).expect("a bucket");
        let program = program();
        let mut process = Command::new(program)
            .args(["serve", "s3", "--addr", &format!("127.0.0.1:{port}"), "--auth-key"])
            .arg(format!("{KEY_ID},{SECRET}"))
            // None of this person's own.
            .args(["--config", ""])
            .arg(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} can't be run: {error}", program.display()));
        let words = process.stderr.take().expect("its stderr");
        let (heard, hears) = mpsc::channel();
        std::thread::spawn(move || listen(words, &heard));
        let port = hears.recv_timeout(Duration::from_secs(20)).expect("rclone says where it listens");
        Self { process, port }
    }
}

/// Tells the port that rclone got, and goes on reading, so that it never waits for us.
fn listen(words: ChildStderr, heard: &mpsc::Sender<u16>) {
    let mut said = String::new();
    for line in BufReader::new(words).lines().map_while(Result::ok) {
        let port = line.split_once("http://127.0.0.1:").and_then(|(_, rest)| rest.split('/').next());
        match port.and_then(|port| port.parse().ok()) {
            Some(port) => drop(heard.send(port)),
            None => said.push_str(&format!("\n{line}")),
        }
    }
    // Seen with the failure of the test that waits for an answer, never otherwise.
    eprint!("{said}");
}

impl Drop for Rclone {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Where `make test` has put it, or where its script puts it now. A test without it fails: the second server is no luxury.
fn program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        if let Some(given) = std::env::var_os("FRIENDER_TEST_RCLONE") {
            return given.into();
        }
        let script = Command::new("scripts/parts/rclone").current_dir(env!("CARGO_MANIFEST_DIR")).output();
        let script = script.expect("scripts/parts/rclone runs");
        let said = String::from_utf8_lossy(&script.stderr);
        assert!(script.status.success(), "the tests' second S3 server is missing: {said}");
        PathBuf::from(String::from_utf8(script.stdout).expect("a path").trim())
    });
    &PROGRAM
}
