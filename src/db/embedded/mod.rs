//! The private PostgreSQL cluster of the default set-up.
//!
//! One folder holds everything: `data` (the cluster), `run` (the socket), `postgres.log`, and `lock`. Nothing listens
//! on the network; whoever may open the socket's folder is the owner. The server is a child of this process, restarted
//! when it dies alone and stopped when this process ends, however it ends.

mod account;
mod binaries;
mod error;
mod initialise;
mod leftover;
mod log;
mod process;
mod socket;
mod supervisor;
#[cfg(test)]
mod tests;
mod unix;

use std::path::{Path, PathBuf};

use diesel::prelude::*;

pub use self::error::ClusterError;

use self::account::Account;
use self::process::Launch;
use self::supervisor::Supervisor;
use crate::data_dir::{FolderLock, FolderLockError};

/// The cluster's superuser and the database of the server itself.
const NAME: &str = "friender";

/// What a private cluster needs to know.
#[derive(Clone, Debug)]
pub struct ClusterConfig {
    /// The folder of the cluster; made if it is missing. One running cluster per folder.
    pub dir: PathBuf,
    /// The folder with `postgres`, `initdb` and `pg_ctl`; looked for in the usual places when `None`.
    pub pg_bin: Option<PathBuf>,
    /// `true` keeps every committed row through a power cut. `false` is for clusters that tests throw away.
    pub durable: bool,
}

/// A running private cluster. Dropping it stops the server, too.
#[derive(Debug)]
pub struct Cluster {
    supervisor: Supervisor,
    socket_dir: PathBuf,
    _lock: FolderLock,
}

impl Cluster {
    /// Makes the cluster if it isn't there yet, starts it, and creates the database `friender`.
    ///
    /// Blocks until connections are accepted: about a second the first time, a fraction of that later, longer when
    /// PostgreSQL has to recover from a crash.
    ///
    /// # Errors
    /// [`ClusterError`] says in plain words what stands in the way and what to do about it.
    pub fn start(config: ClusterConfig) -> Result<Self, ClusterError> {
        let dir = account::make_folder(&config.dir)?;
        let lock = FolderLock::take(&dir, 0o600).map_err(|error| match error {
            FolderLockError::Taken { holder } => ClusterError::InUse { folder: dir.clone(), holder },
            FolderLockError::Io { path, cause, .. } => ClusterError::Folder { path, source: cause },
        })?;
        let data = dir.join("data");
        let account = Account::choose(&data)?;
        account.open_folder(&dir)?;
        let version = initialise::version_of(&data)?;
        let binaries = binaries::find(config.pg_bin.as_deref(), &dir, version)?;
        account.check_reach(binaries.folder())?;
        leftover::settle(&data)?;
        initialise::ensure(&dir, &binaries, &account, config.durable)?;
        let socket_dir = socket::prepare(&dir, &account)?;
        let launch = Launch {
            cluster_name: socket::cluster_name(&dir),
            data,
            socket_dir,
            log: dir.join("postgres.log"),
            binaries,
            account,
            durable: config.durable,
        };
        log::begin(&launch.log)?;
        let socket_dir = launch.socket_dir.clone();
        let cluster = Self { supervisor: Supervisor::start(launch)?, socket_dir, _lock: lock };
        cluster.ensure_database()?;
        Ok(cluster)
    }

    /// The URL of one of the cluster's databases. It stays the same through restarts of the server, holds no secret,
    /// and is only of use to the user who owns the folder.
    #[must_use]
    pub fn url(&self, dbname: &str) -> String {
        socket::url(&self.socket_dir, dbname)
    }

    /// The same for a cluster that another process of ours runs in `dir`.
    ///
    /// # Errors
    /// Where the folder can't be read. Whether the cluster runs, the first connection tells.
    pub fn url_of_running(dir: &Path, dbname: &str) -> Result<String, ClusterError> {
        let dir = dir.canonicalize().map_err(at(dir))?;
        let account = Account::choose(&dir.join("data"))?;
        Ok(socket::url(&socket::place(&dir, &account)?, dbname))
    }

    /// Stops the server in order: open transactions are rolled back, everything committed is on disk.
    ///
    /// Blocks until the server is gone.
    pub fn stop(mut self) {
        self.supervisor.stop();
    }

    /// Creates the database unless it is there.
    fn ensure_database(&self) -> Result<(), ClusterError> {
        let mut conn = PgConnection::establish(&self.url("postgres")).map_err(ClusterError::Connect)?;
        let known = diesel::sql_query("SELECT 1 FROM pg_database WHERE datname = $1")
            .bind::<diesel::sql_types::Text, _>(NAME)
            .execute(&mut conn)?;
        if known == 0 {
            diesel::sql_query(format!("CREATE DATABASE {NAME}")).execute(&mut conn)?;
        }
        Ok(())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.supervisor.stop();
        // It is empty after an orderly stop, and made again at the next start.
        let _ = std::fs::remove_dir(&self.socket_dir);
    }
}

/// Attaches the path to an error of the file system.
fn at(path: &Path) -> impl FnOnce(std::io::Error) -> ClusterError {
    let path = path.to_owned();
    move |source| ClusterError::Folder { path, source }
}
