//! Emptying what was filled.

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::error::SeedError;
use crate::media::{MediaError, MediaStore};

/// Every table but the reference data of the ZIP codes, and the revocations, which other servers read on. Named one by
/// one: a database may hold other things, too.
pub(super) const TABLES: [&str; 32] = [
    "banned_addresses",
    "blocks",
    "conversations",
    "deletions",
    "email_changes",
    "emails",
    "exports",
    "file_events",
    "files",
    "jobs",
    "later",
    "likes",
    "likes_in",
    "mail_asks",
    "mail_tokens",
    "mails",
    "match_members",
    "messages",
    "moderators",
    "pairs",
    "profiles",
    "report_messages",
    "report_notes",
    "report_photos",
    "reports",
    "sanctions",
    "security_events",
    "sessions",
    "tags",
    "uploads",
    "usernames",
    "users",
];

/// Deletions at once.
const AT_ONCE: usize = 16;

pub(super) fn empty_tables(conn: &mut PgConnection) -> Result<(), SeedError> {
    // A server that holds a table is not waited for in vain.
    conn.batch_execute("SET lock_timeout = '10s'")?;
    Ok(conn.batch_execute(&format!("TRUNCATE {} RESTART IDENTITY CASCADE", TABLES.join(", ")))?)
}

/// Removes all photos, and what waits to become one; gives how many objects there were.
pub(super) async fn empty_store(media: &MediaStore) -> Result<usize, MediaError> {
    Ok(empty(media, "photos/").await? + empty(media, "quarantine/").await?)
}

async fn empty(media: &MediaStore, prefix: &str) -> Result<usize, MediaError> {
    let mut removed = 0;
    loop {
        // What is removed can't be listed again, so the first page is always the next one.
        let page = media.list(prefix, None).await?;
        if page.objects.is_empty() {
            return Ok(removed);
        }
        removed += page.objects.len();
        stream::iter(&page.objects)
            .map(|object| media.delete(&object.key))
            .buffer_unordered(AT_ONCE)
            .try_collect::<()>()
            .await?;
    }
}
