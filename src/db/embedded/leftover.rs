//! What an earlier run may have left in the data folder: a stale pid file, a server, orphaned backends.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{ClusterError, at, socket, unix};

/// How long a leftover server may take to stop by itself, by order, and by strict order.
const PATIENCE: [(Option<i32>, Duration); 3] = [
    (None, Duration::from_millis(300)),
    (Some(libc::SIGINT), Duration::from_secs(5)),
    (Some(libc::SIGQUIT), Duration::from_secs(10)),
];

const POLL: Duration = Duration::from_millis(10);

/// The first lines of `postmaster.pid`, as PostgreSQL's miscadmin.h lists them.
struct PidFile {
    pid: i32,
    socket_dir: Option<PathBuf>,
    ready: bool,
}

/// What the process in the pid file turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holder {
    /// Nobody, or somebody who has nothing to do with this folder.
    Nobody,
    /// A server of this folder.
    Server,
    /// A PostgreSQL that can't be asked now which folder is its own.
    Unknown,
}

/// Sees to it that no server runs on `data` and that nothing keeps a new one from starting.
///
/// Must be called with the folder's lock held: then whatever runs here has lost its owner. A process is only signalled
/// once it has proved to be the server of this very folder.
pub(super) fn settle(data: &Path) -> Result<(), ClusterError> {
    let Some(file) = read(data) else { return Ok(()) };
    for (signal, patience) in PATIENCE {
        let deadline = Instant::now() + patience;
        let mut sent = false;
        while Instant::now() < deadline {
            match holder(&file, data) {
                Holder::Nobody => return forget(&file, data),
                Holder::Server if !sent && let Some(signal) = signal => {
                    tracing::warn!(pid = file.pid, "stopping a PostgreSQL server of an earlier run");
                    sent = unix::signal(file.pid, signal).is_ok();
                }
                Holder::Server | Holder::Unknown => {}
            }
            thread::sleep(POLL);
        }
    }
    Err(ClusterError::Leftover { pid: file.pid, folder: data.to_owned() })
}

/// Whether the server with this number says that it accepts connections.
pub(super) fn is_ready(data: &Path, pid: i32) -> bool {
    read(data).is_some_and(|file| file.ready && file.pid == pid)
}

/// Ends backends whose postmaster was killed and which are too busy to notice: they keep its shared memory.
///
/// They are known by their title, which carries the cluster's name: every container lets us read that.
pub(super) fn end_orphans(cluster_name: &str) {
    let title = format!("postgres: {cluster_name}: ");
    for (pid, _) in titles().into_iter().filter(|(_, found)| found.starts_with(&title)) {
        tracing::warn!(pid, "ending a backend that outlived its server");
        // It may have ended by itself.
        let _ = unix::signal(pid, libc::SIGQUIT);
    }
}

fn read(data: &Path) -> Option<PidFile> {
    let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let line = |number: usize| text.lines().nth(number).map(str::trim);
    Some(PidFile {
        // A file cut short by a crash names nobody.
        pid: line(0).and_then(|pid| pid.parse::<i32>().ok()).unwrap_or(0).abs(),
        socket_dir: line(4).filter(|folder| !folder.is_empty()).map(PathBuf::from),
        ready: line(7) == Some("ready"),
    })
}

/// Removes a pid file that PostgreSQL itself would stumble over: an empty one, or one whose number is in use again.
/// Others it judges better than we do, by the shared memory that they name.
fn forget(file: &PidFile, data: &Path) -> Result<(), ClusterError> {
    if file.pid != 0 && !unix::exists(file.pid) {
        return Ok(());
    }
    let path = data.join("postmaster.pid");
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(&path)(error)),
        Err(_) => Ok(()),
        Ok(()) => {
            tracing::info!(pid = file.pid, "removed the pid file of a PostgreSQL server that was killed");
            Ok(())
        }
    }
}

fn holder(file: &PidFile, data: &Path) -> Holder {
    if !unix::exists(file.pid) || !is_postgres(file.pid) {
        return Holder::Nobody;
    }
    // A postmaster's working folder is its data folder; not every container lets us look.
    match works_in(file.pid) {
        Ok(folder) if folder == data => Holder::Server,
        Ok(_) => Holder::Nobody,
        Err(_) => ask(file, data),
    }
}

/// Asks the server behind the recorded socket for its data folder.
fn ask(file: &PidFile, data: &Path) -> Holder {
    #[derive(QueryableByName)]
    struct Shown {
        #[diesel(sql_type = Text)]
        data_directory: String,
    }
    let Some(folder) = &file.socket_dir else { return Holder::Unknown };
    let url = format!("{}?connect_timeout=2", socket::url(folder, "postgres"));
    let shown = PgConnection::establish(&url).map(|mut conn| {
        diesel::sql_query("SELECT current_setting('data_directory') AS data_directory")
            .get_result::<Shown>(&mut conn)
    });
    match shown {
        Ok(Ok(shown)) if Path::new(&shown.data_directory) == data => Holder::Server,
        Ok(Ok(_)) => Holder::Nobody,
        // Starting, stopping, or stuck: ask again.
        Ok(Err(_)) | Err(_) => Holder::Unknown,
    }
}

#[cfg(target_os = "linux")]
fn works_in(pid: i32) -> io::Result<PathBuf> {
    fs::read_link(format!("/proc/{pid}/cwd"))
}

#[cfg(not(target_os = "linux"))]
fn works_in(_pid: i32) -> io::Result<PathBuf> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Every process with its command line.
#[cfg(target_os = "linux")]
fn titles() -> Vec<(i32, String)> {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = processes.filter_map(|entry| entry.file_name().to_str()?.parse::<i32>().ok());
    let title = |pid| fs::read(format!("/proc/{pid}/cmdline")).ok();
    pids.filter_map(|pid| Some((pid, String::from_utf8_lossy(&title(pid)?).into_owned()))).collect()
}

/// Every process with its command line.
#[cfg(not(target_os = "linux"))]
fn titles() -> Vec<(i32, String)> {
    let output = std::process::Command::new("ps").args(["-axo", "pid=,command="]).output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    said.lines()
        .filter_map(|line| line.trim_start().split_once(' '))
        .filter_map(|(pid, title)| Some((pid.parse().ok()?, title.trim_start().to_owned())))
        .collect()
}

/// Whether a process is a living PostgreSQL: numbers are used again, and a zombie holds nothing.
#[cfg(target_os = "linux")]
fn is_postgres(pid: i32) -> bool {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let value = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map_or("", str::trim);
    value("Name:").starts_with("post") && !value("State:").starts_with(['Z', 'X'])
}

/// Whether a process is a living PostgreSQL: numbers are used again, and a zombie holds nothing.
#[cfg(not(target_os = "linux"))]
fn is_postgres(pid: i32) -> bool {
    let mut ps = std::process::Command::new("ps");
    let output = ps.args(["-o", "stat=,comm=", "-p", &pid.to_string()]).output();
    let said = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    !said.trim_start().starts_with('Z') && said.contains("post")
}
