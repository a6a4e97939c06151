//! Short files, and lints that nobody switches off.

use super::tokens::{Token, tokens};

const MAX_LINES: usize = 300;

/// Files that may be longer, and why.
const LONGER: &[(&str, &str)] = &[("src/db/schema.rs", "written by a tool, grows with the tables")];

/// What the compiler refuses for us, everywhere outside of tests.
const LINTS: &[&str] = &[
    "allow_attributes",
    "allow_attributes_without_reason",
    "dbg_macro",
    "expect_used",
    "indexing_slicing",
    "todo",
    "unimplemented",
    "unwrap_used",
];

/// All files that the table above names.
pub fn listed() -> impl Iterator<Item = String> {
    LONGER.iter().map(|(path, _)| (*path).to_owned())
}

/// Every rule that a file breaks.
pub fn broken(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = text.lines().count();
    if lines > MAX_LINES && !LONGER.iter().any(|(longer, _)| *longer == path) {
        found.push(format!("{path} has {lines} lines: split it by meaning"));
    }
    let tokens = tokens(text);
    for (at, token) in tokens.iter().enumerate() {
        let Token::Word(word) = token else { continue };
        let follows = |mark| at > 0 && tokens[at - 1].is_mark(mark);
        let is_attribute =
            (follows('[') || follows(',')) && tokens.get(at + 1).is_some_and(|next| next.is_mark('('));
        // In a list of arguments, too, a call would look the same; nothing of ours is called so.
        match word.as_str() {
            "allow" if is_attribute => {
                found.push(format!("{path} switches a lint off: use expect with a reason"))
            }
            "expect" if is_attribute && follows('[') && !has_reason(&tokens[at..]) => {
                found.push(format!("{path} expects a lint without a reason"));
            }
            _ => {}
        }
    }
    found
}

fn has_reason(attribute: &[Token]) -> bool {
    attribute.iter().take_while(|token| !token.is_mark(']')).any(|token| token.is_word("reason"))
}

/// Lints that Cargo.toml no longer denies.
pub fn missing_lints(manifest: &str) -> Vec<&'static str> {
    let manifest: toml::Table = manifest.parse().expect("a manifest");
    let is_denied =
        |lint: &str| manifest["lints"]["clippy"].get(lint).and_then(|level| level.as_str()) == Some("deny");
    LINTS.iter().copied().filter(|lint| !is_denied(lint)).collect()
}
