//! The way to a mail server (RFC 5321), encrypted unless the settings say otherwise.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};
use url::Url;

use super::conversation::{Conversation, Refusal};
use super::{MailerError, SendError};

/// How long the mail server may take for one letter.
const PATIENCE: Duration = Duration::from_secs(30);

/// Answers that are about this letter, not about us: it will never be taken (RFC 5321, 4.2.3; RFC 7504).
const REFUSALS: [u16; 7] = [521, 550, 551, 552, 553, 554, 556];

/// When the conversation is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encryption {
    /// From the first byte.
    Always,
    /// After asking for it; without it nothing is sent.
    Asked,
    /// Never.
    None,
}

/// A mail server, and how it is talked to.
pub(super) struct Smtp {
    host: String,
    port: u16,
    encryption: Encryption,
    login: Option<(String, SecretString)>,
    tls: TlsConnector,
}

trait Wire: AsyncRead + AsyncWrite + Unpin {}
impl<W: AsyncRead + AsyncWrite + Unpin> Wire for W {}

impl Smtp {
    pub(super) fn new(url: &str) -> Result<Self, MailerError> {
        let url = Url::parse(url).map_err(|error| MailerError(error.to_string()))?;
        let host = url.host_str().ok_or_else(|| MailerError("the mail server has no name".to_owned()))?;
        let is_asked = url.query_pairs().any(|(name, value)| name == "tls" && value == "required");
        let (encryption, usual_port) = match (url.scheme(), is_asked) {
            ("smtps", _) => (Encryption::Always, 465),
            (_, true) => (Encryption::Asked, 587),
            _ => (Encryption::None, 25),
        };
        let plain = |text: &str| percent_decoded(text);
        let login = url.password().map(|password| (plain(url.username()), plain(password).into()));
        let (host, port) = (host.trim_matches(['[', ']']).to_owned(), url.port().unwrap_or(usual_port));
        Ok(Self { host, port, encryption, login, tls: connector()? })
    }

    pub(super) async fn send(&self, from: &str, to: &str, letter: &[u8]) -> Result<(), SendError> {
        match timeout(PATIENCE, self.talk(from, to, letter)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(Refusal::Said { code, text })) if REFUSALS.contains(&code) => {
                Err(SendError::Refused(format!("{code} {text}")))
            }
            Ok(Err(refusal)) => Err(SendError::Later(refusal.to_string())),
            Err(_) => Err(SendError::Later("the mail server takes too long".to_owned())),
        }
    }

    async fn talk(&self, from: &str, to: &str, letter: &[u8]) -> Result<(), Refusal> {
        let tcp = TcpStream::connect((self.host.as_str(), self.port)).await?;
        let mut talk: Conversation<Box<dyn Wire>> = match self.encryption {
            Encryption::Always => Conversation::begin(self.encrypted(tcp).await?).await?,
            Encryption::None => Conversation::begin(Box::new(tcp) as Box<dyn Wire>).await?,
            Encryption::Asked => {
                let mut talk = Conversation::begin(tcp).await?;
                talk.say("EHLO friender", 250).await?;
                talk.say("STARTTLS", 220).await?;
                Conversation::on(self.encrypted(talk.end()?).await?)
            }
        };
        talk.say("EHLO friender", 250).await?;
        if let Some((user, password)) = &self.login {
            let proof = STANDARD.encode(format!("\0{user}\0{}", password.expose_secret()));
            talk.say(&format!("AUTH PLAIN {proof}"), 235).await.map_err(Refusal::of_us)?;
        }
        talk.say(&format!("MAIL FROM:<{from}>"), 250).await?;
        talk.say(&format!("RCPT TO:<{to}>"), 250).await?;
        talk.say("DATA", 354).await?;
        talk.hand_over(letter).await?;
        // It is theirs now, whatever becomes of the goodbye.
        let _ = talk.say("QUIT", 221).await;
        Ok(())
    }

    async fn encrypted(&self, tcp: TcpStream) -> Result<Box<dyn Wire>, Refusal> {
        let name = ServerName::try_from(self.host.clone()).map_err(std::io::Error::other)?;
        Ok(Box::new(self.tls.connect(name, tcp).await?))
    }
}

/// Trusts whom the system trusts.
fn connector() -> Result<TlsConnector, MailerError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| MailerError(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// `%40` as `@`.
fn percent_decoded(text: &str) -> String {
    // The one decoder that is here already: a query's, in which only + means something else.
    let pairs = format!("v={}", text.replace('+', "%2B").replace('&', "%26"));
    url::form_urlencoded::parse(pairs.as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_say_how_to_talk() {
        for (url, host, port, encryption) in [
            ("smtps://mail.example.com", "mail.example.com", 465, Encryption::Always),
            ("smtp://mail.example.com?tls=required", "mail.example.com", 587, Encryption::Asked),
            ("smtp://[::1]:2525", "::1", 2525, Encryption::None),
        ] {
            let smtp = Smtp::new(url).unwrap();
            assert_eq!((smtp.host.as_str(), smtp.port, smtp.encryption), (host, port, encryption), "{url}");
            assert!(smtp.login.is_none());
        }
        let (user, password) = Smtp::new("smtps://ada%40example.com:p%3A+s%26@h").unwrap().login.unwrap();
        assert_eq!((user.as_str(), password.expose_secret()), ("ada@example.com", "p:+s&"));
    }
}
