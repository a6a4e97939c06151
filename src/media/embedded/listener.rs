//! The server's own HTTP/1.1 listener: connections, CORS around every answer, and a graceful stop.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::header::{HeaderValue, ORIGIN, X_CONTENT_TYPE_OPTIONS};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use s3s::service::S3Service;
use s3s::{Body, HttpError, HttpResponse};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, oneshot};

use super::cors::{CorsRules, bucket_of};

/// Connections at once; more wait in the system's backlog.
const MAX_CONNECTIONS: usize = 1024;
/// How long a client may take to send a request's head, and how long an idle connection is kept.
const HEAD_TIMEOUT: Duration = Duration::from_secs(60);
/// How long a stop waits for answers under way.
const STOP_GRACE: Duration = Duration::from_secs(10);
/// How long to wait after a failed accept (most often: out of file descriptors).
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Everything the serving thread owns.
pub(super) struct Listener {
    pub(super) listener: std::net::TcpListener,
    pub(super) service: S3Service,
    pub(super) cors: Arc<CorsRules>,
    /// Fires, or is dropped, when the server shall stop.
    pub(super) stopping: oneshot::Receiver<()>,
    /// Fires when the server has stopped.
    pub(super) done: oneshot::Sender<()>,
}

impl Listener {
    /// Serves on a thread and a runtime of its own, so that no other part's load or end reaches it.
    pub(super) fn spawn(self) -> io::Result<()> {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(16).build()?;
        std::thread::Builder::new().name("friender-s3".to_owned()).spawn(move || {
            runtime.block_on(self.serve());
        })?;
        Ok(())
    }

    async fn serve(self) {
        let Self { listener, service, cors, mut stopping, done } = self;
        match tokio::net::TcpListener::from_std(listener) {
            Ok(listener) => {
                let graceful = GracefulShutdown::new();
                tokio::select! {
                    () = accept_all(&listener, &service, &cors, &graceful) => {}
                    _ = &mut stopping => {}
                }
                drop(listener);
                if tokio::time::timeout(STOP_GRACE, graceful.shutdown()).await.is_err() {
                    tracing::warn!("the embedded object store stopped with requests still under way");
                }
            }
            Err(error) => tracing::error!(%error, "the embedded object store can't use its listener"),
        }
        let _ = done.send(());
    }
}

async fn accept_all(
    listener: &tokio::net::TcpListener,
    service: &S3Service,
    cors: &Arc<CorsRules>,
    graceful: &GracefulShutdown,
) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    while let Ok(slot) = Arc::clone(&slots).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                let connection = connection(stream, service.clone(), Arc::clone(cors), graceful);
                tokio::spawn(async move {
                    connection.await;
                    drop(slot);
                });
            }
            Err(error) => {
                tracing::warn!(%error, "the embedded object store can't accept a connection");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

fn connection(
    stream: TcpStream,
    service: S3Service,
    cors: Arc<CorsRules>,
    graceful: &GracefulShutdown,
) -> impl Future<Output = ()> + use<> {
    // Without it a small answer waits some 40 ms for the client's delayed ACK.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "TCP_NODELAY was refused");
    }
    let service = service_fn(move |request| answer(request, service.clone(), Arc::clone(&cors)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection to the embedded object store ended early");
        }
    }
}

/// A preflight is answered from the rules alone; everything else by S3, with the rules' headers added.
/// POST is S3's form upload, whose file would be read into memory before its signature is checked: not offered.
async fn answer(
    request: Request<Incoming>,
    service: S3Service,
    cors: Arc<CorsRules>,
) -> Result<HttpResponse, HttpError> {
    let bucket = bucket_of(request.uri().path()).to_owned();
    if request.method() == Method::OPTIONS {
        return Ok(cors.preflight(&bucket, request.headers()));
    }
    let method = request.method().clone();
    if method == Method::POST {
        let mut refused = HttpResponse::new(Body::empty());
        *refused.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
        return Ok(refused);
    }
    let origin = request.headers().get(ORIGIN).cloned();
    let mut response = service.call(request.map(Body::from)).await?;
    cors.mark(&bucket, &method, origin.as_ref(), response.headers_mut());
    response.headers_mut().insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    Ok(response)
}
