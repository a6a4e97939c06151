//! docs/five-documents.md: whatever its tables name is there.

use clap::CommandFactory as _;
use serde_json::Value;

use super::in_project;

/// What the server answers outside of the API's document.
const AT_THE_ROOT: [&str; 6] = ["/docs", "/redoc", "/openapi.json", "/livez", "/readyz", "/health"];

/// One feature of one of the documents.
struct Row {
    asked: String,
    here: String,
    tests: String,
    examples: String,
}

/// The rows of all tables with four columns.
fn rows(text: &str) -> Vec<Row> {
    let cells = |line: &str| -> Vec<String> {
        line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
    };
    let lines = text.lines().filter(|line| line.starts_with('|') && !line.starts_with("|--"));
    let row = |cells: Vec<String>| <[String; 4]>::try_from(cells).ok();
    let rows = lines.filter_map(|line| row(cells(line)));
    rows.map(|[asked, here, tests, examples]| Row { asked, here, tests, examples })
        .filter(|row| row.tests != "test")
        .collect()
}

/// What stands between backticks.
fn named(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// Why something that a table names isn't there.
fn missing(name: &str, api: &Value) -> Option<String> {
    let there = match name.split_once(' ') {
        Some(("friender", command)) => is_command(command),
        Some(("make", target)) => {
            read("Makefile").lines().any(|line| line.starts_with(&format!("{target}:")))
        }
        Some((method, path)) => is_route(method, path, api),
        None if name.contains("::") => is_test(name),
        None if name.contains('/') || name.contains('.') => in_project(name).exists(),
        None => friender::config::markdown_table().contains(&format!("`{name}`")),
    };
    (!there).then(|| format!("`{name}`"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(in_project(path)).unwrap_or_default()
}

fn is_command(words: &str) -> bool {
    let mut at = friender::cli::Cli::command();
    words.split(' ').all(|word| {
        if word.starts_with("--") {
            return at.get_arguments().any(|argument| argument.get_long() == word.strip_prefix("--"));
        }
        let found = at.find_subcommand(word).cloned();
        found.map(|found| at = found).is_some()
    })
}

fn is_route(method: &str, path: &str, api: &Value) -> bool {
    let operations = &api["paths"][format!("/api/v1{path}")];
    operations.get(method.to_lowercase()).is_some() || (method == "GET" && AT_THE_ROOT.contains(&path))
}

/// `photos::uploads::name` is the function `name` in tests/it/photos/uploads.rs, or a unit test below src.
fn is_test(name: &str) -> bool {
    let (module, function) = name.rsplit_once("::").unwrap();
    let module = module.strip_suffix("::tests").unwrap_or(module).replace("::", "/");
    let (folder, file) = module.rsplit_once('/').unwrap_or(("", &module));
    let front = if folder.is_empty() { "main" } else { "mod" };
    // A file that nobody names is not compiled.
    let is_compiled = read(&format!("tests/it/{folder}/{front}.rs")).contains(&format!("mod {file};"));
    let files = [
        if is_compiled { format!("tests/it/{module}.rs") } else { String::new() },
        format!("tests/it/{module}/mod.rs"),
        format!("src/{module}.rs"),
        format!("src/{module}/tests.rs"),
        format!("src/{module}/tests/mod.rs"),
    ];
    files.iter().any(|file| read(file).contains(&format!("fn {function}("))) || is_law(&module, function)
}

/// `media::rclone::name` and `media::embedded::name` are one function, held on both stores: in any file of tests/it/media.
fn is_law(module: &str, function: &str) -> bool {
    let Some(folder) = ["/embedded", "/rclone"].iter().find_map(|store| module.strip_suffix(store)) else {
        return false;
    };
    let Ok(files) = std::fs::read_dir(in_project(&format!("tests/it/{folder}"))) else { return false };
    files.flatten().any(|file| {
        std::fs::read_to_string(file.path()).unwrap_or_default().contains(&format!("fn {function}("))
    })
}

#[test]
fn every_feature_of_the_five_documents_has_a_place_a_test_and_an_example_that_are_there() {
    let rows = rows(&read("docs/five-documents.md"));
    assert!(rows.len() > 90, "{}", rows.len());
    let api = serde_json::to_value(friender::routes::openapi()).unwrap();
    let mut wrong = Vec::new();
    for row in &rows {
        let is_later = row.here.starts_with("planned") || row.here.starts_with("not here");
        if !is_later && (named(&row.here).next().is_none() || named(&row.tests).next().is_none()) {
            wrong.push(format!("{}: names no place or no test", row.asked));
        }
        for cell in [&row.here, &row.tests, &row.examples] {
            wrong.extend(
                named(cell)
                    .filter_map(|name| missing(name, &api))
                    .map(|name| format!("{}: {name}", row.asked)),
            );
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn what_is_not_there_is_noticed() {
    let api = serde_json::to_value(friender::routes::openapi()).unwrap();
    for name in [
        "POST /nothing",
        "DELETE /users",
        "photos::uploads::no_such_test",
        "no_such_folder::uploads::many_photos_are_answered_one_by_one",
        "api/examples/curl/nothing.sh",
        "FRIENDER_NOTHING",
        "friender fly",
        "friender seed --wings",
        "make tea",
    ] {
        assert!(missing(name, &api).is_some(), "{name}");
    }
}
