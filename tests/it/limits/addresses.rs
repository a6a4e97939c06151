//! Whose address counts: a trusted proxy may say it, nobody else.

use friender::config::{Network, ProxyHeader, Rate};
use reqwest::Method;

use super::{assert_refused, limited};
use crate::support::{Answer, Client, TestApp};

async fn from(app: &TestApp, header: &str, value: &str) -> Answer {
    Client::send(app.anon().request(Method::GET, "/tags").header(header, value)).await
}

async fn three_reads(proxies: &[&str], header: ProxyHeader) -> TestApp {
    limited(|config| {
        config.limits.reads = Rate::new(3, 3600);
        config.limits.read_burst = 3;
        config.proxies.trusted =
            proxies.iter().map(|text| Network::parse(text).expect("a network")).collect();
        config.proxies.header = header;
    })
    .await
}

#[actix_web::test]
async fn nobody_gets_more_by_making_up_addresses() {
    // No proxy at all; another one; this one, but it writes the other header.
    let set_ups: [(&[&str], ProxyHeader); 3] = [
        (&[], ProxyHeader::XForwardedFor),
        (&["10.0.0.0/8"], ProxyHeader::XForwardedFor),
        (&["127.0.0.0/8"], ProxyHeader::Forwarded),
    ];
    for (proxies, header) in set_ups {
        let app = three_reads(proxies, header).await;
        for number in 0..3 {
            from(&app, "x-forwarded-for", &format!("198.51.100.{number}")).await.expect(200);
        }
        assert_refused(&from(&app, "x-forwarded-for", "198.51.100.9").await, "reads", 1200);
    }
}

#[actix_web::test]
async fn behind_a_trusted_proxy_each_client_has_its_own() {
    for (name, header, before, after) in [
        ("x-forwarded-for", ProxyHeader::XForwardedFor, "", ""),
        ("forwarded", ProxyHeader::Forwarded, "for=\"", "\""),
    ] {
        let app = three_reads(&["127.0.0.1"], header).await;
        let read = async |address: &str| from(&app, name, &format!("{before}{address}{after}")).await;
        for address in ["198.51.100.7", "198.51.100.8", "[2001:db8:1:2::1]"] {
            for _ in 0..3 {
                read(address).await.expect(200);
            }
            assert_refused(&read(address).await, "reads", 1200);
        }
        // What the client itself wrote in front of it changes nothing.
        let spoofed = match header {
            ProxyHeader::XForwardedFor => "203.0.113.1, 198.51.100.7",
            ProxyHeader::Forwarded => "203.0.113.1\", for=\"198.51.100.7",
        };
        assert_refused(&read(spoofed).await, "reads", 1200);
        // A home has all of its 64 bits, and no more than one home's units.
        assert_refused(&read("[2001:db8:1:2:ffff::9]").await, "reads", 1200);
        read("[2001:db8:1:3::1]").await.expect(200);
    }
}
