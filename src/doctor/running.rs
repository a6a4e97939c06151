//! Asking a server that runs already.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use serde::Deserialize;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::Finding;

/// The server itself answers within three seconds when its parts don't.
const PATIENCE: Duration = Duration::from_secs(5);

/// More than `/health` ever says, so that a stranger on the port can't fill our memory.
const LIMIT: u64 = 64 * 1024;

/// What `/health` says.
#[derive(Debug, Deserialize)]
pub(super) struct Health {
    database: String,
    storage: String,
}

/// The server that holds the data folder.
pub(super) async fn examine(addr: SocketAddr, holder: Option<u32>) -> Finding {
    match ask(addr).await {
        Ok(health) => judge(addr, &health),
        Err(error) => Finding::failed(
            "server",
            format!("no Friender answers at http://{addr}: {error}"),
            format!(
                "give doctor the --addr that it was started with; if that is this one, look at its log{}",
                holder.map(|pid| format!(" (process {pid})")).unwrap_or_default()
            ),
        ),
    }
}

/// What its answer means.
pub(super) fn judge(addr: SocketAddr, health: &Health) -> Finding {
    let said = format!(
        "a Friender serves at http://{addr}; its database: {}, its photo store: {}",
        health.database, health.storage
    );
    if health.database == "ok" && health.storage == "ok" {
        return Finding::ok("server", said);
    }
    Finding::failed("server", said, "its log says why; it recovers by itself once the part is back")
}

/// Asks `/health`. An error also when somebody else answers.
pub(super) async fn ask(addr: SocketAddr) -> io::Result<Health> {
    let answer = tokio::time::timeout(PATIENCE, get(reachable(addr), "/health"));
    let answer = answer.await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    serde_json::from_str(body).map_err(|_| io::Error::other("another program answers there"))
}

async fn get(addr: SocketAddr, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect(addr).await?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: {addr}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.take(LIMIT).read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// Who listens everywhere is reached at home.
fn reachable(addr: SocketAddr) -> SocketAddr {
    match addr.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => SocketAddr::from((Ipv4Addr::LOCALHOST, addr.port())),
        IpAddr::V6(ip) if ip.is_unspecified() => SocketAddr::from((Ipv6Addr::LOCALHOST, addr.port())),
        _ => addr,
    }
}
