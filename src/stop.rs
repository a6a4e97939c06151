//! Being asked to stop: Ctrl-C, or SIGTERM from whoever supervises us.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Who wants the server to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskedBy {
    /// Somebody at the keyboard, who waits for the end (SIGINT).
    Person,
    /// A supervisor, which takes traffic elsewhere first (SIGTERM).
    Supervisor,
}

/// Hears both signals from the moment it is made, also while nobody waits for them.
pub struct StopSignals {
    interrupt: Signal,
    terminate: Signal,
}

impl StopSignals {
    /// Takes the signals over from the system, which would end the process at once. Needs a tokio runtime.
    pub fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Returns when asked to stop, and tells by whom.
    pub async fn asked(&mut self) -> AskedBy {
        tokio::select! {
            _ = self.interrupt.recv() => AskedBy::Person,
            _ = self.terminate.recv() => AskedBy::Supervisor,
        }
    }
}
