//! The way to a mail server, encrypted unless the settings say otherwise.

use std::error::Error as _;
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use tokio::time::timeout;

use super::{MailerError, SendError};

/// How long the mail server may take for one letter.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers that are about this letter, unless nobody is let in at all: it will never be taken (RFC 5321, 4.2.3; RFC 7504).
const REFUSALS: [u16; 6] = [550, 551, 552, 553, 554, 556];

/// A mail server. Each letter gets a connection of its own.
pub(super) struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// Trusts whom the system trusts.
    pub(super) fn new(url: &str) -> Result<Self, MailerError> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| MailerError(format!("{error}; check FRIENDER_SMTP_URL")))?;
        Ok(Self(server.hello_name(ClientId::Domain("friender".to_owned())).build()))
    }

    pub(super) async fn send(&self, letter: Message) -> Result<(), SendError> {
        match timeout(PATIENCE, self.0.send(letter)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(self.judge(&error).await),
            Err(_) => Err(SendError::Later("the mail server takes too long".to_owned())),
        }
    }

    /// Whether it is the letter that isn't wanted, or we.
    async fn judge(&self, error: &Error) -> SendError {
        let said = error.source().map_or_else(String::new, ToString::to_string);
        let Some(code) = error.status().map(u16::from) else {
            return SendError::Later(format!("the mail server can't be reached: {error}"));
        };
        if error.is_transient() {
            return SendError::Later(format!("{code} {said}"));
        }
        // Whoever isn't let in without a letter either isn't refused because of it.
        let is_let_in = matches!(timeout(PATIENCE, self.0.test_connection()).await, Ok(Ok(true)));
        if REFUSALS.contains(&code) && is_let_in {
            return SendError::Refused(format!("{code} {said}"));
        }
        SendError::Later(format!("the mail server refuses us: {code}"))
    }
}
