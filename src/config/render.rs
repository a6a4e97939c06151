//! The table of settings as people read it: `.env.example`, Markdown, and the values in force.

use std::fmt::Write as _;

use super::Resolved;
use super::settings::{ALL, Preset, Setting};

const EXAMPLE_HEAD: &str = "\
# Friender's settings. None is needed to try it. Copy this file to .env and take the # off the lines you change.
# Flags beat the environment, which beats .env, which beats friender.toml, which beats the defaults shown here.
# An empty value counts as unset. Put values with spaces, #, $ or quotes into single quotes.
# Made by `friender config --example > .env.example`; change src/config/settings/ instead.
";

/// The text of `.env.example`: every setting, commented out, with its default or a sample.
#[must_use]
pub fn env_example() -> String {
    let mut text = EXAMPLE_HEAD.to_owned();
    let mut group = "";
    for setting in ALL {
        if setting.group != group {
            group = setting.group;
            let _ = write!(text, "\n# --- {group} ---\n");
        }
        let _ = write!(text, "\n# {}\n", setting.help);
        if !setting.aliases.is_empty() {
            let _ = writeln!(text, "# Also read as {}.", setting.aliases.join(", "));
        }
        let value = match setting.preset {
            Preset::Value(value) => value,
            Preset::Unset(meaning) => {
                let _ = writeln!(text, "# Unset: {meaning}.");
                setting.sample
            }
        };
        let _ = writeln!(text, "#{}={value}", setting.name);
    }
    text
}

/// The README's table of settings.
#[must_use]
pub fn markdown_table() -> String {
    let mut text = "| Setting | Default | What it does |\n|---|---|---|\n".to_owned();
    for setting in ALL {
        let name = match setting.aliases {
            [] => format!("`{}`", setting.name),
            aliases => format!("`{}` (also `{}`)", setting.name, aliases.join("`, `")),
        };
        let default = match setting.preset {
            Preset::Value(value) => format!("`{value}`"),
            Preset::Unset(meaning) => format!("unset: {meaning}"),
        };
        let _ = writeln!(text, "| {name} | {default} | {} |", setting.help);
    }
    text
}

/// The values in force as a table of text: name, value, source.
#[must_use]
pub fn listing(resolved: &Resolved) -> String {
    let rows: Vec<[String; 3]> = resolved
        .values
        .iter()
        .map(|setting| {
            let value = setting.value.clone().unwrap_or_else(|| unset(setting.name));
            [setting.name.to_owned(), value, setting.origin.to_string()]
        })
        .collect();
    let width = |column: fn(&[String; 3]) -> &String| {
        rows.iter().map(|row| column(row).chars().count()).max().unwrap_or_default()
    };
    let (names, values) = (width(|row| &row[0]), width(|row| &row[1]));
    let mut text = format!("{:names$}  {:values$}  SOURCE\n", "SETTING", "VALUE");
    for [name, value, source] in &rows {
        let _ = writeln!(text, "{name:names$}  {value:values$}  {source}");
    }
    text
}

fn unset(name: &str) -> String {
    let known: Option<&&Setting> = ALL.iter().find(|setting| setting.name == name);
    match known.map(|setting| setting.preset) {
        Some(Preset::Unset(meaning)) => format!("({meaning})"),
        _ => "(unset)".to_owned(),
    }
}

/// The values in force as JSON, for programs.
#[must_use]
pub fn listing_json(resolved: &Resolved) -> String {
    let settings: Vec<_> = resolved
        .values
        .iter()
        .map(|setting| {
            serde_json::json!({
                "name": setting.name,
                "value": setting.value,
                "source": setting.origin.to_string(),
            })
        })
        .collect();
    let listing = serde_json::json!({ "settings": settings, "warnings": resolved.warnings });
    format!("{listing:#}\n")
}
