//! The S3-compatible server of the default set-up: in process, on a listener and a thread of its own.
//!
//! Crate `s3s` speaks the protocol and checks the signatures; what is kept on disk, and how, is ours ([`objects`]).
//! The rest of the program reaches it only through [`MediaStore`](crate::media::MediaStore), as it would reach real S3.

mod backend;
mod bodies;
mod cors;
mod listener;
mod listing;
mod objects;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;

use s3s::auth::SimpleAuth;
use s3s::config::{S3Config, StaticConfigProvider};
use s3s::service::S3ServiceBuilder;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::oneshot;

use backend::Backend;
use cors::CorsRules;
use listener::Listener;
use objects::Objects;

/// The largest object that the server takes, in bytes.
pub const MAX_OBJECT_BYTES: u64 = 64 * 1024 * 1024;
/// The largest document that is no object, such as a bucket's CORS rules.
const MAX_XML_BYTES: usize = 64 * 1024;

/// What the embedded server needs to know.
pub struct EmbeddedStoreConfig {
    /// The folder that holds the buckets; made if missing.
    pub dir: PathBuf,
    /// Where to listen. Port 0 takes any free one: ask [`EmbeddedStore::addr`].
    pub addr: SocketAddr,
    /// The one access key that is accepted.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: SecretString,
    /// The bucket that is made if missing.
    pub bucket: String,
    /// Origins whose pages may use presigned URLs from scripts, exact, such as `http://localhost:3000`.
    pub cors_origins: Vec<String>,
}

/// Why the embedded server didn't start.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedStoreError {
    /// The address is taken, or isn't this machine's.
    #[error(
        "can't listen on {addr} for the object store: {source}. Stop the program that uses this port, or set FRIENDER_S3_ADDR to a free one"
    )]
    Bind {
        /// The address that was asked for.
        addr: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The folder can't be used.
    #[error("can't keep objects in {}: {source}. Make the folder writable, or set FRIENDER_DATA_DIR to another one", dir.display())]
    Folder {
        /// The folder that was asked for.
        dir: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// S3's rules for bucket names: 3 to 63 small letters, digits, dots and dashes.
    #[error("{0:?} is no bucket name: use 3 to 63 small letters, digits and dashes")]
    BucketName(String),
    /// The server's own thread could not be started.
    #[error("can't start the object store's thread: {0}")]
    Thread(io::Error),
}

/// A running server. Dropping it stops it without waiting; [`EmbeddedStore::stop`] waits.
#[derive(Debug)]
pub struct EmbeddedStore {
    addr: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    stopped: oneshot::Receiver<()>,
}

impl EmbeddedStore {
    /// Opens the folder, takes the address, and serves from a thread of its own until stopped.
    ///
    /// # Errors
    /// The address is taken, the folder can't be written, or the bucket's name breaks S3's rules.
    pub fn start(config: EmbeddedStoreConfig) -> Result<Self, EmbeddedStoreError> {
        if !s3s::path::check_bucket_name(&config.bucket) {
            return Err(EmbeddedStoreError::BucketName(config.bucket));
        }
        let listener =
            bind(config.addr).map_err(|source| EmbeddedStoreError::Bind { addr: config.addr, source })?;
        let addr =
            listener.local_addr().map_err(|source| EmbeddedStoreError::Bind { addr: config.addr, source })?;
        let objects = Objects::open(&config.dir)
            .and_then(|objects| objects.create_bucket(&config.bucket).map(|_| objects))
            .map_err(|source| EmbeddedStoreError::Folder { dir: config.dir.clone(), source })?;
        let cors = Arc::new(CorsRules::for_origins(&config.bucket, &config.cors_origins));
        let mut limits = S3Config::default();
        limits.xml_max_body_size = MAX_XML_BYTES;
        let mut builder = S3ServiceBuilder::new(Backend::new(objects, Arc::clone(&cors)));
        builder.set_config(Arc::new(StaticConfigProvider::new(Arc::new(limits))));
        builder.set_auth(SimpleAuth::from_single(
            config.access_key_id,
            config.secret_access_key.expose_secret().to_owned(),
        ));
        let (stop, stopping) = oneshot::channel();
        let (done, stopped) = oneshot::channel();
        Listener { listener, service: builder.build(), cors, stopping, done }
            .spawn()
            .map_err(EmbeddedStoreError::Thread)?;
        tracing::info!(%addr, bucket = config.bucket, "the embedded object store is serving");
        Ok(Self { addr, stop: Some(stop), stopped })
    }

    /// Where the server listens, with the port that it really got.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Takes no more connections, answers the requests under way, and returns when the port is free.
    pub async fn stop(mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        let _ = (&mut self.stopped).await;
    }
}

fn bind(addr: SocketAddr) -> io::Result<TcpListener> {
    let listener = TcpListener::bind(addr)?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}
