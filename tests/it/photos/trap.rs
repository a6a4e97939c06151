//! A way to the store or the database that fails at a chosen step, and stays shut until it is opened again.
//!
//! A step is whatever a client sends before it is answered: each is a place where a network, or a process, can end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What becomes of the chosen step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It never arrives.
    Lost,
    /// It arrives and is done, but the answer doesn't come back.
    Unanswered,
    /// It neither arrives nor ends as long as the trap is shut.
    Held,
    /// It arrives and is done, and its sender is kept waiting as long as the trap is shut.
    AnswerHeld,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Open,
    Shut,
}

struct State {
    /// The step that fails, counted down to it; 0 is none.
    left: AtomicUsize,
    fault: std::sync::Mutex<Fault>,
    door: watch::Sender<Door>,
    connections: AtomicUsize,
}

pub struct Trap {
    pub addr: SocketAddr,
    state: Arc<State>,
}

impl Trap {
    pub async fn before(end: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let state = Arc::new(State {
            left: AtomicUsize::new(0),
            fault: Fault::Lost.into(),
            door: watch::Sender::new(Door::Open),
            connections: AtomicUsize::new(0),
        });
        let shared = state.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let state = shared.clone();
                state.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    if let Ok(server) = TcpStream::connect(end).await {
                        let _: std::io::Result<()> = carry(client, server, &state).await;
                    }
                    state.connections.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Self { addr, state }
    }

    /// From the next step on, the one with this number fails, and all after it; the first is 1.
    pub fn set(&self, step: usize, fault: Fault) {
        *self.state.fault.lock().unwrap() = fault;
        self.state.left.store(step, Ordering::SeqCst);
    }

    /// Whether the chosen step came.
    pub fn is_sprung(&self) -> bool {
        *self.state.door.borrow() == Door::Shut
    }

    /// Whether nothing is under way any more behind a shut trap.
    pub fn is_quiet(&self) -> bool {
        self.state.connections.load(Ordering::SeqCst) == 0
    }

    /// Lets everything through again.
    pub fn open(&self) {
        self.state.left.store(0, Ordering::SeqCst);
        self.state.door.send_replace(Door::Open);
    }
}

impl State {
    /// The next step; tells what becomes of it if it is the chosen one.
    fn step(&self) -> Option<Fault> {
        let counted = self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        (counted == Ok(1)).then(|| *self.fault.lock().unwrap())
    }
}

async fn until(door: &mut watch::Receiver<Door>, wanted: Door) {
    let _ = door.wait_for(|door| *door == wanted).await;
}

async fn carry(mut client: TcpStream, mut server: TcpStream, state: &State) -> std::io::Result<()> {
    let (mut asked, mut answer) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
    let mut door = state.door.subscribe();
    // Whether the client spoke last: then whatever it says on is part of the same step.
    let (mut waits, mut fault) = (false, None);
    loop {
        tokio::select! {
            biased;
            () = until(&mut door, Door::Shut), if fault.is_none() => {
                // What has arrived is done before anybody looks.
                if waits {
                    let _ = tokio::time::timeout(Duration::from_millis(300), server.read(&mut answer)).await;
                }
                return Ok(());
            }
            read = client.read(&mut asked) => {
                let read = read?;
                if read == 0 {
                    return Ok(());
                }
                if !std::mem::replace(&mut waits, true) {
                    fault = state.step();
                }
                match fault {
                    Some(Fault::Lost) => {
                        state.door.send_replace(Door::Shut);
                        return Ok(());
                    }
                    Some(Fault::Held) => {
                        state.door.send_replace(Door::Shut);
                        until(&mut door, Door::Open).await;
                        return Ok(());
                    }
                    _ => server.write_all(&asked[..read]).await?,
                }
            }
            read = server.read(&mut answer) => {
                let read = read?;
                if matches!(fault, Some(Fault::Unanswered | Fault::AnswerHeld)) {
                    state.door.send_replace(Door::Shut);
                    if fault == Some(Fault::AnswerHeld) {
                        until(&mut door, Door::Open).await;
                    }
                    return Ok(());
                }
                if read == 0 {
                    return Ok(());
                }
                waits = false;
                client.write_all(&answer[..read]).await?;
            }
        }
    }
}
