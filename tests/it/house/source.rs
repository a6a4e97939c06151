//! The project's own Rust files.

use std::path::{Path, PathBuf};

use super::tokens::{Token, tokens};

/// A file and where it lies below the project's folder.
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

/// Every Rust file of the project.
pub fn files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["src", "tests", "benches", "examples", "fuzz/src", "fuzz/targets"] {
        walk(&root.join(folder), &mut paths);
    }
    assert!(paths.len() > 100, "most of the files are missing: {paths:?}");
    let read = |path: PathBuf| SourceFile {
        text: std::fs::read_to_string(&path).expect("a readable file"),
        path: path.strip_prefix(root).expect("a file of the project").to_string_lossy().into_owned(),
    };
    paths.into_iter().map(read).collect()
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut entries: Vec<_> = entries.map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// The contents of all string literals.
pub fn texts(source: &str) -> Vec<String> {
    let literals = tokens(source).into_iter().filter_map(|token| match token {
        Token::Text(text) => Some(text),
        _ => None,
    });
    literals.collect()
}
