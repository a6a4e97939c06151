//! Rules for tables, kept from day one so that the same tables can be spread over a cluster.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use crate::house::source::{files, texts};
use crate::schema::catalogue::{columns, indexes, lines};
use crate::support::db;

/// Tables that grow with the users, and the column that would spread them over a cluster.
const GROWING: &[(&str, &str)] = &[
    ("users", "id"),
    // Global uniqueness has its own small table, spread by what is unique.
    ("usernames", "username"),
    ("emails", "address"),
    ("sessions", "user_id"),
    ("security_events", "id"),
    ("profiles", "user_id"),
    ("files", "user_id"),
    ("file_events", "user_id"),
    ("uploads", "user_id"),
    ("blocks", "user_id"),
    ("idempotency_keys", "user_id"),
    ("pairs", "low"),
    ("likes", "from_user"),
    ("likes_in", "to_user"),
    ("later", "user_id"),
    ("conversations", "match_id"),
    ("match_members", "user_id"),
    ("messages", "match_id"),
    ("moderators", "user_id"),
    ("banned_addresses", "mark"),
    ("reports", "id"),
    ("report_messages", "report_id"),
    ("report_photos", "report_id"),
    ("report_notes", "report_id"),
    ("sanctions", "user_id"),
    ("jobs", "id"),
    ("deletions", "user_id"),
    ("exports", "user_id"),
    ("mails", "user_id"),
    ("mail_tokens", "hash"),
    ("mail_asks", "subject"),
    ("email_changes", "user_id"),
];

/// Reference data: small, and the same everywhere.
const REFERENCE: &[&str] = &["zip_codes", "tags"];

/// Small and short-lived: one copy, which every server reads on by its numbers.
const PASSING: &[&str] = &["revocations"];

/// Every rule that a table breaks.
fn broken(conn: &mut PgConnection) -> Vec<String> {
    let mut broken = Vec::new();
    for column in columns(conn) {
        let (table, name) = (&column.table_name, &column.column_name);
        let grows = GROWING.iter().any(|(growing, _)| growing == table);
        if !grows && !REFERENCE.contains(&table.as_str()) && !PASSING.contains(&table.as_str()) {
            broken.push(format!("{table}: say here whether it grows, and by what it is spread"));
        }
        if grows && column.counted {
            broken.push(format!("{table}.{name} counts up: ids are made in the application"));
        }
        if !column.built_in {
            broken.push(format!("{table}.{name} has the type {}, which isn't built in", column.udt_name));
        }
    }
    for index in indexes(conn).iter().filter(|index| index.is_unique) {
        let spread_by = GROWING.iter().find(|(table, _)| *table == index.table_name);
        if spread_by.is_some_and(|(_, by)| !index.columns.iter().any(|column| column == by)) {
            broken.push(format!("{} must hold what {} is spread by", index.index_name, index.table_name));
        }
    }
    let others = [
        "SELECT concat('the trigger ', tgname) AS line FROM pg_trigger WHERE NOT tgisinternal",
        "SELECT concat('the extension ', extname) AS line FROM pg_extension WHERE extname <> 'plpgsql'",
        "SELECT concat('the rule ', rulename) AS line FROM pg_rules WHERE schemaname = 'public'",
    ];
    broken.extend(others.iter().flat_map(|sql| lines(conn, sql)));
    broken.dedup();
    broken
}

#[test]
fn tables_keep_the_rules() {
    let mut conn = PgConnection::establish(&db::fresh()).unwrap();
    assert_eq!(broken(&mut conn), Vec::<String>::new());
    let known = columns(&mut conn);
    for (table, column) in GROWING {
        let there = known.iter().any(|found| found.table_name == *table && found.column_name == *column);
        assert!(there, "{table}.{column} is gone");
    }
}

#[test]
fn a_broken_rule_is_noticed() {
    let mut conn = PgConnection::establish(&db::fresh()).unwrap();
    let breaks = [
        "CREATE TABLE strangers (id uuid PRIMARY KEY)",
        "ALTER TABLE files ADD number serial",
        "ALTER TABLE files ADD number integer GENERATED ALWAYS AS IDENTITY",
        "CREATE TYPE mood AS ENUM ('good'); ALTER TABLE files ADD mood mood",
        "CREATE UNIQUE INDEX sessions_id ON sessions (id)",
        "ALTER TABLE files DROP CONSTRAINT files_pkey, ADD PRIMARY KEY (id)",
        "CREATE TRIGGER t BEFORE UPDATE ON likes FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    ];
    for sql in breaks {
        let found = conn.test_transaction::<_, diesel::result::Error, _>(|conn| {
            conn.batch_execute(sql)?;
            Ok(broken(conn))
        });
        assert_eq!(found.len(), 1, "{sql}: {found:?}");
    }
}

/// NOTIFY takes a lock that makes all commits queue up: publish after the commit instead.
#[test]
fn nobody_notifies_inside_the_database() {
    let notifies = |text: &str| {
        let mut words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        words.any(|word| ["NOTIFY", "LISTEN", "pg_notify"].contains(&word))
    };
    for file in files().into_iter().filter(|file| file.path.starts_with("src/")) {
        let found: Vec<_> = texts(&file.text).into_iter().filter(|text| notifies(text)).collect();
        assert_eq!(found, Vec::<String>::new(), "{}", file.path);
    }
    assert!(notifies("SELECT pg_notify('x', $1)") && notifies("LISTEN x") && !notifies("Listening"));
}
