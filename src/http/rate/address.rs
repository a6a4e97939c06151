//! Whose request it is, by address: the connection's, or what a trusted proxy says of it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use actix_web::http::header::HeaderMap;

use crate::config::{ProxyConfig, ProxyHeader};

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

impl ClientAddress {
    /// The connection's address, unless that is a trusted proxy's: then the last one in its header that isn't.
    pub(super) fn of(peer: Option<SocketAddr>, headers: &HeaderMap, proxies: &ProxyConfig) -> Self {
        let mut address = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip().to_canonical());
        let mut earlier = said(headers, proxies.header).into_iter().rev();
        // Whatever stands before a stranger's address, the stranger may have made up.
        while proxies.trusted.iter().any(|network| network.contains(address)) {
            let Some(Some(said)) = earlier.next() else { break };
            address = said.to_canonical();
        }
        Self(address)
    }

    /// What limits are counted by: people at home have a whole IPv6 network of 64 bits.
    pub(super) fn group(self) -> IpAddr {
        match self.0 {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from(u128::from(address) >> 64 << 64)),
        }
    }
}

/// The addresses that the header lists, the newest last; `None` where it holds something else.
fn said(headers: &HeaderMap, header: ProxyHeader) -> Vec<Option<IpAddr>> {
    let name = match header {
        ProxyHeader::XForwardedFor => "x-forwarded-for",
        ProxyHeader::Forwarded => "forwarded",
    };
    let lines = headers.get_all(name).map(|value| value.to_str().unwrap_or_default());
    let elements = lines.flat_map(|line| line.split(','));
    match header {
        ProxyHeader::XForwardedFor => elements.map(address).collect(),
        ProxyHeader::Forwarded => elements.map(|element| address(node(element)?)).collect(),
    }
}

/// The value of `for=` in an element of `Forwarded`.
fn node(element: &str) -> Option<&str> {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    named.next().map(|(_, value)| value.trim().trim_matches('"'))
}

/// An address as headers have it: alone, in brackets, or with a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.strip_prefix('[').and_then(|rest| rest.split(']').next()).unwrap_or(text);
    bare.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;
    use crate::config::Network;

    fn seen(peer: &str, header: ProxyHeader, lines: &[(&str, &str)]) -> String {
        let trusted =
            ["10.0.0.0/8", "::1", "2001:db8:1::/48"].map(|network| Network::parse(network).unwrap());
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::try_from(*name).unwrap(), HeaderValue::from_str(value).unwrap());
        }
        let proxies = ProxyConfig { trusted: trusted.to_vec(), header };
        let peer = SocketAddr::new(peer.parse().unwrap(), 4711);
        ClientAddress::of(Some(peer), &headers, &proxies).0.to_string()
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_its_own_header() {
        use ProxyHeader::{Forwarded, XForwardedFor};
        const XFF: &str = "x-forwarded-for";
        const FWD: &str = "forwarded";
        for (peer, header, lines, address) in [
            ("203.0.113.9", XForwardedFor, vec![(XFF, "198.51.100.7")], "203.0.113.9"),
            ("10.1.1.1", XForwardedFor, vec![(XFF, "198.51.100.7")], "198.51.100.7"),
            ("10.1.1.1", XForwardedFor, vec![], "10.1.1.1"),
            // What the client wrote itself stands further left.
            ("10.1.1.1", XForwardedFor, vec![(XFF, "1.1.1.1, 198.51.100.7")], "198.51.100.7"),
            (
                "10.1.1.1",
                XForwardedFor,
                vec![(XFF, "1.1.1.1"), (XFF, "198.51.100.7,10.2.2.2")],
                "198.51.100.7",
            ),
            ("10.1.1.1", XForwardedFor, vec![(XFF, "10.9.9.9, 198.51.100.7")], "198.51.100.7"),
            ("10.1.1.1", XForwardedFor, vec![(XFF, "198.51.100.7, nonsense")], "10.1.1.1"),
            ("10.1.1.1", XForwardedFor, vec![(FWD, "for=198.51.100.7")], "10.1.1.1"),
            ("10.1.1.1", XForwardedFor, vec![(XFF, "198.51.100.7:8080")], "198.51.100.7"),
            ("10.1.1.1", XForwardedFor, vec![(XFF, "[2001:db8::7]:8080")], "2001:db8::7"),
            ("10.1.1.1", XForwardedFor, vec![(XFF, "2001:db8::7")], "2001:db8::7"),
            ("::ffff:10.1.1.1", XForwardedFor, vec![(XFF, "::ffff:198.51.100.7")], "198.51.100.7"),
            ("::1", Forwarded, vec![(FWD, "for=\"[2001:db8::7]:1\";proto=https")], "2001:db8::7"),
            ("::1", Forwarded, vec![(FWD, "for=1.1.1.1, By=x;For=198.51.100.7")], "198.51.100.7"),
            ("::1", Forwarded, vec![(FWD, "for=198.51.100.7, for=_hidden")], "::1"),
            ("::1", Forwarded, vec![(XFF, "198.51.100.7")], "::1"),
            ("2001:db8:1::5", XForwardedFor, vec![(XFF, "198.51.100.7, 2001:db8:1:7::")], "198.51.100.7"),
        ] {
            assert_eq!(seen(peer, header, &lines), address, "{peer} {lines:?}");
        }
    }

    #[test]
    fn one_home_is_one_group() {
        let group = |text: &str| ClientAddress(text.parse().unwrap()).group().to_string();
        assert_eq!(group("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(group("198.51.100.7"), "198.51.100.7");
    }
}
