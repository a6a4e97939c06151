//! The ZIP table's copy in the database, for foreign keys and for whoever looks with SQL.

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Array, Double, Integer, Nullable, Text};
use diesel::{Connection, PgConnection, QueryResult, QueryableByName, RunQueryDsl, sql_query};

use crate::geo::zip_table;

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = Nullable<Text>)]
    version: Option<String>,
}

/// What the table in the database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZipTableState {
    /// What this binary holds.
    Current {
        /// How many ZIP codes.
        rows: usize,
    },
    /// Nothing, or what another version held.
    Stale,
}

/// Compares the table, which must be there, with what this binary holds.
pub fn zip_table_state(conn: &mut PgConnection) -> QueryResult<ZipTableState> {
    let loaded: Version =
        sql_query("SELECT obj_description('zip_codes'::regclass, 'pg_class') AS version").get_result(conn)?;
    let rows = zip_table().iter().len();
    Ok(if loaded.version == Some(version()) { ZipTableState::Current { rows } } else { ZipTableState::Stale })
}

fn version() -> String {
    format!("friender {}, {} rows", env!("CARGO_PKG_VERSION"), zip_table().iter().len())
}

/// Brings the table up to what this binary holds. The table's comment says which version it has.
pub(super) fn load_zip_codes(conn: &mut PgConnection) -> QueryResult<()> {
    if zip_table_state(conn)? != ZipTableState::Stale {
        return Ok(());
    }
    conn.transaction(|conn| {
        let rows = || zip_table().iter();
        sql_query(
            "INSERT INTO zip_codes (code, place, state, latitude, longitude) \
             SELECT * FROM unnest($1, $2, $3, $4, $5) \
             ON CONFLICT (code) DO UPDATE SET place = excluded.place, state = excluded.state, \
             latitude = excluded.latitude, longitude = excluded.longitude",
        )
        .bind::<Array<Integer>, _>(rows().map(|p| p.zip.to_i32()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(rows().map(|p| p.name).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(rows().map(|p| p.state).collect::<Vec<_>>())
        .bind::<Array<Double>, _>(rows().map(|p| p.point.latitude).collect::<Vec<_>>())
        .bind::<Array<Double>, _>(rows().map(|p| p.point.longitude).collect::<Vec<_>>())
        .execute(conn)?;
        conn.batch_execute(&format!("COMMENT ON TABLE zip_codes IS '{}'", version()))
    })
}
