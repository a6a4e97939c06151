//! Finding what hangs in the air, and putting an end to it: rows without objects, objects without rows.
//!
//! Rows come before objects and go after them, so an object without a row will never get one, and may go at any time.

use chrono::TimeDelta;
use diesel::{Connection, PgConnection};
use futures_util::{StreamExt, stream};
use uuid::Uuid;

use super::actions::Photos;
use super::error::PhotoError;
use super::event::FileAction;
use super::finding::{Finding, Reaped};
use super::own_file_queries;
use super::photo::{ObjectKey, StoredFile};
use super::queries;
use super::search::{AT_ONCE, Search};
use super::trail::{Deed, record};
use crate::accounts::UserId;
use crate::media::MediaError;

/// Why a pass could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReapError {
    /// Database and bucket have nothing in common.
    #[error(
        "not one of {count} {what}: are these the right database and the right bucket? Nothing was touched. \
         If they are, say --yes"
    )]
    Strangers {
        /// How many were looked at.
        count: usize,
        /// What is missing of all of them.
        what: &'static str,
    },
    /// The rows or the objects could not be read.
    #[error("rows and objects could not be compared; nothing was touched")]
    Look(#[from] PhotoError),
}

/// How to reap.
#[derive(Debug, Clone, Copy)]
pub struct Reaping {
    /// What is younger is left alone.
    pub grace: TimeDelta,
    /// Only look.
    pub dry_run: bool,
    /// Go on even if database and bucket have nothing in common.
    pub sure: bool,
}

/// Everything of one kind being lost is no accident of a single upload.
fn check(search: &Search) -> Result<(), ReapError> {
    let count = |kind: fn(&Finding) -> bool| search.findings.iter().filter(|finding| kind(finding)).count();
    let lost = count(|finding| matches!(finding, Finding::Dangling { .. }));
    if lost > 0 && lost == search.rows {
        return Err(ReapError::Strangers { count: lost, what: "files has its object in the bucket" });
    }
    let unknown = count(|finding| matches!(finding, Finding::Orphan(_)));
    if unknown > 0 && unknown == search.objects {
        return Err(ReapError::Strangers { count: unknown, what: "objects has its row in the database" });
    }
    Ok(())
}

impl Photos {
    /// Compares all rows with all objects and puts an end to what has no counterpart. `tell` hears of each finding
    /// before anything is done. What fails is left for the next pass: `done` is less than `found` then.
    pub async fn reap(&self, reaping: Reaping, mut tell: impl FnMut(&Finding)) -> Result<Reaped, ReapError> {
        let search = Search::through(self, reaping.grace).await?;
        search.findings.iter().for_each(&mut tell);
        if !reaping.sure {
            check(&search)?;
        }
        let (reaped, left): (Vec<_>, Vec<_>) =
            search.findings.iter().partition(|finding| finding.is_reaped());
        let mut done = 0;
        if !reaping.dry_run {
            let ends = stream::iter(&reaped).map(|finding| self.end(finding)).buffer_unordered(AT_ONCE);
            done = ends.filter(|ended| std::future::ready(*ended)).count().await;
        }
        Ok(Reaped {
            rows: search.rows,
            objects: search.objects,
            found: reaped.len(),
            done,
            left_alone: left.len(),
            more: search.is_full(),
        })
    }

    async fn end(&self, finding: &Finding) -> bool {
        let ended = match finding {
            Finding::Unfinished { user, id, key } => self.forget(*user, *id, key).await,
            Finding::Expired { user, id, key } => self.end_upload(*user, *id, key).await,
            Finding::Orphan(key) => self.media.delete(key).await.map_err(PhotoError::from),
            Finding::Dangling { user, id, key } => match self.media.head(key.as_str()).await {
                Err(MediaError::NotFound) => self.lose(*user, *id, key).await,
                found => found.map(drop).map_err(PhotoError::from),
            },
            Finding::Incomplete(_) | Finding::Foreign(_) => Ok(()),
        };
        match ended {
            Ok(()) => true,
            Err(error) => {
                tracing::warn!(%finding, %error, "left for the next pass");
                false
            }
        }
    }

    /// The photo is lost: its row goes, with what is left of its smaller sizes.
    async fn lose(&self, user: UserId, id: Uuid, key: &ObjectKey) -> Result<(), PhotoError> {
        self.db.run(move |conn| conn.transaction(|conn| give_up_row(conn, user, id))).await?;
        self.forget(user, id, key).await
    }
}

fn give_up_row(conn: &mut PgConnection, user: UserId, id: Uuid) -> Result<(), PhotoError> {
    queries::lock_files_of(conn, user)?;
    let Some(file) = queries::find_ready(conn, user, id)?.map(StoredFile::from) else { return Ok(()) };
    own_file_queries::remove(conn, user, id)?;
    let deed = Deed { owner: user, actor: None, file: id, filename: &file.filename };
    Ok(record(conn, deed, FileAction::Removed)?)
}
