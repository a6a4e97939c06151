//! The S3 operations that Friender needs, on [`Objects`]. Whatever isn't here answers 501 NotImplemented.

use std::fs::File;
use std::io;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use hyper::header::{ETAG, HeaderMap};
use s3s::dto::{
    CreateBucketInput, CreateBucketOutput, DeleteObjectInput, DeleteObjectOutput, ETag, ETagCondition,
    GetBucketCorsInput, GetBucketCorsOutput, GetObjectInput, GetObjectOutput, HeadBucketInput,
    HeadBucketOutput, HeadObjectInput, HeadObjectOutput, ListObjectsV2Input, ListObjectsV2Output, Object,
    PutBucketCorsInput, PutBucketCorsOutput, PutObjectInput, PutObjectOutput, StreamingBlob, Timestamp,
};
use s3s::{Body, S3, S3Error, S3ErrorCode, S3Request, S3Response, S3Result, s3_error};

use super::MAX_OBJECT_BYTES;
use super::bodies::{self, off_thread};
use super::cors::CorsRules;
use super::listing::{self, Page};
use super::objects::{self, Header, Objects};

const MAX_HEADER_VALUE_BYTES: usize = 255;
/// A file name of 255 bytes, twice: as it is, and with every byte written as three.
const MAX_DISPOSITION_BYTES: usize = 1100;

/// Our backend behind the protocol's layer.
#[derive(Debug)]
pub(super) struct Backend {
    objects: Arc<Objects>,
    cors: Arc<CorsRules>,
}

impl Backend {
    /// A backend over a folder of buckets.
    pub(super) fn new(objects: Objects, cors: Arc<CorsRules>) -> Self {
        Self { objects: Arc::new(objects), cors }
    }

    /// Runs file work on the blocking pool.
    async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Objects) -> io::Result<T> + Send + 'static,
    ) -> S3Result<T> {
        let objects = Arc::clone(&self.objects);
        off_thread(move || work(&objects)).await
    }

    async fn demand_bucket(&self, bucket: &str) -> S3Result<()> {
        let name = bucket.to_owned();
        if self.on_disk(move |objects| Ok(objects.has_bucket(&name))).await? {
            Ok(())
        } else {
            Err(s3_error!(NoSuchBucket, "The bucket does not exist"))
        }
    }

    async fn demand(&self, bucket: &str, key: &str) -> S3Result<(Header, File)> {
        let (name, wanted) = (bucket.to_owned(), key.to_owned());
        match self.on_disk(move |objects| objects.find(&name, &wanted)).await? {
            Some(found) => Ok(found),
            None => {
                self.demand_bucket(bucket).await?;
                Err(s3_error!(NoSuchKey, "The key does not exist"))
            }
        }
    }
}

#[async_trait::async_trait]
impl S3 for Backend {
    async fn put_object(&self, req: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let PutObjectInput {
            bucket,
            key,
            body,
            content_length,
            content_type,
            cache_control,
            content_disposition,
            content_md5,
            ..
        } = req.input;
        check_key(&key)?;
        if req.input.if_match.is_some() || req.input.if_none_match.is_some() {
            return Err(s3_error!(NotImplemented, "Conditional writes are not supported"));
        }
        let length = content_length
            .and_then(|length| u64::try_from(length).ok())
            .ok_or_else(|| s3_error!(MissingContentLength, "Content-Length is required"))?;
        if length > MAX_OBJECT_BYTES {
            return Err(s3_error!(EntityTooLarge, "An object may have {MAX_OBJECT_BYTES} bytes at most"));
        }
        let headers = [
            (&content_type, MAX_HEADER_VALUE_BYTES),
            (&cache_control, MAX_HEADER_VALUE_BYTES),
            (&content_disposition, MAX_DISPOSITION_BYTES),
        ];
        for (value, limit) in headers {
            if value.as_ref().is_some_and(|value| value.len() > limit) {
                return Err(s3_error!(MetadataTooLarge, "The object's headers must be shorter"));
            }
        }
        self.demand_bucket(&bucket).await?;
        let body = body.unwrap_or_else(|| StreamingBlob::new(Body::empty()));
        let upload = bodies::receive(&self.objects, bucket.clone(), length, body).await?;
        bodies::check_digest(content_md5.as_deref(), &upload)?;
        let header = Header { content_type, cache_control, content_disposition, ..Header::new(key) };
        let header = self.on_disk(move |objects| objects.publish(&bucket, upload, header)).await?;
        let e_tag = Some(ETag::Strong(header.md5));
        Ok(S3Response::new(PutObjectOutput { e_tag, ..PutObjectOutput::default() }))
    }

    async fn get_object(&self, req: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let input = req.input;
        check_key(&input.key)?;
        let (header, file) = self.demand(&input.bucket, &input.key).await?;
        check_conditions(&header, input.if_match.as_ref(), input.if_none_match.as_ref())?;
        let size = header.size;
        let range = match input.range {
            Some(range) => {
                range.check(size).map_err(|_| s3_error!(InvalidRange, "The range is not satisfiable"))?
            }
            None => 0..size,
        };
        let content_range =
            input.range.map(|_| format!("bytes {}-{}/{size}", range.start, range.end.saturating_sub(1)));
        Ok(S3Response::new(GetObjectOutput {
            accept_ranges: Some("bytes".to_owned()),
            content_length: Some(signed(range.end - range.start)),
            content_range,
            body: Some(bodies::send(file, range)),
            e_tag: Some(ETag::Strong(header.md5.clone())),
            last_modified: Some(modified(&header)),
            content_type: header.content_type,
            cache_control: header.cache_control,
            content_disposition: header.content_disposition,
            ..GetObjectOutput::default()
        }))
    }

    async fn head_object(&self, req: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        let input = req.input;
        check_key(&input.key)?;
        let (header, _) = self.demand(&input.bucket, &input.key).await?;
        check_conditions(&header, input.if_match.as_ref(), input.if_none_match.as_ref())?;
        Ok(S3Response::new(HeadObjectOutput {
            accept_ranges: Some("bytes".to_owned()),
            content_length: Some(signed(header.size)),
            e_tag: Some(ETag::Strong(header.md5.clone())),
            last_modified: Some(modified(&header)),
            content_type: header.content_type,
            cache_control: header.cache_control,
            content_disposition: header.content_disposition,
            ..HeadObjectOutput::default()
        }))
    }

    async fn delete_object(
        &self,
        req: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        let DeleteObjectInput { bucket, key, .. } = req.input;
        check_key(&key)?;
        self.demand_bucket(&bucket).await?;
        self.on_disk(move |objects| objects.remove(&bucket, &key)).await?;
        Ok(S3Response::new(DeleteObjectOutput::default()))
    }

    async fn list_objects_v2(
        &self,
        req: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        let input = req.input;
        if input.delimiter.is_some() {
            return Err(s3_error!(NotImplemented, "Delimiters are not supported"));
        }
        self.demand_bucket(&input.bucket).await?;
        let after = match &input.continuation_token {
            Some(token) => listing::key_of(token)
                .ok_or_else(|| s3_error!(InvalidArgument, "The continuation token is not one of ours"))?,
            None => input.start_after.clone().unwrap_or_default(),
        };
        let limit = listing::page_size(input.max_keys);
        let (bucket, prefix) = (input.bucket.clone(), input.prefix.clone().unwrap_or_default());
        let page =
            self.on_disk(move |objects| listing::page(objects, &bucket, &prefix, &after, limit)).await?;
        Ok(S3Response::new(listed(input, limit, page)))
    }

    async fn head_bucket(&self, req: S3Request<HeadBucketInput>) -> S3Result<S3Response<HeadBucketOutput>> {
        self.demand_bucket(&req.input.bucket).await?;
        Ok(S3Response::new(HeadBucketOutput::default()))
    }

    async fn create_bucket(
        &self,
        req: S3Request<CreateBucketInput>,
    ) -> S3Result<S3Response<CreateBucketOutput>> {
        let bucket = req.input.bucket;
        if self.on_disk(move |objects| objects.create_bucket(&bucket)).await? {
            Ok(S3Response::new(CreateBucketOutput::default()))
        } else {
            Err(s3_error!(BucketAlreadyOwnedByYou, "The bucket exists already"))
        }
    }

    async fn get_bucket_cors(
        &self,
        req: S3Request<GetBucketCorsInput>,
    ) -> S3Result<S3Response<GetBucketCorsOutput>> {
        self.demand_bucket(&req.input.bucket).await?;
        let rules = self.cors.get(&req.input.bucket);
        if rules.is_empty() {
            return Err(s3_error!(NoSuchCORSConfiguration, "The bucket has no CORS rules"));
        }
        Ok(S3Response::new(GetBucketCorsOutput { cors_rules: Some(rules) }))
    }

    async fn put_bucket_cors(
        &self,
        req: S3Request<PutBucketCorsInput>,
    ) -> S3Result<S3Response<PutBucketCorsOutput>> {
        self.demand_bucket(&req.input.bucket).await?;
        self.cors.set(&req.input.bucket, req.input.cors_configuration.cors_rules);
        Ok(S3Response::new(PutBucketCorsOutput::default()))
    }
}

fn check_key(key: &str) -> S3Result<()> {
    if objects::is_valid_key(key) {
        Ok(())
    } else {
        Err(s3_error!(
            InvalidArgument,
            "A key has 1 to 1,024 bytes, no control characters, no . or .. as a part"
        ))
    }
}

fn check_conditions(
    header: &Header,
    must_be: Option<&ETagCondition>,
    must_not_be: Option<&ETagCondition>,
) -> S3Result<()> {
    let own = ETag::Strong(header.md5.clone());
    let fits = |condition: &ETagCondition| condition.as_etag().is_none_or(|tag| tag.weak_cmp(&own));
    if must_be.is_some_and(|condition| !fits(condition)) {
        return Err(s3_error!(PreconditionFailed, "The object has another ETag"));
    }
    if must_not_be.is_some_and(fits) {
        let mut unchanged = S3Error::new(S3ErrorCode::NotModified);
        unchanged.set_headers(own.to_http_header().into_iter().map(|tag| (ETAG, tag)).collect::<HeaderMap>());
        return Err(unchanged);
    }
    Ok(())
}

fn listed(input: ListObjectsV2Input, limit: usize, page: Page) -> ListObjectsV2Output {
    let contents: Vec<_> = page.objects.into_iter().map(listed_object).collect();
    ListObjectsV2Output {
        name: Some(input.bucket),
        prefix: input.prefix,
        max_keys: i32::try_from(limit).ok(),
        key_count: i32::try_from(contents.len()).ok(),
        continuation_token: input.continuation_token,
        start_after: input.start_after,
        is_truncated: Some(page.next.is_some()),
        next_continuation_token: page.next,
        contents: Some(contents),
        ..ListObjectsV2Output::default()
    }
}

fn listed_object(header: Header) -> Object {
    Object {
        last_modified: Some(modified(&header)),
        size: Some(signed(header.size)),
        e_tag: Some(ETag::Strong(header.md5)),
        key: Some(header.key),
        ..Object::default()
    }
}

fn modified(header: &Header) -> Timestamp {
    Timestamp::from(UNIX_EPOCH + Duration::from_millis(header.modified))
}

fn signed(length: u64) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
