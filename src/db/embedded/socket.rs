//! Where the server's socket is: the only door to the cluster.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::account::Account;
use super::{ClusterError, NAME, at};

/// The operating system allows 103 (macOS) or 107 bytes (Linux) for a socket's path.
const LONGEST: usize = 100;

/// What names the socket inside its folder. No network port is ever opened.
pub(super) const PORT: u16 = 5432;

/// Makes the private folder for the socket: `dir/run`, or one under the system's temporary folder where that path is
/// too long. Must be called while no server runs.
pub(super) fn prepare(dir: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    let folder = place(dir, account)?;
    match fs::DirBuilder::new().mode(0o700).create(&folder) {
        Ok(()) => account.own(&folder)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.starts_with(dir) => {
            account.own(&folder)?
        }
        // The temporary folder is everybody's: what we find there must be ours already.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if !account.owns_privately(&folder) {
                return Err(ClusterError::SocketFolder(folder));
            }
        }
        Err(error) => return Err(at(&folder)(error)),
    }
    account.check_reach(&folder)?;
    Ok(folder)
}

/// Where the socket of the cluster in `dir`, which is canonical, lies.
pub(super) fn place(dir: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    let run = dir.join("run");
    if fits(&run) { Ok(run) } else { elsewhere(dir, account) }
}

/// Removes what a killed server left: PostgreSQL would take its lock for a living server's if the process number is in
/// use again.
pub(super) fn clear(folder: &Path) -> Result<(), ClusterError> {
    for path in [socket(folder), socket(folder).with_extension(format!("{PORT}.lock"))] {
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(at(&path)(error)),
            _ => {}
        }
    }
    Ok(())
}

/// A libpq URL. The host is the folder, percent-encoded, so that any path fits.
pub(super) fn url(folder: &Path, dbname: &str) -> String {
    format!(
        "postgres://{NAME}@{}:{PORT}/{}",
        encoded(folder.as_os_str().as_bytes()),
        encoded(dbname.as_bytes())
    )
}

fn encoded(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(*byte))
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
        text
    })
}

fn socket(folder: &Path) -> PathBuf {
    folder.join(format!(".s.PGSQL.{PORT}"))
}

fn fits(folder: &Path) -> bool {
    socket(folder).as_os_str().len() <= LONGEST
}

/// A name that no other folder's cluster has, for its processes and its temporary folder.
pub(super) fn cluster_name(dir: &Path) -> String {
    let digest = Sha256::digest(dir.as_os_str().as_bytes());
    digest.iter().take(8).fold("friender-".to_owned(), |name, byte| format!("{name}{byte:02x}"))
}

/// The same folder for the same cluster, so that killed runs don't pile up.
fn elsewhere(dir: &Path, account: &Account) -> Result<PathBuf, ClusterError> {
    let name = cluster_name(dir);
    [std::env::temp_dir(), PathBuf::from("/tmp")]
        .into_iter()
        .filter_map(|temporary| temporary.canonicalize().ok())
        .filter(|temporary| account.check_reach(temporary).is_ok())
        .map(|temporary| temporary.join(&name))
        .find(|folder| fits(folder))
        .ok_or_else(|| ClusterError::SocketFolder(std::env::temp_dir().join(&name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_carry_any_path() {
        let url = url(Path::new("/home/a b/ü's/run"), "friender");
        assert_eq!(url, "postgres://friender@%2Fhome%2Fa%20b%2F%C3%BC%27s%2Frun:5432/friender");
        assert!(url::Url::parse(&url).is_ok());
    }
}
