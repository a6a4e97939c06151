//! Bodies on their way between the network and the disk, a chunk at a time.

use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt as _, stream};
use s3s::dto::StreamingBlob;
use s3s::{S3Error, S3ErrorCode, S3Result, s3_error};

use super::objects::{self, Objects, Upload};

/// What is held in memory of an object on its way in or out.
const CHUNK_BYTES: usize = 256 * 1024;
/// How long an upload may send nothing.
const BODY_PAUSE: Duration = Duration::from_secs(20);

/// Streams a body to disk, at most a chunk of it in memory.
pub(super) async fn receive(
    objects: &Arc<Objects>,
    bucket: String,
    length: u64,
    mut body: StreamingBlob,
) -> S3Result<Upload> {
    let objects = Arc::clone(objects);
    let mut upload = off_thread(move || objects.begin(&bucket)).await?;
    let mut waiting = BytesMut::new();
    loop {
        let next = tokio::time::timeout(BODY_PAUSE, body.next()).await;
        let next = next.map_err(|_| s3_error!(RequestTimeout, "The upload stood still for too long"))?;
        let ended = next.is_none();
        if let Some(chunk) = next {
            waiting.extend_from_slice(&chunk.map_err(broken_body)?);
        }
        if upload.size() + waiting.len() as u64 > length {
            return Err(s3_error!(IncompleteBody, "The body is longer than its Content-Length"));
        }
        if waiting.len() >= CHUNK_BYTES || (ended && !waiting.is_empty()) {
            let bytes = waiting.split();
            upload = off_thread(move || upload.write(&bytes).map(|()| upload)).await?;
        }
        if ended {
            break;
        }
    }
    if upload.size() == length {
        Ok(upload)
    } else {
        Err(s3_error!(IncompleteBody, "The body is shorter than its Content-Length"))
    }
}

/// Streams a part of an object.
pub(super) fn send(file: File, range: Range<u64>) -> StreamingBlob {
    let file = Arc::new(file);
    StreamingBlob::wrap(stream::try_unfold(range, move |range| {
        let file = Arc::clone(&file);
        async move {
            let length = usize::try_from(range.end - range.start).unwrap_or(CHUNK_BYTES).min(CHUNK_BYTES);
            if length == 0 {
                return Ok::<_, S3Error>(None);
            }
            let bytes = off_thread(move || objects::read_at(&file, range.start, length)).await?;
            Ok(Some((Bytes::from(bytes), range.start + length as u64..range.end)))
        }
    }))
}

/// Compares with a Content-MD5, if there was one.
pub(super) fn check_digest(announced: Option<&str>, upload: &Upload) -> S3Result<()> {
    let received = STANDARD.encode(upload.digest());
    if announced.is_none_or(|announced| announced == received) {
        Ok(())
    } else {
        Err(s3_error!(BadDigest, "The body has another MD5 than its Content-MD5"))
    }
}

/// The protocol's layer checks the payload's hash while it is read and names the mismatch; all else is a cut body.
fn broken_body(error: s3s::StdError) -> S3Error {
    match error.downcast::<S3Error>() {
        Ok(named) => *named,
        Err(cut) => S3Error::with_source(S3ErrorCode::IncompleteBody, cut),
    }
}

/// Runs blocking work on the pool for it; what fails is an internal error.
pub(super) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> S3Result<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(S3Error::internal_error),
        Err(stopped) => Err(S3Error::internal_error(stopped)),
    }
}
