//! The real server, killed at steps of uploads and removals: one pass of the real reaper, and nothing dangles.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;
use tempfile::TempDir;

use super::ground::{form, variants};
use super::manage::{keys, listed};
use super::pictures::numbered;
use super::trap::{Fault, Trap};
use crate::durability::server::{Server, command, place, program};
use crate::support::store::{BUCKET, KEY_ID, S3Server, SECRET, Store};
use crate::support::{Client, PASSWORD, eventually};

struct Scene {
    place: TempDir,
    store: S3Server,
    trap: Trap,
}

impl Scene {
    async fn new(store: Store) -> Self {
        let store = S3Server::start(store).await;
        let trap = Trap::before(([127, 0, 0, 1], store.port).into()).await;
        Self { place: place(), store, trap }
    }

    /// With its own database, and the store behind the trap.
    fn settled(&self, mut command: Command) -> Command {
        command
            .env("S3_BUCKET_NAME", BUCKET)
            .env("S3_ENDPOINT_URL", format!("http://{}", self.trap.addr))
            .env("AWS_ACCESS_KEY_ID", KEY_ID)
            .env("AWS_SECRET_ACCESS_KEY", SECRET);
        command
    }

    fn serve(&self, addr: &str) -> Server {
        let place: &Path = self.place.path();
        Server::spawn(self.settled(command(place, addr)), place)
    }

    fn reap(&self, flags: &[&str]) -> Output {
        let mut command = self.settled(program(self.place.path()));
        command.args(["photos", "reap", "--grace", "0"]).args(flags).output().expect("the program starts")
    }

    async fn objects(&self) -> Vec<String> {
        let listing = self.store.media().await.list("", None).await.unwrap();
        listing.objects.into_iter().map(|object| object.key).collect()
    }
}

#[derive(Debug, Clone, Copy)]
enum Work {
    Upload,
    Removal,
}

async fn work(client: Client, work: Work, number: usize, key: String) {
    // Whatever comes of it: the server is killed meanwhile.
    let _ = match work {
        Work::Upload => {
            let request = client.request(reqwest::Method::POST, "/upload");
            request.multipart(form(&[("a.jpg", &numbered(number))])).send().await
        }
        Work::Removal => client.request(reqwest::Method::DELETE, &format!("/files/{key}")).send().await,
    };
}

/// Between the row and the objects, in the midst of the objects, between the objects and the row.
const KILLS: [(Work, usize, Fault); 6] = [
    (Work::Removal, 1, Fault::Held),
    (Work::Removal, 2, Fault::Held),
    (Work::Removal, 3, Fault::AnswerHeld),
    (Work::Upload, 1, Fault::Held),
    (Work::Upload, 2, Fault::AnswerHeld),
    (Work::Upload, 3, Fault::AnswerHeld),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_killed_in_mid_upload_and_in_mid_removal_leaves_nothing_that_one_pass_does_not_end() {
    kill_and_reap(Store::Embedded).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_holds_on_a_store_that_others_wrote() {
    kill_and_reap(Store::Rclone).await;
}

async fn kill_and_reap(store: Store) {
    let scene = Scene::new(store).await;
    let mut server = scene.serve("127.0.0.1:0");
    let addr = server.addr;
    let client = Client::new(addr);
    let ada = json!({"username": "ada", "password": PASSWORD});
    let token = client.post("/users", &ada).await.expect(201).body["token"].as_str().unwrap().to_owned();
    let client = client.with_token(&token);
    let pictures: Vec<Vec<u8>> = (0..5).map(numbered).collect();
    let files: Vec<(&str, &[u8])> = pictures.iter().map(|bytes| ("a.jpg", bytes.as_slice())).collect();
    let photos = keys(&client.post_form("/upload", form(&files)).await.expect(201).body);
    for (n, (what, step, fault)) in KILLS.into_iter().enumerate() {
        let key = listed(&client).await[0].clone();
        scene.trap.set(step, fault);
        let working = tokio::spawn(work(client.clone(), what, 100 + n, key));
        eventually("the step is reached", async || scene.trap.is_sprung()).await;
        server.kill();
        working.await.unwrap();
        scene.trap.open();
        if n + 1 < KILLS.len() {
            server = scene.serve(&addr.to_string());
        } else {
            break;
        }
    }
    let said = |output: &Output| {
        String::from_utf8_lossy(&[&output.stdout[..], &output.stderr].concat()).into_owned()
    };
    // The first pass finds something, the last nothing.
    for (flags, status) in [(&["--dry-run"][..], 3), (&[], 0), (&["--dry-run"], 0)] {
        let mut output = scene.reap(flags);
        // What a busy machine's store doesn't do in time is left for the next pass, and told.
        for _ in 0..5 {
            if output.status.code() == Some(status) {
                break;
            }
            println!("once more: {}", said(&output));
            output = scene.reap(flags);
        }
        assert_eq!(output.status.code(), Some(status), "{flags:?}: {}", said(&output));
        println!("{flags:?}: {}", said(&output).lines().last().unwrap_or_default());
    }
    let after = scene.objects().await;
    let _server = scene.serve(&addr.to_string());
    let left = listed(&client).await;
    assert_eq!(left, photos[3..], "removals were tombstones already, uploads never became photos");
    let mut wanted: Vec<String> = left.iter().flat_map(|key| variants(key)).collect();
    wanted.sort_unstable();
    assert_eq!(after, wanted);
}
