//! A mail server that others wrote, aiosmtpd: without encryption, or with encryption and a login. Its two special names
//! are told in mail_server.py.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::foreign::Foreign;
use super::mailbox::{self, Received};
use super::parts::program;

/// Whom an encrypted server lets in, as URLs have it.
pub const LOGIN: &str = "friender%40example.com:p%3Ass";

/// A running server, its letters and its certificate.
pub struct MailServer {
    pub addr: SocketAddr,
    folder: TempDir,
    _process: Foreign,
}

impl MailServer {
    /// On any port, or on this one; `None` where the tests have to go without it.
    pub async fn start(addr: Option<SocketAddr>) -> Option<Self> {
        let addr = addr.unwrap_or((Ipv4Addr::LOCALHOST, 0).into());
        let port = addr.port().to_string();
        Self::with(addr.ip(), move |command, _| {
            command.args(["--port", &port]);
        })
        .await
    }

    /// Encrypted always or by STARTTLS, under a certificate of its own, for those who log in.
    pub async fn encrypted(how: &'static str, ip: IpAddr) -> Option<Self> {
        Self::with(ip, move |command, folder| {
            let made = rcgen::generate_simple_self_signed([ip.to_string()]).expect("a certificate");
            std::fs::write(folder.join("trusted.pem"), made.cert.pem()).expect("a file");
            let both = folder.join("server.pem");
            std::fs::write(&both, made.cert.pem() + &made.signing_key.serialize_pem()).expect("a file");
            let login = LOGIN.replace("%40", "@").replace("%3A", ":");
            command.args(["--encryption", how, "--login", &login, "--certificate"]).arg(both);
        })
        .await
    }

    async fn with(ip: IpAddr, change: impl FnOnce(&mut Command, &Path) + Send + 'static) -> Option<Self> {
        let (python, packages) = (program("python3")?, program("aiosmtpd")?);
        let folder = TempDir::new().expect("a folder");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/support/mail_server.py");
        let mut command = Command::new(python);
        command.env("PYTHONPATH", packages).arg(script).arg(folder.path()).args(["--host", &ip.to_string()]);
        change(&mut command, folder.path());
        let process = tokio::task::spawn_blocking(|| Foreign::serve(command)).await.expect("it runs");
        Some(Self { addr: (ip, process.port).into(), folder, _process: process })
    }

    /// The certificate that its clients must trust.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("trusted.pem")
    }

    pub fn taken(&self) -> Vec<Received> {
        mailbox::read(self.folder.path())
    }
}
