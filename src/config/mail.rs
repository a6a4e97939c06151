//! Mail's part of the settings.

use secrecy::SecretString;
use url::Url;

use super::load::Reader;
use super::{Config, ConfigError, Environment, parse, settings};

/// Whom mails are from, unless told otherwise: nobody can answer.
const NOBODY: &str = "Friender <friender@localhost>";

/// Mail, and the links in it.
#[derive(Debug, Clone)]
pub struct MailConfig {
    /// The mail server; mails are files in the data folder's outbox when `None`.
    pub smtp_url: Option<SecretString>,
    /// Whom mails are from: `Name <address>`.
    pub from: String,
    /// What links begin with; the address that the server listens on when `None`.
    pub public_url: Option<Url>,
}

impl Default for MailConfig {
    fn default() -> Self {
        Self { smtp_url: None, from: NOBODY.to_owned(), public_url: None }
    }
}

pub(super) fn read(reader: &mut Reader) -> Result<MailConfig, ConfigError> {
    let smtp_url = reader.optional(&settings::SMTP_URL, parse::smtp_url)?;
    let from = reader.optional(&settings::MAIL_FROM, parse::mailbox)?;
    let public_url = reader.optional(&settings::PUBLIC_URL, parse::endpoint)?;
    if smtp_url.is_some() && from.is_none() {
        return Err(ConfigError::Missing {
            name: settings::MAIL_FROM.name,
            advice: "FRIENDER_SMTP_URL is set; say whom mails are from, such as Friender <hello@example.com>",
        });
    }
    Ok(MailConfig { smtp_url, from: from.unwrap_or_else(|| NOBODY.to_owned()), public_url })
}

/// A link that leads to the server's own machine is no good in a mail.
pub(super) fn check_production(config: &Config) -> Result<(), ConfigError> {
    let mail = &config.mail;
    if config.environment == Environment::Production && mail.smtp_url.is_some() && mail.public_url.is_none() {
        return Err(ConfigError::Missing {
            name: settings::PUBLIC_URL.name,
            advice: "mails have links, and production's must lead somewhere; give where people reach this server, \
                     such as https://friender.example.com",
        });
    }
    Ok(())
}
