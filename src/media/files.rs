//! Objects too large for memory, and many at once.

use std::path::Path;

use aws_sdk_s3::primitives::ByteStream;

use super::error::{MediaError, chain};
use super::s3::{CALL_TIMEOUT, MediaStore, TIMEOUT_PER_MIB, within};

impl MediaStore {
    /// Keeps a file of `length` bytes as an object, read while it is sent.
    ///
    /// # Errors
    /// Those of [`MediaStore::put`].
    pub async fn put_file(
        &self,
        key: &str,
        content_type: &str,
        file: &Path,
        length: u64,
    ) -> Result<(), MediaError> {
        let mebibytes = u32::try_from(length / (1024 * 1024)).unwrap_or(u32::MAX);
        let limit = CALL_TIMEOUT + TIMEOUT_PER_MIB.saturating_mul(mebibytes);
        let unreadable = |error| MediaError::Unavailable(chain(&error));
        let body = ByteStream::from_path(file).await.map_err(unreadable)?;
        let request = self.clients.own.put_object().bucket(&*self.bucket).key(key);
        let request = request.content_type(content_type).body(body);
        within(limit, async { Ok(request.send().await?) }).await?;
        Ok(())
    }

    /// Removes all objects whose keys start with `prefix`; gives how many there were.
    ///
    /// # Errors
    /// Those of [`MediaStore::put`]; some may be gone by then.
    pub async fn delete_all(&self, prefix: &str) -> Result<usize, MediaError> {
        let mut removed = 0;
        loop {
            // What is removed can't be listed again, so the first page is always the next one.
            let page = self.list(prefix, None).await?;
            if page.objects.is_empty() {
                return Ok(removed);
            }
            for object in &page.objects {
                self.delete(&object.key).await?;
                removed += 1;
            }
        }
    }
}
