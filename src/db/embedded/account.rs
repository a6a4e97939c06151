//! Whom PostgreSQL runs as: us, or an unprivileged user where we are root, because it refuses to run as root.

use std::fs;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt, lchown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{ClusterError, at, unix};

/// The user of the server's processes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Account {
    /// The user who started us.
    Us,
    /// Somebody unprivileged, because root started us.
    Other {
        /// The name, or the number where it has none.
        name: String,
        /// The user's number.
        uid: u32,
        /// Their first group's number.
        gid: u32,
    },
}

impl Account {
    /// Us, or for root: the owner of data that is already there, else `postgres`, else `nobody`.
    pub(super) fn choose(data: &Path) -> Result<Self, ClusterError> {
        if !unix::is_root() {
            return Ok(Self::Us);
        }
        if let Some(owner) = fs::symlink_metadata(data).ok().filter(|owner| owner.uid() != 0) {
            return Ok(Self::Other {
                name: format!("number {}", owner.uid()),
                uid: owner.uid(),
                gid: owner.gid(),
            });
        }
        ["postgres", "nobody"].into_iter().find_map(Self::named).ok_or(ClusterError::NoAccount)
    }

    fn named(name: &str) -> Option<Self> {
        let number = |which: &str| {
            let output = Command::new("id").args([which, name]).output().ok()?;
            String::from_utf8(output.stdout).ok()?.trim().parse::<u32>().ok()
        };
        let (uid, gid) = (number("-u")?, number("-g")?);
        (uid != 0).then(|| Self::Other { name: name.to_owned(), uid, gid })
    }

    /// Makes a command run as this user, without our environment: it holds secrets and `PG…` settings.
    pub(super) fn apply(&self, command: &mut Command) {
        command.env_clear().env("LC_ALL", "C").env("TZ", "UTC").env("PATH", "/usr/bin:/bin").current_dir("/");
        if let Self::Other { uid, gid, .. } = self {
            command.uid(*uid).gid(*gid);
        }
    }

    /// Gives a folder and all that is in it to this user, and closes it to everybody else.
    pub(super) fn own(&self, folder: &Path) -> Result<(), ClusterError> {
        let owner = fs::symlink_metadata(folder).map_err(at(folder))?.uid();
        match self {
            Self::Other { uid, gid, .. } if owner != *uid => give(folder, *uid, *gid)?,
            Self::Us if owner != unix::user() => {
                return Err(ClusterError::Owner { path: folder.to_owned(), owner });
            }
            _ => {}
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).map_err(at(folder))
    }

    /// Opens the cluster's folder as far as this user needs, and checks that they can get to it.
    pub(super) fn open_folder(&self, dir: &Path) -> Result<(), ClusterError> {
        let mode = if *self == Self::Us { 0o700 } else { 0o711 };
        fs::set_permissions(dir, fs::Permissions::from_mode(mode)).map_err(at(dir))?;
        self.check_reach(dir)
    }

    /// Checks that this user may pass through every folder down to `path`, which is absolute and canonical.
    pub(super) fn check_reach(&self, path: &Path) -> Result<(), ClusterError> {
        let Self::Other { name, uid, gid } = self else { return Ok(()) };
        let mut way: Vec<&Path> = path.ancestors().collect();
        way.reverse();
        for folder in way {
            let metadata = fs::metadata(folder).map_err(at(folder))?;
            let bit = match (metadata.uid() == *uid, metadata.gid() == *gid) {
                (true, _) => 0o100,
                (false, true) => 0o010,
                (false, false) => 0o001,
            };
            if metadata.mode() & bit == 0 {
                let (user, blocked, path) = (name.clone(), folder.to_owned(), path.to_owned());
                return Err(ClusterError::NotReachable { user, blocked, path });
            }
        }
        Ok(())
    }

    /// Whether a folder is this user's alone: what somebody else put in our place is not.
    pub(super) fn owns_privately(&self, folder: &Path) -> bool {
        let uid = match self {
            Self::Other { uid, .. } => *uid,
            Self::Us => unix::user(),
        };
        fs::symlink_metadata(folder).is_ok_and(|it| it.is_dir() && it.uid() == uid && it.mode() & 0o077 == 0)
    }
}

/// Makes the cluster's folder if it is missing, and answers its canonical path.
pub(super) fn make_folder(dir: &Path) -> Result<PathBuf, ClusterError> {
    fs::DirBuilder::new().recursive(true).mode(0o755).create(dir).map_err(at(dir))?;
    let dir = dir.canonicalize().map_err(at(dir))?;
    let owner = fs::metadata(&dir).map_err(at(&dir))?.uid();
    if unix::is_root() || owner == unix::user() {
        Ok(dir)
    } else {
        Err(ClusterError::Owner { path: dir, owner })
    }
}

/// Gives a tree to a user. Links are given themselves, never followed.
fn give(path: &Path, uid: u32, gid: u32) -> Result<(), ClusterError> {
    lchown(path, Some(uid), Some(gid)).map_err(at(path))?;
    if fs::symlink_metadata(path).map_err(at(path))?.is_dir() {
        for entry in fs::read_dir(path).map_err(at(path))? {
            give(&entry.map_err(at(path))?.path(), uid, gid)?;
        }
    }
    Ok(())
}
