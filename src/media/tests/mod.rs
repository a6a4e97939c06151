//! The media layer against the embedded server, over real HTTP.

mod contract;
mod embedded;
mod presigned;

use std::path::Path;
use std::time::Duration;

use super::embedded::{EmbeddedStore, EmbeddedStoreConfig, EmbeddedStoreError};
use super::{MediaStore, StoreConfig};
use crate::config::StaticCredentials;

const BUCKET: &str = "friender";
const ORIGIN: &str = "http://localhost:3000";
const MINUTES: Duration = Duration::from_secs(300);

struct Ground {
    server: EmbeddedStore,
    store: MediaStore,
    _dir: tempfile::TempDir,
}

async fn ground() -> Ground {
    let dir = tempfile::tempdir().unwrap();
    let server = serve(dir.path(), 0).unwrap();
    let store = store(server.addr().port(), BUCKET).await;
    Ground { server, store, _dir: dir }
}

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
    store_as(port, bucket, "a secret for tests").await
}

async fn store_as(port: u16, bucket: &str, secret: &str) -> MediaStore {
    MediaStore::connect(StoreConfig {
        bucket: bucket.to_owned(),
        region: "us-east-1".to_owned(),
        endpoint: Some(format!("http://127.0.0.1:{port}").parse().unwrap()),
        public_endpoint: Some(format!("http://localhost:{port}").parse().unwrap()),
        credentials: Some(StaticCredentials {
            access_key_id: "friender".to_owned(),
            secret_access_key: secret.into(),
            session_token: None,
        }),
    })
    .await
}
