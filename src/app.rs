//! The server as a whole: builds what it needs, binds, serves, stops. Tests call exactly this, on port 0.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::dev::Server;
use actix_web::http::header;
use actix_web::middleware::{Compress, from_fn};
use actix_web::rt::task::JoinHandle;
use actix_web::{App, HttpServer, web};
use secrecy::ExposeSecret;
use tokio::sync::watch;
use tokio::time::Instant;

use crate::accounts::{self, AccessTokens, AccountError, Accounts, PasswordHasher, Revocations, bearer};
use crate::background::Background;
use crate::backing::{Backing, BackingError};
use crate::chores::do_chores;
use crate::config::Config;
use crate::db::Db;
use crate::http::health::{HealthCache, Stopping};
use crate::http::rate::{RateLimits, limit_rates};
use crate::http::{finish_response, keep_to_paths, pace_bodies, tag_answers, with_request_id};
use crate::jobs::{Pace, Worker};
use crate::mailer::MailerError;
use crate::routes;
use crate::stop::{AskedBy, StopSignals};
use crate::web::Pages;

/// How long requests in flight may take to end once the server is asked to stop.
const GRACE_SECONDS: u64 = 20;

/// How long jobs may still take once nobody is left to be answered.
const JOBS_GRACE: Duration = Duration::from_secs(5);

/// How long a request's head may take to come.
const HEAD_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a connection without requests is kept: longer than balancers and clients keep theirs, so that it is they who
/// end it, and none sends a request into a connection that is just being closed.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long the rest of a refused body is still taken in and thrown away: whoever is sending finds the answer instead
/// of a connection that broke.
const LINGER: Duration = Duration::from_secs(5);

/// How long a browser may keep the answer to a preflight.
const PREFLIGHT_SECONDS: usize = 3600;

/// Why the server can't start.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// Nothing to stand on.
    #[error(transparent)]
    Backing(#[from] BackingError),
    /// Nobody could say which sessions have ended.
    #[error("the sessions that have ended can't be read")]
    Revocations(#[from] AccountError),
    /// Nobody to hand mails to.
    #[error(transparent)]
    Mailer(#[from] MailerError),
    /// Somebody else has the address.
    #[error("can't listen on {addr}: {}", bind_advice(.source))]
    Bind {
        /// The address.
        addr: SocketAddr,
        /// Why.
        source: io::Error,
    },
    /// Asked to stop while it was still starting; everything is stopped again. No fault.
    #[error("stopped while starting")]
    Stopped,
    /// The address could not be read back, or serving failed.
    #[error("serving failed")]
    Serve(#[from] io::Error),
}

/// A server that listens.
pub struct Application {
    server: Server,
    addr: SocketAddr,
    backing: Backing,
    pages: web::Data<Pages>,
    background: Background,
    signals: StopSignals,
    watch: JoinHandle<()>,
    stopping: web::Data<Stopping>,
    stop_delay: Duration,
}

impl Application {
    /// Takes the address first, so that a second server fails before it touches anything; then opens all parts.
    ///
    /// [`AppError::Stopped`] when SIGINT or SIGTERM comes meanwhile.
    pub async fn build(mut config: Config) -> Result<Self, AppError> {
        let mut signals = StopSignals::listen()?;
        let listener = bind(config.addr)?;
        let addr = listener.local_addr()?;
        config.addr = addr;
        let backing = tokio::select! {
            backing = Backing::open(&config) => backing?,
            // What was starting in another thread stops there as soon as it runs.
            _ = signals.asked() => return Err(AppError::Stopped),
        };
        let passwords = PasswordHasher::new(backing.pepper.clone(), config.accounts.bcrypt_cost)
            .and_previous(config.accounts.password_pepper_previous.clone());
        let previous = config.accounts.jwt_secret_previous.clone();
        let tokens = AccessTokens::new(&backing.jwt_secret, config.accounts.access_ttl)
            .and_long_lived(config.accounts.long_access_ttl)
            .and_previous(previous.as_ref());
        let longest = config.accounts.access_ttl.max(config.accounts.long_access_ttl);
        let revocations = watch_revocations(&backing, longest).await?;
        let secrets = std::iter::once(backing.jwt_secret.clone()).chain(previous);
        let accounts = Accounts::new(passwords, tokens, revocations, secrets);
        let accounts = Arc::new(accounts);
        let watching = accounts.clone();
        let watch = actix_web::rt::spawn(async move { watching.revocations.watch().await });
        let background = Background::new(&config, addr, &backing)?;
        let (stopping, stop_delay) = (web::Data::new(Stopping::default()), config.stop_delay);
        let pages = web::Data::new(Pages::open(&config.web, &backing.media).await);
        let parts = (stopping.clone(), pages.clone());
        let server = serve(listener, config, &backing, accounts, &background, parts)?;
        Ok(Self { server, addr, backing, pages, background, signals, watch, stopping, stop_delay })
    }

    /// Where it listens, with the port that it really got.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// What it stands on.
    pub fn backing(&self) -> &Backing {
        &self.backing
    }

    /// What it shows beside the API.
    pub fn pages(&self) -> &Pages {
        &self.pages
    }

    /// Stops the server from outside; [`Application::run`] then returns.
    pub fn handle(&self) -> actix_web::dev::ServerHandle {
        self.server.handle()
    }

    /// Closes all parts without serving.
    pub async fn close(self) {
        drop(self.server);
        self.watch.abort();
        self.backing.close().await;
    }

    /// Serves until SIGINT, SIGTERM or the handle stops it; answers what is in flight, then closes all parts. A second
    /// signal doesn't wait for answers.
    pub async fn run(mut self) -> Result<(), AppError> {
        let chores = actix_web::rt::spawn(do_chores(self.background.clone()));
        let (stop_jobs, stopping) = watch::channel(None);
        let handlers = [self.background.handlers(), self.background.mail_handlers()];
        let jobs = handlers.map(|handlers| {
            let worker = Worker::new(self.backing.db.clone(), handlers, Pace::default());
            actix_web::rt::spawn(worker.run(stopping.clone()))
        });
        let handle = self.server.handle();
        let stop = async {
            if self.signals.asked().await == AskedBy::Supervisor && !self.stop_delay.is_zero() {
                tracing::info!(seconds = self.stop_delay.as_secs(), "not ready any more; stopping soon");
                self.stopping.begin();
                let _ = tokio::time::timeout(self.stop_delay, self.signals.asked()).await;
            }
            tracing::info!("stopping; once more stops at once");
            stop_jobs.send_replace(Some(Instant::now() + Duration::from_secs(GRACE_SECONDS)));
            drop(handle.stop(true));
            self.signals.asked().await;
        };
        let (served, jobs_until) = tokio::select! {
            served = self.server => (served, Instant::now() + JOBS_GRACE),
            () = stop => (Ok(()), Instant::now()),
        };
        chores.abort();
        stop_jobs.send_modify(|named| *named = Some(named.map_or(jobs_until, |named| named.min(jobs_until))));
        futures_util::future::join_all(jobs).await;
        self.watch.abort();
        self.backing.close().await;
        Ok(served?)
    }
}

/// Over connections of its own: a server under load must still hear whose session has ended.
async fn watch_revocations(backing: &Backing, longest_ttl: Duration) -> Result<Revocations, AppError> {
    let url = backing.database_url.clone();
    let db = web::block(move || Db::connect(url.expose_secret(), 2)).await.map_err(io::Error::other)?;
    Ok(Revocations::load(db.map_err(AccountError::from)?, longest_ttl).await?)
}

fn bind(addr: SocketAddr) -> Result<TcpListener, AppError> {
    TcpListener::bind(addr).map_err(|source| AppError::Bind { addr, source })
}

fn bind_advice(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::AddrInUse => {
            "another program has this port, perhaps another Friender. Stop that one, or choose another port with \
             --addr or FRIENDER_ADDR"
        }
        io::ErrorKind::PermissionDenied => {
            "ports below 1024 are not for everybody. Choose another one with --addr or FRIENDER_ADDR"
        }
        io::ErrorKind::AddrNotAvailable => {
            "this machine has no such address. Choose another one with --addr or FRIENDER_ADDR (0.0.0.0 for all)"
        }
        _ => "choose another address with --addr or FRIENDER_ADDR",
    }
}

fn serve(
    listener: TcpListener,
    config: Config,
    backing: &Backing,
    accounts: Arc<Accounts>,
    background: &Background,
    (stopping, pages): (web::Data<Stopping>, web::Data<Pages>),
) -> Result<Server, AppError> {
    let db = web::Data::new(backing.db.clone());
    let media = web::Data::new(backing.media.clone());
    let (accounts, photos) = (web::Data::new(accounts), web::Data::new(background.photos.clone()));
    let mail = web::Data::from(background.mail.clone());
    let health = web::Data::new(HealthCache::default());
    let limits = web::Data::new(
        RateLimits::new(&config, |request| Some(bearer(request)?.0)).and_on(routes::other_faces()),
    );
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let connections = config.max_connections.div_ceil(workers);
    let config = web::Data::new(config);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(db.clone())
            .app_data(media.clone())
            .app_data(accounts.clone())
            .app_data(photos.clone())
            .app_data(mail.clone())
            .app_data(health.clone())
            .app_data(config.clone())
            .app_data(limits.clone())
            .app_data(stopping.clone())
            .app_data(pages.clone())
            .configure(routes::configure)
            .wrap(from_fn(keep_to_paths))
            .wrap(from_fn(tag_answers))
            .wrap(from_fn(limit_rates))
            .wrap(from_fn(accounts::set_cookies))
            .wrap(Compress::default())
            .wrap(cors(&config.cors_origins))
            .wrap(from_fn(finish_response))
            .wrap(from_fn(with_request_id))
            .wrap(from_fn(pace_bodies))
    });
    Ok(server
        .disable_signals()
        .shutdown_timeout(GRACE_SECONDS)
        .client_request_timeout(HEAD_TIMEOUT)
        .keep_alive(KEEP_ALIVE)
        .client_disconnect_timeout(LINGER)
        .max_connections(connections)
        .listen(listener)?
        .run())
}

/// Exact origins only; credentials travel in a header, so cookies stay out of it.
fn cors(origins: &[String]) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_NONE_MATCH])
        .allowed_header("x-request-id")
        .allowed_header("idempotency-key")
        .expose_headers(["x-request-id", "retry-after", "etag", "ratelimit", "ratelimit-policy"])
        .block_on_origin_mismatch(false)
        .max_age(PREFLIGHT_SECONDS);
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
