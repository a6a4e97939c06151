//! A database for each test: copied from a template that holds the migrations and the ZIP table. Never dropped: the
//! cluster goes as a whole.

use std::path::Path;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

#[derive(QueryableByName)]
struct Exists {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    exists: bool,
}

/// The URL of the tests' own cluster.
fn cluster() -> Url {
    let url = std::env::var("FRIENDER_TEST_DATABASE_URL").expect(
        "FRIENDER_TEST_DATABASE_URL is not set. Run `make test`, or cargo run --example test_cluster -- cargo test",
    );
    url.parse().expect("FRIENDER_TEST_DATABASE_URL is no URL")
}

fn database_url(name: &str) -> String {
    let mut url = cluster();
    url.set_path(name);
    url.to_string()
}

/// An empty, migrated database of one's own.
pub fn fresh() -> String {
    let template = template();
    let name = format!("test_{}", Uuid::new_v4().simple());
    let mut conn = PgConnection::establish(cluster().as_str()).expect("the tests' cluster answers");
    conn.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}"))
        .expect("a copy of the template");
    database_url(&name)
}

/// A database with nothing in it.
pub fn bare() -> String {
    let name = format!("test_{}", Uuid::new_v4().simple());
    let mut conn = PgConnection::establish(cluster().as_str()).expect("the tests' cluster answers");
    conn.batch_execute(&format!("CREATE DATABASE {name}")).expect("an empty database");
    database_url(&name)
}

/// A connection to one of these.
pub fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).expect("the database answers")
}

/// The template's name, by the migrations' hash; made once, under an advisory lock.
fn template() -> String {
    let name = format!("friender_template_{}", migrations_hash());
    let mut conn = PgConnection::establish(cluster().as_str()).expect("the tests' cluster answers");
    conn.batch_execute("SELECT pg_advisory_lock(1)").expect("the lock");
    let found: Exists =
        sql_query("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate) AS exists")
            .bind::<diesel::sql_types::Text, _>(&name)
            .get_result(&mut conn)
            .expect("the catalogue");
    if !found.exists {
        conn.batch_execute(&format!("DROP DATABASE IF EXISTS {name}")).expect("no half-made template");
        conn.batch_execute(&format!("CREATE DATABASE {name}")).expect("the template");
        friender::db::migrate(&database_url(&name)).expect("the migrations run");
        conn.batch_execute(&format!("ALTER DATABASE {name} IS_TEMPLATE true")).expect("a template");
    }
    conn.batch_execute("SELECT pg_advisory_unlock(1)").expect("the lock");
    name
}

fn migrations_hash() -> String {
    let mut files: Vec<_> = walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations"));
    files.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/geo/zip_codes.tsv"));
    files.sort();
    let mut hash = Sha256::new();
    for file in files {
        hash.update(std::fs::read(file).expect("a readable file"));
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn walk(dir: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(dir).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
