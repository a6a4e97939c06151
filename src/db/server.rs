//! What a PostgreSQL server must be for us to trust it with people's messages.

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{PgConnection, QueryResult, QueryableByName, RunQueryDsl, sql_query};

use super::connection;

/// The oldest major version that our statements are written for.
pub const OLDEST_POSTGRESQL: u32 = 13;

/// Without these, an acknowledged write can be lost or torn by a power cut.
const KEEPERS: [&str; 3] = ["fsync", "full_page_writes", "synchronous_commit"];

/// A server that answers, with what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerFacts {
    /// The version in words, such as `15.14 (Debian 15.14-0+deb12u1)`.
    pub version: String,
    /// The major version.
    pub major: u32,
    /// Those settings that are off and would lose acknowledged writes.
    pub forgetful: Vec<&'static str>,
}

impl ServerFacts {
    /// Asks the server.
    pub fn ask(conn: &mut PgConnection) -> QueryResult<Self> {
        let number: u32 = show(conn, "server_version_num")?.parse().unwrap_or_default();
        let mut forgetful = Vec::new();
        for name in KEEPERS {
            if show(conn, name)? == "off" {
                forgetful.push(name);
            }
        }
        Ok(Self { version: show(conn, "server_version")?, major: number / 10_000, forgetful })
    }
}

/// Why a server is not good enough.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// No connection.
    #[error("no connection to the database")]
    Connect(#[source] diesel::ConnectionError),
    /// It didn't say.
    #[error("the database doesn't tell its version and settings")]
    Ask(#[from] diesel::result::Error),
    /// Too old.
    #[error("the database is PostgreSQL {0}; Friender needs {OLDEST_POSTGRESQL} or newer: upgrade it")]
    Old(String),
    /// It would lose what it said it has kept.
    #[error(
        "the database runs with {} off, so that a power cut could lose what it acknowledged: switch it on \
         (ALTER SYSTEM SET …, then reload; also look at the role's and the database's own settings)",
        .0.join(" and ")
    )]
    Forgetful(Vec<&'static str>),
}

/// Connects once, within seconds, and refuses a server that is too old or, where `durable`, one that could lose
/// acknowledged writes.
pub fn check_server(url: &str, durable: bool) -> Result<ServerFacts, ServerError> {
    let mut conn = connect_once(url).map_err(ServerError::Connect)?;
    let facts = ServerFacts::ask(&mut conn)?;
    if facts.major < OLDEST_POSTGRESQL {
        return Err(ServerError::Old(facts.version));
    }
    if durable && !facts.forgetful.is_empty() {
        return Err(ServerError::Forgetful(facts.forgetful));
    }
    Ok(facts)
}

/// One connection past the pool, whose statements end within seconds.
pub fn connect_once(url: &str) -> Result<PgConnection, diesel::ConnectionError> {
    let mut conn = connection::establish(url)?;
    conn.batch_execute("SET statement_timeout = '3s'")
        .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

fn show(conn: &mut PgConnection, name: &str) -> QueryResult<String> {
    #[derive(QueryableByName)]
    struct Setting {
        #[diesel(sql_type = Text)]
        value: String,
    }
    let row: Setting =
        sql_query("SELECT current_setting($1) AS value").bind::<Text, _>(name).get_result(conn)?;
    Ok(row.value)
}
