//! src/db/schema.rs is what the steps make.

use std::collections::BTreeMap;

use crate::schema::catalogue::{Index, columns, indexes};
use crate::support::db;
use diesel::{Connection, PgConnection};

const SCHEMA: &str = include_str!("../../../src/db/schema.rs");

/// Each table's key and columns, as lines of the macro.
type Tables = BTreeMap<String, (String, Vec<String>)>;

/// Reads the `table!` blocks.
fn parse(source: &str) -> Tables {
    let blocks = source.split("diesel::table! {").skip(1);
    let parsed = blocks.map(|block| {
        let body = block.split_once("\n}").expect("a block ends").0;
        let (head, columns) = body.split_once('{').expect("a table begins");
        let (name, key) = head.trim().split_once('(').expect("a table has a key");
        let columns = columns.lines().map(|line| line.trim().trim_end_matches(',').to_owned());
        let columns = columns.filter(|line| line.contains("->")).collect();
        (name.trim().to_owned(), (key.trim().trim_end_matches(')').to_owned(), columns))
    });
    parsed.collect()
}

/// A column's type in diesel's words.
fn diesel_type(name: &str) -> String {
    let plain = match name {
        "uuid" => "Uuid",
        "text" => "Text",
        "bool" => "Bool",
        "int2" => "Int2",
        "int4" => "Int4",
        "int8" => "Int8",
        "float4" => "Float4",
        "float8" => "Float8",
        "date" => "Date",
        "timestamptz" => "Timestamptz",
        "bytea" => "Bytea",
        "jsonb" => "Jsonb",
        "inet" => "Inet",
        array if array.starts_with('_') => {
            return format!("Array<Nullable<{}>>", diesel_type(array.trim_start_matches('_')));
        }
        other => panic!("{other} is a new type here: add its name in diesel"),
    };
    plain.to_owned()
}

/// The same as [`parse`], from the database.
fn read(conn: &mut PgConnection) -> Tables {
    let mut tables = Tables::new();
    let keys: Vec<Index> = indexes(conn).into_iter().filter(|index| index.is_primary).collect();
    for column in columns(conn) {
        let entry = tables.entry(column.table_name.clone()).or_insert_with(|| {
            let key = keys.iter().find(|key| key.table_name == column.table_name).expect("a primary key");
            (key.columns.join(", "), Vec::new())
        });
        let plain = diesel_type(&column.udt_name);
        let full = if column.nullable { format!("Nullable<{plain}>") } else { plain };
        entry.1.push(format!("{} -> {full}", column.column_name));
    }
    tables
}

#[test]
fn schema_rs_is_current() {
    let mut conn = PgConnection::establish(&db::fresh()).unwrap();
    let (written, found) = (parse(SCHEMA), read(&mut conn));
    assert!(found.len() >= 15, "{found:#?}");
    similar(&written, &found);
}

#[track_caller]
fn similar(written: &Tables, found: &Tables) {
    for (name, table) in found {
        assert_eq!(written.get(name), Some(table), "{name} in src/db/schema.rs is old: `make schema`");
    }
    let gone: Vec<_> = written.keys().filter(|name| !found.contains_key(*name)).collect();
    assert!(gone.is_empty(), "src/db/schema.rs has tables that aren't there: {gone:?}. `make schema`");
}

#[test]
fn an_old_schema_rs_is_noticed() {
    let mut conn = PgConnection::establish(&db::fresh()).unwrap();
    let found = read(&mut conn);
    let changes = [
        ("liked -> Bool,", "liked -> Int2,"),
        ("body -> Text,", "body -> Nullable<Text>,"),
        ("low -> Uuid,\n        high -> Uuid,", "high -> Uuid,\n        low -> Uuid,"),
        ("likes (from_user, to_user)", "likes (to_user, from_user)"),
        ("    tags (id) {", "    labels (id) {"),
    ];
    for (from, to) in changes {
        assert!(SCHEMA.contains(from), "{from}");
        assert_ne!(parse(&SCHEMA.replacen(from, to, 1)), found, "nothing notices {to}");
    }
}
