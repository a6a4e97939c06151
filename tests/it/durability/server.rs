//! The built program as a process of its own, with its private PostgreSQL and photo store.

use std::fs::{File, Permissions};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that PostgreSQL's own user can get through, too.
pub fn place() -> TempDir {
    tempfile::Builder::new()
        .prefix("friender-test-")
        .permissions(Permissions::from_mode(0o711))
        .tempdir_in("/tmp")
        .expect("a folder")
}

/// Comes back as soon as `done` gives something.
pub fn wait_for<T>(what: &str, mut done: impl FnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = done() {
            return found;
        }
        assert!(begun.elapsed() < PATIENCE, "{what}: not within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The program in `place`, deaf to the settings of whoever runs the tests: the one that was built with them, or the one
/// that `FRIENDER_TEST_PROGRAM` names.
pub fn program(place: &Path) -> Command {
    let named = std::env::var_os("FRIENDER_TEST_PROGRAM");
    let mut command = Command::new(named.unwrap_or_else(|| env!("CARGO_BIN_EXE_friender").into()));
    let foreign = |name: &str| {
        (name.starts_with("FRIENDER_") && name != "FRIENDER_PG_BIN")
            || ["DATABASE_URL", "S3_", "AWS_", "BUCKET_NAME"].iter().any(|start| name.starts_with(start))
    };
    for (name, _) in std::env::vars().filter(|(name, _)| foreign(name)) {
        command.env_remove(name);
    }
    command
        .arg("--data-dir")
        .arg(place.join("data"))
        .current_dir(place)
        .env("FRIENDER_S3_ADDR", "127.0.0.1:0")
        .env("FRIENDER_BCRYPT_COST", "4")
        .env("FRIENDER_STOP_DELAY", "0")
        .env("FRIENDER_RATE_LIMITS", "off");
    command
}

/// `friender serve` in `place`.
pub fn command(place: &Path, addr: &str) -> Command {
    let mut command = program(place);
    command.args(["serve", "--addr", addr]);
    command
}

/// Sends a signal to a process that we started, or that it started.
pub fn signal(pid: u32, name: &str) {
    let status = Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status();
    assert!(status.expect("kill").success(), "process {pid} could not be sent {name}");
}

pub fn is_alive(pid: u32) -> bool {
    let status = Command::new("kill").args(["-0", &pid.to_string()]).stderr(Stdio::null()).status();
    status.expect("kill").success()
}

/// A running server.
pub struct Server {
    child: Child,
    place: PathBuf,
    pub addr: SocketAddr,
}

impl Server {
    /// Starts it and waits for its banner.
    pub fn start(place: &Path, addr: &str) -> Self {
        Self::spawn(command(place, addr), place)
    }

    /// The same with a command of one's own.
    pub fn spawn(mut command: Command, place: &Path) -> Self {
        let log = File::create(place.join("log")).expect("a log");
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the program starts");
        let banner = BufReader::new(child.stdout.take().expect("its output"));
        let addr = banner.lines().map_while(Result::ok).find_map(|line| {
            line.trim().strip_prefix("API")?.trim().strip_prefix("http://")?.split('/').next()?.parse().ok()
        });
        let Some(addr) = addr else {
            let _ = child.kill();
            let _ = child.wait();
            panic!("no banner: {}", std::fs::read_to_string(place.join("log")).unwrap_or_default());
        };
        Self { child, place: place.to_owned(), addr }
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The private PostgreSQL's process, if it says that it runs.
    pub fn postmaster(&self) -> Option<u32> {
        let file = self.place.join("data/postgres/data/postmaster.pid");
        std::fs::read_to_string(file).ok()?.lines().next()?.trim().parse().ok()
    }

    /// The processes of PostgreSQL that serve our connections.
    pub fn backends(&self) -> Vec<u32> {
        let Some(postmaster) = self.postmaster() else { return Vec::new() };
        let listed =
            Command::new("ps").args(["-o", "pid=,args=", "--ppid", &postmaster.to_string()]).output();
        let listed = String::from_utf8(listed.expect("ps").stdout).expect("text");
        let ours = listed.lines().filter(|line| line.contains("friender friender"));
        ours.filter_map(|line| line.split_whitespace().next()?.parse().ok()).collect()
    }

    /// Kills it in the midst of its work.
    pub fn kill(mut self) {
        self.child.kill().expect("a process to kill");
        self.child.wait().expect("its end");
    }

    /// Asks it to end, and tells how it did.
    pub fn end(mut self, name: &str) -> ExitStatus {
        signal(self.pid(), name);
        wait_for("the server ends", || self.child.try_wait().expect("a child of ours"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let postmaster = self.postmaster();
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = std::fs::read_to_string(self.place.join("log")).unwrap_or_default();
            let end = log.lines().rev().take(40).collect::<Vec<_>>();
            eprintln!("the server's last words:");
            end.iter().rev().for_each(|line| eprintln!("  {line}"));
            return;
        }
        // Its database goes with it; the folder can't be removed before.
        if let Some(pid) = postmaster {
            wait_for("PostgreSQL goes with the server", || (!is_alive(pid)).then_some(()));
        }
    }
}
