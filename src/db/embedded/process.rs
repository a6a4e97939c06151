//! One life of the server's process.

use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::account::Account;
use super::binaries::Binaries;
use super::{ClusterError, leftover, log, socket, unix};

const POLL: Duration = Duration::from_millis(5);

/// How long the server may take to stop by fast shutdown, and after that by immediate shutdown.
const STOPS: [(i32, Duration); 3] = [
    (libc::SIGINT, Duration::from_secs(20)),
    (libc::SIGQUIT, Duration::from_secs(5)),
    (libc::SIGKILL, Duration::from_secs(5)),
];

/// For about a hundred connections on a machine that does other things, too. No network port, whatever the cluster's
/// own files say; no statements and no values of rows in the log.
const SETTINGS: [&str; 20] = [
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "ssl=off",
    "max_connections=100",
    "shared_buffers=256MB",
    "effective_cache_size=1GB",
    "work_mem=8MB",
    "maintenance_work_mem=128MB",
    "max_wal_size=1GB",
    "checkpoint_completion_target=0.9",
    "random_page_cost=1.1",
    "jit=off",
    // Containers give 64 MB of shared memory, which parallel hash joins outgrow; short queries gain nothing from them.
    "max_parallel_workers_per_gather=0",
    "timezone=UTC",
    "log_timezone=UTC",
    "logging_collector=off",
    "log_destination=stderr",
    "log_line_prefix=%m [%p] ",
    "log_error_verbosity=terse",
    "log_min_error_statement=panic",
];

/// Said on every start, so that no file can switch them off.
const DURABLE: [&str; 3] = ["fsync=on", "full_page_writes=on", "synchronous_commit=on"];

/// For clusters that tests throw away.
const FLEETING: [&str; 3] = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"];

/// All that is needed to start the server, again and again.
#[derive(Clone, Debug)]
pub(super) struct Launch {
    pub(super) cluster_name: String,
    pub(super) data: PathBuf,
    pub(super) socket_dir: PathBuf,
    pub(super) log: PathBuf,
    pub(super) binaries: Binaries,
    pub(super) account: Account,
    pub(super) durable: bool,
}

impl Launch {
    /// Starts the server and waits until it accepts connections, however long its recovery takes.
    ///
    /// The server ends with the calling thread (Linux). `Ok(None)`: `cancelled` turned true meanwhile.
    pub(super) fn start(&self, cancelled: &dyn Fn() -> bool) -> Result<Option<Server>, ClusterError> {
        leftover::settle(&self.data)?;
        socket::clear(&self.socket_dir)?;
        let mut server = Server { child: self.spawn()? };
        let begun = Instant::now();
        let mut next_word = Duration::from_secs(5);
        loop {
            if let Some(status) = server.exited() {
                let (status, said) = (describe(status), log::end_of(&self.log));
                return Err(ClusterError::Start { status, said, log: self.log.clone() });
            }
            if leftover::is_ready(&self.data, server.pid()) {
                return Ok(Some(server));
            }
            if cancelled() {
                server.stop();
                return Ok(None);
            }
            if begun.elapsed() > next_word {
                tracing::info!(seconds = begun.elapsed().as_secs(), "PostgreSQL is still starting");
                next_word += next_word;
            }
            thread::sleep(POLL);
        }
    }

    fn spawn(&self) -> Result<Child, ClusterError> {
        let program = self.binaries.program("postgres");
        let log = log::open(&self.log)?;
        let errors = log.try_clone().map_err(super::at(&self.log))?;
        let mut command = Command::new(&program);
        self.account.apply(&mut command);
        command.arg("-D").arg(&self.data).arg("-k").arg(&self.socket_dir);
        for setting in SETTINGS.iter().chain(if self.durable { &DURABLE } else { &FLEETING }) {
            command.args(["-c", setting]);
        }
        command.args(["-p", &socket::PORT.to_string(), "-c", &format!("cluster_name={}", self.cluster_name)]);
        // A group of its own: Ctrl-C is for us, and we stop the server in order.
        command.stdin(Stdio::null()).stdout(log).stderr(errors).process_group(0);
        unix::die_with_us(&mut command, libc::SIGINT);
        command.spawn().map_err(|source| ClusterError::Spawn { what: program.display().to_string(), source })
    }
}

/// A running server.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
}

impl Server {
    /// The postmaster's process.
    pub(super) fn pid(&self) -> i32 {
        i32::try_from(self.child.id()).unwrap_or_default()
    }

    /// How it ended, if it did.
    pub(super) fn exited(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Stops it: in order if it can be, in any case within half a minute.
    pub(super) fn stop(&mut self) {
        for (signal, patience) in STOPS {
            // Not reaped yet, so the number is still its own.
            if self.exited().is_some() || unix::signal(self.pid(), signal).is_err() {
                return;
            }
            let deadline = Instant::now() + patience;
            while Instant::now() < deadline {
                if self.exited().is_some() {
                    return;
                }
                thread::sleep(POLL);
            }
            tracing::warn!(pid = self.pid(), signal, "PostgreSQL takes long to stop");
        }
    }
}

/// How a process ended, in words.
pub(super) fn describe(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("it ended with code {code}"),
        (None, Some(signal)) => format!("it was killed by signal {signal}"),
        (None, None) => "it ended".to_owned(),
    }
}
