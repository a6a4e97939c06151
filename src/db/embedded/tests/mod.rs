//! The cluster for real: PostgreSQL's server programs must be there.

mod faults;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use tempfile::TempDir;

use super::*;

const BOUND: Duration = Duration::from_secs(60);

/// A temporary folder that PostgreSQL's user may pass through.
fn place() -> TempDir {
    tempfile::Builder::new().permissions(fs::Permissions::from_mode(0o711)).tempdir().unwrap()
}

fn config(dir: &Path, durable: bool) -> ClusterConfig {
    let pg_bin = std::env::var_os("FRIENDER_PG_BIN").map(PathBuf::from);
    ClusterConfig { dir: dir.to_owned(), pg_bin, durable }
}

fn start(dir: &Path) -> Cluster {
    Cluster::start(config(dir, false)).unwrap()
}

/// Connects as soon as that works.
fn connect(url: &str) -> PgConnection {
    within_bound("a connection", || PgConnection::establish(url).ok())
}

fn within_bound<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + BOUND;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

fn run(conn: &mut PgConnection, sql: &str) {
    diesel::sql_query(sql).execute(conn).unwrap();
}

fn number(conn: &mut PgConnection, sql: &str) -> i64 {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }
    diesel::sql_query(sql).get_result::<Row>(conn).unwrap().number
}

fn setting(conn: &mut PgConnection, name: &str) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        value: String,
    }
    let query = diesel::sql_query("SELECT current_setting($1) AS value").bind::<Text, _>(name);
    query.get_result::<Row>(conn).unwrap().value
}

/// The server's process.
fn postmaster(dir: &Path) -> i32 {
    let file = fs::read_to_string(dir.join("data/postmaster.pid")).unwrap_or_default();
    file.lines().next().and_then(|pid| pid.parse().ok()).unwrap_or_default()
}

fn gone(pid: i32) {
    within_bound("the server's end", || (!unix::exists(pid)).then_some(()));
}

#[test]
fn keeps_data_from_start_to_start() {
    let place = place();
    let dir = place.path().join("a b'ü");
    let cluster = start(&dir);
    let mut conn = connect(&cluster.url("friender"));
    run(&mut conn, "CREATE TABLE kept AS SELECT 42::bigint AS number");
    let pid = postmaster(&dir);
    cluster.stop();
    gone(pid);
    assert!(conn.execute_probe().is_err(), "the connection outlived the server");

    let again = start(&dir);
    assert_eq!(number(&mut connect(&again.url("friender")), "SELECT number FROM kept"), 42);
    let pid = postmaster(&dir);
    drop(again);
    gone(pid);
}

trait Probe {
    fn execute_probe(&mut self) -> QueryResult<usize>;
}

impl Probe for PgConnection {
    fn execute_probe(&mut self) -> QueryResult<usize> {
        diesel::sql_query("SELECT 1").execute(self)
    }
}

#[test]
fn durable_clusters_sync_and_none_listens_on_the_network() {
    let place = place();
    let dir = place.path().join("postgres");
    for durable in [true, false] {
        let cluster = Cluster::start(config(&dir, durable)).unwrap();
        let mut conn = connect(&cluster.url("friender"));
        for name in ["fsync", "full_page_writes", "synchronous_commit"] {
            assert_eq!(setting(&mut conn, name), if durable { "on" } else { "off" }, "{name}");
        }
        assert_eq!(setting(&mut conn, "listen_addresses"), "");
        assert_eq!(setting(&mut conn, "server_encoding"), "UTF8");
        let run = fs::metadata(dir.join("run")).unwrap();
        assert_eq!(run.permissions().mode() & 0o777, 0o700);
    }
}

#[test]
fn refuses_a_second_start_on_the_same_folder() {
    let place = place();
    let dir = place.path().join("postgres");
    let first = start(&dir);
    let error = Cluster::start(config(&dir, false)).unwrap_err().to_string();
    assert!(error.contains(&dir.canonicalize().unwrap().display().to_string()), "{error}");
    assert!(error.contains(&format!("process {}", std::process::id())), "{error}");
    // The first goes on undisturbed, and lets go at its end.
    connect(&first.url("friender"));
    first.stop();
    start(&dir);
}

#[test]
fn long_paths_and_unfinished_clusters_are_no_obstacle() {
    let place = place();
    let dir = place.path().join("x".repeat(60)).join("y".repeat(60));
    fs::create_dir_all(dir.join("data.new-123/base")).unwrap();
    let cluster = start(&dir);
    connect(&cluster.url("friender"));
    assert!(!cluster.socket_dir.starts_with(place.path()));
    assert!(!dir.join("data.new-123").exists());
    let socket_dir = cluster.socket_dir.clone();
    cluster.stop();
    assert!(!socket_dir.exists(), "the temporary folder stayed");
}

#[test]
fn says_what_to_do_when_programs_or_data_do_not_fit() {
    let place = place();
    let dir = place.path().join("postgres");
    let empty = ClusterConfig { pg_bin: Some(place.path().to_owned()), ..config(&dir, false) };
    let error = Cluster::start(empty).unwrap_err().to_string();
    for way in ["make postgres", "FRIENDER_PG_BIN", "DATABASE_URL"] {
        assert!(error.contains(way) && ClusterError::NoBinaries.to_string().contains(way), "{error}");
    }
    fs::create_dir_all(dir.join("data")).unwrap();
    fs::write(dir.join("data/letter.txt"), "mine").unwrap();
    assert!(matches!(Cluster::start(config(&dir, false)), Err(ClusterError::NotACluster(_))));
    assert!(dir.join("data/letter.txt").exists());
    fs::write(dir.join("data/PG_VERSION"), "9.6\n").unwrap();
    let error = Cluster::start(config(&dir, false)).unwrap_err();
    assert!(matches!(error, ClusterError::Version { data: 9, .. }), "{error}");
}

#[test]
fn names_the_folder_that_the_server_may_not_enter() {
    if !unix::is_root() {
        // A normal user's server runs as that user: there is nobody to shut out.
        return;
    }
    let place = place();
    let closed = place.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    let error = Cluster::start(config(&closed.join("postgres"), false)).unwrap_err();
    let closed = closed.canonicalize().unwrap();
    assert!(matches!(&error, ClusterError::NotReachable { blocked, .. } if *blocked == closed), "{error}");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o711)).unwrap();
    start(&closed.join("postgres"));
}
