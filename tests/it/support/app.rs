//! The server itself, on a port of its own, with a database and a photo store of its own.

use std::net::SocketAddr;
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use friender::accounts::{AccessTokens, SessionId, UserId};
use friender::app::Application;
use friender::config::Config;
use friender::db::schema::sessions;
use friender::seed::Seeder;
use tempfile::TempDir;
use uuid::Uuid;

use super::client::Client;
use super::db;
use super::store::{S3Server, Store};

/// Signs the tests' tokens and seasons their passwords.
pub const SECRET: &str = "only for tests, only for tests, only for tests";

pub struct TestApp {
    pub addr: SocketAddr,
    pub database_url: String,
    pub data_dir: TempDir,
    /// The photo store where it isn't the server's own.
    pub s3: Option<S3Server>,
    handle: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
}

impl TestApp {
    /// The server with its defaults, cheap hashes and no rate limits.
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// The same with some settings changed.
    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let database_url = tokio::task::spawn_blocking(db::fresh).await.expect("a database");
        Self::start_on(database_url, change).await
    }

    /// The same with its photos on a server of its own, reached as a real bucket would be: one of ours or a foreign one.
    pub async fn start_storing_on(store: Store, change: impl FnOnce(&mut Config)) -> Self {
        let s3 = S3Server::start(store).await;
        let mut app = Self::start_with(|config| {
            s3.apply_to(config);
            change(config);
        })
        .await;
        app.s3 = Some(s3);
        app
    }

    /// The same with the people of the demo, which takes a while.
    pub async fn start_seeded(change: impl FnOnce(&mut Config)) -> Self {
        let database_url = tokio::task::spawn_blocking(db::fresh).await.expect("a database");
        Self::launch(database_url, change, true).await
    }

    /// The same on a database that is there already.
    pub async fn start_on(database_url: String, change: impl FnOnce(&mut Config)) -> Self {
        Self::launch(database_url, change, false).await
    }

    async fn launch(database_url: String, change: impl FnOnce(&mut Config), seeded: bool) -> Self {
        let data_dir = TempDir::new().expect("a folder");
        let mut config = Config::defaults(data_dir.path().to_owned());
        config.addr = "127.0.0.1:0".parse().expect("an address");
        config.storage.embedded_addr = config.addr;
        config.database.url = Some(database_url.clone().into());
        config.database.durable = false;
        config.accounts.jwt_secret = Some(SECRET.into());
        config.accounts.password_pepper = Some(SECRET.into());
        config.accounts.bcrypt_cost = 4;
        config.rate_limits = false;
        config.web.on = false;
        change(&mut config);
        let (ready, started) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let app = Application::build(config.clone()).await.expect("the server starts");
                if seeded {
                    let seeder = Seeder::new(app.backing(), &config);
                    seeder.demo_people().await.expect("the demo's people");
                }
                ready.send((app.addr(), app.handle())).expect("the test waits");
                app.run().await.expect("the server serves");
            });
        });
        let patience = Duration::from_secs(if seeded { 600 } else { 60 });
        let (addr, handle) = tokio::task::spawn_blocking(move || started.recv_timeout(patience))
            .await
            .expect("the waiting thread")
            .expect("the server is up in time");
        Self { addr, database_url, data_dir, s3: None, handle, thread: Some(thread) }
    }

    /// A client without a session.
    pub fn anon(&self) -> Client {
        Client::new(self.addr)
    }

    /// A client with a good token of anybody's, without logging in. Whoever exists gets a session that can be ended.
    pub fn client_of(&self, user: UserId) -> Client {
        let (tokens, session) = (AccessTokens::new(&SECRET.into(), Duration::from_secs(900)), Uuid::now_v7());
        let row = (
            sessions::user_id.eq(user),
            sessions::id.eq(session),
            sessions::refresh_hash.eq(session.as_bytes().as_slice()),
            sessions::expires_at.eq(Utc::now() + TimeDelta::days(60)),
        );
        let opened = diesel::insert_into(sessions::table).values(row).execute(&mut self.connect());
        if let Err(error) = opened {
            assert!(friender::db::foreign_key_violation(&error), "{error}");
        }
        let token = tokens.issue(user, SessionId(session)).expect("a token");
        self.anon().with_token(&token)
    }

    /// Stops as on SIGTERM: returns when everything under way has ended.
    pub async fn stop_gracefully(mut self) {
        self.handle.stop(true).await;
        if let Some(thread) = self.thread.take() {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }

    /// Stops without waiting for what is under way.
    pub async fn stop_at_once(&self) {
        self.handle.stop(false).await;
    }

    /// A connection past the server, to look and to build.
    pub fn connect(&self) -> PgConnection {
        PgConnection::establish(&self.database_url).expect("the database answers")
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        // Sends the command; the future it gives would only wait for the end.
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
