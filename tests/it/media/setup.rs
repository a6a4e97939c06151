//! `friender storage setup` and what a start does to a bucket. Every setting of a bucket is known to moto alone: the
//! other two servers show what people read whose server knows less.

use std::process::Command;

use friender::config::{Config, StaticCredentials};
use friender::media::{Measure, MediaStore, StoreConfig};
use friender::storage_setup::set_up;

use crate::support::foreign::Foreign;
use crate::support::store::{S3Server, Store};
use crate::support::{TestApp, parts};

const ORIGIN: &str = "https://friends.example";

/// What is told, line by line, and how many steps failed.
async fn told(config: &Config, dry_run: bool) -> (Vec<String>, usize) {
    let mut lines = Vec::new();
    let failed = set_up(config, dry_run, |finding| lines.push(finding.to_string())).await;
    (lines, failed)
}

fn line<'a>(lines: &'a [String], what: &str) -> &'a str {
    lines.iter().find(|line| line.get(6..).is_some_and(|line| line.starts_with(what))).expect(what)
}

/// moto with the settings that lead to it; `None` where this machine can't have it.
async fn moto(region: &str) -> Option<(Foreign, Config)> {
    parts::program("moto")?;
    let start = || {
        let mut command = Command::new(parts::fetched("moto"));
        command.args(["-H", "127.0.0.1", "-p", "0"]);
        Foreign::serve(command)
    };
    let moto = tokio::task::spawn_blocking(start).await.unwrap();
    let mut config = Config::defaults("unused".into());
    config.storage.bucket = Some("my-photos".to_owned());
    config.storage.region = region.to_owned();
    config.storage.endpoint = format!("http://127.0.0.1:{}", moto.port).parse().ok();
    config.storage.credentials = Some(StaticCredentials {
        access_key_id: "anybody".to_owned(),
        secret_access_key: "anything".into(),
        session_token: None,
    });
    config.cors_origins = vec![ORIGIN.to_owned()];
    Some((moto, config))
}

async fn store(config: &Config) -> MediaStore {
    MediaStore::connect(StoreConfig {
        bucket: config.storage.bucket.clone().unwrap(),
        region: config.storage.region.clone(),
        endpoint: config.storage.endpoint.clone(),
        public_endpoint: None,
        credentials: config.storage.credentials.clone(),
    })
    .await
}

#[tokio::test]
async fn a_bucket_is_made_and_set_once_and_a_dry_run_changes_nothing() {
    let Some((_moto, config)) = moto("eu-central-1").await else { return };
    let media = store(&config).await;
    let (dry, failed) = told(&config, true).await;
    assert_eq!((dry.len(), failed), (6, 0), "{dry:#?}");
    assert!(line(&dry, "bucket  ").contains("would be made in eu-central-1"), "{dry:#?}");
    assert!(media.check().await.is_err(), "a dry run made the bucket");

    let (first, failed) = told(&config, false).await;
    assert_eq!((first.len(), failed), (6, 0), "{first:#?}");
    assert!(line(&first, "bucket  ").contains("made my-photos in eu-central-1"), "{first:#?}");
    for what in ["public access", "ownership", "CORS", "lifecycle"] {
        assert!(line(&first, what).contains("  set: "), "{first:#?}");
    }
    assert!(line(&first, "CORS").contains(ORIGIN), "{first:#?}");
    assert!(line(&first, "bucket policy").contains("plain http"), "{first:#?}");

    let (second, _) = told(&config, false).await;
    assert!(line(&second, "bucket  ").ends_with("my-photos is there"), "{second:#?}");
    for what in ["public access", "ownership", "CORS", "lifecycle"] {
        assert!(line(&second, what).contains("so already: "), "{second:#?}");
    }
}

#[tokio::test]
async fn each_measure_is_seen_set_and_seen_again() {
    let Some((_moto, config)) = moto("us-east-1").await else { return };
    let media = store(&config).await;
    assert!(media.create_bucket().await.unwrap());
    for measure in Measure::ALL {
        assert!(!media.has(measure, &config.cors_origins).await.unwrap(), "{measure:?} before");
        media.put_in_place(measure, &config.cors_origins).await.unwrap();
        assert!(media.has(measure, &config.cors_origins).await.unwrap(), "{measure:?} after");
    }
    let others = ["https://other.example".to_owned()];
    assert!(!media.has(Measure::Cors, &others).await.unwrap(), "other origins are another rule");
    assert_eq!(media.apply_cors(&others).await, Ok(true));
    assert_eq!(media.apply_cors(&others).await, Ok(false));
    assert_eq!(media.cors_origins().await.unwrap(), others, "the rule is replaced, not joined by another");
}

#[tokio::test]
async fn rules_of_others_stay() {
    let Some((moto, config)) = moto("us-east-1").await else { return };
    let media = store(&config).await;
    media.create_bucket().await.unwrap();
    let bucket = format!("http://127.0.0.1:{}/my-photos", moto.port);
    let policy = r#"{"Version":"2012-10-17","Statement":{"Sid":"Theirs","Effect":"Deny","Principal":"*",
        "Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::my-photos"}}"#;
    let lifecycle = "<LifecycleConfiguration><Rule><ID>theirs</ID><Filter><Prefix>logs/</Prefix></Filter>\
        <Status>Enabled</Status><Expiration><Days>30</Days></Expiration></Rule></LifecycleConfiguration>";
    let cors = "<CORSConfiguration><CORSRule><ID>theirs</ID><AllowedOrigin>https://theirs.example</AllowedOrigin>\
        <AllowedMethod>GET</AllowedMethod></CORSRule></CORSConfiguration>";
    let client = reqwest::Client::new();
    for (what, body) in [("policy", policy), ("lifecycle", lifecycle), ("cors", cors)] {
        let answer = client.put(format!("{bucket}?{what}")).body(body).send().await.unwrap();
        assert!(answer.status().is_success(), "{what}: {}", answer.status());
    }
    for measure in Measure::ALL {
        media.put_in_place(measure, &config.cors_origins).await.unwrap();
    }
    for (what, theirs, ours) in [
        ("policy", "Theirs", "FrienderTlsOnly"),
        ("lifecycle", "theirs", "friender-expire-quarantine"),
        ("cors", "https://theirs.example", ORIGIN),
    ] {
        let text = client.get(format!("{bucket}?{what}")).send().await.unwrap().text().await.unwrap();
        assert!(text.contains(theirs) && text.contains(ours), "{what}: {text}");
    }
}

#[tokio::test]
async fn a_server_that_offers_less_is_told_in_words() {
    for kind in [Store::Embedded, Store::Rclone] {
        let server = S3Server::start(kind).await;
        let mut config = Config::defaults("unused".into());
        server.apply_to(&mut config);
        config.storage.bucket = Some("another".to_owned());
        config.cors_origins = vec![ORIGIN.to_owned()];
        let (lines, failed) = told(&config, false).await;
        assert_eq!((lines.len(), failed), (6, 0), "{kind:?} {lines:#?}");
        assert!(line(&lines, "bucket  ").contains("made another"), "{kind:?} {lines:#?}");
        for what in ["public access", "ownership", "lifecycle"] {
            assert!(line(&lines, what).contains("has no such setting"), "{kind:?} {lines:#?}");
        }
        let cors =
            if kind == Store::Embedded { "set: pages of https://friends" } else { "has no such setting" };
        assert!(line(&lines, "CORS").contains(cors), "{kind:?} {lines:#?}");
    }
}

#[tokio::test]
async fn the_private_store_needs_no_set_up_and_a_dead_one_is_a_failure() {
    let mut config = Config::defaults("unused".into());
    let (lines, failed) = told(&config, false).await;
    assert_eq!((lines.len(), failed), (1, 0));
    assert!(lines[0].contains("private") && lines[0].contains("S3_BUCKET_NAME"), "{lines:?}");

    let mut server = S3Server::start(Store::Embedded).await;
    server.apply_to(&mut config);
    server.stop().await;
    let (lines, failed) = told(&config, false).await;
    assert_eq!((lines.len(), failed), (1, 1), "{lines:#?}");
    assert!(lines[0].contains("Fix: "), "{lines:?}");
}

#[actix_web::test]
async fn a_start_lets_our_origins_in_unless_told_not_to() {
    let start = async |kind, apply| {
        TestApp::start_storing_on(kind, move |config| {
            config.cors_origins = vec![ORIGIN.to_owned()];
            config.storage.apply_cors = apply;
        })
        .await
    };
    let app = start(Store::Embedded, true).await;
    let origins = app.s3.as_ref().unwrap().media().await.cors_origins().await.unwrap();
    let port = app.addr.port();
    assert_eq!(
        origins,
        [format!("http://localhost:{port}"), format!("http://127.0.0.1:{port}"), ORIGIN.to_owned()]
    );

    let app = start(Store::Embedded, false).await;
    assert_eq!(app.s3.as_ref().unwrap().media().await.cors_origins().await.unwrap(), Vec::<String>::new());

    // One that can't is no reason not to start.
    let app = start(Store::Rclone, true).await;
    app.anon().get("/health").await;
}
