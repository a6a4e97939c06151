//! What can stand in the way of the private cluster.

use std::io;
use std::path::PathBuf;

/// Why the private cluster doesn't start. Each message says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClusterError {
    /// No folder has all three programs.
    #[error(
        "PostgreSQL's server programs (postgres, initdb, pg_ctl) were not found. Run `make postgres` to fetch them into \
         the data folder, or set FRIENDER_PG_BIN to the folder that holds them, or set DATABASE_URL to use a database \
         of your own"
    )]
    NoBinaries,
    /// The given folder lacks a program.
    #[error(
        "FRIENDER_PG_BIN names {folder}, but there is no program `{missing}` in it. It must hold postgres, initdb and \
         pg_ctl together: run `make postgres`, or correct FRIENDER_PG_BIN, or set DATABASE_URL to use a database of \
         your own"
    )]
    IncompleteBinaries {
        /// The folder that was asked for.
        folder: PathBuf,
        /// The program that isn't there.
        missing: &'static str,
    },
    /// A program is there but doesn't run.
    #[error(
        "{program} doesn't run: {said}. Run `make postgres`, or set FRIENDER_PG_BIN to other server programs"
    )]
    BrokenBinary {
        /// The program.
        program: PathBuf,
        /// What it said, or why it couldn't be started.
        said: String,
    },
    /// The data was written by another major version.
    #[error(
        "the database in {folder} was made by PostgreSQL {data}, but the server programs in {binaries} are version \
         {found}. Set FRIENDER_PG_BIN to the programs of version {data}, or move the folder away to start afresh"
    )]
    Version {
        /// The cluster's data.
        folder: PathBuf,
        /// The version that made it.
        data: u32,
        /// The programs at hand.
        binaries: PathBuf,
        /// Their version.
        found: u32,
    },
    /// Something else lies where the cluster belongs.
    #[error(
        "{0} is not empty and not a PostgreSQL data folder. Move it away, or choose another FRIENDER_DATA_DIR"
    )]
    NotACluster(PathBuf),
    /// Another process runs this cluster.
    #[error(
        "the folder {folder} is in use by another Friender{}. Stop that one, or choose another FRIENDER_DATA_DIR",
        .holder.map(|pid| format!(" (process {pid})")).unwrap_or_default()
    )]
    InUse {
        /// The folder.
        folder: PathBuf,
        /// Its process, where known.
        holder: Option<u32>,
    },
    /// The folder belongs to somebody else.
    #[error(
        "{path} belongs to another user (number {owner}). Start Friender as that user, or choose another \
         FRIENDER_DATA_DIR"
    )]
    Owner {
        /// What belongs to them.
        path: PathBuf,
        /// Their number.
        owner: u32,
    },
    /// Started by root, and there is nobody to run PostgreSQL as.
    #[error(
        "PostgreSQL doesn't run as root, and there is no user `postgres` or `nobody` to run it as. Start Friender as a normal user"
    )]
    NoAccount,
    /// The unprivileged user can't get to the folder.
    #[error(
        "PostgreSQL doesn't run as root, so it runs as the user `{user}`, who may not enter {blocked} on the way to \
         {path}. Allow it (`chmod o+x {blocked}`), or choose another place with FRIENDER_DATA_DIR (programs: \
         FRIENDER_PG_BIN), or start Friender as a normal user"
    )]
    NotReachable {
        /// The user that PostgreSQL runs as.
        user: String,
        /// The folder on the way that is closed to them.
        blocked: PathBuf,
        /// Where they must get to.
        path: PathBuf,
    },
    /// The folder for the socket isn't private.
    #[error(
        "{0} exists, but isn't a private folder of ours, so the database's socket can't be put there. Remove it, or choose a shorter FRIENDER_DATA_DIR"
    )]
    SocketFolder(PathBuf),
    /// initdb failed.
    #[error("PostgreSQL's cluster could not be made in {folder}: {said}")]
    Initialise {
        /// The folder.
        folder: PathBuf,
        /// initdb's last words.
        said: String,
    },
    /// The server ended instead of accepting connections.
    #[error("PostgreSQL didn't start ({status}): {said}. The whole story is in {log}")]
    Start {
        /// How it ended.
        status: String,
        /// The log's last lines.
        said: String,
        /// The log.
        log: PathBuf,
    },
    /// A server of an earlier run neither answers nor ends.
    #[error(
        "a PostgreSQL server of an earlier run (process {pid}) still holds {folder} and doesn't stop. End it, then start again"
    )]
    Leftover {
        /// Its process.
        pid: i32,
        /// The cluster's data.
        folder: PathBuf,
    },
    /// The supervising thread or a program could not be started.
    #[error("{what} could not be started: {source}")]
    Spawn {
        /// What was to be started.
        what: String,
        /// Why not.
        source: io::Error,
    },
    /// A file or folder could not be used.
    #[error("{path} can't be used: {source}")]
    Folder {
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The fresh server refused our connection.
    #[error("the private PostgreSQL refused a connection: {0}")]
    Connect(#[source] diesel::ConnectionError),
    /// The fresh server refused a statement.
    #[error("the private PostgreSQL refused a statement: {0}")]
    Statement(#[from] diesel::result::Error),
}

impl ClusterError {
    /// Whether the server didn't start because backends of a killed one still live. Its log is in English: the cluster
    /// is made without a locale.
    pub(super) fn is_old_backends(&self) -> bool {
        matches!(self, Self::Start { said, .. } if said.contains("pre-existing shared memory block"))
    }
}
