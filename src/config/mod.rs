//! Typed settings: the only reader of the environment.
//!
//! Flags beat the environment, which beats `.env`, which beats the TOML file, which beats the defaults.
//! `settings/` is the one table of them all.

mod error;
mod file_type;
mod layers;
mod limits;
mod load;
mod mail;
mod mask;
mod origins;
mod parse;
mod render;
mod resolved;
pub mod settings;
#[cfg(test)]
mod tests;
mod toml_file;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use url::Url;

pub use error::ConfigError;
pub use file_type::{FileUse, UploadType};
pub use layers::{Layer, Origin};
pub use limits::{LimitsConfig, Network, ProxyConfig, ProxyHeader, Rate};
pub use mail::MailConfig;
pub use mask::database_url as masked_database_url;
pub use render::{env_example, listing, listing_json, markdown_table};
pub use resolved::{Resolved, ResolvedSetting};

use layers::{Layers, Surroundings};

/// Everything that can be set.
#[derive(Debug, Clone)]
pub struct Config {
    /// How much is forgiven.
    pub environment: Environment,
    /// Where the API listens; port 0 takes a free one.
    pub addr: SocketAddr,
    /// Folder of the default set-up.
    pub data_dir: PathBuf,
    /// PostgreSQL.
    pub database: DatabaseConfig,
    /// The store of photos.
    pub storage: StorageConfig,
    /// Limits of photos.
    pub photos: PhotoConfig,
    /// Passwords and tokens.
    pub accounts: AccountConfig,
    /// Mail, and the links in it.
    pub mail: MailConfig,
    /// Exact web origins that may call the API.
    pub cors_origins: Vec<String>,
    /// Whether rate limits hold.
    pub rate_limits: bool,
    /// How much they let through.
    pub limits: LimitsConfig,
    /// Whom to believe about a client's address.
    pub proxies: ProxyConfig,
    /// How long a server that a supervisor stops goes on taking connections, not ready any more.
    pub stop_delay: Duration,
    /// Connections at most, of all clients together.
    pub max_connections: usize,
    /// The web app.
    pub web: WebConfig,
    /// Logs.
    pub log: LogConfig,
}

/// How much is forgiven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Environment {
    /// Secrets are generated where none are given.
    Development,
    /// Secrets must be given, limits hold.
    Production,
}

/// PostgreSQL.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    /// The database; the private cluster when `None`.
    pub url: Option<SecretString>,
    /// Folder of the private cluster's programs; looked for when `None`.
    pub pg_bin: Option<PathBuf>,
    /// Connections at most.
    pub pool_size: u32,
    /// Whether what is committed must survive a power cut. Always true from settings; tests may set false for theirs.
    pub durable: bool,
}

/// The store of photos.
#[derive(Debug, Clone)]
pub struct StorageConfig {
    /// The bucket; the private store when `None`.
    pub bucket: Option<String>,
    /// The bucket's region.
    pub region: String,
    /// Another store than Amazon's.
    pub endpoint: Option<Url>,
    /// What presigned URLs carry, if not `endpoint`.
    pub public_endpoint: Option<Url>,
    /// Given keys; AWS's chain of credentials when `None`.
    pub credentials: Option<StaticCredentials>,
    /// Where the private store listens.
    pub embedded_addr: SocketAddr,
    /// Whether a start gives the bucket its CORS rule.
    pub apply_cors: bool,
}

/// Keys of a store.
#[derive(Debug, Clone)]
pub struct StaticCredentials {
    /// Names the key; no secret by itself.
    pub access_key_id: String,
    /// Signs.
    pub secret_access_key: SecretString,
    /// Only with temporary keys.
    pub session_token: Option<SecretString>,
}

/// Limits of photos.
#[derive(Debug, Clone)]
pub struct PhotoConfig {
    /// Life of links to one's own up- and downloads.
    pub presigned_url_expiration: Duration,
    /// Bytes of an upload at most.
    pub max_file_size: usize,
    /// What may be uploaded; at least one picture type.
    pub allowed_file_types: Vec<&'static UploadType>,
    /// Photos of a person at most.
    pub max_photos: usize,
    /// Documents of a person at most.
    pub max_documents: usize,
}

impl PhotoConfig {
    /// Files that one form may bring: all that a person may have.
    #[must_use]
    pub fn max_files(&self) -> usize {
        let takes_documents = self.allowed_file_types.iter().any(|kind| kind.used_as == FileUse::Document);
        self.max_photos + if takes_documents { self.max_documents } else { 0 }
    }
}

/// Passwords and tokens.
#[derive(Debug, Clone)]
pub struct AccountConfig {
    /// Signs access tokens; from the data folder when `None`.
    pub jwt_secret: Option<SecretString>,
    /// Also good for access tokens, while secrets are exchanged.
    pub jwt_secret_previous: Option<SecretString>,
    /// Whether logins set cookies.
    pub cookies: bool,
    /// Goes into password hashes; from the data folder when `None`.
    pub password_pepper: Option<SecretString>,
    /// Also good for password hashes, while peppers are exchanged.
    pub password_pepper_previous: Option<SecretString>,
    /// Life of an access token.
    pub access_ttl: Duration,
    /// The same for clients that can't renew theirs.
    pub long_access_ttl: Duration,
    /// bcrypt's cost, 4 to 16.
    pub bcrypt_cost: u32,
    /// Whether a profile needs a birth date to be complete.
    pub birth_date_required: bool,
    /// How long after its owner asked for it an account is erased.
    pub deletion_grace: Duration,
}

/// The web app.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// Whether it is served.
    pub on: bool,
    /// Its built files; those inside the program when `None`, as always from settings. Tests may name a folder of theirs.
    pub folder: Option<PathBuf>,
}

/// Logs.
#[derive(Debug, Clone)]
pub struct LogConfig {
    /// Level and levels by module, such as `info,friender=debug`.
    pub filter: String,
    /// How an event is written.
    pub format: LogFormat,
}

/// How an event is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, one object a line.
    Json,
}

/// What the command line sets; it beats everything else.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--config`
    pub config: Option<String>,
    /// `--addr`
    pub addr: Option<String>,
    /// `--data-dir`
    pub data_dir: Option<String>,
    /// `--log`
    pub log: Option<String>,
    /// `--no-web`
    pub no_web: bool,
}

impl Config {
    /// Reads all layers, once.
    ///
    /// # Errors
    /// [`ConfigError`], for the first setting that can't be used.
    pub fn load(flags: &Overrides) -> Result<Resolved, ConfigError> {
        load::resolve(Layers::gather(flags, &Surroundings::of_process())?)
    }

    /// Defaults without reading the environment, made for tests: any free port, the cheapest password hashes and
    /// no rate limits. Change its fields as needed.
    #[must_use]
    pub fn defaults(data_dir: PathBuf) -> Self {
        let addr = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            environment: Environment::Development,
            addr,
            data_dir,
            database: DatabaseConfig { url: None, pg_bin: None, pool_size: 16, durable: true },
            storage: StorageConfig {
                bucket: None,
                region: "us-east-1".to_owned(),
                endpoint: None,
                public_endpoint: None,
                credentials: None,
                embedded_addr: addr,
                apply_cors: true,
            },
            photos: PhotoConfig {
                presigned_url_expiration: Duration::from_secs(300),
                max_file_size: 20 << 20,
                allowed_file_types: UploadType::pictures().collect(),
                max_photos: 9,
                max_documents: 20,
            },
            accounts: AccountConfig {
                jwt_secret: None,
                jwt_secret_previous: None,
                cookies: false,
                password_pepper: None,
                password_pepper_previous: None,
                access_ttl: Duration::from_secs(900),
                long_access_ttl: Duration::from_secs(43_200),
                bcrypt_cost: 4,
                birth_date_required: false,
                deletion_grace: Duration::from_secs(14 * 86_400),
            },
            mail: MailConfig::default(),
            cors_origins: Vec::new(),
            rate_limits: false,
            limits: LimitsConfig::default(),
            proxies: ProxyConfig::default(),
            stop_delay: Duration::from_secs(5),
            max_connections: 10_000,
            web: WebConfig { on: true, folder: None },
            log: LogConfig { filter: "info".to_owned(), format: LogFormat::Text },
        }
    }
}
