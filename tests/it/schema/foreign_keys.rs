//! Every foreign key and what happens to its rows when what they point at goes. A new one needs a line here.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, RunQueryDsl, sql_query};
use serde_json::json;

use crate::messages::write;
use crate::schema::catalogue::{indexes, lines};
use crate::support::{Someone, TestApp, befriend, db, someone};

/// Column, what it points at, the rule, and why.
const CHOSEN: &[(&str, &str, &str, &str)] = &[
    ("usernames.user_id", "users", "CASCADE", "the name is free again"),
    ("emails.user_id", "users", "CASCADE", "the address is free again"),
    ("deletions.user_id", "users", "CASCADE", "it has happened"),
    ("exports.user_id", "users", "CASCADE", "the person's own; the objects go first"),
    ("mails.user_id", "users", "CASCADE", "the person's own"),
    ("mail_tokens.user_id", "users", "CASCADE", "nobody is left to use it"),
    ("email_changes.user_id", "users", "CASCADE", "the person's own"),
    ("sessions.user_id", "users", "CASCADE", "nobody is left to be signed in"),
    ("profiles.user_id", "users", "CASCADE", "the person's own"),
    ("profiles.zip_code", "zip_codes", "RESTRICT", "reference data in use stays"),
    ("files.user_id", "users", "CASCADE", "the person's own; the objects go first"),
    ("uploads.user_id", "users", "CASCADE", "the person's own; what lies in quarantine expires there"),
    ("blocks.user_id", "users", "CASCADE", "the person's own"),
    ("blocks.blocked_id", "users", "CASCADE", "nobody is left to be silent to"),
    ("idempotency_keys.user_id", "users", "CASCADE", "nobody is left to ask again"),
    ("file_events.user_id", "users", "CASCADE", "the person's own; the export had it"),
    ("pairs.low", "users", "CASCADE", "a verdict needs both"),
    ("pairs.high", "users", "CASCADE", "a verdict needs both"),
    ("likes.from_user", "users", "CASCADE", "a verdict needs both"),
    ("likes.to_user", "users", "CASCADE", "a verdict needs both"),
    ("likes_in.to_user", "users", "CASCADE", "nobody is left to answer"),
    ("likes_in.from_user", "users", "CASCADE", "nobody is left to be answered"),
    ("later.user_id", "users", "CASCADE", "the person's own"),
    ("later.other_id", "users", "CASCADE", "nobody is left to decide on"),
    ("conversations.low", "users", "RESTRICT", "it is the other's, too: make the person anonymous"),
    ("conversations.high", "users", "RESTRICT", "it is the other's, too: make the person anonymous"),
    ("match_members.user_id", "users", "CASCADE", "the person's own view of a match"),
    ("match_members.match_id", "conversations", "CASCADE", "a member of nothing is nobody"),
    ("match_members.other_id", "users", "RESTRICT", "the other's list shows the person"),
    ("messages.match_id", "conversations", "CASCADE", "messages are nothing without it"),
    ("messages.sender", "users", "RESTRICT", "the other has read it"),
    ("moderators.user_id", "users", "CASCADE", "nobody is left to have the role"),
    ("reports.reporter", "users", "SET NULL", "a report outlives both"),
    ("reports.reported", "users", "SET NULL", "a report outlives both"),
    ("reports.decided_by", "users", "SET NULL", "the decision stands"),
    ("report_messages.report_id", "reports", "CASCADE", "evidence of nothing is nothing"),
    ("report_photos.report_id", "reports", "CASCADE", "evidence of nothing is nothing"),
    ("report_notes.report_id", "reports", "CASCADE", "a note beside nothing is nothing"),
    ("report_notes.moderator", "users", "SET NULL", "the note stands"),
    ("sanctions.user_id", "users", "CASCADE", "nobody is left to be kept out; the address stays banned"),
    ("sanctions.report_id", "reports", "CASCADE", "a report is never deleted while its person is there"),
];

/// Columns whose index may leave rows out, and why.
const PARTLY_INDEXED: &[(&str, &str)] =
    &[("profiles.zip_code", "ZIP codes are never deleted; the index is the deck's, of who is shown")];

#[test]
fn every_foreign_key_has_a_chosen_rule() {
    let mut conn = PgConnection::establish(&db::fresh()).unwrap();
    let found = lines(
        &mut conn,
        "SELECT concat_ws(' ', concat(c.conrelid::regclass, '.', a.attname), c.confrelid::regclass, \
         CASE c.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'r' THEN 'RESTRICT' WHEN 'n' THEN 'SET NULL' \
         WHEN 'd' THEN 'SET DEFAULT' ELSE 'NO ACTION' END) AS line \
         FROM pg_constraint c CROSS JOIN unnest(c.conkey) k \
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k \
         WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace ORDER BY line",
    );
    let mut chosen: Vec<_> =
        CHOSEN.iter().map(|(column, to, rule, _)| format!("{column} {to} {rule}")).collect();
    chosen.sort();
    let mut found = found;
    found.sort();
    assert_eq!(found, chosen, "choose a delete rule for each foreign key and say why");
}

#[test]
fn every_foreign_key_is_indexed() {
    let mut conn = PgConnection::establish(&db::fresh()).unwrap();
    let indexes = indexes(&mut conn);
    for (key, ..) in CHOSEN {
        let (table, column) = key.split_once('.').unwrap();
        let partly = PARTLY_INDEXED.iter().any(|(exception, _)| exception == key);
        let covers = indexes.iter().any(|index| {
            index.table_name == table
                && index.columns.first().is_some_and(|first| first == column)
                && (partly || !index.is_partial)
        });
        assert!(covers, "{key} has no index: deleting what it points at would read the whole table");
    }
}

fn delete_user(conn: &mut PgConnection, person: &Someone) -> Result<usize, diesel::result::Error> {
    sql_query(format!("DELETE FROM users WHERE id = '{}'", person.id)).execute(conn)
}

/// All rows that name this person, table by table.
fn traces(conn: &mut PgConnection, person: &Someone) -> Vec<String> {
    let columns = CHOSEN.iter().filter(|(_, to, ..)| *to == "users").map(|(column, ..)| *column);
    let of = |column: &str, conn: &mut PgConnection| {
        let (table, name) = column.split_once('.').unwrap();
        lines(conn, &format!("SELECT '{column}' AS line FROM {table} WHERE {name} = '{}' LIMIT 1", person.id))
    };
    columns.flat_map(|column| of(column, conn)).collect()
}

#[actix_web::test]
async fn who_goes_without_a_match_leaves_nothing_behind() {
    let app = TestApp::start().await;
    let [gone, other, third] = [someone().insert(&app), someone().insert(&app), someone().insert(&app)];
    let yes = |to: &Someone| json!({"user_id": to.id, "liked": true});
    gone.client.post("/likes", &yes(&other)).await.expect(200);
    third.client.post("/likes", &yes(&gone)).await.expect(200);
    other.client.put(&format!("/later/{}", gone.id), &json!({})).await.expect(204);
    gone.client.put(&format!("/later/{}", third.id), &json!({})).await.expect(204);
    let fourth = someone().insert(&app);
    gone.client.post("/blocks", &json!({"user_id": fourth.id})).await.expect(201);
    other.client.post("/blocks", &json!({"user_id": gone.id})).await.expect(201);
    let mut conn = app.connect();
    conn.batch_execute(&format!(
        "INSERT INTO emails (address, user_id) VALUES ('gone@example.org', '{0}'); \
         INSERT INTO sessions (user_id, id, refresh_hash, expires_at) VALUES ('{0}', '{0}', '', now()); \
         INSERT INTO moderators (user_id) VALUES ('{0}'); \
         INSERT INTO reports (id, reporter, reported, reported_name, reason, decided_by) \
         VALUES ('{0}', '{0}', '{0}', '', 'spam', '{0}'); \
         INSERT INTO sanctions (user_id, id, report_id, kind, rule, reason, evidence) \
         VALUES ('{0}', '{0}', '{0}', 'ban', 'spam', '', ''); \
         INSERT INTO idempotency_keys (user_id, route, key, fingerprint, claim) VALUES ('{0}', '', '', '', '{0}'); \
         INSERT INTO deletions (user_id, erase_at) VALUES ('{0}', now()); \
         INSERT INTO exports (user_id, id) VALUES ('{0}', '{0}'); \
         INSERT INTO mails (user_id, id, kind, address) VALUES ('{0}', '{0}', '', ''); \
         INSERT INTO mail_tokens (hash, user_id, purpose, address, expires_at) VALUES ('', '{0}', '', '', now()); \
         INSERT INTO email_changes (user_id, old_address, new_address, expires_at) VALUES ('{0}', '', '', now()); \
         INSERT INTO files (user_id, id, key, filename, content_type, size, width, height, position, state) \
         VALUES ('{0}', '{0}', 'key', '', 'image/jpeg', 1, 1, 1, 0, 'ready'); \
         INSERT INTO uploads (user_id, id, key, filename, content_type, size, purpose, expires_at) \
         VALUES ('{0}', '{0}', 'key', '', 'image/jpeg', 1, 'photo', now()); \
         INSERT INTO file_events (user_id, id, event, file_id, filename) \
         VALUES ('{0}', '{0}', 'added', '{0}', '')",
        gone.id
    ))
    .unwrap();
    let cascading = CHOSEN.iter().filter(|(column, to, rule, _)| {
        (*to, *rule) == ("users", "CASCADE") && !column.starts_with("match_members")
    });
    // A pair has the person on one side only.
    assert!(traces(&mut conn, &gone).len() >= cascading.count() - 1, "{:?}", traces(&mut conn, &gone));
    assert_eq!(delete_user(&mut conn, &gone), Ok(1));
    assert_eq!(traces(&mut conn, &gone), Vec::<String>::new());
    crate::support::assert_consistent(&mut conn);
}

#[actix_web::test]
async fn who_has_a_match_can_t_be_deleted_under_the_other() {
    let app = TestApp::start().await;
    let [ada, bob] = [someone().insert(&app), someone().insert(&app)];
    let id = befriend(&app, &ada, &bob);
    write(&ada, id, "Hello").await.expect(201);
    let mut conn = app.connect();
    for person in [&ada, &bob] {
        let refused = delete_user(&mut conn, person).unwrap_err();
        assert!(friender::db::foreign_key_violation(&refused), "{refused}");
    }
    let zip = sql_query("DELETE FROM zip_codes WHERE code = 10001").execute(&mut conn).unwrap_err();
    assert!(friender::db::foreign_key_violation(&zip), "{zip}");
    // A conversation takes its messages along.
    assert_eq!(sql_query("DELETE FROM conversations").execute(&mut conn), Ok(1));
    assert_eq!(lines(&mut conn, "SELECT body AS line FROM messages"), Vec::<String>::new());
}
