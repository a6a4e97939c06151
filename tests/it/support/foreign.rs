//! Servers that others wrote: started for a test, killed with it.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// A running server of somebody else's; killed when dropped.
pub struct Foreign {
    process: Child,
    pub port: u16,
}

impl Foreign {
    /// Starts it and waits until it says, on stderr, at which port of this machine it listens. Blocks.
    pub fn serve(mut command: Command) -> Self {
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap_or_else(|error| panic!("{command:?} can't be run: {error}"));
        let words = process.stderr.take().expect("its stderr");
        let (heard, hears) = mpsc::channel();
        std::thread::spawn(move || listen(words, &heard));
        // A busy machine may take long to load it.
        let port = hears.recv_timeout(Duration::from_secs(60)).expect("it says where it listens");
        Self { process, port }
    }
}

/// Tells the port, and goes on reading, so that the server never waits for us.
fn listen(words: impl Read, heard: &mpsc::Sender<u16>) {
    for line in BufReader::new(words).lines().map_while(Result::ok) {
        let hosts = ["://127.0.0.1:", "://[::1]:"].iter();
        let after = hosts.filter_map(|host| line.split_once(host)).next().map_or("", |(_, after)| after);
        let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
        if let Ok(port) = digits.parse() {
            // Only the first one is waited for.
            let _ = heard.send(port);
        }
    }
}

impl Drop for Foreign {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
