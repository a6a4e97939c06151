//! Making a new cluster. It is whole or not there: initdb works in a folder of its own that is renamed at the end.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::account::Account;
use super::binaries::Binaries;
use super::{ClusterError, NAME, at, log, unix};

/// What an interrupted initdb leaves behind starts with this; the rest is the process that ran it.
const UNFINISHED: &str = "data.new-";

/// The major version that made the data, `None` where there is none yet.
pub(super) fn version_of(data: &Path) -> Result<Option<u32>, ClusterError> {
    let path = data.join("PG_VERSION");
    match fs::read_to_string(&path) {
        Ok(text) => match text.trim().split('.').next().and_then(|major| major.parse().ok()) {
            Some(major) => Ok(Some(major)),
            None => Err(ClusterError::NotACluster(data.to_owned())),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let entries = fs::read_dir(data).into_iter().flatten().count();
            if entries == 0 { Ok(None) } else { Err(ClusterError::NotACluster(data.to_owned())) }
        }
        Err(error) => Err(at(&path)(error)),
    }
}

/// Makes the cluster in `dir/data` unless it is there, and sees to it that the server may use it.
pub(super) fn ensure(
    dir: &Path,
    binaries: &Binaries,
    account: &Account,
    durable: bool,
) -> Result<(), ClusterError> {
    let data = dir.join("data");
    clear_unfinished(dir)?;
    if version_of(&data)?.is_none() {
        tracing::info!(folder = %dir.display(), postgresql = binaries.major(), "making the private database");
        let fresh = dir.join(format!("{UNFINISHED}{}", std::process::id()));
        fs::create_dir(&fresh).map_err(at(&fresh))?;
        account.own(&fresh)?;
        run_initdb(&fresh, binaries, account, durable)?;
        fs::rename(&fresh, &data).map_err(at(&data))?;
        if durable {
            File::open(dir).and_then(|folder| folder.sync_all()).map_err(at(dir))?;
        }
    }
    account.own(&data)
}

fn clear_unfinished(dir: &Path) -> Result<(), ClusterError> {
    for entry in fs::read_dir(dir).map_err(at(dir))? {
        let entry = entry.map_err(at(dir))?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let path = entry.path();
            fs::remove_dir_all(&path).map_err(at(&path))?;
        }
    }
    Ok(())
}

fn run_initdb(
    fresh: &Path,
    binaries: &Binaries,
    account: &Account,
    durable: bool,
) -> Result<(), ClusterError> {
    let mut initdb = Command::new(binaries.program("initdb"));
    account.apply(&mut initdb);
    // `trust` is as private as the socket's folder, and there is no other door.
    initdb.args(["-A", "trust", "-U", NAME, "--no-locale", "-E", "UTF8", "--no-instructions"]);
    if !durable {
        initdb.arg("--no-sync");
    }
    initdb.arg("-D").arg(fresh).stdin(Stdio::null());
    unix::die_with_us(&mut initdb, libc::SIGTERM);
    let output = initdb.output().map_err(|source| ClusterError::Spawn {
        what: binaries.program("initdb").display().to_string(),
        source,
    })?;
    if output.status.success() {
        return Ok(());
    }
    let said = log::last_lines(&String::from_utf8_lossy(&output.stderr));
    // Best effort: the next start clears it, too.
    let _ = fs::remove_dir_all(fresh);
    Err(ClusterError::Initialise { folder: fresh.to_owned(), said })
}
