//! What a person reads when the server starts.

use std::net::SocketAddr;

use secrecy::ExposeSecret;

use crate::config::{Config, masked_database_url};
use crate::web::Pages;

/// A login that the demo data holds.
#[derive(Debug, Clone, Copy)]
pub struct DemoLogin<'a> {
    /// The username.
    pub username: &'a str,
    /// The password; everybody may know it.
    pub password: &'a str,
}

/// What is known before the server starts.
pub struct Banner {
    database: String,
    bucket: String,
}

impl Banner {
    /// Takes what to show, without secrets.
    pub fn new(config: &Config) -> Self {
        let private = format!("private, in {}", config.data_dir.display());
        let database = match &config.database.url {
            Some(url) => masked_database_url(url.expose_secret()),
            None => private.clone(),
        };
        let bucket = config.storage.bucket.clone().unwrap_or(private);
        Self { database, bucket }
    }

    /// The text, once the address is known.
    pub fn text(&self, addr: SocketAddr, pages: &Pages, login: Option<DemoLogin<'_>>) -> String {
        let open = match pages {
            Pages::Built(_) => format!("  Open       http://{}\n", in_browsers(addr)),
            Pages::NotBuilt => {
                format!("  Open       http://{} (it says how to get the web app)\n", in_browsers(addr))
            }
            Pages::Off => String::new(),
        };
        let login = login.map_or(String::new(), |login| {
            format!("  Log in     {} with the password {}\n", login.username, login.password)
        });
        format!(
            "\nFriender {version}\n\n{open}{login}  API        http://{addr}/api/v1\n  Docs       http://{addr}/docs\n\
             \x20 Database   {database}\n  Photos     {bucket}\n\n  Ctrl-C stops it.\n\n",
            version = env!("CARGO_PKG_VERSION"),
            database = self.database,
            bucket = self.bucket,
        )
    }
}

/// The address as a browser on this machine can open it.
fn in_browsers(addr: SocketAddr) -> String {
    if addr.ip().is_unspecified() { format!("localhost:{}", addr.port()) } else { addr.to_string() }
}
