//! Connections that know when they are dead, so that the pool lets go of them after one error.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::{Instrumentation, InstrumentationEvent, SimpleConnection};
use diesel::r2d2::{ManageConnection, R2D2Connection};
use diesel::result::{ConnectionError, DatabaseErrorKind, Error as QueryError};
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryResult, QueryableByName, RunQueryDsl, sql_query};

/// What each connection is told first. The server's own timeout frees it of work that nobody waits for any more.
/// Compiling a statement just in time takes longer than any of ours.
const SETTINGS: &str = "SET statement_timeout = '3s'; SET idle_in_transaction_session_timeout = '10s'; \
    SET TIME ZONE 'UTC'; SET jit = off";

/// Whether the error means that the connection, not the statement, is at fault.
pub(super) fn is_lost(error: &QueryError) -> bool {
    match error {
        QueryError::DatabaseError(
            DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand,
            _,
        )
        | QueryError::BrokenTransactionManager => true,
        // A server that is shutting down or starting up says so in words only.
        QueryError::DatabaseError(_, info) => info.message().contains("terminating connection"),
        _ => false,
    }
}

#[derive(QueryableByName)]
struct Setting {
    #[diesel(sql_type = Text)]
    name: String,
}

/// What is off, but must be on for a commit to outlive a crash.
pub(super) fn risky_settings(conn: &mut PgConnection) -> QueryResult<Vec<String>> {
    let off = sql_query(
        "SELECT name::text FROM pg_settings WHERE setting = 'off' \
         AND name IN ('fsync', 'full_page_writes', 'synchronous_commit') ORDER BY name",
    );
    Ok(off.load::<Setting>(conn)?.into_iter().map(|setting| setting.name).collect())
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

/// A host that swallows packets must not hold a connection's making, or its use, for minutes.
fn with_timeouts(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut url) if url.scheme().starts_with("postgres") => {
            for (name, value) in [("connect_timeout", "2"), ("tcp_user_timeout", "3000")] {
                if !url.query_pairs().any(|(given, _)| given == name) {
                    url.query_pairs_mut().append_pair(name, value);
                }
            }
            url.into()
        }
        _ => url.to_owned(),
    }
}

/// Makes the pool's connections.
pub(super) struct Manager {
    url: String,
}

impl Manager {
    pub(super) fn new(url: &str) -> Self {
        Self { url: with_timeouts(url) }
    }
}

impl ManageConnection for Manager {
    type Connection = Watched;
    type Error = ConnectionError;

    fn connect(&self) -> Result<Watched, ConnectionError> {
        let mut connection = PgConnection::establish(&self.url)?;
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
