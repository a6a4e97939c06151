//! The programs that tests run beside the server: scripts/parts has one script for each, which gets it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

/// Where a program is; `None`, said aloud, where `make test` found that this machine can't have it.
#[track_caller]
pub fn program(name: &str) -> Option<PathBuf> {
    let without = std::env::var("FRIENDER_TEST_WITHOUT").unwrap_or_default();
    if without.split_whitespace().any(|missing| missing == name) {
        println!("left out: {name} is missing on this machine");
        return None;
    }
    Some(fetched(name))
}

/// Where a program is that no machine goes without: where its script has put it, or puts it now.
#[track_caller]
pub fn fetched(name: &str) -> PathBuf {
    // Two scripts at once would install the same thing twice.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    if let Some(given) = std::env::var_os(format!("FRIENDER_TEST_{}", name.to_uppercase())) {
        return given.into();
    }
    let _turn = ONE_AT_A_TIME.lock();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/parts").join(name);
    let got = Command::new(script).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("its script runs");
    assert!(got.status.success(), "{name} is missing: {}", String::from_utf8_lossy(&got.stderr));
    PathBuf::from(String::from_utf8(got.stdout).expect("a path").trim())
}
