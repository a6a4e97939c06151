//! The app's own checks: types, lints, the API it was written for, units, and how much a browser has to load first.

use std::path::Path;
use std::process::Command;

use crate::support::parts::program;

/// Runs a script of web/package.json, and gives what it said.
fn npm_run(script: &str) -> Option<String> {
    program("web")?;
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new(project.join("scripts/with-node"));
    command.args(["--get", "npm", "run", "--prefix", "web", "--silent", script]).current_dir(project);
    let output = command.env("CI", "true").env("NO_COLOR", "1").output().unwrap();
    let [said, complained] = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    assert!(output.status.success(), "{said}{complained}");
    Some(said.into_owned())
}

#[test]
fn types_lints_and_the_api_it_was_written_for_are_right() {
    npm_run("check");
}

#[test]
fn its_units_do_what_they_say() {
    let Some(said) = npm_run("test") else { return };
    assert!(said.contains("passed"), "{said}");
}

#[test]
fn no_page_needs_more_than_180_kilobytes_of_scripts_before_it_shows() {
    let Some(said) = npm_run("size") else { return };
    assert!(said.contains("kB  shell"), "{said}");
}
