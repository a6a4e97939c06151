//! PostgreSQL through diesel: one pool, blocking work off the async workers, a timer around each call.

mod connection;
pub mod embedded;
mod migrations;
pub mod schema;

use std::sync::Arc;
use std::time::Duration;

use diesel::PgConnection;
use diesel::r2d2::Pool;
use diesel::result::{DatabaseErrorKind, Error as QueryError};
use tokio::sync::Semaphore;

use connection::Manager;
pub use migrations::{MigrationError, migrate, pending_migrations, revert_all};

/// How long a request waits for its turn before it is told to come back.
const QUEUE_WAIT: Duration = Duration::from_millis(1500);

/// How long a call may take once it has its turn: a hung database answers nothing, not even a timeout of its own.
const CALL_TIMEOUT: Duration = Duration::from_millis(2500);

/// What can go wrong between us and PostgreSQL.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// Too many are waiting already.
    #[error("no database connection became free in time")]
    Overloaded,
    /// No answer in time. What was asked may still happen.
    #[error("the database did not answer in time")]
    TimedOut,
    /// No connection.
    #[error("no connection to the database: {0}")]
    Unavailable(String),
    /// A statement failed.
    #[error("a statement failed: {0}")]
    Query(QueryError),
    /// The blocking task died.
    #[error("the database task was lost")]
    Lost,
}

impl From<QueryError> for DbError {
    fn from(error: QueryError) -> Self {
        if connection::is_lost(&error) { Self::Unavailable(error.to_string()) } else { Self::Query(error) }
    }
}

/// The database, as every slice uses it.
#[derive(Clone)]
pub struct Db {
    pool: Pool<Manager>,
    turns: Arc<Semaphore>,
}

impl Db {
    /// Opens a pool of `size` connections; blocks until the first one stands or `connection_timeout` is over.
    pub fn connect(url: &str, size: u32) -> Result<Self, DbError> {
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(size.min(2)))
            .connection_timeout(QUEUE_WAIT)
            .test_on_check_out(false)
            .build(Manager::new(url))
            .map_err(|error| DbError::Unavailable(error.to_string()))?;
        Ok(Self { pool, turns: Arc::new(Semaphore::new(size as usize)) })
    }

    /// Runs `work` with a connection, on a thread that may block.
    ///
    /// Gives [`DbError::Overloaded`] when no turn comes within 1.5 s and [`DbError::TimedOut`] after 2.5 s of work.
    pub async fn run<T, E>(
        &self,
        work: impl FnOnce(&mut PgConnection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let turn = tokio::time::timeout(QUEUE_WAIT, self.turns.clone().acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(DbError::Overloaded.into()) };
        let pool = self.pool.clone();
        let span = tracing::Span::current();
        let task = actix_web::web::block(move || {
            let _turn = turn;
            let _entered = span.enter();
            let mut connection = pool.get().map_err(|error| DbError::Unavailable(error.to_string()))?;
            work(connection.as_pg())
        });
        match tokio::time::timeout(CALL_TIMEOUT, task).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(DbError::Lost.into()),
            Err(_) => Err(DbError::TimedOut.into()),
        }
    }

    /// Whether the database answers.
    pub async fn check(&self) -> Result<(), DbError> {
        use diesel::RunQueryDsl;
        self.run(|conn| diesel::sql_query("SELECT 1").execute(conn).map(drop).map_err(DbError::from)).await
    }
}

/// The unique constraint that refused a write, if that is what happened. Compare by prefix: a distributed
/// PostgreSQL adds suffixes.
pub fn unique_violation(error: &QueryError) -> Option<&str> {
    match error {
        QueryError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => info.constraint_name(),
        _ => None,
    }
}

/// Whether a write pointed at a row that isn't there.
pub fn foreign_key_violation(error: &QueryError) -> bool {
    matches!(error, QueryError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _))
}

/// Gives a slice's error enum, which has a variant `Db(DbError)`, the conversion that transactions need.
macro_rules! from_query_error {
    ($error:ty) => {
        impl From<diesel::result::Error> for $error {
            fn from(error: diesel::result::Error) -> Self {
                Self::Db(error.into())
            }
        }
    };
}
pub(crate) use from_query_error;
