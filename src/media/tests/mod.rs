//! What only the embedded server does, and servers that don't answer. The contract that every S3 server must fulfil
//! is in tests/it/media/.

mod embedded;
mod origin;
mod silent;

use std::path::Path;
use std::time::Duration;

use super::embedded::{EmbeddedStore, EmbeddedStoreConfig, EmbeddedStoreError};
use super::{MediaStore, StoreConfig};
use crate::config::StaticCredentials;

const BUCKET: &str = "friender";
const ORIGIN: &str = "http://localhost:3000";
const MINUTES: Duration = Duration::from_secs(300);

fn serve(dir: &Path, port: u16) -> Result<EmbeddedStore, EmbeddedStoreError> {
    EmbeddedStore::start(EmbeddedStoreConfig {
        dir: dir.to_owned(),
        addr: ([127, 0, 0, 1], port).into(),
        access_key_id: "friender".to_owned(),
        secret_access_key: "a secret for tests".into(),
        bucket: BUCKET.to_owned(),
        cors_origins: vec![ORIGIN.to_owned()],
    })
}

async fn store(port: u16, bucket: &str) -> MediaStore {
    MediaStore::connect(StoreConfig {
        bucket: bucket.to_owned(),
        region: "us-east-1".to_owned(),
        endpoint: Some(format!("http://127.0.0.1:{port}").parse().unwrap()),
        public_endpoint: Some(format!("http://localhost:{port}").parse().unwrap()),
        credentials: Some(StaticCredentials {
            access_key_id: "friender".to_owned(),
            secret_access_key: "a secret for tests".into(),
            session_token: None,
        }),
    })
    .await
}
