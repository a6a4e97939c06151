//! The SDK's clients: one for our own calls, one that only signs URLs for the public.

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::config::{
    BehaviorVersion, Builder, Region, RequestChecksumCalculation, ResponseChecksumValidation,
    SharedCredentialsProvider, SharedHttpClient, StalledStreamProtectionConfig,
};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use secrecy::ExposeSecret;
use url::Url;

use crate::config::StaticCredentials;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(1);
/// Shorter than the servers that keep connections open, so that ours never meets one that has just gone.
const POOL_IDLE_TIMEOUT: Duration = Duration::from_secs(15);
const ATTEMPTS: u32 = 2;

/// Which bucket to use, and how to reach it.
#[derive(Debug, Clone)]
pub struct StoreConfig {
    /// The bucket's name.
    pub bucket: String,
    /// The bucket's region; part of every signature.
    pub region: String,
    /// Another server than AWS, addressed by path; `None` is AWS itself.
    pub endpoint: Option<Url>,
    /// The address that presigned URLs carry, if clients reach the server by another one than we do.
    pub public_endpoint: Option<Url>,
    /// Fixed keys; `None` asks AWS's chain (environment, profile, container, instance).
    pub credentials: Option<StaticCredentials>,
}

/// The two clients of a store.
#[derive(Debug)]
pub(super) struct Clients {
    /// For our own calls.
    pub(super) own: Client,
    /// For presigned URLs.
    pub(super) public: Client,
}

impl Clients {
    /// Builds both. Nothing is sent to the bucket yet, and keys from the chain are looked up when first needed.
    pub(super) async fn build(config: &StoreConfig) -> Self {
        let is_plain = |url: &Url| url.scheme() == "http";
        let plain = config.endpoint.as_ref().is_some_and(is_plain)
            && config.public_endpoint.as_ref().is_none_or(is_plain);
        let http = http_client(plain && config.credentials.is_some());
        let credentials = match &config.credentials {
            Some(fixed) => Some(SharedCredentialsProvider::new(to_sdk(fixed))),
            None => from_chain(config, http.clone()).await,
        };
        let client = |endpoint: Option<&Url>| {
            let mut builder = base(config, http.clone());
            builder.set_credentials_provider(credentials.clone());
            builder.set_endpoint_url(endpoint.map(|url| url.as_str().trim_end_matches('/').to_owned()));
            Client::from_conf(builder.force_path_style(endpoint.is_some()).build())
        };
        Self {
            own: client(config.endpoint.as_ref()),
            public: client(config.public_endpoint.as_ref().or(config.endpoint.as_ref())),
        }
    }
}

fn to_sdk(keys: &StaticCredentials) -> aws_sdk_s3::config::Credentials {
    aws_sdk_s3::config::Credentials::new(
        &keys.access_key_id,
        keys.secret_access_key.expose_secret(),
        keys.session_token.as_ref().map(|token| token.expose_secret().to_owned()),
        None,
        "friender",
    )
}

fn base(config: &StoreConfig, http: SharedHttpClient) -> Builder {
    let timeouts = TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).build();
    let retries = RetryConfig::standard()
        .with_max_attempts(ATTEMPTS)
        .with_initial_backoff(Duration::from_millis(50))
        .with_max_backoff(Duration::from_millis(250));
    Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(config.region.clone()))
        .http_client(http)
        .timeout_config(timeouts)
        .retry_config(retries)
        // Our own timers bound every call.
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        // A checksum header inside a presigned PUT would have to be repeated by every browser.
        .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
}

async fn from_chain(config: &StoreConfig, http: SharedHttpClient) -> Option<SharedCredentialsProvider> {
    let timeouts = TimeoutConfig::builder().connect_timeout(CONNECT_TIMEOUT).build();
    aws_config::defaults(BehaviorVersion::latest())
        .region(Region::new(config.region.clone()))
        .http_client(http)
        .timeout_config(timeouts)
        .load()
        .await
        .credentials_provider()
}

fn http_client(plain: bool) -> SharedHttpClient {
    let builder = aws_smithy_http_client::Builder::new().pool_idle_timeout(POOL_IDLE_TIMEOUT);
    if plain {
        builder.build_http()
    } else {
        builder.tls_provider(Provider::Rustls(CryptoMode::AwsLc)).build_https()
    }
}
