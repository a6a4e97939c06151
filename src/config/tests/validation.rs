//! What is refused, and in which words.

use std::net::SocketAddr;

use super::super::Environment;
use super::{from_env, refusal, setup};

const LONG: &str = "0123456789abcdef0123456789abcdef";
const OTHER: &str = "fedcba9876543210fedcba9876543210";

#[test]
fn a_bad_value_is_named_with_its_source_and_what_would_do() {
    assert_eq!(
        refusal(&[("FRIENDER_BCRYPT_COST", "17")]),
        "FRIENDER_BCRYPT_COST can't be \"17\" (source: environment): give a whole number from 4 to 16"
    );
    assert_eq!(
        setup().file(".env", "BUCKET_NAME=s3://photos").refusal(),
        "S3_BUCKET_NAME can't be \"s3://photos\" (source: .env, as BUCKET_NAME): give the bucket's bare name \
         (3 to 63 letters, digits, dots or dashes; no s3:// and no folder)"
    );
}

#[test]
fn bounds_hold_at_their_edges() {
    for (name, good, bad) in [
        ("FRIENDER_BCRYPT_COST", vec!["4", "16"], vec!["3", "17", "-1", "4.0", "x"]),
        ("PRESIGNED_URL_EXPIRATION", vec!["1", "604800"], vec!["0", "604801", "5m"]),
        ("FRIENDER_ACCESS_TTL", vec!["1", "86400"], vec!["0", "86401"]),
        ("FRIENDER_LONG_ACCESS_TTL", vec!["1", "86400"], vec!["0", "86401"]),
        ("FRIENDER_DATABASE_POOL", vec!["1", "1000"], vec!["0", "1001"]),
        ("FRIENDER_MAX_PHOTOS", vec!["1", "100"], vec!["0", "101"]),
        ("FRIENDER_MAX_DOCUMENTS", vec!["1", "100"], vec!["0", "101"]),
        (
            "MAX_FILE_SIZE",
            vec!["1", "1GiB"],
            vec!["0", "2GiB", "20M", "MiB", "99999999999999999999GiB", "1.5MB"],
        ),
        (
            "FRIENDER_ADDR",
            vec!["[::1]:1", "localhost:80", "0.0.0.0:0"],
            vec!["8080", ":8080", "host:80", "1.2.3.4"],
        ),
        ("FRIENDER_ENV", vec!["Development"], vec!["prod", "staging"]),
        (
            "FRIENDER_LIMIT_READS",
            vec!["600/min", "10/15min", "20/h", "1000/day", "1/31day", "5/S"],
            vec![
                "600",
                "0/min",
                "600/",
                "/min",
                "1/0min",
                "1/32day",
                "1/week",
                "-1/min",
                "1.5/h",
                "1000001/s",
            ],
        ),
        ("FRIENDER_STOP_DELAY", vec!["0", "8"], vec!["9", "-1"]),
        ("FRIENDER_MAX_CONNECTIONS", vec!["16", "1000000"], vec!["15", "x"]),
        ("FRIENDER_LIMIT_READ_BURST", vec!["1", "1000000"], vec!["0", "x"]),
        (
            "FRIENDER_TRUSTED_PROXIES",
            vec!["10.0.0.0/8", "::1, 192.0.2.7,"],
            vec!["10.0.0.0/33", "proxy", "10.0.0.1;10.0.0.2"],
        ),
        ("FRIENDER_PROXY_HEADER", vec!["Forwarded"], vec!["x-real-ip"]),
        ("FRIENDER_RATE_LIMITS", vec!["ON", "off"], vec!["true", "1"]),
        ("FRIENDER_WEB", vec!["off"], vec!["no"]),
        ("FRIENDER_BIRTH_DATE", vec!["required"], vec!["yes"]),
        ("FRIENDER_LOG_FORMAT", vec!["json"], vec!["xml"]),
        (
            "S3_PUBLIC_ENDPOINT_URL",
            vec!["http://h:9000"],
            vec!["h:9000", "ftp://h", "http://u:p@h", "http://h/?q"],
        ),
        (
            "DATABASE_URL",
            vec![
                "postgresql://h/d",
                "host=/run dbname=d",
                "postgres://u:p%40ss@h1:5432,[::1]:5433/d?options=a@b",
                "postgres:///d?host=/run",
            ],
            vec![
                "mysql://h/d",
                "friender",
                "http://h?a=b",
                "postgres://u:p@ss@h/d",
                "postgres://u:p:ss@h/d",
                "postgres://u:p/ss@h/d",
                "postgres://u:p?ss@h/d",
            ],
        ),
        ("AWS_REGION", vec!["eu-central-1"], vec!["Frankfurt"]),
    ] {
        for value in good {
            assert!(from_env(&[(name, value)]).is_ok(), "{name}={value} should be taken");
        }
        for value in bad {
            let message = refusal(&[(name, value)]);
            assert!(message.starts_with(&format!("{name} can't be ")), "{name}={value}: {message}");
        }
    }
}

#[test]
fn sizes_are_bytes_or_have_a_unit() {
    for (text, bytes) in
        [("20971520", 20_971_520), ("20MiB", 20_971_520), ("20 mb", 20_000_000), ("3kib", 3072)]
    {
        assert_eq!(from_env(&[("MAX_FILE_SIZE", text)]).unwrap().config.photos.max_file_size, bytes);
    }
}

#[test]
fn file_types_are_known_ones_by_extension_or_mime_type() {
    let taken = |text: &str| {
        let types = from_env(&[("ALLOWED_FILE_TYPES", text)]).unwrap().config.photos.allowed_file_types;
        types.iter().map(|known| known.mime).collect::<Vec<_>>()
    };
    assert_eq!(taken(""), ["image/jpeg", "image/png", "image/webp"]);
    assert_eq!(taken(".jpg, .pdf"), ["image/jpeg", "application/pdf"]);
    assert_eq!(taken("IMAGE/PNG,jpeg,.JPG,image/jpg,"), ["image/png", "image/jpeg"]);
    for (bad, word) in [
        ("pdf", "at least one of jpeg, png and webp"),
        (",", "at least one of jpeg, png and webp"),
        ("jpeg,heic", "\"heic\" is none of the types"),
        ("jpeg,image/svg+xml", "jpeg, png, webp for photos, pdf, txt"),
        ("image/*", "by extension or MIME type"),
    ] {
        let message = refusal(&[("ALLOWED_FILE_TYPES", bad)]);
        assert!(message.contains(word), "{bad}: {message}");
    }
}

#[test]
fn origins_are_exact() {
    let taken =
        from_env(&[("FRIENDER_CORS_ORIGINS", "http://localhost:3000, https://a.example,https://a.example,")]);
    assert_eq!(taken.unwrap().config.cors_origins, ["http://localhost:3000", "https://a.example"]);
    for (bad, word) in [
        ("*", "wildcards"),
        ("https://*.a.example", "wildcards"),
        ("https://a.example/", "write https://a.example"),
        ("https://a.example/app", "write https://a.example"),
        ("https://A.example:443", "write https://a.example"),
        ("a.example", "scheme://host"),
        ("null", "scheme://host"),
        ("file:///x", "scheme://host"),
    ] {
        let message = refusal(&[("FRIENDER_CORS_ORIGINS", bad)]);
        assert!(message.contains(word), "{bad}: {message}");
    }
}

#[test]
fn production_wants_both_secrets_and_limits() {
    let production = ("FRIENDER_ENV", "production");
    let (jwt, pepper) = (("FRIENDER_JWT_SECRET", LONG), ("FRIENDER_PASSWORD_PEPPER", OTHER));
    assert_eq!(from_env(&[production, jwt, pepper]).unwrap().config.environment, Environment::Production);
    assert!(refusal(&[production, pepper]).starts_with("FRIENDER_JWT_SECRET is not set"));
    assert!(refusal(&[production, jwt]).starts_with("FRIENDER_PASSWORD_PEPPER is not set"));
    assert!(refusal(&[production, jwt, ("FRIENDER_PASSWORD_PEPPER", LONG)]).contains("are the same"));
    let off = refusal(&[production, jwt, pepper, ("FRIENDER_RATE_LIMITS", "off")]);
    assert!(off.starts_with("FRIENDER_RATE_LIMITS=off is refused in production"), "{off}");
}

#[test]
fn a_short_secret_is_refused_and_never_quoted() {
    let message = refusal(&[("FRIENDER_JWT_SECRET", "tooshort-0123456789abcdef012345")]);
    assert!(
        message.contains("can't be used as given (source: environment): give at least 32 bytes, not 31")
            && !message.contains("tooshort"),
        "{message}"
    );
    let message = refusal(&[("DATABASE_URL", "mysql://u:hunter2@h/d")]);
    assert!(!message.contains("hunter2"), "{message}");
}

#[test]
fn secrets_stay_out_of_debug_and_listings() {
    let resolved = from_env(&[
        ("FRIENDER_JWT_SECRET", LONG),
        ("FRIENDER_PASSWORD_PEPPER", OTHER),
        ("DATABASE_URL", "postgres://ann:hunter2@h/d?sslpassword=hunter2"),
        ("AWS_ACCESS_KEY_ID", "AKIAEXAMPLEEXAMPLE1234"),
        ("AWS_SECRET_ACCESS_KEY", "hunter2-secret"),
        ("AWS_SESSION_TOKEN", "hunter2-token"),
    ])
    .unwrap();
    let text =
        format!("{resolved:?}{}{}", super::super::listing(&resolved), super::super::listing_json(&resolved));
    for secret in [LONG, OTHER, "hunter2"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    assert_eq!(resolved.shown("DATABASE_URL"), "postgres://ann:***@h/d?… (environment)");
    assert_eq!(resolved.shown("AWS_ACCESS_KEY_ID"), "********1234 (environment)");
}

#[test]
fn keys_come_in_pairs_and_an_endpoint_with_a_bucket() {
    assert!(refusal(&[("AWS_ACCESS_KEY_ID", "a")]).contains("AWS_SECRET_ACCESS_KEY is not"));
    assert!(refusal(&[("AWS_SECRET_ACCESS_KEY", "a")]).contains("AWS_ACCESS_KEY_ID is not"));
    assert!(refusal(&[("AWS_SESSION_TOKEN", "a")]).contains("set all three, or none"));
    assert!(refusal(&[("S3_ENDPOINT_URL", "http://h")]).contains("S3_BUCKET_NAME is not"));
}

#[test]
fn the_private_stores_address_follows_the_apis() {
    let addr = |pairs: &[(&str, &str)]| from_env(pairs).unwrap().config.storage.embedded_addr;
    let parsed = |text: &str| text.parse::<SocketAddr>().unwrap();
    assert_eq!(addr(&[]), parsed("127.0.0.1:8081"));
    assert_eq!(addr(&[("FRIENDER_ADDR", "0.0.0.0:90")]), parsed("0.0.0.0:91"));
    assert_eq!(addr(&[("FRIENDER_ADDR", "[::1]:0")]), parsed("[::1]:0"));
    assert_eq!(addr(&[("FRIENDER_S3_ADDR", "127.0.0.1:7")]), parsed("127.0.0.1:7"));
    assert!(refusal(&[("FRIENDER_ADDR", "127.0.0.1:65535")]).contains("no port after 65535"));
    assert!(refusal(&[("FRIENDER_S3_ADDR", "127.0.0.1:8080")]).contains("are the same"));
    assert_eq!(from_env(&[]).unwrap().shown("FRIENDER_S3_ADDR"), "127.0.0.1:8081 (default)");
}

#[test]
fn toml_mistakes_are_told_by_line_or_key_and_quote_no_value() {
    let refusal = |text: &str| setup().file("friender.toml", text).refusal();
    let unknown = refusal("bcrypt_costs = 4");
    assert!(
        unknown.contains("unknown key \"bcrypt_costs\"; the nearest known one is \"bcrypt_cost\""),
        "{unknown}"
    );
    let syntax = refusal("max_photos = 3\njwt_secret = hunter2");
    assert!(syntax.contains("in line 2") && !syntax.contains("hunter2"), "{syntax}");
    assert!(refusal("addr = 'a'\nFRIENDER_ADDR = 'b'").contains("given twice"));
    assert!(refusal("access_ttl = 1.5").contains("must be a string"));
    assert!(refusal("config = 'x'").contains("can't stand in the file itself"));
    assert!(refusal("[server]\naddr = 'a'").contains("unknown key \"server\""));
}

#[test]
fn dotenv_mistakes_are_told_by_line_and_name_and_quote_no_value() {
    for (text, place) in [
        ("# a\nFRIENDER_JWT_SECRET=hunter2 hunter3", "in line 2, at FRIENDER_JWT_SECRET:"),
        ("A=1\nFRIENDER_JWT_SECRET='hunter2\nB=1", "in line 2, at FRIENDER_JWT_SECRET:"),
        ("hunter2", "in line 1, which has no =:"),
    ] {
        let message = setup().file(".env", text).refusal();
        assert!(message.contains(place) && !message.contains("hunter"), "{message}");
    }
}
