//! The programs that tests run beside the server. `make test` gets them: scripts/test-parts.

use std::path::PathBuf;

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
