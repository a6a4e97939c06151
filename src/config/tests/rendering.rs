//! What is committed says what the table says.

use super::super::{env_example, listing, listing_json, markdown_table, settings};
use super::{from_env, setup};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/.env.example");

#[test]
fn the_committed_example_is_the_tables() {
    let committed = std::fs::read_to_string(EXAMPLE).unwrap();
    assert!(committed == env_example(), "run: cargo run -- config --example > .env.example");
}

#[test]
fn the_readme_shows_the_tables_settings() {
    let readme = include_str!("../../../README.md");
    let (_, after) = readme.split_once("<!-- settings -->\n").unwrap();
    let (table, _) = after.split_once("<!-- /settings -->").unwrap();
    assert_eq!(table, markdown_table(), "README.md is behind the settings: run `make settings`");
}

#[test]
fn the_example_changes_nothing_as_it_stands_and_works_uncommented() {
    let untouched = setup().file(".env", &env_example()).load().unwrap();
    assert_eq!(listing(&untouched), listing(&from_env(&[]).unwrap()));

    let open: String = env_example()
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(open) if open.split('=').next().is_some_and(|name| !name.contains(' ')) => {
                format!("{open}\n")
            }
            _ => format!("{line}\n"),
        })
        .collect();
    let opened = setup().file(".env", &open).file("friender.toml", "").load().unwrap();
    for setting in settings::ALL {
        let shown = opened.shown(setting.name);
        let given = !setting.sample.is_empty() || matches!(setting.preset, settings::Preset::Value(_));
        assert_eq!(given, shown.contains("(.env)"), "{}: {shown}", setting.name);
    }
}

#[test]
fn every_setting_has_a_sentence_of_help_and_a_row() {
    let table = markdown_table();
    assert_eq!(table.lines().count(), settings::ALL.len() + 2);
    for setting in settings::ALL {
        assert!(setting.help.ends_with('.') && !setting.help.contains(['\n', '|']), "{}", setting.name);
        assert!(table.contains(&format!("| `{}`", setting.name)));
    }
}

#[test]
fn listings_name_value_and_source() {
    let resolved = from_env(&[("S3_BUCKET_NAME", "photos"), ("FRIENDER_JWT", "x")]).unwrap();
    let text = listing(&resolved);
    let row = |name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row("S3_BUCKET_NAME"), "S3_BUCKET_NAME photos environment");
    assert_eq!(row("DATABASE_URL"), "DATABASE_URL (a private PostgreSQL in the data folder) default");
    let json: serde_json::Value = serde_json::from_str(&listing_json(&resolved)).unwrap();
    assert_eq!(json["settings"].as_array().unwrap().len(), settings::ALL.len());
    assert_eq!(json["warnings"].as_array().unwrap().len(), 1);
}
