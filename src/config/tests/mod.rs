//! A set-up in a folder of its own, without the process's environment.

mod layering;
mod rendering;
mod validation;

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::layers::Surroundings;
use super::{ConfigError, Layers, Overrides, Resolved, load};

/// Layers that a test fills.
struct Setup {
    folder: TempDir,
    environment: Vec<(String, String)>,
    flags: Overrides,
}

fn setup() -> Setup {
    Setup { folder: TempDir::new().unwrap(), environment: Vec::new(), flags: Overrides::default() }
}

/// Settings from the environment alone.
fn from_env(pairs: &[(&str, &str)]) -> Result<Resolved, ConfigError> {
    pairs.iter().fold(setup(), |setup, (name, value)| setup.env(name, value)).load()
}

/// The message that these settings are refused with.
fn refusal(pairs: &[(&str, &str)]) -> String {
    from_env(pairs).unwrap_err().to_string()
}

impl Setup {
    fn env(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    fn file(self, name: &str, text: &str) -> Self {
        fs::write(self.path().join(name), text).unwrap();
        self
    }

    fn flags(mut self, flags: Overrides) -> Self {
        self.flags = flags;
        self
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn load(&self) -> Result<Resolved, ConfigError> {
        let environment = self.environment.iter().map(|(name, value)| (name.into(), value.into())).collect();
        let around = Surroundings { environment, folder: self.path().to_owned() };
        load::resolve(Layers::gather(&self.flags, &around)?)
    }

    fn refusal(&self) -> String {
        self.load().unwrap_err().to_string()
    }
}

impl Resolved {
    /// A setting's shown value and source, as `value (source)`.
    fn shown(&self, name: &str) -> String {
        let setting = self.values.iter().find(|setting| setting.name == name).unwrap();
        format!("{} ({})", setting.value.as_deref().unwrap_or("-"), setting.origin)
    }
}
