//! Pages of ListObjectsV2. Keys are hashed on disk, so a page reads every header of the bucket and keeps the smallest
//! keys: some 100,000 objects a second, fine for a set-up on one machine, and nothing that could go stale.

use std::collections::BTreeMap;
use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::objects::{Header, Objects};

const MAX_PAGE: usize = 1000;

/// One page, and whether there is more after its last key.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) objects: Vec<Header>,
    pub(super) next: Option<String>,
}

/// The objects whose keys start with `prefix` and come after `after`, in order of their keys.
pub(super) fn page(
    objects: &Objects,
    bucket: &str,
    prefix: &str,
    after: &str,
    limit: usize,
) -> io::Result<Page> {
    let mut smallest = BTreeMap::new();
    objects.scan(bucket, |header| {
        if header.key.starts_with(prefix) && header.key.as_str() > after {
            smallest.insert(header.key.clone(), header);
            if smallest.len() > limit + 1 {
                smallest.pop_last();
            }
        }
    })?;
    let more = smallest.len() > limit;
    let objects: Vec<_> = smallest.into_values().take(limit).collect();
    let next = objects.last().filter(|_| more).map(|last| URL_SAFE_NO_PAD.encode(&last.key));
    Ok(Page { objects, next })
}

/// The key that a continuation token stands for.
pub(super) fn key_of(token: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()
}

/// The asked page size within S3's bounds.
pub(super) fn page_size(asked: Option<i32>) -> usize {
    asked.and_then(|asked| usize::try_from(asked).ok()).unwrap_or(MAX_PAGE).min(MAX_PAGE)
}
