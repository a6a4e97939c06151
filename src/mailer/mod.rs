//! Letters on their way out: to a mail server by SMTP, or into a folder, one file each.

mod letter;
mod outbox;
mod smtp;

use std::io;
use std::path::PathBuf;

use lettre::message::Mailbox;
use secrecy::ExposeSecret;
use uuid::Uuid;

pub use letter::Letter;
use outbox::Outbox;
use smtp::Smtp;

use crate::config::MailConfig;

/// Why a letter didn't go out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// The mail server won't take it, in its own words; nor later.
    #[error("{0}")]
    Refused(String),
    /// It may work later.
    #[error("{0}")]
    Later(String),
}

/// The settings of mail can't be used.
#[derive(Debug, thiserror::Error)]
#[error("mails can't be sent: {0}")]
pub struct MailerError(String);

enum Way {
    Server(Smtp),
    Folder(Outbox),
}

/// Sends letters.
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

impl Mailer {
    /// A mailer to the mail server of the settings; into the folder `outbox` if there is none. `shows_links` has the
    /// log name the link in what goes there: for development only.
    pub fn new(config: &MailConfig, outbox: PathBuf, shows_links: bool) -> Result<Self, MailerError> {
        let way = match &config.smtp_url {
            Some(url) => Way::Server(Smtp::new(url.expose_secret())?),
            None => Way::Folder(Outbox::new(outbox, shows_links)),
        };
        let from = config.from.parse().map_err(|error| {
            MailerError(format!("{} is no sender: {error}; check FRIENDER_MAIL_FROM", config.from))
        })?;
        Ok(Self { from, way })
    }

    /// Hands a letter over. Once it is handed over nobody hears of it again, unless it comes back to the sender.
    pub async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        let message = letter.message(&self.from)?;
        match &self.way {
            Way::Server(smtp) => smtp.send(message).await,
            Way::Folder(outbox) => outbox.keep(letter, message.formatted()).await,
        }
    }

    /// Removes letters from the outbox; blocks. What a mail server took is out of reach.
    pub fn forget(&self, ids: &[Uuid]) -> io::Result<()> {
        match &self.way {
            Way::Server(_) => Ok(()),
            Way::Folder(outbox) => outbox.remove(ids),
        }
    }
}
