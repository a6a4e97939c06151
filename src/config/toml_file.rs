//! The TOML file: flat keys, everything turned into the text the environment would carry.

use std::path::Path;

use toml::{Table, Value};

use super::ConfigError;
use super::layers::{Values, nearest};
use super::settings::{self, key_of};

/// Values by environment name. Unknown keys are refused, for a misspelt limit must not pass as set.
pub(super) fn parse(path: &Path, text: &str) -> Result<Values, ConfigError> {
    let table: Table = text.parse().map_err(|error| mistake(path, text, &error))?;
    let mut values = Values::new();
    for (key, value) in table {
        let bad = |problem| ConfigError::BadKey { path: path.to_owned(), key: key.clone(), problem };
        let name = name_of(&key).ok_or_else(|| unknown(path, &key))?;
        if name == settings::CONFIG.name {
            return Err(bad("can't stand in the file itself: use --config or the environment"));
        }
        let text = text_of(&value).ok_or_else(|| {
            bad("must be a string, a whole number, true, false or a list of strings, outside of any [table]")
        })?;
        if values.insert(name.to_owned(), text).is_some() {
            return Err(bad("is given twice, in both spellings: keep one"));
        }
    }
    Ok(values)
}

fn name_of(key: &str) -> Option<&'static str> {
    settings::ALL.iter().flat_map(|setting| setting.names()).find(|name| *name == key || key_of(name) == key)
}

fn unknown(path: &Path, key: &str) -> ConfigError {
    let nearest = key_of(nearest(key));
    ConfigError::UnknownKey { path: path.to_owned(), key: key.to_owned(), nearest }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(yes) => Some(if *yes { "on" } else { "off" }.to_owned()),
        Value::Array(items) => {
            items.iter().map(Value::as_str).collect::<Option<Vec<_>>>().map(|items| items.join(","))
        }
        Value::Float(_) | Value::Datetime(_) | Value::Table(_) => None,
    }
}

/// The error's own text would quote the line, which may hold a secret.
fn mistake(path: &Path, text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |span| span.start);
    let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
    ConfigError::Syntax {
        path: path.to_owned(),
        place: format!("in line {line}"),
        problem: "it is not valid TOML; write key = \"value\", with text in quotes".to_owned(),
    }
}
