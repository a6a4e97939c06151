//! Connections that know when they are dead, so that the pool lets go of them after one error.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::r2d2::{ManageConnection, R2D2Connection};
use diesel::result::{ConnectionError, DatabaseErrorKind, Error as QueryError};
use diesel::{Connection, PgConnection};

/// What each connection is told first. The server's own timeout frees it of work that nobody waits for any more; who
/// lifts that for long work still doesn't wait for a lock for longer.
/// Compiling a statement just in time takes longer than any of ours.
const SETTINGS: &str = "SET statement_timeout = '3s'; SET lock_timeout = '3s'; \
    SET idle_in_transaction_session_timeout = '10s'; \
    SET TIME ZONE 'UTC'; SET jit = off";

/// How long a host may take to answer at all, in seconds, and a connection to acknowledge what was sent, in
/// milliseconds, unless the URL says otherwise. A connection on which nothing comes back is asked whether it still
/// stands: else one that a network forgot would be waited on for hours.
const PATIENCE: [(&str, &str); 5] = [
    ("connect_timeout", "3"),
    ("tcp_user_timeout", "3000"),
    ("keepalives_idle", "3"),
    ("keepalives_interval", "1"),
    ("keepalives_count", "3"),
];

/// A connection to `url`, a URL or libpq's `key=value` words, or a failure within seconds.
pub(super) fn establish(url: &str) -> Result<PgConnection, ConnectionError> {
    PgConnection::establish(&with_patience(url))
}

fn with_patience(url: &str) -> String {
    let mut patient = url.to_owned();
    for (name, value) in PATIENCE.into_iter().filter(|(name, _)| !url.contains(&format!("{name}="))) {
        patient.push_str(match (patient.contains("://"), patient.contains('?')) {
            (true, true) => "&",
            (true, false) => "?",
            (false, _) => " ",
        });
        patient.push_str(&format!("{name}={value}"));
    }
    patient
}

/// How a connection's end is told where there is no code for it: by a server that shuts down, and by libpq when the
/// other end is gone, such as after the death of any one of PostgreSQL's processes.
const LOST: [&str; 5] = [
    "terminating connection",
    "server closed the connection",
    "no connection to the server",
    "could not receive data from server",
    "could not send data to server",
];

/// Whether the error means that the connection, not the statement, is at fault.
pub(super) fn is_lost(error: &QueryError) -> bool {
    match error {
        QueryError::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
            _,
        )
        | QueryError::BrokenTransactionManager => true,
        QueryError::DatabaseError(_, info) => LOST.iter().any(|words| info.message().contains(words)),
        _ => false,
    }
}

/// A connection and whether it was seen to break.
pub(super) struct Watched {
    connection: PgConnection,
    lost: Arc<AtomicBool>,
}

impl Watched {
    pub(super) fn as_pg(&mut self) -> &mut PgConnection {
        &mut self.connection
    }
}

struct Watch(Arc<AtomicBool>);

impl Instrumentation for Watch {
    fn on_connection_event(&mut self, event: InstrumentationEvent<'_>) {
        if let InstrumentationEvent::FinishQuery { error: Some(error), .. } = event
            && is_lost(error)
        {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// Makes the pool's connections.
pub(super) struct Manager {
    url: String,
}

impl Manager {
    pub(super) fn new(url: &str) -> Self {
        Self { url: url.to_owned() }
    }
}

impl ManageConnection for Manager {
    type Connection = Watched;
    type Error = ConnectionError;

    fn connect(&self) -> Result<Watched, ConnectionError> {
        let mut connection = establish(&self.url)?;
        connection.batch_execute(SETTINGS).map_err(ConnectionError::CouldntSetupConfiguration)?;
        let lost = Arc::new(AtomicBool::new(false));
        connection.set_instrumentation(Watch(lost.clone()));
        Ok(Watched { connection, lost })
    }

    fn is_valid(&self, watched: &mut Watched) -> Result<(), ConnectionError> {
        watched.connection.ping().map_err(ConnectionError::CouldntSetupConfiguration)
    }

    fn has_broken(&self, watched: &mut Watched) -> bool {
        std::thread::panicking() || watched.lost.load(Ordering::Relaxed) || watched.connection.is_broken()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_connection_has_its_timers_unless_told_otherwise() {
        let alive = "keepalives_idle=3&keepalives_interval=1&keepalives_count=3";
        for (given, patient) in [
            ("postgres://h/d", "postgres://h/d?connect_timeout=3&tcp_user_timeout=3000"),
            ("postgres://h/d?a=b", "postgres://h/d?a=b&connect_timeout=3&tcp_user_timeout=3000"),
            ("postgres://h/d?connect_timeout=9", "postgres://h/d?connect_timeout=9&tcp_user_timeout=3000"),
        ] {
            assert_eq!(with_patience(given), format!("{patient}&{alive}"));
        }
        let words =
            format!("host=h dbname=d connect_timeout=3 tcp_user_timeout=3000 {}", alive.replace('&', " "));
        assert_eq!(with_patience("host=h dbname=d"), words);
    }

    #[test]
    fn a_host_that_never_answers_is_given_up() {
        // Accepts, as the system does for it, and says nothing.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let begun = std::time::Instant::now();
        assert!(establish(&format!("postgres://{}/d", silent.local_addr().unwrap())).is_err());
        assert!(begun.elapsed() < std::time::Duration::from_secs(6));
    }
}
