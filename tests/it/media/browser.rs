//! A real browser uploads by a presigned link, from a page of the server's own origin, and can't from another's.

use std::process::{Child, Command, Stdio};
use std::time::Duration;

use friender::config::Config;
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::links::MINUTES;
use crate::support::parts;
use crate::support::store::{S3Server, Store};

/// Killed when dropped.
struct Browser {
    process: Child,
    _profile: TempDir,
}

impl Browser {
    fn open(program: &std::path::Path, url: &str) -> Self {
        let profile = TempDir::new().unwrap();
        let process = Command::new(program)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .args(["--remote-debugging-port=0", url])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { process, _profile: profile }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Serves one page until its script reports by asking for `/told?…`.
async fn told(pages: &TcpListener, page: &str) -> String {
    let (tell, mut told) = mpsc::channel(1);
    loop {
        tokio::select! {
            // Each on its own: browsers open connections ahead of need, and send nothing.
            accepted = pages.accept() => {
                tokio::spawn(answer(accepted.unwrap().0, page.to_owned(), tell.clone()));
            }
            report = told.recv() => return report.unwrap(),
        }
    }
}

async fn answer(mut connection: TcpStream, page: String, tell: mpsc::Sender<String>) {
    let mut head = vec![0; 16 * 1024];
    let Ok(length) = connection.read(&mut head).await else { return };
    let head = String::from_utf8_lossy(&head[..length]).into_owned();
    let target = head.split(' ').nth(1).unwrap_or_default();
    let body = if target == "/" { page } else { String::new() };
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    // One that went away has nothing to tell, either.
    let _ = connection.write_all(answer.as_bytes()).await;
    if let Some(report) = target.strip_prefix("/told?") {
        let _ = tell.send(report.to_owned()).await;
    }
}

/// What a page at its own origin comes to, with `own` the origin's server address.
async fn upload_from(pages: &TcpListener, own: std::net::SocketAddr) -> Option<(String, bool)> {
    let program = parts::program("chromium")?;
    let mut config = Config::defaults("unused".into());
    config.addr = own;
    let origins = config.browser_origins();
    let origins: Vec<&str> = origins.iter().map(String::as_str).collect();
    let server = S3Server::start_for(Store::Embedded, &origins).await;
    let media = server.media().await;
    let link = media.presign_put("quarantine/up.png", "image/png", 5, MINUTES).await.unwrap();
    let page = format!(
        "<script>fetch('{}', {{ method: 'PUT', headers: {{ 'content-type': 'image/png' }}, body: 'hello' }})\
         .then(answer => fetch('/told?' + answer.status + answer.headers.get('etag')))\
         .catch(() => fetch('/told?refused'))</script>",
        link.url
    );
    let _browser = Browser::open(&program, &format!("http://{}/", pages.local_addr().unwrap()));
    let told = tokio::time::timeout(Duration::from_secs(60), told(pages, &page)).await;
    Some((told.expect("the page reports"), media.head("quarantine/up.png").await.is_ok()))
}

#[tokio::test]
async fn a_page_of_our_own_origin_uploads_by_a_link_and_another_cannot() {
    let pages = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let own = pages.local_addr().unwrap();
    let Some(uploaded) = upload_from(&pages, own).await else { return };
    assert_eq!(uploaded, ("200%225d41402abc4b2a76b9719d911017c592%22".to_owned(), true));

    let other = ([127, 0, 0, 1], own.port() ^ 1).into();
    assert_eq!(upload_from(&pages, other).await, Some(("refused".to_owned(), false)));
}
