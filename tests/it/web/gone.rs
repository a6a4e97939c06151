//! The app while its server is killed and comes back: the built program as a process, people in a real Chromium.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use super::stories::story;
use crate::durability::server::{Server, place};
use crate::support::parts::program;

/// The story says on a line of its own when the server has to die and to come back, and waits for the word that it has.
#[test]
fn when_the_server_is_killed_people_lose_nothing_and_go_on_by_themselves() {
    let (Some(_), Some(chromium)) = (program("web"), program("chromium")) else { return };
    let place = place();
    let first = Server::start(place.path(), "127.0.0.1:0");
    let (addr, mut story) = (first.addr.to_string(), story(first.addr, &chromium));
    let mut story = story.arg("gone").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a story");
    let mut answer = story.stdin.take().expect("its ears");
    let told = BufReader::new(story.stdout.take().expect("its voice"));
    let (mut server, mut kills, mut said) = (Some(first), 0, String::new());
    for line in told.lines().map_while(Result::ok) {
        match line.as_str() {
            "server: kill" => {
                server.take().expect("a server that runs").kill();
                kills += 1;
            }
            "server: start" => server = Some(Server::start(place.path(), &addr)),
            _ => {
                said = format!("{said}{line}\n");
                continue;
            }
        }
        writeln!(answer, "done").expect("a story that listens");
    }
    let ended = story.wait().expect("its end");
    assert!(ended.success() && said.contains("ok  "), "{said}");
    assert!(kills > 0, "the server was never killed: {said}");
    println!("{said}");
}
