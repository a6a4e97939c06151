//! What the server does now and then, without being asked.

use std::sync::Arc;
use std::time::Duration;

use crate::background::Background;
use crate::db::Db;
use crate::http::idempotency;
use crate::mailer::Mailer;
use crate::photos::{self, Photos};
use crate::{accounts, mail, privacy, profiles};

/// Between two rounds of what isn't pressing.
const HOURLY: Duration = Duration::from_secs(60 * 60);

/// Between two sweeps: what was removed while the store was away shall be gone soon after it is back.
const SWEEPS: Duration = Duration::from_secs(60);

/// Does the chores, one round at once, until it is dropped.
pub(crate) async fn do_chores(all: Background) {
    tokio::join!(hourly(all.db.clone(), all.mail.mailer.clone()), sweeps(all.photos.clone()), copies(all));
}

/// Tags are weighed anew, and what is kept for a time goes.
async fn hourly(db: Db, mailer: Arc<Mailer>) {
    loop {
        let mailer = mailer.clone();
        if let Err(error) = db.run_for(HOURLY, accounts::purge).await {
            tracing::warn!(%error, "old sessions and events could not be removed");
        }
        if let Err(error) = db.run_for(HOURLY, profiles::refresh_tag_weights).await {
            tracing::warn!(%error, "tags could not be weighed");
        }
        match db.run_for(HOURLY, idempotency::purge).await {
            Ok(purged) => tracing::debug!(purged, "kept answers forgotten"),
            Err(error) => tracing::warn!(%error, "kept answers could not be forgotten"),
        }
        if let Err(error) = db.run_for(HOURLY, photos::purge_file_events).await {
            tracing::warn!(%error, "old events of files could not be forgotten");
        }
        if let Err(error) = db.run_for(HOURLY, move |conn| mail::purge(conn, &mailer)).await {
            tracing::warn!(%error, "old mails could not be removed");
        }
        match db.run_for(HOURLY, privacy::erase_overdue).await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "last traces of deleted accounts removed"),
            Err(error) => tracing::warn!(%error, "overdue accounts could not be looked after"),
        }
        tokio::time::sleep(HOURLY).await;
    }
}

/// Copies of everything that nobody may fetch any more are removed.
async fn copies(all: Background) {
    loop {
        if let Err(error) = privacy::remove_expired(&all.db, &all.media).await {
            tracing::warn!(%error, "old copies could not be removed");
        }
        tokio::time::sleep(HOURLY).await;
    }
}

/// Unfinished uploads and removed files are swept away.
async fn sweeps(photos: Photos) {
    loop {
        match photos.sweep().await {
            Ok(0) => {}
            Ok(swept) => tracing::info!(swept, "unfinished uploads and removed files swept away"),
            Err(error) => tracing::warn!(%error, "sweeping failed"),
        }
        tokio::time::sleep(SWEEPS).await;
    }
}
