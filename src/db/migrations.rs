//! The schema's steps, inside the binary, run at start by whichever instance comes first.

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// The advisory lock that lets one instance migrate while the others wait ("friender" in ASCII).
const LOCK: i64 = 0x0066_7269_656e_6465;

/// Why the schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// No connection.
    #[error("no connection to the database")]
    Connect(#[source] diesel::ConnectionError),
    /// The lock could not be taken, or the ZIP table not be loaded.
    #[error("a statement failed while migrating")]
    Statement(#[from] diesel::result::Error),
    /// A step failed.
    #[error("a migration failed: {0}")]
    Step(Box<dyn std::error::Error + Send + Sync>),
}

/// Runs what is pending and loads the ZIP table, under an advisory lock; gives the names of the steps that ran.
pub fn migrate(url: &str) -> Result<Vec<String>, MigrationError> {
    locked(url, |conn| {
        let ran = conn.run_pending_migrations(MIGRATIONS).map_err(MigrationError::Step)?;
        let ran = ran.iter().map(ToString::to_string).collect();
        super::zip_codes::load_zip_codes(conn)?;
        Ok(ran)
    })
}

/// Takes every step back, newest first. Destroys all data; tests use it to prove that the steps can be undone.
pub fn revert_all(url: &str) -> Result<usize, MigrationError> {
    locked(url, |conn| Ok(conn.revert_all_migrations(MIGRATIONS).map_err(MigrationError::Step)?.len()))
}

/// The names of the steps that have not run yet.
pub fn pending_migrations(conn: &mut PgConnection) -> Result<Vec<String>, MigrationError> {
    let pending = MigrationHarness::<diesel::pg::Pg>::pending_migrations(conn, MIGRATIONS)
        .map_err(MigrationError::Step)?;
    Ok(pending.iter().map(|m| m.name().to_string()).collect())
}

fn locked<T>(
    url: &str,
    work: impl FnOnce(&mut PgConnection) -> Result<T, MigrationError>,
) -> Result<T, MigrationError> {
    let mut conn = super::connection::establish(url).map_err(MigrationError::Connect)?;
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
    // The lock ends with the connection, also when a step fails.
    work(&mut conn)
}
