//! Who does the jobs, and what that takes.

use std::net::SocketAddr;
use std::sync::Arc;

use crate::backing::Backing;
use crate::config::{Config, Environment};
use crate::db::Db;
use crate::jobs::Handlers;
use crate::mail::{self, Mail};
use crate::mailer::{Mailer, MailerError};
use crate::media::MediaStore;
use crate::moderation;
use crate::photos::Photos;
use crate::privacy;

/// What it takes.
#[derive(Clone)]
pub(crate) struct Background {
    pub(crate) db: Db,
    pub(crate) media: MediaStore,
    pub(crate) photos: Photos,
    pub(crate) mail: Arc<Mail>,
}

impl Background {
    /// Links in mails lead to where the server listens, unless it is known elsewhere.
    pub(crate) fn new(config: &Config, addr: SocketAddr, backing: &Backing) -> Result<Self, MailerError> {
        let shows_links = config.environment == Environment::Development;
        let mailer = Mailer::new(&config.mail, config.data_dir.join("outbox"), shows_links)?;
        let known = config.mail.public_url.as_ref();
        let public_url = known.map_or_else(|| format!("http://{addr}"), ToString::to_string);
        let public_url = public_url.trim_end_matches('/').to_owned();
        let mail = Mail {
            mailer: Arc::new(mailer),
            public_url,
            limit: config.rate_limits.then_some(config.limits.mails),
        };
        Ok(Self {
            db: backing.db.clone(),
            media: backing.media.clone(),
            photos: Photos::new(backing.db.clone(), backing.media.clone(), &config.photos),
            mail: Arc::new(mail),
        })
    }

    /// Who sends mails. They have a worker of their own: a mail server that hangs keeps no other job waiting.
    pub(crate) fn mail_handlers(&self) -> Handlers {
        let send = self.clone();
        Handlers::default().on(move |job, attempt| {
            let all = send.clone();
            async move { mail::deliver(&all.db, &all.mail, job, attempt).await }
        })
    }

    /// Who does which other kind of job.
    pub(crate) fn handlers(&self) -> Handlers {
        let [forgot, export, erase, evidence, suspensions] = std::array::from_fn(|_| self.clone());
        Handlers::default()
            .on(move |job, _| {
                let all = forgot.clone();
                async move { mail::answer_forgotten(&all.db, &all.mail, job).await }
            })
            .on(move |job, attempt| {
                let all = export.clone();
                async move { privacy::make_export(&all.db, &all.media, job, attempt).await }
            })
            .on(move |job, _| {
                let all = erase.clone();
                async move { privacy::erase(&all.db, &all.media, &all.mail, job).await }
            })
            .on(move |job, _| {
                let all = evidence.clone();
                async move { moderation::forget(&all.db, &all.media, job).await }
            })
            .on(move |job, _| {
                let all = suspensions.clone();
                async move { moderation::end_suspension(&all.db, job).await }
            })
    }
}
