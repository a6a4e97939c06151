//! The built server as a process of its own, and people who send it photos.

use std::fs::Permissions;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};

use reqwest::multipart::{Form, Part};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// A running server.
pub(crate) struct Server {
    process: Child,
    base: String,
    _dir: TempDir,
}

/// Somebody with a session.
pub(crate) struct Person {
    http: reqwest::Client,
    base: String,
    token: String,
}

impl Server {
    /// With a private PostgreSQL and the embedded store, both durable, as by default.
    pub(crate) fn start() -> Self {
        let mut dir = tempfile::Builder::new();
        // PostgreSQL's own user has to get through.
        let dir = dir.permissions(Permissions::from_mode(0o711)).tempdir().expect("a folder");
        let mut process = Command::new(env!("CARGO_BIN_EXE_friender"))
            .args(["serve", "--addr", "127.0.0.1:0", "--data-dir"])
            .arg(dir.path().join("data"))
            .current_dir(dir.path())
            .envs([
                ("FRIENDER_RATE_LIMITS", "off"),
                ("FRIENDER_S3_ADDR", "127.0.0.1:0"),
                ("FRIENDER_LOG", "warn"),
            ])
            .env("FRIENDER_BCRYPT_COST", "4")
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut lines =
            BufReader::new(process.stdout.take().expect("its output")).lines().map_while(Result::ok);
        let base = lines
            .find_map(|line| Some(line.trim().strip_prefix("API")?.trim().to_owned()))
            .expect("a banner");
        let base = base.split("/api").next().unwrap_or(&base).to_owned();
        Self { process, base, _dir: dir }
    }

    pub(crate) async fn somebody(&self) -> Person {
        let nobody = Person { http: reqwest::Client::new(), base: self.base.clone(), token: String::new() };
        let username = format!("p{}", &Uuid::new_v4().simple().to_string()[..16]);
        let answer =
            nobody.post("/users", &json!({"username": username, "password": "otters hold hands"})).await;
        Person { token: answer["token"].as_str().expect("a token").to_owned(), ..nobody }
    }

    fn account(&self, file: &str) -> String {
        std::fs::read_to_string(format!("/proc/{}/{file}", self.process.id())).unwrap_or_default()
    }

    pub(crate) fn cpu_seconds(&self) -> f64 {
        cpu_seconds(self.process.id())
    }

    pub(crate) fn forget_peak(&self) {
        // Without it the peak is that of the whole run.
        let _ = std::fs::write(format!("/proc/{}/clear_refs", self.process.id()), "5");
    }

    /// The most memory that it had, in bytes.
    pub(crate) fn peak(&self) -> u64 {
        let status = self.account("status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
        line.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u64>().unwrap_or_default() << 10
    }
}

/// What a process has taken of the processor, in user and system mode.
pub(crate) fn cpu_seconds(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or_default();
    (ticks(11) + ticks(12)) / 100.0
}

impl Drop for Server {
    fn drop(&mut self) {
        // Its database goes with it.
        let _ = Command::new("kill").arg(self.process.id().to_string()).status();
        let _ = self.process.wait();
    }
}

impl Person {
    async fn post(&self, path: &str, body: &Value) -> Value {
        let request =
            self.http.post(format!("{}/api/v1{path}", self.base)).bearer_auth(&self.token).json(body);
        let answer = request.send().await.expect("an answer");
        let (status, body) = (answer.status(), answer.json().await.expect("JSON"));
        assert!(status.is_success(), "{path}: {body}");
        body
    }

    /// One photo in a form.
    pub(crate) async fn upload(&self, picture: &[u8]) {
        let form = Form::new().part("file", Part::bytes(picture.to_vec()).file_name("photo.jpg"));
        let request = self.http.post(format!("{}/api/v1/upload", self.base)).bearer_auth(&self.token);
        let answer = request.multipart(form).send().await.expect("an answer");
        assert_eq!(answer.status(), 201);
    }

    /// One photo put straight into the bucket, and confirmed.
    pub(crate) async fn put(&self, picture: &[u8]) {
        let asked = json!({"filename": "photo.jpg", "content_type": "image/jpeg", "size": picture.len()});
        let granted = self.post("/upload-url", &asked).await;
        let url = granted["presigned_url"].as_str().expect("a URL");
        let request = self.http.put(url).header("content-type", "image/jpeg").body(picture.to_vec());
        assert!(request.send().await.expect("the store answers").status().is_success());
        self.post("/files", &json!({"file_key": granted["file_key"]})).await;
    }
}
