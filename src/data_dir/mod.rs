//! The folder that holds everything the default set-up keeps: cluster, objects, secrets.

mod folder_lock;
#[cfg(test)]
mod tests;

pub use folder_lock::{FolderLock, FolderLockError};

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use secrecy::SecretString;

/// Bytes of a generated secret.
const SECRET_BYTES: usize = 32;

/// The data folder, ours alone as long as this lives: also after kill -9 the lock goes with the process.
#[derive(Debug)]
pub struct DataDir {
    path: PathBuf,
    _lock: FolderLock,
    /// One secret is made at a time.
    making: Mutex<()>,
}

/// Why the data folder can't be used.
#[derive(Debug, thiserror::Error)]
pub enum DataDirError {
    /// Somebody else has it.
    #[error(
        "the data folder {} is in use by another Friender{}: stop that one, or name another folder with --data-dir",
        .path.display(),
        .holder.map(|pid| format!(" (process {pid})")).unwrap_or_default()
    )]
    InUse {
        /// The folder.
        path: PathBuf,
        /// The process that holds it, when it said so.
        holder: Option<u32>,
    },
    /// The file system refused.
    #[error("can't {what} {}: check its owner and permissions, or name another data folder with --data-dir", .path.display())]
    Io {
        /// What was tried.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A kept secret is damaged. It is not replaced silently: with the pepper, every password would be lost.
    #[error(
        "{} is not a secret of {SECRET_BYTES} bytes in base64: restore it from a backup, or delete it to have a new one made (the old one's tokens or passwords are then void)",
        .0.display()
    )]
    BadSecret(PathBuf),
    /// The operating system gave no randomness.
    #[error("the operating system gave no random bytes for a secret: {0}")]
    NoRandomness(String),
}

impl DataDir {
    /// Creates the folder where it is missing (0755) and takes it for this process.
    ///
    /// # Errors
    /// [`DataDirError::InUse`] when another process (or another part of this one) has it.
    pub fn open(path: &Path) -> Result<Self, DataDirError> {
        let path = create(path)?;
        let lock = FolderLock::take(&path, 0o644).map_err(|error| match error {
            FolderLockError::Taken { holder } => DataDirError::InUse { path: path.clone(), holder },
            FolderLockError::Io { what, path, cause } => DataDirError::Io { what, path, cause },
        })?;
        Ok(Self { path, _lock: lock, making: Mutex::new(()) })
    }

    /// The folder, absolute.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the private PostgreSQL cluster lives. Not created here.
    #[must_use]
    pub fn postgres(&self) -> PathBuf {
        self.path.join("postgres")
    }

    /// Where the private store's objects live. Not created here.
    #[must_use]
    pub fn objects(&self) -> PathBuf {
        self.path.join("objects")
    }

    /// The secret of that name: 32 random bytes as base64, made at the first call and kept in `secrets/` (0600).
    ///
    /// # Errors
    /// When the file can't be read or made, or holds something else.
    pub fn secret(&self, name: &str) -> Result<SecretString, DataDirError> {
        let _one_at_a_time = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = self.path.join("secrets");
        private_folder(&folder)?;
        let file = folder.join(name);
        match OpenOptions::new().read(true).open(&file) {
            Ok(kept) => read_secret(kept, &file),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => make_secret(&folder, &file),
            Err(cause) => Err(DataDirError::Io { what: "read", path: file, cause }),
        }
    }
}

fn failed<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> DataDirError + 'a {
    move |cause| DataDirError::Io { what, path: path.to_owned(), cause }
}

/// A new folder, and each new one above it, gets 0755 whatever the umask: as root, PostgreSQL's own user must get through.
fn create(path: &Path) -> Result<PathBuf, DataDirError> {
    let missing: Vec<&Path> =
        path.ancestors().take_while(|path| !path.as_os_str().is_empty() && !path.exists()).collect();
    for folder in missing.into_iter().rev() {
        match fs::create_dir(folder) {
            Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => continue,
            made => made.map_err(failed("create the data folder", folder))?,
        }
        fs::set_permissions(folder, Permissions::from_mode(0o755)).map_err(failed("open up", folder))?;
    }
    path.canonicalize().map_err(failed("find", path))
}

fn private_folder(folder: &Path) -> Result<(), DataDirError> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => Ok(()),
        Err(cause) if cause.kind() == io::ErrorKind::AlreadyExists => tighten(folder, 0o700),
        Err(cause) => Err(failed("create", folder)(cause)),
    }
}

/// Takes away what `mode` does not allow.
fn tighten(path: &Path, mode: u32) -> Result<(), DataDirError> {
    let now = fs::metadata(path).map_err(failed("read", path))?.permissions().mode() & 0o777;
    if now & !mode == 0 {
        return Ok(());
    }
    tracing::warn!(path = %path.display(), "others could read this; permissions are tightened");
    fs::set_permissions(path, Permissions::from_mode(now & mode)).map_err(failed("protect", path))
}

fn read_secret(mut kept: File, path: &Path) -> Result<SecretString, DataDirError> {
    tighten(path, 0o600)?;
    let mut text = String::new();
    kept.read_to_string(&mut text).map_err(failed("read", path))?;
    match BASE64.decode(text.trim()) {
        Ok(bytes) if bytes.len() == SECRET_BYTES => Ok(SecretString::from(text.trim())),
        _ => Err(DataDirError::BadSecret(path.to_owned())),
    }
}

/// Written aside, synced, then renamed: a kill at any moment leaves a whole secret or none.
fn make_secret(folder: &Path, path: &Path) -> Result<SecretString, DataDirError> {
    let mut bytes = [0_u8; SECRET_BYTES];
    rand::TryRng::try_fill_bytes(&mut rand::rngs::SysRng, &mut bytes)
        .map_err(|error| DataDirError::NoRandomness(error.to_string()))?;
    let text = BASE64.encode(bytes);
    let aside = path.with_extension("new");
    let write = || -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
        file.set_permissions(Permissions::from_mode(0o600))?;
        writeln!(file, "{text}")?;
        file.sync_all()?;
        fs::rename(&aside, path)?;
        File::open(folder)?.sync_all()
    };
    write().map_err(failed("write", path))?;
    Ok(SecretString::from(text))
}
