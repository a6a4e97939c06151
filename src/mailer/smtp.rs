//! The way to a mail server, encrypted unless the settings say otherwise.

use std::error::Error as _;
use std::fmt::Display;
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{Error, SMTP_PORT, SUBMISSION_PORT, SUBMISSIONS_PORT};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use percent_encoding::percent_decode_str;
use tokio::time::timeout;
use url::{Host, Url};

use super::{MailerError, SendError};

/// How long the mail server may take for one letter.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers that are about this letter, unless nobody is let in at all: it will never be taken (RFC 5321, 4.2.3; RFC 7504).
const REFUSALS: [u16; 6] = [550, 551, 552, 553, 554, 556];

fn unusable(error: impl Display) -> MailerError {
    MailerError(format!("{error}; check FRIENDER_SMTP_URL"))
}

/// A part of a URL as it is meant.
fn decoded(part: &str) -> Result<String, MailerError> {
    percent_decode_str(part).decode_utf8().map(Into::into).map_err(unusable)
}

/// A mail server. Each letter gets a connection of its own.
pub(super) struct Smtp(AsyncSmtpTransport<Tokio1Executor>);

impl Smtp {
    /// Trusts whom the system trusts. lettre's own reading of URLs takes the brackets of an IPv6 address for a part of it.
    pub(super) fn new(url: &str) -> Result<Self, MailerError> {
        let url = Url::parse(url).map_err(unusable)?;
        let host = match url.host() {
            Some(Host::Ipv6(ip)) => ip.to_string(),
            Some(host) => host.to_string(),
            None => return Err(unusable("it names no mail server")),
        };
        let tls = TlsParameters::new(host.clone()).map_err(unusable)?;
        let (usual_port, tls) = match (url.scheme(), url.query()) {
            ("smtps", None) => (SUBMISSIONS_PORT, Tls::Wrapper(tls)),
            ("smtp", Some("tls=required")) => (SUBMISSION_PORT, Tls::Required(tls)),
            ("smtp", None) => (SMTP_PORT, Tls::None),
            _ => return Err(unusable("it doesn't say how it is encrypted")),
        };
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
            .port(url.port().unwrap_or(usual_port))
            .tls(tls)
            .hello_name(ClientId::Domain("friender".to_owned()));
        if let Some(password) = url.password() {
            server = server.credentials(Credentials::new(decoded(url.username())?, decoded(password)?));
        }
        Ok(Self(server.build()))
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
