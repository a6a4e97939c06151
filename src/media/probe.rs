//! Using a presigned URL as a stranger would: without any key of ours.

use aws_sdk_s3::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_s3::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_s3::error::BoxError;
use bytes::Bytes;

use super::error::MediaError;
use super::s3::{CALL_TIMEOUT, MediaStore, collect, within};

/// More than any probe holds.
const LIMIT: usize = 64 * 1024;

impl MediaStore {
    /// Fetches what a presigned URL names, for checks: over the network, with nothing but the URL, at most 64 KiB.
    ///
    /// # Errors
    /// [`MediaError::Refused`] when S3 doesn't accept the URL, and those of [`MediaStore::get`].
    pub async fn fetch_presigned(&self, url: &str) -> Result<Bytes, MediaError> {
        // Bucket and key only satisfy the client: the URL is what is sent.
        let request = self.clients.public.get_object().bucket(&*self.bucket).key("probe");
        let request = request.customize().interceptor(Bare(url.to_owned()));
        within(CALL_TIMEOUT, async { collect(request.send().await?.body, LIMIT).await }).await
    }
}

/// Makes of the signed request a bare GET of exactly this URL.
#[derive(Debug)]
struct Bare(String);

impl Intercept for Bare {
    fn name(&self) -> &'static str {
        "Bare"
    }

    fn modify_before_transmit(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let names: Vec<String> = request.headers().iter().map(|(name, _)| name.to_owned()).collect();
        for name in names {
            request.headers_mut().remove(name);
        }
        Ok(request.set_uri(self.0.as_str())?)
    }
}
