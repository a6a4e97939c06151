//! Runs a command with a private PostgreSQL cluster of its own, and throws the cluster away afterwards.
//!
//! ```sh
//! cargo run --example test_cluster -- cargo test
//! ```
//!
//! The command finds the cluster in `FRIENDER_TEST_DATABASE_URL`: the URL of its `postgres` database, for a superuser
//! who may create and drop databases. The cluster syncs nothing to disk, so nothing in it is worth keeping. The exit
//! code is the command's. `FRIENDER_PG_BIN` names other server programs than the ones that are found.

use std::error::Error;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, ExitStatus};
use std::time::Duration;

use friender::db::embedded::{Cluster, ClusterConfig};
use tokio::signal::unix::{SignalKind, signal};

/// How long an interrupted command may take to end before it is killed.
const PATIENCE: Duration = Duration::from_secs(10);

fn main() -> ExitCode {
    let outcome = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Into::into)
        .and_then(|runtime| runtime.block_on(run()));
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("test_cluster: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<u8, Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let program = arguments.next().ok_or("say which command to run, for example: cargo test")?;
    // From here on an interruption is ours to handle, so that the cluster never stays behind.
    let signals = Signals::catch()?;
    // PostgreSQL may run as another user than we do, who has to get through to the cluster's folder.
    let place = tempfile::Builder::new()
        .prefix("friender-test-")
        .permissions(Permissions::from_mode(0o711))
        .tempdir()?;
    let pg_bin = std::env::var_os("FRIENDER_PG_BIN").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let cluster =
        Cluster::start(ClusterConfig { dir: place.path().join("postgres"), pg_bin, durable: false })?;
    let child = Command::new(&program)
        .args(arguments)
        .env("FRIENDER_TEST_DATABASE_URL", cluster.url("postgres"))
        .spawn()
        .map_err(|error| format!("{} can't be run: {error}", program.display()));
    let status = match child {
        Ok(child) => signals.forward_until_end(child).await,
        Err(error) => Err(error.into()),
    };
    cluster.stop();
    place.close()?;
    Ok(code(status?))
}

/// The command's exit code, or what a shell makes of the signal that ended it.
fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|number| 128 + number));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(1)
}

/// What may interrupt us.
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
}

impl Signals {
    fn catch() -> std::io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the command and hands our interruptions on to it.
    async fn forward_until_end(mut self, mut child: Child) -> Result<ExitStatus, Box<dyn Error>> {
        let pid = libc::pid_t::try_from(child.id())?;
        let mut end = tokio::task::spawn_blocking(move || child.wait());
        let mut interrupted = false;
        loop {
            let number = tokio::select! {
                status = &mut end => return Ok(status??),
                _ = self.interrupt.recv() => libc::SIGINT,
                _ = self.terminate.recv() => libc::SIGTERM,
                _ = self.hangup.recv() => libc::SIGHUP,
                () = tokio::time::sleep(PATIENCE), if interrupted => libc::SIGKILL,
            };
            interrupted = true;
            #[expect(unsafe_code, reason = "kill takes two numbers and touches no memory")]
            unsafe {
                libc::kill(pid, number);
            }
        }
    }
}
