//! What people do in the app, in a real Chromium, on a server with the demo's people: all stories of web/e2e.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;

use super::serves;
use crate::support::TestApp;
use crate::support::parts::program;

/// The program that tells those stories of web/e2e which are its further arguments.
pub(super) fn story(server: SocketAddr, chromium: &Path) -> Command {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(project.join("scripts/with-node"));
    command.args(["--get", "node", "web/e2e/run.mjs"]).current_dir(project);
    command.env("WEB_URL", format!("http://{server}")).env("CHROMIUM", chromium);
    command
}

/// Runs stories of web/e2e against a server; all of them where none is named.
async fn tell(app: &TestApp, chromium: &Path, stories: &[&str], max_photos: usize) {
    let mut command = story(app.addr, chromium);
    command.args(stories).env("WEB_MAX_PHOTOS", max_photos.to_string());
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let [said, complained] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(output.status.success() && said.contains("ok  "), "{said}{complained}");
    println!("{said}");
}

/// `FRIENDER_TEST_STORIES="deck login"` tells only those.
#[actix_web::test]
async fn every_story_of_the_app_holds() {
    let (Some(web), Some(chromium)) = (program("web"), program("chromium")) else { return };
    let app = TestApp::start_seeded(serves(&web.join("dist"))).await;
    let wanted = std::env::var("FRIENDER_TEST_STORIES").unwrap_or_default();
    tell(&app, &chromium, &wanted.split_whitespace().collect::<Vec<_>>(), 9).await;
}

/// Where a person may have many photos, a folder of twenty goes up with its one bad file left out.
#[actix_web::test]
async fn photos_hold_where_there_is_room_for_thirty() {
    let (Some(web), Some(chromium)) = (program("web"), program("chromium")) else { return };
    let app = TestApp::start_with(|config| {
        serves(&web.join("dist"))(config);
        config.photos.max_photos = 30;
    })
    .await;
    tell(&app, &chromium, &["photos"], 30).await;
}
