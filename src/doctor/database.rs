//! The database: reachable, new enough, durable, migrated, with its ZIP table.

use diesel::{ConnectionError, PgConnection};

use super::Finding;
use crate::db::{
    OLDEST_POSTGRESQL, ServerFacts, ZipTableState, connect_once, pending_migrations, zip_table_state,
};
use crate::jobs::dead_letters;

const WHAT: &str = "database";

/// Checks the database behind `url`. In a private one the next start mends by itself what is merely old.
pub(super) fn examine(url: &str, private: bool) -> Vec<Finding> {
    let mut conn = match connect_once(url) {
        Ok(conn) => conn,
        Err(error) => return vec![Finding::failed(WHAT, &error, fix_for(&error))],
    };
    let mut findings = server(&mut conn);
    findings.extend(schema(&mut conn, private));
    findings
}

fn fix_for(error: &ConnectionError) -> &'static str {
    let said = error.to_string();
    let known = [
        ("password", "correct user and password in DATABASE_URL"),
        ("translate host name", "correct the host in DATABASE_URL"),
        ("refused", "start PostgreSQL there, or correct host and port in DATABASE_URL"),
        ("No such file", "start PostgreSQL there, or correct the host in DATABASE_URL"),
        (
            "timeout",
            "correct host and port in DATABASE_URL, or let this machine through the firewall on the way",
        ),
        (
            "pg_hba.conf",
            "let this user and machine in with a line in the server's pg_hba.conf, with or without TLS as it says",
        ),
        ("role", "create the user (createuser), or correct it in DATABASE_URL"),
        ("does not exist", "create the database (createdb), or correct its name in DATABASE_URL"),
        (
            "too many",
            "let the server have more connections (max_connections), or lower FRIENDER_DATABASE_POOL",
        ),
    ];
    known.iter().find(|(sign, _)| said.contains(sign)).map_or("correct DATABASE_URL", |(_, fix)| fix)
}

fn server(conn: &mut PgConnection) -> Vec<Finding> {
    let facts = match ServerFacts::ask(conn) {
        Ok(facts) => facts,
        Err(error) => return vec![Finding::failed(WHAT, &error, "let the user read pg_settings")],
    };
    let version = format!("PostgreSQL {}", facts.version);
    let version = match facts.major {
        OLDEST_POSTGRESQL.. => Finding::ok(WHAT, version),
        _ => Finding::failed(WHAT, version, format!("upgrade it to version {OLDEST_POSTGRESQL} or newer")),
    };
    let durability = match facts.forgetful.as_slice() {
        [] => Finding::ok("durability", "fsync, full_page_writes and synchronous_commit are on"),
        off => Finding::failed(
            "durability",
            format!("{} off: a power cut could lose what was acknowledged", off.join(" and ")),
            format!(
                "ALTER SYSTEM SET {} = on; then SELECT pg_reload_conf(); also look at the role's and the database's \
                 own settings",
                off.join(" = on; ALTER SYSTEM SET ")
            ),
        ),
    };
    vec![version, durability]
}

fn schema(conn: &mut PgConnection, private: bool) -> Vec<Finding> {
    let pending = match pending_migrations(conn) {
        Ok(pending) => pending,
        Err(error) => {
            return vec![Finding::failed(
                "migrations",
                &error,
                "give the user the rights of the tables' owner",
            )];
        }
    };
    if !pending.is_empty() {
        return vec![stale("migrations", format!("pending: {}", pending.join(", ")), private)];
    }
    let zip_codes = match zip_table_state(conn) {
        Ok(ZipTableState::Current { rows }) => Finding::ok("ZIP codes", format!("{rows} loaded")),
        Ok(ZipTableState::Stale) => stale("ZIP codes", "missing or of another version".to_owned(), private),
        Err(error) => Finding::failed("ZIP codes", &error, "run `friender migrate`"),
    };
    vec![Finding::ok("migrations", "all have run"), zip_codes, jobs(conn)]
}

/// Work that was tried for long and given up: somebody waits for it in vain.
fn jobs(conn: &mut PgConnection) -> Finding {
    match dead_letters(conn) {
        Ok(dead) if dead.is_empty() => Finding::ok("jobs", "none was given up"),
        Ok(dead) => {
            let kinds: Vec<String> = dead.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
            Finding::failed(
                "jobs",
                format!("given up: {}", kinds.join(", ")),
                "look at last_error in the table jobs; once the cause is gone, have them tried again with UPDATE jobs \
                 SET dead_at = NULL, attempts = 0, run_at = now() WHERE dead_at IS NOT NULL",
            )
        }
        Err(error) => Finding::failed("jobs", &error, "let the user read the table jobs"),
    }
}

fn stale(what: &'static str, said: String, private: bool) -> Finding {
    if private {
        return Finding::noted(what, format!("{said}; the next start does it"));
    }
    Finding::failed(what, said, "run `friender migrate` (`friender serve` does the same when it starts)")
}
