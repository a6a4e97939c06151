//! Looking for rows and objects that have lost each other, page by page: nothing but the findings is held in memory.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};

use super::actions::Photos;
use super::error::PhotoError;
use super::finding::{Finding, owner};
use super::photo::ObjectKey;
use super::queries;
use super::reaper_queries::{self, StoredRow};
use super::upload_queries;
use crate::media::{MediaError, MediaStore};

/// Where our objects lie.
const PREFIXES: [&str; 2] = ["photos/", "quarantine/"];

/// Rows read at once.
const PAGE: i64 = 1000;

/// Calls to the store at once.
pub(super) const AT_ONCE: usize = 16;

/// Findings that one pass takes on.
const MOST: usize = 100_000;

/// What was seen.
#[derive(Default)]
pub(super) struct Search {
    pub(super) findings: Vec<Finding>,
    /// Photos looked at.
    pub(super) rows: usize,
    /// Objects of ours looked at.
    pub(super) objects: usize,
}

impl Search {
    /// Looks at all that is older than `grace`.
    pub(super) async fn through(photos: &Photos, grace: TimeDelta) -> Result<Self, PhotoError> {
        let (mut search, before) = (Self::default(), Utc::now() - grace);
        search.unfinished(photos, grace).await?;
        search.rows(photos, before).await?;
        for prefix in PREFIXES {
            search.objects(photos, prefix, before).await?;
        }
        Ok(search)
    }

    /// Whether there may be more to find than one pass takes on.
    pub(super) fn is_full(&self) -> bool {
        self.findings.len() >= MOST
    }

    async fn unfinished(&mut self, photos: &Photos, grace: TimeDelta) -> Result<(), PhotoError> {
        let rows = photos.db.run(move |conn| Ok::<_, PhotoError>(queries::unfinished(conn, grace)?)).await?;
        self.findings.extend(rows.into_iter().map(|(user, id, key)| Finding::Unfinished { user, id, key }));
        let over = photos.db.run(|conn| Ok::<_, PhotoError>(upload_queries::over(conn)?)).await?;
        self.findings.extend(over.into_iter().map(|(user, id, key)| Finding::Expired { user, id, key }));
        Ok(())
    }

    /// Every photo that should be there: one listing for each person.
    async fn rows(&mut self, photos: &Photos, before: DateTime<Utc>) -> Result<(), PhotoError> {
        let mut after = None;
        while !self.is_full() {
            let page = photos
                .db
                .run(move |conn| Ok::<_, PhotoError>(reaper_queries::stored(conn, before, after, PAGE)?))
                .await?;
            let Some(last) = page.last() else { break };
            after = Some((last.user, last.id));
            self.rows += page.len();
            let people = page.chunk_by(|one, next| one.user == next.user);
            let lost: Vec<Vec<Finding>> = stream::iter(people)
                .map(|rows| lost(&photos.media, rows))
                .buffer_unordered(AT_ONCE)
                .try_collect()
                .await?;
            self.findings.extend(lost.into_iter().flatten());
        }
        Ok(())
    }

    /// Every object that is there.
    async fn objects(
        &mut self,
        photos: &Photos,
        prefix: &str,
        before: DateTime<Utc>,
    ) -> Result<(), PhotoError> {
        let mut from = None;
        while !self.is_full() {
            let page = photos.media.list(prefix, from.as_deref()).await?;
            let old =
                page.objects.into_iter().filter(|object| object.last_modified.is_none_or(|at| at < before));
            let keys: Vec<String> = old.map(|object| object.key).collect();
            self.match_objects(photos, keys).await?;
            from = page.next;
            if from.is_none() {
                break;
            }
        }
        Ok(())
    }

    async fn match_objects(&mut self, photos: &Photos, keys: Vec<String>) -> Result<(), PhotoError> {
        let (ours, foreign): (Vec<_>, Vec<_>) = keys.into_iter().partition(|key| owner(key).is_some());
        self.findings.extend(foreign.into_iter().map(Finding::Foreign));
        let (users, ids): (Vec<_>, Vec<_>) = ours.iter().filter_map(|key| owner(key)).unzip();
        let (kept, sent) = photos
            .db
            .run(move |conn| Ok::<_, PhotoError>(reaper_queries::known(conn, &users, &ids)?))
            .await?;
        let mut known: HashSet<String> = kept.iter().flat_map(ObjectKey::objects).collect();
        known.extend(sent);
        self.objects += ours.len();
        self.findings.extend(ours.into_iter().filter(|key| !known.contains(key)).map(Finding::Orphan));
        Ok(())
    }
}

/// What of one person's photos isn't in the store.
async fn lost(media: &MediaStore, rows: &[StoredRow]) -> Result<Vec<Finding>, MediaError> {
    let Some((folder, _)) = rows.first().and_then(|row| row.key.as_str().rsplit_once('/')) else {
        return Ok(Vec::new());
    };
    let there = all_below(media, &format!("{folder}/")).await?;
    let findings = rows.iter().flat_map(|row| {
        if !there.contains(row.key.as_str()) {
            return vec![Finding::Dangling { user: row.user, id: row.id, key: row.key.clone() }];
        }
        let missing = row.key.objects().into_iter().filter(|object| !there.contains(object));
        missing.map(Finding::Incomplete).collect()
    });
    Ok(findings.collect())
}

async fn all_below(media: &MediaStore, prefix: &str) -> Result<HashSet<String>, MediaError> {
    let (mut there, mut from) = (HashSet::new(), None);
    loop {
        let page = media.list(prefix, from.as_deref()).await?;
        there.extend(page.objects.into_iter().map(|object| object.key));
        from = page.next;
        if from.is_none() {
            return Ok(there);
        }
    }
}
