//! The web origins whose scripts meet the server and its photo store.

use std::net::SocketAddr;

use url::Url;

use super::{Config, Environment};

impl Config {
    /// Every origin whose pages may use presigned URLs: the given ones, and the server's own address as browsers on
    /// this machine write it, because the web app is served from there.
    ///
    /// A bucket of production hears of the given ones only: there a proxy hides the server's address, and servers that
    /// share a bucket would each name their own.
    #[must_use]
    pub fn browser_origins(&self) -> Vec<String> {
        let shared = self.environment == Environment::Production && self.storage.bucket.is_some();
        let mut origins = if shared { Vec::new() } else { own_origins(self.addr) };
        origins.retain(|own| !self.cors_origins.contains(own));
        origins.extend(self.cors_origins.iter().cloned());
        origins
    }
}

fn own_origins(addr: SocketAddr) -> Vec<String> {
    let port = addr.port();
    let ip = addr.ip();
    let hosts = match (port, ip.is_loopback() || ip.is_unspecified()) {
        // Not bound yet: nobody knows the port.
        (0, _) => Vec::new(),
        (_, true) if addr.is_ipv6() => vec![format!("localhost:{port}"), format!("[::1]:{port}")],
        (_, true) => vec![format!("localhost:{port}"), format!("127.0.0.1:{port}")],
        _ => vec![addr.to_string()],
    };
    let as_browsers_write =
        |host: String| Some(Url::parse(&format!("http://{host}")).ok()?.origin().ascii_serialization());
    hosts.into_iter().filter_map(as_browsers_write).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins(addr: &str, change: impl FnOnce(&mut Config)) -> Vec<String> {
        let mut config = Config::defaults("here".into());
        config.addr = addr.parse().unwrap();
        change(&mut config);
        config.browser_origins()
    }

    #[test]
    fn the_servers_own_address_is_an_origin_as_browsers_write_it() {
        let own = |addr| origins(addr, |_| ());
        assert_eq!(own("127.0.0.1:8080"), ["http://localhost:8080", "http://127.0.0.1:8080"]);
        assert_eq!(own("0.0.0.0:80"), ["http://localhost", "http://127.0.0.1"]);
        assert_eq!(own("[::1]:9"), ["http://localhost:9", "http://[::1]:9"]);
        assert_eq!(own("192.168.1.2:8080"), ["http://192.168.1.2:8080"]);
        assert_eq!(own("127.0.0.1:0"), Vec::<String>::new());
    }

    #[test]
    fn given_origins_come_once_and_alone_in_productions_bucket() {
        let given = |config: &mut Config| {
            config.cors_origins = vec!["https://a.example".to_owned(), "http://localhost:8080".to_owned()];
        };
        let all = ["http://127.0.0.1:8080", "https://a.example", "http://localhost:8080"];
        assert_eq!(origins("127.0.0.1:8080", given), all);
        let production = |bucket: bool| {
            origins("127.0.0.1:8080", |config| {
                given(config);
                config.environment = Environment::Production;
                config.storage.bucket = bucket.then(|| "photos".to_owned());
            })
        };
        assert_eq!(production(true), ["https://a.example", "http://localhost:8080"]);
        assert_eq!(production(false), all);
    }
}
