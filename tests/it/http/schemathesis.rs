//! Schemathesis, which others wrote, makes up thousands of requests from the API document, and follows ids from answer to
//! request: never a server error, never an answer that isn't documented.

use std::path::Path;
use std::process::Command;

use crate::support::parts::program;
use crate::support::{TestApp, someone};

/// How many requests it makes up for each operation and phase, besides those for the edges of each field:
/// `FRIENDER_SCHEMATHESIS_EXAMPLES=100` looks for long.
fn examples() -> String {
    std::env::var("FRIENDER_SCHEMATHESIS_EXAMPLES").unwrap_or_else(|_| "2".to_owned())
}

/// They end the session that it signs in with.
const ENDS: &str = "/(logout|logout/all|me/delete|me/password)$";

/// Our own takes its place, and lets 503 come back later.
const LEFT_OUT: &str = "not_a_server_error";

/// What the document allows may still be refused by a rule that it can't tell: a cursor that was made up (400), a file that is
/// too large (413), its type (415), an unknown ZIP code or a password that is too easy (422). Whoever made up the right ETag
/// gets 304.
const SETTINGS: &str = r#"checks.positive_data_acceptance.expected-statuses = [
    "2xx", "304", "400", "401", "403", "404", "409", "413", "415", "422", "5xx",
]"#;

#[actix_web::test]
async fn made_up_requests_get_documented_answers() {
    let (Some(python), Some(packages)) = (program("python3"), program("schemathesis")) else { return };
    let app = TestApp::start().await;
    let [ada, _, _] = [(); 3].map(|()| someone().insert(&app));
    let hooks = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/http");
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("schemathesis.toml"), SETTINGS).unwrap();
    let mut run = Command::new(python);
    run.arg(packages.join("bin/schemathesis"))
        .args([
            "run",
            &format!("http://{}/openapi.json", app.addr),
            "--max-examples",
            &examples(),
            "--no-shrink",
        ])
        .args(["--header", &format!("Authorization: Bearer {}", ada.client.token().unwrap())])
        .args(["--checks", "all", "--exclude-checks", LEFT_OUT, "--continue-on-failure", "--warnings", "off"])
        .args(["--exclude-path-regex", ENDS, "--exclude-operation-id", "end_session", "--no-color"])
        .env("PYTHONPATH", std::env::join_paths([packages, hooks]).unwrap())
        .env("SCHEMATHESIS_HOOKS", "schemathesis_hooks")
        .current_dir(folder.path());
    let done = tokio::task::spawn_blocking(move || run.output()).await.unwrap().expect("Python");
    let [said, complained] =
        [done.stdout, done.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(done.status.success(), "{said}{complained}");
    assert!(said.contains("generated"), "{said}");
    println!("{}", said.lines().rev().take(6).collect::<Vec<_>>().join("\n"));
}
