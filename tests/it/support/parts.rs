//! The programs that tests run beside the server. `make test` gets them: scripts/test-parts.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where a program of scripts/parts is; `None`, said aloud, where this machine can't have it.
#[track_caller]
pub fn program(name: &str) -> Option<PathBuf> {
    let without = std::env::var("FRIENDER_TEST_WITHOUT").unwrap_or_default();
    if without.split_whitespace().any(|missing| missing == name) {
        println!("left out: {name} is missing on this machine");
        return None;
    }
    let variable = format!("FRIENDER_TEST_{}", name.to_uppercase().replace('-', "_"));
    // Outside of `make test` whatever is installed must do.
    Some(std::env::var_os(variable).map_or_else(|| PathBuf::from(name), PathBuf::from))
}

/// A program that is no one's own, where its script of scripts/parts has put it, or puts it now.
pub fn fetched(name: &str) -> PathBuf {
    if let Some(given) = std::env::var_os(format!("FRIENDER_TEST_{}", name.to_uppercase())) {
        return given.into();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/parts").join(name);
    let got = Command::new(script).current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("its script runs");
    assert!(got.status.success(), "{name} is missing: {}", String::from_utf8_lossy(&got.stderr));
    PathBuf::from(String::from_utf8(got.stdout).expect("a path").trim())
}
