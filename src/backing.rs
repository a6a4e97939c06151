//! What the server stands on: a database and an object store, given by settings or kept private in the data folder.

use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use crate::config::{Config, StaticCredentials, StorageConfig};
use crate::data_dir::{DataDir, DataDirError};
use crate::db::embedded::{Cluster, ClusterConfig, ClusterError};
use crate::db::{Db, DbError, MigrationError, ServerError, check_server, migrate};
use crate::media::embedded::{EmbeddedStore, EmbeddedStoreConfig, EmbeddedStoreError};
use crate::media::{MediaStore, StoreConfig};

/// The database's name in the private cluster, and the bucket's in the embedded store.
const NAME: &str = "friender";

/// Why the server has nothing to stand on.
#[derive(Debug, thiserror::Error)]
pub enum BackingError {
    /// The data folder.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// The private PostgreSQL.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The embedded store.
    #[error(transparent)]
    Store(#[from] EmbeddedStoreError),
    /// The database server.
    #[error("the database can't be used: check DATABASE_URL; `friender doctor` tells more")]
    Server(#[from] ServerError),
    /// The schema.
    #[error("the database could not be brought up to date")]
    Migration(#[from] MigrationError),
    /// The pool.
    #[error("the database can't be used: check DATABASE_URL")]
    Db(#[from] DbError),
    /// Neither a secret nor a folder to keep one in.
    #[error("a secret is missing: set FRIENDER_JWT_SECRET and FRIENDER_PASSWORD_PEPPER")]
    NoSecret,
    /// The task that starts a part died.
    #[error("starting up was interrupted")]
    Interrupted,
}

/// The parts, running. Dropping them stops what is private.
pub struct Backing {
    /// The database, migrated.
    pub db: Db,
    /// Where it is.
    pub database_url: SecretString,
    /// The object store.
    pub media: MediaStore,
    /// Keys access and refresh tokens.
    pub jwt_secret: SecretString,
    /// Seasons passwords.
    pub pepper: SecretString,
    store: Option<EmbeddedStore>,
    cluster: Option<Cluster>,
    // The last to go: its lock says that the folder is free.
    _data_dir: Option<DataDir>,
}

impl Backing {
    /// Starts what is private, connects to what is not, and migrates.
    pub async fn open(config: &Config) -> Result<Self, BackingError> {
        let accounts = &config.accounts;
        let data_dir = if needs_folder(config) { Some(DataDir::open(&config.data_dir)?) } else { None };
        let secret = |given: &Option<SecretString>, name: &str| match (given, &data_dir) {
            (Some(given), _) => Ok(given.clone()),
            (None, Some(dir)) => Ok(dir.secret(name)?),
            (None, None) => Err(BackingError::NoSecret),
        };
        let jwt_secret = secret(&accounts.jwt_secret, "jwt_secret")?;
        let pepper = secret(&accounts.password_pepper, "password_pepper")?;
        let (cluster, database_url) = open_database(config, data_dir.as_ref()).await?;
        let (store, media) = open_store(config, data_dir.as_ref()).await?;
        let (url, pool_size) = (database_url.clone(), config.database.pool_size);
        let durable = config.database.durable;
        let db = blocking(move || {
            check_server(url.expose_secret(), durable)?;
            for step in migrate(url.expose_secret())? {
                tracing::info!(step, "migrated");
            }
            Ok::<_, BackingError>(Db::connect(url.expose_secret(), pool_size)?)
        })
        .await?;
        if store.is_none() {
            greet_bucket(config, &media).await;
        }
        Ok(Self { db, database_url, media, jwt_secret, pepper, store, cluster, _data_dir: data_dir })
    }

    /// Stops what is private, the store first: the database is the truth.
    pub async fn close(self) {
        if let Some(store) = self.store {
            store.stop().await;
        }
        if let Some(cluster) = self.cluster {
            let _ = tokio::task::spawn_blocking(move || cluster.stop()).await;
        }
    }
}

/// Whether anything has to be kept in the data folder.
pub(crate) fn needs_folder(config: &Config) -> bool {
    let accounts = &config.accounts;
    config.database.url.is_none()
        || config.storage.bucket.is_none()
        || accounts.jwt_secret.is_none()
        || accounts.password_pepper.is_none()
}

async fn blocking<T: Send + 'static, E: Into<BackingError> + Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, BackingError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| BackingError::Interrupted)?.map_err(Into::into)
}

/// Starts the private cluster, or takes the URL that was given.
pub(crate) async fn open_database(
    config: &Config,
    data_dir: Option<&DataDir>,
) -> Result<(Option<Cluster>, SecretString), BackingError> {
    match (&config.database.url, data_dir) {
        (None, Some(dir)) => {
            let cluster = ClusterConfig {
                dir: dir.postgres(),
                pg_bin: config.database.pg_bin.clone(),
                durable: config.database.durable,
            };
            let cluster = blocking(move || Cluster::start(cluster)).await?;
            let url = cluster.url(NAME).into();
            Ok((Some(cluster), url))
        }
        (url, _) => Ok((None, url.clone().unwrap_or_default())),
    }
}

/// Starts the embedded store, or only prepares the client of the bucket that was given.
pub(crate) async fn open_store(
    config: &Config,
    data_dir: Option<&DataDir>,
) -> Result<(Option<EmbeddedStore>, MediaStore), BackingError> {
    let storage = &config.storage;
    let (Some(dir), None) = (data_dir, &storage.bucket) else {
        return Ok((None, MediaStore::connect(real_store(storage)).await));
    };
    let (id, secret) = (dir.secret("store_key_id")?, dir.secret("store_key")?);
    // An access key's id is no secret; it only has to be this folder's own.
    let access_key_id: String =
        id.expose_secret().chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    let store = EmbeddedStore::start(EmbeddedStoreConfig {
        dir: dir.objects(),
        addr: storage.embedded_addr,
        access_key_id: access_key_id.clone(),
        secret_access_key: secret.clone(),
        bucket: NAME.to_owned(),
        cors_origins: config.browser_origins(),
    })?;
    let endpoint = url::Url::parse(&format!("http://{}", store.addr())).ok();
    let media = MediaStore::connect(StoreConfig {
        bucket: NAME.to_owned(),
        region: storage.region.clone(),
        public_endpoint: storage.public_endpoint.clone(),
        endpoint,
        credentials: Some(StaticCredentials {
            access_key_id,
            secret_access_key: secret,
            session_token: None,
        }),
    })
    .await;
    Ok((Some(store), media))
}

/// Looks whether the bucket answers, and lets browsers in. What fails may come back, and much works without it.
async fn greet_bucket(config: &Config, media: &MediaStore) {
    if let Err(error) = media.check().await {
        tracing::warn!(%error, "the photo store can't be used now; `friender doctor` tells more");
        return;
    }
    if !config.storage.apply_cors {
        return;
    }
    let origins = config.browser_origins();
    match media.apply_cors(&origins).await {
        Ok(true) => tracing::info!(?origins, "the bucket's CORS rule lets these origins in"),
        Ok(false) => {}
        Err(error) if error.is_not_offered() => tracing::warn!(
            ?origins,
            "this S3 server takes no CORS rule: let it allow these origins in its own way, or browsers can't upload to \
             it (FRIENDER_S3_APPLY_CORS=off ends this warning)"
        ),
        Err(error) => tracing::warn!(
            %error,
            "the bucket's CORS rule could not be set, so browsers may not upload to it: run `friender storage setup` \
             with a key that may (FRIENDER_S3_APPLY_CORS=off ends this warning)"
        ),
    }
}

/// How to reach the bucket that the settings name.
pub(crate) fn real_store(storage: &StorageConfig) -> StoreConfig {
    StoreConfig {
        bucket: storage.bucket.clone().unwrap_or_default(),
        region: storage.region.clone(),
        endpoint: storage.endpoint.clone(),
        public_endpoint: storage.public_endpoint.clone(),
        credentials: storage.credentials.clone(),
    }
}

/// The database alone, for what is done beside a server. Where one of ours runs on the same data folder, it is that
/// server's.
pub struct DatabaseAlone {
    /// The database, migrated.
    pub db: Db,
    cluster: Option<Cluster>,
    _data_dir: Option<DataDir>,
}

/// Connections for what is done beside a server.
const FEW: u32 = 2;

impl DatabaseAlone {
    /// Connects to the database, and starts it before if it is private and nobody runs it.
    pub async fn open(config: &Config) -> Result<Self, BackingError> {
        let folder = config.database.url.is_none().then(|| DataDir::open(&config.data_dir)).transpose();
        let data_dir = match folder {
            Err(DataDirError::InUse { path, .. }) => return Self::of_running(&path).await,
            folder => folder?,
        };
        let (cluster, url) = open_database(config, data_dir.as_ref()).await?;
        let db = blocking(move || {
            migrate(url.expose_secret())?;
            Ok::<_, BackingError>(Db::connect(url.expose_secret(), FEW)?)
        });
        Ok(Self { db: db.await?, cluster, _data_dir: data_dir })
    }

    async fn of_running(data_dir: &Path) -> Result<Self, BackingError> {
        let cluster = data_dir.join("postgres");
        let db = blocking(move || {
            let url = Cluster::url_of_running(&cluster, NAME)?;
            Ok::<_, BackingError>(Db::connect(&url, FEW)?)
        });
        Ok(Self { db: db.await?, cluster: None, _data_dir: None })
    }

    /// Stops what was started.
    pub async fn close(self) {
        if let Some(cluster) = self.cluster {
            let _ = tokio::task::spawn_blocking(move || cluster.stop()).await;
        }
    }
}
