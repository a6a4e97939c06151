//! A way to PostgreSQL or to the photo store that can be held, slowed down, cut or shut, as networks do.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Open,
    /// Connections stand, nothing gets through.
    Held,
    /// What gets through takes so long.
    Slow(Duration),
    /// Connections end at once.
    Cut,
    /// Connections end, and nobody listens.
    Shut,
}

/// Where the way leads.
#[derive(Debug, Clone)]
pub enum Target {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

pub struct Gate {
    pub addr: SocketAddr,
    way: Arc<watch::Sender<Way>>,
}

impl Gate {
    pub async fn before(target: Target) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let addr = listener.local_addr().unwrap();
        let way = Arc::new(watch::Sender::new(Way::Open));
        let ways = way.subscribe();
        // On a thread of its own: a test that waits for its server to end must not hold up what the server waits for.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { keep(TcpListener::from_std(listener).unwrap(), target, ways).await });
        });
        Self { addr, way }
    }

    /// Before the database of this URL, with the URL that leads through the gate.
    pub async fn before_database(url: &str) -> (Self, String) {
        let mut url: url::Url = url.parse().unwrap();
        let host = url.host_str().unwrap().replace("%2F", "/");
        assert!(host.starts_with('/') && !host.contains('%'), "a folder of a socket: {host}");
        let socket = PathBuf::from(host).join(format!(".s.PGSQL.{}", url.port().unwrap_or(5432)));
        let gate = Self::before(Target::Unix(socket)).await;
        url.set_host(Some("127.0.0.1")).unwrap();
        url.set_port(Some(gate.addr.port())).unwrap();
        (gate, url.to_string())
    }

    pub fn set(&self, way: Way) {
        self.way.send_replace(way);
    }
}

/// Lets connections in, unless shut.
async fn keep(listener: TcpListener, target: Target, mut way: watch::Receiver<Way>) {
    let addr = listener.local_addr().unwrap();
    let mut listener = Some(listener);
    loop {
        let shut = *way.borrow_and_update() == Way::Shut;
        if shut {
            listener = None;
        } else if listener.is_none() {
            listener = Some(TcpListener::bind(addr).await.expect("the port is still ours"));
        }
        tokio::select! {
            changed = way.changed() => if changed.is_err() { return },
            Ok((client, _)) = accept(listener.as_ref()) => {
                tokio::spawn(let_through(client, target.clone(), way.clone()));
            }
        }
    }
}

async fn accept(listener: Option<&TcpListener>) -> std::io::Result<(TcpStream, SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

async fn let_through(client: TcpStream, target: Target, way: watch::Receiver<Way>) {
    let mut ended = way.clone();
    let carried = async {
        match target {
            Target::Tcp(addr) => carry(client, TcpStream::connect(addr).await.ok()?, &way).await,
            Target::Unix(path) => carry(client, UnixStream::connect(path).await.ok()?, &way).await,
        }
        Some(())
    };
    tokio::select! {
        _ = ended.wait_for(|way| matches!(way, Way::Cut | Way::Shut)) => {}
        _ = carried => {}
    }
}

async fn carry(client: TcpStream, target: impl AsyncRead + AsyncWrite, way: &watch::Receiver<Way>) {
    let (from_client, to_client) = client.into_split();
    let (from_target, to_target) = tokio::io::split(target);
    let there = copy(from_client, to_target, way.clone(), true);
    let back = copy(from_target, to_client, way.clone(), false);
    let _ = tokio::try_join!(there, back);
}

async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut way: watch::Receiver<Way>,
    slowly: bool,
) -> std::io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        // Bytes that came before the gate closed wait as well.
        let open = way.wait_for(|way| *way != Way::Held).await.map(|way| *way);
        if let (Ok(Way::Slow(delay)), true) = (open, slowly) {
            tokio::time::sleep(delay).await;
        }
        if read == 0 {
            return to.shutdown().await;
        }
        to.write_all(&buffer[..read]).await?;
    }
}
