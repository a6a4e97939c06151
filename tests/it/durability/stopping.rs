//! Ending in order, and refusing what is taken.

use std::net::{SocketAddr, TcpListener};

use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::server::{Server, command, is_alive, place, signal};
use crate::support::{Client, PASSWORD, eventually};

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

/// The head and half of a body, to be answered by a 201 once the rest has come.
async fn half_a_sign_up(addr: SocketAddr, username: &str) -> (TcpStream, String) {
    let body = json!({"username": username, "password": PASSWORD}).to_string();
    let (first, rest) = body.split_at(body.len() / 2);
    let head = format!(
        "POST /api/v1/users HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(format!("{head}{first}").as_bytes()).await.unwrap();
    (stream, rest.to_owned())
}

async fn rest_of_it((mut stream, rest): (TcpStream, String)) -> String {
    stream.write_all(rest.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[actix_web::test]
async fn a_supervisor_s_signal_drains_first_and_answers_what_is_under_way() {
    let place = place();
    let mut command = command(place.path(), "127.0.0.1:0");
    command.env("FRIENDER_STOP_DELAY", "6");
    let server = Server::spawn(command, place.path());
    let client = Client::new(server.addr);
    client.get("//readyz").await.expect(200);
    let addr = server.addr;
    let soon = half_a_sign_up(addr, "soon").await;
    let ending = tokio::task::spawn_blocking(move || server.end("TERM"));
    eventually("not ready any more", async || client.get("//readyz").await.status == 503).await;
    // Not ready, but it still takes connections and answers, once each.
    let late = half_a_sign_up(addr, "late").await;
    let answer = client.get("//livez").await.expect(200);
    assert_eq!(answer.header("connection"), "close");
    assert_eq!(client.get("//readyz").await.body["status"], "stopping");
    assert!(rest_of_it(soon).await.starts_with("HTTP/1.1 201"));
    // Nobody is let in any more, but whoever was is answered.
    let refused = async || client.request(reqwest::Method::GET, "//livez").send().await.is_err();
    eventually("it doesn't listen any more", refused).await;
    assert!(rest_of_it(late).await.starts_with("HTTP/1.1 201"));
    let status = ending.await.unwrap();
    assert_eq!(status.code(), Some(0), "{status}");
}
