//! Reading PostgreSQL's catalogue.

use diesel::sql_types::{Array, Bool, Text};
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The only column, a text named `line`, of each row.
pub fn lines(conn: &mut PgConnection, sql: &str) -> Vec<String> {
    let rows: Vec<Line> = sql_query(sql).load(conn).unwrap_or_else(|error| panic!("{error}: {sql}"));
    rows.into_iter().map(|row| row.line).collect()
}

/// Everything that the steps make, one line each: columns, indexes, constraints, settings of tables.
pub fn dump(conn: &mut PgConnection) -> Vec<String> {
    let parts = [
        "SELECT concat_ws(' ', 'column', table_name, ordinal_position, column_name, udt_schema, udt_name, is_nullable, \
         column_default, is_identity, generation_expression) AS line \
         FROM information_schema.columns WHERE table_schema = 'public' ORDER BY line",
        "SELECT concat_ws(' ', 'index', tablename, indexdef) AS line FROM pg_indexes \
         WHERE schemaname = 'public' ORDER BY line",
        "SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS line \
         FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY line",
        "SELECT concat_ws(' ', relkind, relname, reloptions::text) AS line FROM pg_class \
         WHERE relnamespace = 'public'::regnamespace ORDER BY line",
        "SELECT concat_ws(' ', 'type', typname) AS line FROM pg_type \
         WHERE typnamespace = 'public'::regnamespace ORDER BY line",
        "SELECT concat_ws(' ', 'function', proname) AS line FROM pg_proc \
         WHERE pronamespace = 'public'::regnamespace ORDER BY line",
    ];
    parts.iter().flat_map(|sql| lines(conn, sql)).collect()
}

/// A column, as the catalogue has it.
#[derive(QueryableByName, Debug)]
pub struct Column {
    #[diesel(sql_type = Text)]
    pub table_name: String,
    #[diesel(sql_type = Text)]
    pub column_name: String,
    #[diesel(sql_type = Text)]
    pub udt_name: String,
    #[diesel(sql_type = Bool)]
    pub nullable: bool,
    #[diesel(sql_type = Bool)]
    pub counted: bool,
    #[diesel(sql_type = Bool)]
    pub built_in: bool,
}

/// All columns of our tables, in their order.
pub fn columns(conn: &mut PgConnection) -> Vec<Column> {
    sql_query(
        "SELECT table_name::text, column_name::text, udt_name::text, is_nullable = 'YES' AS nullable, \
         (is_identity = 'YES' OR coalesce(column_default, '') LIKE 'nextval%') AS counted, \
         udt_schema = 'pg_catalog' AS built_in \
         FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations' \
         ORDER BY table_name COLLATE \"C\", ordinal_position",
    )
    .load(conn)
    .expect("the columns")
}

/// An index: whether it is a unique one, a primary key, one over part of the rows only, and its key columns.
#[derive(QueryableByName, Debug)]
pub struct Index {
    #[diesel(sql_type = Text)]
    pub table_name: String,
    #[diesel(sql_type = Text)]
    pub index_name: String,
    #[diesel(sql_type = Bool)]
    pub is_unique: bool,
    #[diesel(sql_type = Bool)]
    pub is_primary: bool,
    #[diesel(sql_type = Bool)]
    pub is_partial: bool,
    #[diesel(sql_type = Array<Text>)]
    pub columns: Vec<String>,
}

/// All indexes of our tables.
pub fn indexes(conn: &mut PgConnection) -> Vec<Index> {
    sql_query(
        "SELECT t.relname::text AS table_name, x.relname::text AS index_name, i.indisunique AS is_unique, \
         i.indisprimary AS is_primary, i.indpred IS NOT NULL AS is_partial, \
         ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k (number, place) \
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number \
         WHERE k.place <= i.indnkeyatts ORDER BY k.place) AS columns \
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid \
         WHERE t.relnamespace = 'public'::regnamespace AND t.relname <> '__diesel_schema_migrations' \
         ORDER BY 1, 2",
    )
    .load(conn)
    .expect("the indexes")
}
