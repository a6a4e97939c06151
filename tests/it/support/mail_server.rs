//! A mail server: real SMTP over TCP. Whoever is called `refused` is unknown here.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use super::mailbox::Received;

/// A server that keeps what it takes, until the process ends.
#[derive(Clone)]
pub struct MailServer {
    pub addr: SocketAddr,
    taken: Arc<Mutex<Vec<Received>>>,
}

impl MailServer {
    /// Listens on any port, or on this one.
    pub fn start(addr: Option<SocketAddr>) -> Self {
        let listener = TcpListener::bind(addr.unwrap_or(([127, 0, 0, 1], 0).into())).expect("a port");
        let server = Self { addr: listener.local_addr().expect("an address"), taken: Arc::default() };
        let taken = server.taken.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let taken = taken.clone();
                std::thread::spawn(move || drop(talk(client, &taken)));
            }
        });
        server
    }

    pub fn taken(&self) -> Vec<Received> {
        self.taken.lock().unwrap().clone()
    }
}

fn talk(mut client: TcpStream, taken: &Mutex<Vec<Received>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(client.try_clone()?).lines();
    client.write_all(b"220 tests ESMTP\r\n")?;
    let mut next = move || lines.next().unwrap_or_else(|| Err(std::io::ErrorKind::UnexpectedEof.into()));
    loop {
        let line = next()?;
        let answer: &[u8] = match line.split(' ').next().unwrap_or_default() {
            "EHLO" => b"250-tests at your service\r\n250 8BITMIME\r\n",
            "RCPT" if line.contains("<refused") => b"550 5.1.1 No such user here\r\n",
            "RCPT" if line.contains("<busy") => b"451 4.7.1 Come back later\r\n",
            "MAIL" | "RCPT" => b"250 OK\r\n",
            "DATA" => {
                client.write_all(b"354 Go on\r\n")?;
                let mut letter = String::new();
                loop {
                    let line = next()?;
                    if line == "." {
                        break;
                    }
                    letter += line.strip_prefix('.').unwrap_or(&line);
                    letter += "\r\n";
                }
                taken.lock().unwrap().push(Received::parse(&letter));
                b"250 Taken\r\n"
            }
            "QUIT" => {
                return client.write_all(b"221 Bye\r\n");
            }
            _ => b"502 What?\r\n",
        };
        client.write_all(answer)?;
    }
}
