//! Pages come from one origin, photos from another: what the policy allows, in a real browser.

use std::path::Path;
use std::process::Command;

use super::{build, serves};
use crate::support::parts::program;
use crate::support::{PASSWORD, TestApp, someone};

#[actix_web::test]
async fn a_page_shows_photos_of_the_store_and_uploads_to_it_and_nothing_else() {
    let (Some(node), Some(chromium)) = (program("node"), program("chromium")) else { return };
    let build = build();
    let app = TestApp::start_with(serves(build.path())).await;
    let ada = someone().insert(&app);
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(node)
        .arg(project.join("tests/it/web/two_origins.mjs"))
        .arg(project.join("api/examples/curl/photos/ada.jpg"))
        .env("WEB_URL", format!("http://{}", app.addr))
        .env("FRIENDER_USERNAME", &ada.username)
        .env("FRIENDER_PASSWORD", PASSWORD)
        .env("FRIENDER_TEST_CHROMIUM", chromium)
        .output()
        .unwrap();
    let [said, complained] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(output.status.success() && said.contains("As the policy says."), "{said}{complained}");
}
