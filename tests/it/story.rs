//! The story that api/examples/curl tells, told to a real server.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::support::{TestApp, assert_consistent};

#[actix_web::test]
async fn the_story_with_curl_ends_well() {
    // Links live 6 seconds here, and 3 at least, so that the story needn't wait 5 minutes for one to die.
    let change = |config: &mut friender::config::Config| {
        config.photos.presigned_url_expiration = Duration::from_secs(6);
    };
    let app = TestApp::start_with(change).await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("api/examples/curl/story.sh");
    let output = Command::new("sh")
        .arg(script)
        .env("FRIENDER_URL", format!("http://{}", app.addr))
        .env("STORY_EXPIRES_IN", "12")
        .env_remove("STORY_FOLDER")
        .output()
        .expect("a shell");
    let [said, complained] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(output.status.success(), "{said}{complained}");
    assert!(said.contains("A link dies when its time is over"), "{said}");
    assert!(said.contains("The story ends well"), "{said}");
    assert_consistent(&mut app.connect());
}
