//! A folder in place of a mail server: for trials, for tests, and until there is one.

use std::fs::{DirBuilder, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::{Letter, SendError};

pub(super) struct Outbox {
    folder: PathBuf,
    shows_links: bool,
}

impl Outbox {
    pub(super) fn new(folder: PathBuf, shows_links: bool) -> Self {
        Self { folder, shows_links }
    }

    fn file(&self, id: Uuid) -> PathBuf {
        self.folder.join(format!("{id}.eml"))
    }

    pub(super) async fn keep(&self, letter: &Letter, bytes: Vec<u8>) -> Result<(), SendError> {
        let (folder, file) = (self.folder.clone(), self.file(letter.id));
        let path = file.clone();
        work(move || write(&folder, &path, &bytes)).await?;
        match &letter.link {
            Some(link) if self.shows_links => {
                tracing::info!(file = %file.display(), link, "a mail lies in the outbox");
            }
            _ => tracing::info!(file = %file.display(), "a mail lies in the outbox"),
        }
        Ok(())
    }

    pub(super) fn remove(&self, ids: &[Uuid]) -> io::Result<()> {
        ids.iter().try_for_each(|id| match std::fs::remove_file(self.file(*id)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
    }
}

async fn work(work: impl FnOnce() -> io::Result<()> + Send + 'static) -> Result<(), SendError> {
    let done =
        tokio::task::spawn_blocking(work).await.map_err(|error| SendError::Later(error.to_string()))?;
    done.map_err(|error| SendError::Later(format!("the outbox can't be written: {error}")))
}

/// All or nothing, for our eyes only.
fn write(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let mut file = tempfile::Builder::new()
        .prefix(".mail-")
        .permissions(Permissions::from_mode(0o600))
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
