//! What lies in api/ for people who write clients, run against a real server.

mod documents;
mod insomnia;
mod page;
mod photos;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::TestApp;

/// A file of the project.
fn in_project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What a program printed, and whether it ended well.
struct Outcome {
    success: bool,
    said: String,
}

impl Outcome {
    #[track_caller]
    fn expect_success(self) -> String {
        assert!(self.success, "{}", self.said);
        self.said
    }

    #[track_caller]
    fn expect_failure(self) -> String {
        assert!(!self.success, "{}", self.said);
        self.said
    }
}

/// Runs a program to its end, with the server's address in its environment.
fn run(app: &TestApp, command: &mut Command) -> Outcome {
    let output =
        command.env("FRIENDER_URL", format!("http://{}", app.addr)).output().unwrap_or_else(|error| {
            panic!("{command:?} can't be run ({error}): `make test` gets what is needed")
        });
    let [said, complained] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    Outcome { success: output.status.success(), said: format!("{said}{complained}") }
}
