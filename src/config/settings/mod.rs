//! The one table of settings. `.env.example`, the README's table, the loader and its messages all read it.

mod accounts;
mod limits;
mod mail;
mod server;
mod storage;

pub(super) use accounts::*;
pub(super) use limits::*;
pub(super) use mail::*;
pub(super) use server::*;
pub(super) use storage::*;

/// What holds when nobody sets a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// This value.
    Value(&'static str),
    /// Nothing, and what happens then, in a few words.
    Unset(&'static str),
}

/// How much of a value may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// All of it.
    Plain,
    /// Its last four characters.
    Tail,
    /// A URL without its password.
    Url,
    /// Nothing.
    Secret,
}

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// The name in the environment and in `.env`.
    pub name: &'static str,
    /// Other names it answers to, after its own.
    pub aliases: &'static [&'static str],
    /// The heading it stands under.
    pub group: &'static str,
    /// What holds when it is not set.
    pub preset: Preset,
    /// What `.env.example` shows when there is no default.
    pub sample: &'static str,
    /// One line for people.
    pub help: &'static str,
    /// How much of its value may be shown.
    pub exposure: Exposure,
}

impl Setting {
    /// Whether a message must not quote the value.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.exposure != Exposure::Plain
    }

    /// The key in the TOML file: lower case, without `FRIENDER_`.
    #[must_use]
    pub fn key(&self) -> String {
        key_of(self.name)
    }

    /// Its name, then its aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// The TOML spelling of an environment name.
pub(super) fn key_of(name: &str) -> String {
    name.strip_prefix("FRIENDER_").unwrap_or(name).to_ascii_lowercase()
}

const fn row(name: &'static str, group: &'static str, preset: Preset, help: &'static str) -> Setting {
    Setting { name, aliases: &[], group, preset, sample: "", help, exposure: Exposure::Plain }
}

/// Every setting, in the order in which people read them.
pub static ALL: &[&Setting] = &[
    &CONFIG,
    &ENV,
    &ADDR,
    &DATA_DIR,
    &CORS_ORIGINS,
    &MAX_CONNECTIONS,
    &STOP_DELAY,
    &WEB,
    &DATABASE_URL,
    &DATABASE_POOL,
    &PG_BIN,
    &BUCKET,
    &REGION,
    &ACCESS_KEY_ID,
    &SECRET_ACCESS_KEY,
    &SESSION_TOKEN,
    &ENDPOINT,
    &PUBLIC_ENDPOINT,
    &S3_ADDR,
    &APPLY_CORS,
    &URL_EXPIRATION,
    &MAX_FILE_SIZE,
    &ALLOWED_FILE_TYPES,
    &MAX_PHOTOS,
    &MAX_DOCUMENTS,
    &JWT_SECRET,
    &JWT_SECRET_PREVIOUS,
    &PASSWORD_PEPPER,
    &PASSWORD_PEPPER_PREVIOUS,
    &COOKIES,
    &ACCESS_TTL,
    &LONG_ACCESS_TTL,
    &BCRYPT_COST,
    &BIRTH_DATE,
    &DELETION_GRACE,
    &SMTP_URL,
    &MAIL_FROM,
    &PUBLIC_URL,
    &RATE_LIMITS,
    &LIMIT_READS,
    &LIMIT_READ_BURST,
    &LIMIT_WRITES,
    &LIMIT_SIGN_UPS,
    &LIMIT_FAILED_LOGINS,
    &LIMIT_MAILS,
    &LIMIT_DECISIONS,
    &LIMIT_MESSAGES,
    &LIMIT_UPLOADS,
    &LIMIT_REPORTS,
    &TRUSTED_PROXIES,
    &PROXY_HEADER,
    &LOG,
    &LOG_FORMAT,
];
