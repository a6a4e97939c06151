//! Who beats whom, and how sources are told.

use secrecy::ExposeSecret;

use super::super::{Config, Environment, Overrides, settings};
use super::{from_env, setup};

#[test]
fn flags_beat_environment_beats_dotenv_beats_toml_beats_defaults() {
    let mut setup = setup();
    let mut ports = Vec::new();
    ports.push(setup.load().unwrap().shown("FRIENDER_ADDR"));
    setup = setup.file("friender.toml", "addr = '127.0.0.1:1'");
    let toml = setup.path().join("friender.toml");
    ports.push(setup.load().unwrap().shown("FRIENDER_ADDR"));
    setup = setup.file(".env", "FRIENDER_ADDR=127.0.0.1:2");
    ports.push(setup.load().unwrap().shown("FRIENDER_ADDR"));
    setup = setup.env("FRIENDER_ADDR", "127.0.0.1:3");
    ports.push(setup.load().unwrap().shown("FRIENDER_ADDR"));
    setup = setup.flags(Overrides { addr: Some("127.0.0.1:4".into()), ..Overrides::default() });
    ports.push(setup.load().unwrap().shown("FRIENDER_ADDR"));
    assert_eq!(
        ports,
        [
            "127.0.0.1:8080 (default)".to_owned(),
            format!("127.0.0.1:1 ({})", toml.display()),
            "127.0.0.1:2 (.env)".to_owned(),
            "127.0.0.1:3 (environment)".to_owned(),
            "127.0.0.1:4 (--addr)".to_owned(),
        ]
    );
}

#[test]
fn every_flag_is_a_layer() {
    let flags = Overrides {
        config: Some("other.toml".into()),
        addr: Some("127.0.0.1:9".into()),
        data_dir: Some("elsewhere".into()),
        log: Some("trace".into()),
        no_web: true,
    };
    let resolved = setup().file("other.toml", "max_photos = 3\nlog = 'warn'").flags(flags).load().unwrap();
    assert_eq!(resolved.shown("FRIENDER_CONFIG"), "other.toml (--config)");
    assert_eq!(resolved.shown("FRIENDER_DATA_DIR"), "elsewhere (--data-dir)");
    assert_eq!(resolved.shown("FRIENDER_LOG"), "trace (--log)");
    assert_eq!(resolved.shown("FRIENDER_WEB"), "off (--no-web)");
    assert!(!resolved.config.web.on);
    assert_eq!(resolved.config.photos.max_photos, 3);
}

#[test]
fn an_empty_value_counts_as_unset() {
    let resolved = setup()
        .file(".env", "FRIENDER_BCRYPT_COST=\nFRIENDER_MAX_PHOTOS=4")
        .env("FRIENDER_MAX_PHOTOS", " ")
        .env("DATABASE_URL", "")
        .load()
        .unwrap();
    assert_eq!(resolved.shown("FRIENDER_BCRYPT_COST"), "12 (default)");
    assert_eq!(resolved.shown("FRIENDER_MAX_PHOTOS"), "4 (.env)");
    assert!(resolved.config.database.url.is_none());
}

#[test]
fn aliases_answer_after_the_name_and_are_told() {
    let resolved = from_env(&[("BUCKET_NAME", "old-name"), ("AWS_DEFAULT_REGION", "eu-west-1")]).unwrap();
    assert_eq!(resolved.shown("S3_BUCKET_NAME"), "old-name (environment, as BUCKET_NAME)");
    assert_eq!(resolved.config.storage.region, "eu-west-1");
    assert!(resolved.warnings.is_empty());

    let both = from_env(&[("AWS_BUCKET_NAME", "second"), ("S3_BUCKET_NAME", "first")]).unwrap();
    assert_eq!(both.config.storage.bucket.as_deref(), Some("first"));
    assert_eq!(
        both.warnings,
        ["AWS_BUCKET_NAME is ignored (source: environment): S3_BUCKET_NAME is set, too"]
    );
}

#[test]
fn a_higher_layers_alias_beats_a_lower_layers_name() {
    let resolved =
        setup().file(".env", "S3_BUCKET_NAME=lower").env("AWS_BUCKET_NAME", "higher").load().unwrap();
    assert_eq!(resolved.config.storage.bucket.as_deref(), Some("higher"));
    assert!(resolved.warnings.is_empty());
}

#[test]
fn dotenv_reads_quotes_export_and_a_byte_order_mark_and_the_last_line_wins() {
    let text = "\u{feff}FRIENDER_MAX_PHOTOS=1\nexport FRIENDER_MAX_PHOTOS=2\nDATABASE_URL='postgres://a:p$#x@h/d'\nOTHER=1\n";
    let resolved = setup().file(".env", text).load().unwrap();
    assert_eq!(resolved.config.photos.max_photos, 2);
    assert_eq!(resolved.config.database.url.unwrap().expose_secret(), "postgres://a:p$#x@h/d");
    assert!(resolved.warnings.is_empty());
    assert!(std::env::var_os("OTHER").is_none());
}

#[test]
fn toml_takes_both_spellings_and_natural_values() {
    let text = "env = 'development'\nFRIENDER_RATE_LIMITS = false\nmax_file_size = '1MiB'\naccess_ttl = 60\n\
                database_url = 'postgres://h/d'\nbucket_name = 'toml-bucket'\n\
                cors_origins = ['http://localhost:3000', 'https://a.example']";
    let resolved = setup().file("friender.toml", text).load().unwrap();
    let config = &resolved.config;
    assert_eq!(config.environment, Environment::Development);
    assert!(!config.rate_limits);
    assert_eq!(config.photos.max_file_size, 1 << 20);
    assert_eq!(config.accounts.access_ttl.as_secs(), 60);
    assert_eq!(config.cors_origins, ["http://localhost:3000", "https://a.example"]);
    assert_eq!(config.storage.bucket.as_deref(), Some("toml-bucket"));
    assert!(config.database.url.is_some());
}

#[test]
fn a_file_named_by_a_setting_must_exist_and_the_usual_one_need_not() {
    assert!(setup().load().is_ok());
    let message = setup().file(".env", "FRIENDER_CONFIG=absent.toml").refusal();
    assert!(message.contains("absent.toml can't be read"), "{message}");
}

#[test]
fn unknown_names_of_ours_are_warned_about() {
    let resolved = setup()
        .file(".env", "FRIENDER_BCRYPT=4")
        .env("FRIENDER_DATADIR", "x")
        .env("FRIENDER_TEST_DATABASE", "x")
        .env("HOME", "x")
        .load()
        .unwrap();
    assert_eq!(
        resolved.warnings,
        [
            "FRIENDER_DATADIR is no setting (source: environment); the nearest known one is FRIENDER_DATA_DIR",
            "FRIENDER_BCRYPT is no setting (source: .env); the nearest known one is FRIENDER_BCRYPT_COST",
        ]
    );
}

#[test]
fn every_setting_is_read_once_and_listed_in_order() {
    let resolved = from_env(&[]).unwrap();
    let listed: Vec<_> = resolved.values.iter().map(|setting| setting.name).collect();
    let known: Vec<_> = settings::ALL.iter().map(|setting| setting.name).collect();
    assert_eq!(listed, known);
    let mut names: Vec<_> = settings::ALL.iter().flat_map(|setting| setting.names()).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count, "a name stands twice in the table");
}

#[test]
fn defaults_for_tests_differ_from_the_tables_only_where_they_say() {
    let mut loaded = from_env(&[
        ("FRIENDER_ADDR", "127.0.0.1:0"),
        ("FRIENDER_BCRYPT_COST", "4"),
        ("FRIENDER_RATE_LIMITS", "off"),
    ])
    .unwrap()
    .config;
    loaded.data_dir = "here".into();
    assert_eq!(format!("{loaded:?}"), format!("{:?}", Config::defaults("here".into())));
}

#[cfg(unix)]
#[test]
fn a_value_that_is_not_text_is_refused_by_name() {
    use super::super::{Layers, layers::Surroundings};
    use std::os::unix::ffi::OsStringExt;
    let odd = std::ffi::OsString::from_vec(vec![0xff]);
    let around = |name: &str| Surroundings {
        environment: vec![(name.into(), odd.clone())],
        folder: setup().path().to_owned(),
    };
    let message = Layers::gather(&Overrides::default(), &around("FRIENDER_LOG")).err().unwrap().to_string();
    assert!(message.contains("FRIENDER_LOG is not valid UTF-8"), "{message}");
    assert!(Layers::gather(&Overrides::default(), &around("LS_COLORS")).is_ok());
}
