//! Somebody with a word of theirs in every field, and a search for that word everywhere.

use std::path::Path;

use serde_json::json;

use super::lines;
use crate::support::{PASSWORD, Someone, TestApp, mailed};

/// Stands in every field that takes a text.
pub const CANARY: &str = "canarybird";

/// Signs somebody up who says the word wherever they can.
pub async fn sign_up(app: &TestApp) -> Someone {
    let form = json!({"username": format!("{CANARY}.1"), "password": PASSWORD, "email": format!("{CANARY}@example.org"),
        "display_name": format!("A {CANARY}"), "first_name": CANARY, "last_name": CANARY, "birth_date": "1987-03-09",
        "bio": format!("I am a {CANARY}."), "hobbies": format!("chess, {CANARY} one"), "interests": format!("{CANARY} two"),
        "location": "10001", "friend_radius": 137});
    let answer = app.anon().post("/users", &form).await.expect(201).body;
    let id = serde_json::from_value(answer["user"]["id"].clone()).unwrap();
    let client = app.anon().with_token(answer["token"].as_str().unwrap());
    let letter = mailed(app, &format!("{CANARY}@example.org"), "Please confirm", 1).await;
    app.anon().post("/email/verify", &json!({"token": letter.token()})).await.expect(200);
    Someone { id, username: format!("{CANARY}.1"), client }
}

/// The tables in whose rows any of these words stand, in whichever case, also as bytes.
pub fn tables_with(app: &TestApp, words: &[&str]) -> Vec<String> {
    let tables =
        lines(app, "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public' ORDER BY 1");
    let hidden =
        |word: &&str| [word.bytes().map(|byte| format!("{byte:02x}")).collect(), word.replace('-', "")];
    let words: Vec<String> =
        words.iter().map(ToString::to_string).chain(words.iter().flat_map(hidden)).collect();
    let says = |table: &String| {
        words.iter().any(|word| {
            let sql = format!("SELECT 'found' AS line FROM {table} t WHERE t::text ILIKE '%{word}%' LIMIT 1");
            !lines(app, &sql).is_empty()
        })
    };
    tables.into_iter().filter(says).collect()
}

/// The files below a folder, such as the data folder with its photo store and outbox, that have any of these words in their names or
/// bytes.
pub fn files_with(folder: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap_or_default();
            let says = |word: &&str| {
                path.to_string_lossy().contains(*word)
                    || bytes.windows(word.len()).any(|part| part == word.as_bytes())
            };
            if words.iter().any(says) {
                found.push(path.display().to_string());
            }
        }
    }
    found
}
