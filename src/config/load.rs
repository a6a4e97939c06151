//! From layers to a typed [`Config`], keeping each value's source.

use std::net::SocketAddr;

use secrecy::ExposeSecret;

use super::layers::{Found, Layer, Layers, Origin};
use super::settings::{self, Setting};
use super::{
    AccountConfig, Config, ConfigError, DatabaseConfig, Environment, LimitsConfig, LogConfig, PhotoConfig,
    ProxyConfig, Resolved, ResolvedSetting, StaticCredentials, StorageConfig, WebConfig, file_type, mail,
    mask, parse,
};

/// One week: the longest that Signature Version 4 allows.
const LONGEST_URL: u64 = 604_800;

/// Builds and checks everything.
pub(super) fn resolve(layers: Layers) -> Result<Resolved, ConfigError> {
    let mut reader = Reader { layers, values: Vec::new() };
    reader.optional(&settings::CONFIG, parse::path)?;
    let addr = reader.required(&settings::ADDR, parse::address)?;
    let config = Config {
        environment: reader.required(&settings::ENV, parse::environment)?,
        addr,
        data_dir: reader.required(&settings::DATA_DIR, parse::path)?,
        cors_origins: reader.optional(&settings::CORS_ORIGINS, parse::origins)?.unwrap_or_default(),
        rate_limits: reader.required(&settings::RATE_LIMITS, parse::switch)?,
        limits: limits(&mut reader)?,
        proxies: ProxyConfig {
            trusted: reader.optional(&settings::TRUSTED_PROXIES, parse::networks)?.unwrap_or_default(),
            header: reader.required(&settings::PROXY_HEADER, parse::proxy_header)?,
        },
        stop_delay: reader.required(&settings::STOP_DELAY, parse::seconds(0..=8))?,
        max_connections: reader.required(&settings::MAX_CONNECTIONS, parse::number(16..=1_000_000))?,
        web: WebConfig { on: reader.required(&settings::WEB, parse::switch)?, folder: None },
        database: database(&mut reader)?,
        storage: storage(&mut reader, addr)?,
        photos: photos(&mut reader)?,
        accounts: accounts(&mut reader)?,
        mail: mail::read(&mut reader)?,
        log: LogConfig {
            filter: reader.required(&settings::LOG, parse::text)?,
            format: reader.required(&settings::LOG_FORMAT, parse::log_format)?,
        },
    };
    check_production(&config)?;
    mail::check_production(&config)?;
    let place = |value: &ResolvedSetting| settings::ALL.iter().position(|known| known.name == value.name);
    reader.values.sort_by_key(place);
    Ok(Resolved { config, values: reader.values, warnings: reader.layers.warnings })
}

fn database(reader: &mut Reader) -> Result<DatabaseConfig, ConfigError> {
    Ok(DatabaseConfig {
        url: reader.optional(&settings::DATABASE_URL, parse::database_url)?,
        pg_bin: reader.optional(&settings::PG_BIN, parse::path)?,
        pool_size: reader.required(&settings::DATABASE_POOL, parse::number(1..=1000))?,
        durable: true,
    })
}

fn storage(reader: &mut Reader, addr: SocketAddr) -> Result<StorageConfig, ConfigError> {
    let storage = StorageConfig {
        bucket: reader.optional(&settings::BUCKET, parse::bucket)?,
        region: reader.required(&settings::REGION, parse::region)?,
        endpoint: reader.optional(&settings::ENDPOINT, parse::endpoint)?,
        public_endpoint: reader.optional(&settings::PUBLIC_ENDPOINT, parse::endpoint)?,
        credentials: credentials(reader)?,
        embedded_addr: embedded_addr(reader, addr)?,
        apply_cors: reader.required(&settings::APPLY_CORS, parse::switch)?,
    };
    if storage.bucket.is_none() && storage.endpoint.is_some() {
        return Err(ConfigError::Conflict(
            "S3_ENDPOINT_URL is set, but S3_BUCKET_NAME is not: name the bucket there, or unset the endpoint to keep photos in the data folder",
        ));
    }
    Ok(storage)
}

fn credentials(reader: &mut Reader) -> Result<Option<StaticCredentials>, ConfigError> {
    let id = reader.optional(&settings::ACCESS_KEY_ID, parse::text)?;
    let secret = reader.optional(&settings::SECRET_ACCESS_KEY, parse::secret)?;
    let session_token = reader.optional(&settings::SESSION_TOKEN, parse::secret)?;
    match (id, secret, session_token) {
        (Some(access_key_id), Some(secret_access_key), session_token) => {
            Ok(Some(StaticCredentials { access_key_id, secret_access_key, session_token }))
        }
        (None, None, None) => Ok(None),
        (Some(_), None, _) => Err(ConfigError::Conflict(
            "AWS_ACCESS_KEY_ID is set, but AWS_SECRET_ACCESS_KEY is not: set both, or neither to use AWS's own chain of credentials",
        )),
        (None, Some(_), _) => Err(ConfigError::Conflict(
            "AWS_SECRET_ACCESS_KEY is set, but AWS_ACCESS_KEY_ID is not: set both, or neither to use AWS's own chain of credentials",
        )),
        (None, None, Some(_)) => Err(ConfigError::Conflict(
            "AWS_SESSION_TOKEN is set without AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY: set all three, or none",
        )),
    }
}

/// Beside the API: its address, the next port, unless told otherwise.
fn embedded_addr(reader: &mut Reader, addr: SocketAddr) -> Result<SocketAddr, ConfigError> {
    if let Some(given) = reader.optional(&settings::S3_ADDR, parse::address)? {
        if given == addr && given.port() != 0 {
            return Err(ConfigError::Conflict(
                "FRIENDER_S3_ADDR and FRIENDER_ADDR are the same: give each its own port",
            ));
        }
        return Ok(given);
    }
    let port = match addr.port() {
        0 => Some(0),
        port => port.checked_add(1),
    };
    let port = port.ok_or(ConfigError::Missing {
        name: settings::S3_ADDR.name,
        advice: "there is no port after 65535; set it, or take a lower port in FRIENDER_ADDR",
    })?;
    let derived = SocketAddr::new(addr.ip(), port);
    reader.derive(&settings::S3_ADDR, derived.to_string());
    Ok(derived)
}

fn photos(reader: &mut Reader) -> Result<PhotoConfig, ConfigError> {
    Ok(PhotoConfig {
        presigned_url_expiration: reader
            .required(&settings::URL_EXPIRATION, parse::seconds(1..=LONGEST_URL))?,
        max_file_size: reader.required(&settings::MAX_FILE_SIZE, parse::size)?,
        allowed_file_types: reader.required(&settings::ALLOWED_FILE_TYPES, file_type::list)?,
        max_photos: reader.required(&settings::MAX_PHOTOS, parse::number(1..=100))?,
        max_documents: reader.required(&settings::MAX_DOCUMENTS, parse::number(1..=100))?,
    })
}

fn limits(reader: &mut Reader) -> Result<LimitsConfig, ConfigError> {
    Ok(LimitsConfig {
        reads: reader.required(&settings::LIMIT_READS, parse::rate)?,
        read_burst: reader.required(&settings::LIMIT_READ_BURST, parse::number(1..=1_000_000))?,
        writes: reader.required(&settings::LIMIT_WRITES, parse::rate)?,
        sign_ups: reader.required(&settings::LIMIT_SIGN_UPS, parse::rate)?,
        failed_logins: reader.required(&settings::LIMIT_FAILED_LOGINS, parse::rate)?,
        mails: reader.required(&settings::LIMIT_MAILS, parse::rate)?,
        decisions: reader.required(&settings::LIMIT_DECISIONS, parse::rate)?,
        messages: reader.required(&settings::LIMIT_MESSAGES, parse::rate)?,
        uploads: reader.required(&settings::LIMIT_UPLOADS, parse::rate)?,
        reports: reader.required(&settings::LIMIT_REPORTS, parse::rate)?,
    })
}

fn accounts(reader: &mut Reader) -> Result<AccountConfig, ConfigError> {
    Ok(AccountConfig {
        jwt_secret: reader.optional(&settings::JWT_SECRET, parse::long_secret)?,
        jwt_secret_previous: reader.optional(&settings::JWT_SECRET_PREVIOUS, parse::long_secret)?,
        cookies: reader.required(&settings::COOKIES, parse::switch)?,
        password_pepper: reader.optional(&settings::PASSWORD_PEPPER, parse::long_secret)?,
        password_pepper_previous: reader.optional(&settings::PASSWORD_PEPPER_PREVIOUS, parse::long_secret)?,
        access_ttl: reader.required(&settings::ACCESS_TTL, parse::seconds(1..=86_400))?,
        long_access_ttl: reader.required(&settings::LONG_ACCESS_TTL, parse::seconds(1..=86_400))?,
        bcrypt_cost: reader.required(&settings::BCRYPT_COST, parse::number(4..=16))?,
        birth_date_required: reader.required(&settings::BIRTH_DATE, parse::required)?,
        deletion_grace: reader.required(&settings::DELETION_GRACE, parse::days(0..=90))?,
    })
}

/// What development forgives.
fn check_production(config: &Config) -> Result<(), ConfigError> {
    if config.environment != Environment::Production {
        return Ok(());
    }
    if !config.rate_limits {
        return Err(ConfigError::Conflict(
            "FRIENDER_RATE_LIMITS=off is refused in production: set it to on, or FRIENDER_ENV to development",
        ));
    }
    let advice = "production needs one of at least 32 bytes, the same on every instance; `openssl rand -base64 48` makes one";
    let missing = |setting: &Setting| ConfigError::Missing { name: setting.name, advice };
    let jwt = config.accounts.jwt_secret.as_ref().ok_or_else(|| missing(&settings::JWT_SECRET))?;
    let pepper =
        config.accounts.password_pepper.as_ref().ok_or_else(|| missing(&settings::PASSWORD_PEPPER))?;
    if jwt.expose_secret() == pepper.expose_secret() {
        return Err(ConfigError::Conflict(
            "FRIENDER_JWT_SECRET and FRIENDER_PASSWORD_PEPPER are the same: make one for each",
        ));
    }
    Ok(())
}

/// Reads one setting after the other and remembers what it saw, masked.
pub(super) struct Reader {
    layers: Layers,
    values: Vec<ResolvedSetting>,
}

impl Reader {
    pub(super) fn optional<T>(
        &mut self,
        setting: &'static Setting,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(Found { raw, origin }) = self.layers.find(setting) else {
            let origin = Origin { layer: Layer::Default, alias: None };
            self.values.push(ResolvedSetting { name: setting.name, value: None, origin });
            return Ok(None);
        };
        let shown = mask::shown(setting, raw.trim());
        let value = parse(raw.trim()).map_err(|accepted| ConfigError::Invalid {
            name: setting.name,
            shown: if setting.is_secret() { "used as given".to_owned() } else { format!("{shown:?}") },
            origin: origin.clone(),
            accepted,
        })?;
        self.values.push(ResolvedSetting { name: setting.name, value: Some(shown), origin });
        Ok(Some(value))
    }

    fn required<T>(
        &mut self,
        setting: &'static Setting,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, ConfigError> {
        self.optional(setting, parse)?
            .ok_or(ConfigError::Missing { name: setting.name, advice: "it has no default; set it" })
    }

    /// Shows a value that follows from others.
    fn derive(&mut self, setting: &Setting, value: String) {
        if let Some(kept) = self.values.iter_mut().find(|kept| kept.name == setting.name) {
            kept.value = Some(value);
        }
    }
}
