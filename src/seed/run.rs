//! Seeding as the command line does it.

use std::fmt;
use std::time::Duration;

use diesel::{Connection, PgConnection};
use indicatif::{ProgressBar, ProgressStyle};
use secrecy::{ExposeSecret, SecretString};
use tokio::signal::unix::{SignalKind, signal};
use uuid::Uuid;

use super::error::SeedError;
use super::{crowd, data, demo, reset};
use crate::accounts::{HashedPassword, Password, PasswordHasher};
use crate::backing::Backing;
use crate::config::{Config, Environment, masked_database_url};
use crate::db::Db;
use crate::media::MediaStore;
use crate::photos::Photos;

/// Fills a database and its store.
pub struct Seeder {
    pub(super) db: Db,
    pub(super) photos: Photos,
    pub(super) birth_date_required: bool,
    database_url: SecretString,
    media: MediaStore,
    passwords: PasswordHasher,
}

/// What was added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Hand-made people.
    pub people: usize,
    /// Their portraits.
    pub portraits: usize,
    /// Made-up people of the crowd.
    pub crowd: u32,
}

impl fmt::Display for Seeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { people, portraits, crowd } = self;
        if *self == Self::default() {
            return f.write_str("Everybody is there already.\n");
        }
        writeln!(f, "Added {people} demo people, {portraits} portraits and {crowd} people of the crowd.")
    }
}

impl Seeder {
    /// For these parts and settings.
    pub fn new(backing: &Backing, config: &Config) -> Self {
        Self {
            db: backing.db.clone(),
            photos: Photos::new(backing.db.clone(), backing.media.clone(), &config.photos),
            birth_date_required: config.accounts.birth_date_required,
            database_url: backing.database_url.clone(),
            media: backing.media.clone(),
            passwords: PasswordHasher::new(backing.pepper.clone(), config.accounts.bcrypt_cost),
        }
    }

    /// Empties everything first if told so, then adds the hand-made people, then a crowd if one is wanted.
    pub async fn seed(&self, crowd: Option<u32>, reset: bool) -> Result<Seeded, SeedError> {
        if crowd.is_some_and(|people| people > crowd::MAX_PEOPLE) {
            return Err(SeedError::TooMany);
        }
        if reset {
            self.reset().await?;
        }
        let mut seeded = self.demo_people().await?;
        if let Some(people) = crowd {
            seeded.crowd = self.crowd(people).await?;
        }
        Ok(seeded)
    }

    /// Adds the hand-made people, their portraits and the demo login, as far as they are missing.
    pub async fn demo_people(&self) -> Result<Seeded, SeedError> {
        let added = demo::add_missing(self).await?;
        Ok(Seeded { people: added.people, portraits: added.portraits, crowd: 0 })
    }

    /// Adds whoever is missing of the first `people` of the crowd; gives how many that were.
    pub async fn crowd(&self, people: u32) -> Result<u32, SeedError> {
        let password = self.hash(unknown_password()?).await?;
        let bar = bar(u64::from(people), "people of the crowd");
        let shown = bar.clone();
        let added = self
            .on_own_connection(move |conn| {
                crowd::load(conn, people, &password, |done| shown.set_position(u64::from(done)))
            })
            .await?;
        bar.finish_and_clear();
        Ok(added)
    }

    /// Removes everybody and everything: all rows but the reference data, then all photos.
    pub async fn reset(&self) -> Result<(), SeedError> {
        self.on_own_connection(reset::empty_tables).await?;
        let removed = reset::empty_store(&self.media).await?;
        tracing::info!(photos = removed, "emptied");
        Ok(())
    }

    pub(super) async fn hash(&self, password: Password) -> Result<HashedPassword, SeedError> {
        let passwords = self.passwords.clone();
        let hash = tokio::task::spawn_blocking(move || passwords.hash_blocking(&password));
        hash.await.map_err(|_| SeedError::Lost)?.ok_or(SeedError::Hash)
    }

    /// For work that takes longer than the pool's connections allow. On a thread of its own, so that the program can
    /// end under it: the database then takes the unfinished part back.
    pub(super) async fn on_own_connection<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut PgConnection) -> Result<T, SeedError> + Send + 'static,
    ) -> Result<T, SeedError> {
        let url = self.database_url.clone();
        let (tell, told) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || {
            let result = PgConnection::establish(url.expose_secret()).map_err(SeedError::from);
            // Whoever asked may be gone.
            let _ = tell.send(result.and_then(|mut conn| work(&mut conn)));
        });
        told.await.map_err(|_| SeedError::Lost)?
    }
}

/// Whether these settings are for trying things out. `yes` agrees in any case.
pub fn may_seed(config: &Config, yes: bool) -> Result<(), SeedError> {
    match config.environment {
        Environment::Production if !yes => Err(SeedError::Production),
        _ => Ok(()),
    }
}

/// Whether a reset only empties what is private, or is agreed to.
pub fn may_reset(config: &Config, yes: bool) -> Result<(), SeedError> {
    let database = config
        .database
        .url
        .as_ref()
        .map(|url| format!("database {}", masked_database_url(url.expose_secret())));
    let bucket = config.storage.bucket.as_ref().map(|bucket| format!("photos/ in the bucket {bucket}"));
    let given: Vec<String> = database.into_iter().chain(bucket).collect();
    if yes || given.is_empty() {
        return Ok(());
    }
    Err(SeedError::NeedsYes(given.join(" and ")))
}

/// The login that the demo data holds.
pub fn demo_login() -> Result<(String, String), SeedError> {
    let login = data::story()?.demo;
    Ok((login.person.username, login.password))
}

/// Works until it is done, or until Ctrl-C or SIGTERM.
pub async fn or_stopped<T>(work: impl Future<Output = Result<T, SeedError>>) -> Result<T, SeedError> {
    let asked = async {
        let Ok(mut terminated) = signal(SignalKind::terminate()) else { return std::future::pending().await };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
    };
    tokio::select! {
        result = work => result,
        () = asked => Err(SeedError::Stopped),
    }
}

/// Nobody is meant to sign in as somebody made up.
pub(super) fn unknown_password() -> Result<Password, SeedError> {
    let text = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
    Password::parse(&text).map_err(|_| SeedError::Hash)
}

/// Shown on a terminal only.
pub(super) fn bar(length: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(length).with_message(what);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} {msg}, {eta} left") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
