//! A way to the photo store that can be held or cut, as networks do.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Open,
    /// Connections stand, nothing gets through.
    Held,
    /// Connections end at once.
    Cut,
}

pub struct Gate {
    pub addr: SocketAddr,
    way: Arc<watch::Sender<Way>>,
}

impl Gate {
    pub async fn before(store: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let way = Arc::new(watch::Sender::new(Way::Open));
        let ways = way.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let mut way = ways.subscribe();
                tokio::spawn(async move {
                    let mut cut = way.clone();
                    tokio::select! {
                        _ = cut.wait_for(|way| *way == Way::Cut) => {}
                        () = carry(client, store, &mut way) => {}
                    }
                });
            }
        });
        Self { addr, way }
    }

    pub fn set(&self, way: Way) {
        self.way.send_replace(way);
    }
}

async fn carry(client: TcpStream, store: SocketAddr, way: &mut watch::Receiver<Way>) {
    let Ok(store) = TcpStream::connect(store).await else { return };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_store, mut to_store) = store.into_split();
    let back = async { tokio::io::copy(&mut from_store, &mut to_client).await.map(drop) };
    let there = async {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = from_client.read(&mut buffer).await?;
            // Bytes that came before the gate closed wait as well.
            let _ = way.wait_for(|way| *way == Way::Open).await;
            if read == 0 {
                return to_store.shutdown().await;
            }
            to_store.write_all(&buffer[..read]).await?;
        }
    };
    let _: std::io::Result<((), ())> = async { tokio::try_join!(there, back) }.await;
}
