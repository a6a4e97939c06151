//! One Friender per folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};

/// Holds a folder for this process. The operating system lets go of it whichever way the process ends.
#[derive(Debug)]
pub struct FolderLock {
    file: File,
}

/// Why a folder could not be taken.
#[derive(Debug)]
pub enum FolderLockError {
    /// Somebody else has it.
    Taken {
        /// Their process, where known.
        holder: Option<u32>,
    },
    /// The lock's file could not be used.
    Io {
        /// What was tried.
        what: &'static str,
        /// On what.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

impl FolderLock {
    /// Takes the folder by the file `lock` in it, made with this mode, or says who has it.
    ///
    /// # Errors
    /// [`FolderLockError::Taken`] when another process, or another part of this one, has it.
    pub fn take(folder: &Path, mode: u32) -> Result<Self, FolderLockError> {
        let path = folder.join("lock");
        let failed = |what| {
            let path = path.clone();
            move |cause| FolderLockError::Io { what, path, cause }
        };
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(mode);
        let mut file = options.open(&path).map_err(failed("open"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(FolderLockError::Taken { holder: holder(&mut file) });
            }
            Err(TryLockError::Error(cause)) => return Err(failed("lock")(cause)),
        }
        sign(&mut file).map_err(failed("write"))?;
        Ok(Self { file })
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Closing alone is too late when another thread is starting a process: until its exec that one has a copy.
        if let Err(error) = self.file.unlock() {
            tracing::warn!(%error, "a folder's lock is let go only at our end");
        }
    }
}

/// Leaves our process id. It only makes the error of a second start kinder; the lock is what counts.
fn sign(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
