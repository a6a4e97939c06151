//! Settings as they were found, each with its source.

use super::{Config, Layer, Origin};

/// A [`Config`] and where each of its values came from.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The settings.
    pub config: Config,
    /// Every setting, in the table's order, secrets masked.
    pub values: Vec<ResolvedSetting>,
    /// What looks like a mistake but is none for certain, one sentence each.
    pub warnings: Vec<String>,
}

/// One value and its source.
#[derive(Debug, Clone)]
pub struct ResolvedSetting {
    /// The setting.
    pub name: &'static str,
    /// Its value, masked where it is a secret; `None` when unset.
    pub value: Option<String>,
    /// Where the value came from.
    pub origin: Origin,
}

impl Resolved {
    /// Whether nobody has set `name`.
    #[must_use]
    pub fn is_default(&self, name: &str) -> bool {
        let default =
            |setting: &ResolvedSetting| setting.name == name && setting.origin.layer == Layer::Default;
        self.values.iter().any(default)
    }
}
