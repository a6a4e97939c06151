//! Ending in order, and refusing what is taken.

use std::net::TcpListener;

use super::server::{Server, command, is_alive, place, signal};
use crate::support::Client;

#[actix_web::test]
async fn being_asked_to_end_stops_everything() {
    let place = place();
    for name in ["TERM", "INT"] {
        let server = Server::start(place.path(), "127.0.0.1:0");
        Client::new(server.addr).get("//readyz").await.expect(200);
        let postmaster = server.postmaster().expect("a running PostgreSQL");
        assert!(is_alive(postmaster));
        let status = server.end(name);
        assert_eq!(status.code(), Some(0), "after SIG{name}: {status}");
        assert!(!is_alive(postmaster), "PostgreSQL stays behind after SIG{name}");
        assert!(!place.path().join("data/postgres/data/postmaster.pid").exists());
    }
}

#[test]
fn a_second_server_on_the_same_folder_is_refused() {
    let place = place();
    let first = Server::start(place.path(), "127.0.0.1:0");
    let output = command(place.path(), "127.0.0.1:0").output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    let folder = place.path().canonicalize().unwrap().join("data");
    assert!(said.contains(&folder.display().to_string()), "{said}");
    assert!(said.contains(&first.pid().to_string()), "{said}");
    // The first one didn't notice.
    assert!(first.postmaster().is_some_and(is_alive));
    signal(first.pid(), "0");
}

#[test]
fn a_database_that_forgets_is_refused() {
    let place = place();
    let output = command(place.path(), "127.0.0.1:0").env("PGOPTIONS", "-c synchronous_commit=off").output();
    let output = output.expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("synchronous_commit off"), "{said}");
}

#[test]
fn a_taken_port_is_named_before_anything_is_touched() {
    let place = place();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = taken.local_addr().unwrap().to_string();
    let output = command(place.path(), &addr).output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&addr) && said.contains("--addr"), "{said}");
    assert!(!place.path().join("data").exists());
}
