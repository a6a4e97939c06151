//! What goes with an account, read from the schema itself: every column that points at `users` and says CASCADE.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Text, Uuid as SqlUuid};

use crate::accounts::UserId;

/// Columns whose rows stay with the name that others still see; the rooms that own them clean them.
const STAYS: [&str; 6] = [
    "profiles.user_id",
    "pairs.low",
    "pairs.high",
    "likes.from_user",
    "likes.to_user",
    "match_members.user_id",
];

#[derive(QueryableByName)]
struct Belonging {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
}

/// Deletes what ON DELETE CASCADE would delete, while the account's row stays. A table that is new is included.
pub(super) fn delete_belongings(conn: &mut PgConnection, user: UserId) -> QueryResult<()> {
    let belongings: Vec<Belonging> = sql_query(
        "SELECT c.conrelid::regclass::text AS table_name, a.attname::text AS column_name FROM pg_constraint c \
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] \
         WHERE c.contype = 'f' AND c.confrelid = 'users'::regclass AND c.confdeltype = 'c' \
         AND c.connamespace = 'public'::regnamespace ORDER BY 1, 2",
    )
    .load(conn)?;
    for Belonging { table_name, column_name } in belongings {
        if !STAYS.contains(&format!("{table_name}.{column_name}").as_str()) {
            sql_query(format!("DELETE FROM {table_name} WHERE {column_name} = $1"))
                .bind::<SqlUuid, _>(user)
                .execute(conn)?;
        }
    }
    Ok(())
}
