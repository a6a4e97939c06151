//! Where values come from: flags over environment over `.env` over the TOML file over defaults.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::settings::{self, Preset, Setting};
use super::{ConfigError, Overrides, toml_file};

/// Which layer a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layer {
    /// The command line, by this flag.
    Flag(&'static str),
    /// The process environment.
    Environment,
    /// `.env` in the working folder.
    DotEnv,
    /// The TOML file at this path.
    File(PathBuf),
    /// Nobody set it.
    Default,
}

/// Where a value came from, and under which name if not its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The layer.
    pub layer: Layer,
    /// The alias that was used.
    pub alias: Option<&'static str>,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.layer {
            Layer::Flag(flag) => f.write_str(flag)?,
            Layer::Environment => f.write_str("environment")?,
            Layer::DotEnv => f.write_str(".env")?,
            Layer::File(path) => write!(f, "{}", path.display())?,
            Layer::Default => f.write_str("default")?,
        }
        self.alias.map_or(Ok(()), |alias| write!(f, ", as {alias}"))
    }
}

/// What surrounds the process: its environment and its working folder.
pub(super) struct Surroundings {
    pub(super) environment: Vec<(OsString, OsString)>,
    pub(super) folder: PathBuf,
}

impl Surroundings {
    /// The real ones. The folder stays relative, so that messages show paths as people wrote them.
    pub(super) fn of_process() -> Self {
        Self { environment: std::env::vars_os().collect(), folder: PathBuf::new() }
    }
}

/// What one layer sets, by environment name.
pub(super) type Values = BTreeMap<String, String>;

/// A value as somebody wrote it. No `Debug`: it may be a secret.
pub(super) struct Found {
    pub(super) raw: String,
    pub(super) origin: Origin,
}

/// All layers. No `Debug`: they hold secrets.
pub(super) struct Layers {
    layers: Vec<(Layer, Values)>,
    pub(super) warnings: Vec<String>,
}

impl Layers {
    /// Reads every source once; later sources only fill what earlier ones left open.
    pub(super) fn gather(flags: &Overrides, around: &Surroundings) -> Result<Self, ConfigError> {
        let mut warnings = Vec::new();
        let mut layers = flag_layers(flags);
        layers.push((Layer::Environment, environment(&around.environment, &mut warnings)?));
        layers.push((Layer::DotEnv, dot_env(&around.folder.join(".env"), &mut warnings)?));
        let mut gathered = Self { layers, warnings };
        if let Some((path, values)) = gathered.toml_file(&around.folder)? {
            gathered.layers.push((Layer::File(path), values));
        }
        gathered.warn_of_shadowed_aliases();
        Ok(gathered)
    }

    /// The first value that is not empty; the default last.
    pub(super) fn find(&self, setting: &Setting) -> Option<Found> {
        let set = self.layers.iter().find_map(|(layer, values)| {
            let (name, raw) = written(setting, values).next()?;
            let alias = (name != setting.name).then_some(name);
            Some(Found { raw: raw.to_owned(), origin: Origin { layer: layer.clone(), alias } })
        });
        set.or(match setting.preset {
            Preset::Value(value) => {
                Some(Found { raw: value.to_owned(), origin: Origin { layer: Layer::Default, alias: None } })
            }
            Preset::Unset(_) => None,
        })
    }

    fn toml_file(&self, folder: &Path) -> Result<Option<(PathBuf, Values)>, ConfigError> {
        let named = self.find(&settings::CONFIG);
        let path = folder.join(named.as_ref().map_or("friender.toml", |found| found.raw.trim()));
        match fs::read_to_string(&path) {
            Ok(text) => toml_file::parse(&path, &text).map(|values| Some((path, values))),
            Err(cause) if named.is_none() && cause.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(cause) => Err(ConfigError::Unreadable { path, cause }),
        }
    }

    fn warn_of_shadowed_aliases(&mut self) {
        for (layer, values) in &self.layers {
            for setting in settings::ALL {
                let mut given = written(setting, values);
                let Some((used, first)) = given.next() else { continue };
                let origin = Origin { layer: layer.clone(), alias: None };
                self.warnings.extend(
                    given.filter(|(_, other)| *other != first).map(|(other, _)| {
                        format!("{other} is ignored (source: {origin}): {used} is set, too")
                    }),
                );
            }
        }
    }
}

/// The names of a setting that a layer fills, with their values; empty ones count as unset.
fn written<'a>(
    setting: &Setting,
    values: &'a Values,
) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a> {
    setting.names().filter_map(|name| {
        let raw = values.get(name)?.as_str();
        (!raw.trim().is_empty()).then_some((name, raw))
    })
}

fn flag_layers(flags: &Overrides) -> Vec<(Layer, Values)> {
    let given = [
        ("--config", &settings::CONFIG, &flags.config),
        ("--addr", &settings::ADDR, &flags.addr),
        ("--data-dir", &settings::DATA_DIR, &flags.data_dir),
        ("--log", &settings::LOG, &flags.log),
        ("--no-web", &settings::WEB, &flags.no_web.then(|| "off".to_owned())),
    ];
    given
        .into_iter()
        .filter_map(|(flag, setting, value)| {
            let values = BTreeMap::from([(setting.name.to_owned(), value.clone()?)]);
            Some((Layer::Flag(flag), values))
        })
        .collect()
}

fn environment(
    variables: &[(OsString, OsString)],
    warnings: &mut Vec<String>,
) -> Result<Values, ConfigError> {
    let mut values = BTreeMap::new();
    for (name, value) in variables {
        let Some(name) = name.to_str() else { continue };
        if is_known(name) {
            let text = value.to_str().ok_or_else(|| ConfigError::NotText(name.to_owned()))?;
            values.insert(name.to_owned(), text.to_owned());
        } else {
            warnings.extend(doubt(name, "environment"));
        }
    }
    Ok(values)
}

/// Reads `.env` without touching the process environment. The last of several equal names wins, as in a shell.
fn dot_env(path: &Path, warnings: &mut Vec<String>) -> Result<Values, ConfigError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(cause) => return Err(ConfigError::Unreadable { path: path.to_owned(), cause }),
    };
    let mut values = BTreeMap::new();
    let text = text.trim_start_matches('\u{feff}');
    for line in dotenvy::from_read_iter(text.as_bytes()) {
        let (name, value) = line.map_err(|error| dot_env_mistake(path, text, &error))?;
        if is_known(&name) {
            values.insert(name, value);
        } else {
            warnings.extend(doubt(&name, ".env"));
        }
    }
    Ok(values)
}

/// Names the line by its number and what stands before its `=` only: the rest may be a secret.
fn dot_env_mistake(path: &Path, text: &str, error: &dotenvy::Error) -> ConfigError {
    let part = match error {
        dotenvy::Error::LineParse(part, _) => part.lines().next().unwrap_or_default(),
        _ => "",
    };
    let wrong = |(_, line): &(usize, &str)| !line.trim_start().starts_with('#') && line.contains(part);
    let place = match text.lines().enumerate().find(wrong) {
        Some((index, line)) => match line.split_once('=') {
            Some((name, _)) => format!("in line {}, at {}", index + 1, name.trim()),
            None => format!("in line {}, which has no =", index + 1),
        },
        None => "somewhere".to_owned(),
    };
    let problem =
        "write NAME=value, and put values with spaces, #, $ or quotes into single quotes".to_owned();
    ConfigError::Syntax { path: path.to_owned(), place, problem }
}

fn is_known(name: &str) -> bool {
    settings::ALL.iter().any(|setting| setting.names().any(|known| known == name))
}

/// A word about a name that looks like ours but is none of ours.
fn doubt(name: &str, place: &str) -> Option<String> {
    let ours = name.starts_with("FRIENDER_") && !name.starts_with("FRIENDER_TEST_");
    ours.then(|| {
        format!("{name} is no setting (source: {place}); the nearest known one is {}", nearest(name))
    })
}

/// The known name nearest to a misspelt one, as the environment spells it.
pub(super) fn nearest(unknown: &str) -> &'static str {
    let unknown = settings::key_of(&unknown.to_ascii_uppercase());
    let distance = |name: &str| strsim::damerau_levenshtein(&unknown, &settings::key_of(name));
    settings::ALL
        .iter()
        .flat_map(|setting| setting.names())
        .min_by_key(|name| distance(name))
        .unwrap_or(settings::ENV.name)
}
