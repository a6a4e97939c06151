//! Processes that are killed, and what they leave behind.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::*;

/// Names the folder for the child process of the kill tests.
const CHILD_DIR: &str = "FRIENDER_TEST_CHILD_CLUSTER";

/// Keeps a backend busy for minutes without a pause in which it could notice that its server is gone.
const BUSY: &str = "SELECT count(*) FROM (SELECT generate_series(1, 3000000000)) AS g";

/// A second process with a cluster of its own, to be killed.
fn child_with_cluster(dir: &Path) -> (Child, i32) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "db::embedded::tests::faults::holds_a_cluster", "--ignored", "--nocapture"])
        .env(CHILD_DIR, dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let pid = lines.map_while(Result::ok).find_map(|line| line.split_once("postmaster=")?.1.parse().ok());
    (child, pid.expect("the child's cluster didn't start"))
}

#[test]
#[ignore = "run by the kill tests as a process of its own"]
fn holds_a_cluster() {
    let Some(dir) = std::env::var_os(CHILD_DIR) else { return };
    let dir = PathBuf::from(dir);
    let _cluster = start(&dir);
    println!("\npostmaster={}", postmaster(&dir));
    // Until the parent closes our input, or kills us.
    std::io::stdin().lines().for_each(drop);
}

#[test]
fn restarts_a_server_that_was_killed_alone() {
    let place = place();
    let dir = place.path().join("postgres");
    let cluster = Cluster::start(config(&dir, true)).unwrap();
    let mut conn = connect(&cluster.url("friender"));
    run(&mut conn, "CREATE TABLE acknowledged (number bigint PRIMARY KEY)");
    for round in 1..=3 {
        let pid = postmaster(&dir);
        run(&mut conn, &format!("INSERT INTO acknowledged VALUES ({round})"));
        unix::signal(pid, libc::SIGKILL).unwrap();
        within_bound("a new server", || (![0, pid].contains(&postmaster(&dir))).then_some(()));
        conn = connect(&cluster.url("friender"));
        assert_eq!(number(&mut conn, "SELECT count(*) AS number FROM acknowledged"), round);
    }
}

#[test]
fn restarts_although_a_busy_backend_holds_the_shared_memory() {
    let place = place();
    let dir = place.path().join("postgres");
    let cluster = start(&dir);
    let mut conn = connect(&cluster.url("friender"));
    let backend = number(&mut conn, "SELECT pg_backend_pid()::bigint AS number");
    let busy = thread::spawn(move || diesel::sql_query(BUSY).execute(&mut conn).is_err());
    let mut other = connect(&cluster.url("friender"));
    let active =
        format!("SELECT count(*) AS number FROM pg_stat_activity WHERE pid = {backend} AND state = 'active'");
    within_bound("the query", || (number(&mut other, &active) == 1).then_some(()));
    unix::signal(postmaster(&dir), libc::SIGKILL).unwrap();
    within_bound("the old connection's end", || other.execute_probe().is_err().then_some(()));
    connect(&cluster.url("friender"));
    assert!(busy.join().unwrap(), "the orphan went on");
}

#[test]
fn a_start_waits_for_the_backends_of_a_killed_server() {
    let place = place();
    let dir = place.path().join("postgres");
    let (mut child, postmaster) = child_with_cluster(&dir);
    let url = socket::url(&dir.canonicalize().unwrap().join("run"), "friender");
    let mut conn = connect(&url);
    let busy = thread::spawn(move || diesel::sql_query(BUSY).execute(&mut conn).is_err());
    let mut other = connect(&url);
    let active = "SELECT count(*) AS number FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series%'";
    within_bound("the query", || (number(&mut other, active) == 2).then_some(()));
    child.kill().unwrap();
    unix::signal(postmaster, libc::SIGKILL).unwrap();
    child.wait().unwrap();
    start(&dir);
    assert!(busy.join().unwrap(), "the orphan went on");
}

#[test]
fn stopping_works_while_the_server_is_down() {
    let place = place();
    let dir = place.path().join("postgres");
    let cluster = start(&dir);
    let pid = postmaster(&dir);
    unix::signal(pid, libc::SIGKILL).unwrap();
    cluster.stop();
    gone(pid);
    start(&dir);
}

#[test]
fn a_killed_owner_takes_its_server_along() {
    let place = place();
    let dir = place.path().join("postgres");
    let (mut child, postmaster) = child_with_cluster(&dir);
    assert!(unix::exists(postmaster));
    child.kill().unwrap();
    child.wait().unwrap();
    if cfg!(target_os = "linux") {
        gone(postmaster);
    }
    connect(&start(&dir).url("friender"));
    gone(postmaster);
}

#[test]
fn stops_a_leftover_server_of_this_folder() {
    let place = place();
    let dir = place.path().join("postgres");
    start(&dir).stop();
    // A server that nobody owns, as kill -9 leaves it where the system has no parent-death signal.
    let dir = dir.canonicalize().unwrap();
    let data = dir.join("data");
    let account = Account::choose(&data).unwrap();
    let version = initialise::version_of(&data).unwrap();
    let binaries = binaries::find(config(&dir, false).pg_bin.as_deref(), &dir, version).unwrap();
    let run = socket::prepare(&dir, &account).unwrap();
    let mut command = Command::new(binaries.program("postgres"));
    account.apply(&mut command);
    command.arg("-D").arg(&data).arg("-k").arg(&run).args(["-c", "listen_addresses="]);
    let mut leftover = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let pid = i32::try_from(leftover.id()).unwrap();
    within_bound("the leftover", || leftover::is_ready(&data, pid).then_some(()));

    let _cluster = start(&dir);
    assert_ne!(postmaster(&dir), pid);
    assert!(leftover.wait().unwrap().success(), "it was not stopped in order");
}

#[test]
fn leaves_other_processes_alone_whatever_the_pid_file_says() {
    let place = place();
    let other = start(&place.path().join("other"));
    let dir = place.path().join("postgres");
    start(&dir).stop();
    let pid_file = dir.join("data/postmaster.pid");
    // The other cluster's file, as a copied folder would have it; our own number; a file that a power cut emptied.
    let copied = fs::read_to_string(place.path().join("other/data/postmaster.pid")).unwrap();
    for text in [copied, format!("{}\n", std::process::id()), String::new()] {
        fs::write(&pid_file, text).unwrap();
        start(&dir).stop();
    }
    connect(&other.url("friender"));
}
