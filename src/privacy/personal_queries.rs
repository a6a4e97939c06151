//! Reading everything of a person's, a few hundred rows at a time.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Jsonb;
use serde_json::Value;

use crate::accounts::UserId;

/// Rows fetched at once.
const FETCH: &str = "FETCH 500 FROM personal";

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Jsonb)]
    row: Value,
}

/// Hands each row of a statement of [`super::EXPORTED`] over. Needs a transaction.
pub(super) fn each_row<E: From<diesel::result::Error>>(
    conn: &mut PgConnection,
    sql: &str,
    user: UserId,
    mut take: impl FnMut(&Value) -> Result<(), E>,
) -> Result<(), E> {
    // A cursor's statement takes no parameters everywhere; an id is letters, digits and dashes.
    let sql = sql.replace("$1", &format!("'{user}'"));
    conn.batch_execute(&format!("DECLARE personal NO SCROLL CURSOR FOR {sql}"))?;
    loop {
        let rows: Vec<Row> = sql_query(FETCH).load(conn)?;
        if rows.is_empty() {
            break;
        }
        rows.iter().try_for_each(|row| take(&row.row))?;
    }
    Ok(conn.batch_execute("CLOSE personal")?)
}

/// Lets each statement of this transaction take longer than a request would wait.
pub(super) fn be_patient(conn: &mut PgConnection) -> QueryResult<()> {
    conn.batch_execute(
        "SET LOCAL statement_timeout = '60s'; SET LOCAL idle_in_transaction_session_timeout = '60s'",
    )
}
