//! Telling the moderators of somebody.

use diesel::{Connection, PgConnection};
use uuid::Uuid;

use super::error::ModerationError;
use super::evidence;
use super::ground::Ground;
use super::report::{Detail, QuotedMessage, Report, ReportPosition};
use super::report_queries::{self as queries, NewReport};
use crate::accounts::{self, SecurityEvent, UserId};
use crate::db::Db;
use crate::matches;
use crate::media::MediaStore;
use crate::messages;
use crate::photos::{self, ObjectKey};
use crate::profiles;

/// What somebody reports.
#[derive(Debug)]
pub struct ReportForm {
    /// Whom.
    pub reported: UserId,
    /// For what.
    pub reason: Ground,
    /// In their own words.
    pub detail: Option<Detail>,
    /// Messages of the two, by seq.
    pub messages: Vec<i64>,
    /// Photos of the reported person: links, keys or their ids.
    pub photos: Vec<String>,
}

/// What the form names, found.
struct Found {
    messages: Vec<QuotedMessage>,
    photos: Vec<ObjectKey>,
}

/// Writes a report down with copies of what it names: the reported person can't take them back.
pub async fn report(
    db: &Db,
    media: &MediaStore,
    reporter: UserId,
    form: ReportForm,
    birth_date_required: bool,
) -> Result<Report, ModerationError> {
    let id = Uuid::now_v7();
    let (found, form) = db
        .run(move |conn| {
            let found = find(conn, reporter, &form, birth_date_required)?;
            if !found.photos.is_empty() {
                evidence::expect_copies(conn, id)?;
            }
            Ok::<_, ModerationError>((found, form))
        })
        .await?;
    let copies = evidence::copy(media, id, &found.photos).await?;
    db.run(move |conn| conn.transaction(|conn| write(conn, id, reporter, &form, &found.messages, &copies)))
        .await
}

fn find(
    conn: &mut PgConnection,
    reporter: UserId,
    form: &ReportForm,
    birth_date_required: bool,
) -> Result<Found, ModerationError> {
    // Who is gone reports nobody.
    profiles::load_profile(conn, reporter)?;
    if !matches::may_name(conn, reporter, form.reported, birth_date_required)? {
        return Err(ModerationError::NotFound);
    }
    let mut seqs = form.messages.clone();
    seqs.sort_unstable();
    seqs.dedup();
    let quoted = match matches::conversation_between(conn, reporter, form.reported)? {
        Some(conversation) if !seqs.is_empty() => messages::quote(conn, conversation, &seqs)?,
        _ => Vec::new(),
    };
    if let Some(missing) = seqs.iter().find(|seq| !quoted.iter().any(|message| message.seq == **seq)) {
        return Err(ModerationError::UnknownMessage(*missing));
    }
    let messages = quoted
        .into_iter()
        .map(|m| QuotedMessage { seq: m.seq, sender: m.sender, body: m.body, sent_at: m.sent_at })
        .collect();
    let shown = photos::photo_keys(conn, &[form.reported])?.remove(&form.reported).unwrap_or_default();
    let mut photos = Vec::new();
    for (place, named) in form.photos.iter().enumerate() {
        let photo =
            shown.iter().find(|key| photo_id(key.as_str()).is_some_and(|id| photo_id(named) == Some(id)));
        let photo = photo.ok_or(ModerationError::UnknownPhoto(place))?;
        if !photos.contains(photo) {
            photos.push(photo.clone());
        }
    }
    Ok(Found { messages, photos })
}

/// The photo's id: what the last part of its key, of a link to it, or of nothing else begins with.
fn photo_id(named: &str) -> Option<Uuid> {
    const UUID_LENGTH: usize = 36;
    let path = named.split('?').next()?;
    let last = path.rsplit('/').next()?;
    Uuid::parse_str(last.get(..UUID_LENGTH)?).ok()
}

fn write(
    conn: &mut PgConnection,
    id: Uuid,
    reporter: UserId,
    form: &ReportForm,
    messages: &[QuotedMessage],
    photos: &[String],
) -> Result<Report, ModerationError> {
    let names = accounts::account_names(conn, &[form.reported])?;
    let (_, name) = names.first().ok_or(ModerationError::NotFound)?;
    let profile = profiles::load_profiles(conn, &[form.reported])?.pop().ok_or(ModerationError::NotFound)?;
    let new = NewReport {
        id,
        reporter,
        reported: form.reported,
        reported_name: name,
        reported_display_name: &profile.display_name,
        reported_bio: &profile.bio,
        reason: form.reason,
        detail: form.detail.as_ref().map(Detail::as_str).filter(|text| !text.is_empty()),
    };
    let report = queries::insert(conn, &new)?;
    queries::insert_messages(conn, id, messages)?;
    queries::insert_photos(conn, id, photos)?;
    accounts::record_event(conn, reporter, SecurityEvent::Report.about(id))?;
    tracing::info!(user = %reporter, report = %id, reason = form.reason.as_str(), "reported");
    Ok(report)
}

/// Somebody's own reports, the newest first.
pub fn own_reports(
    conn: &mut PgConnection,
    user: UserId,
    before: Option<ReportPosition>,
    limit: i64,
) -> Result<Vec<Report>, ModerationError> {
    // Who is gone has none to read.
    profiles::load_profile(conn, user)?;
    Ok(queries::of_reporter(conn, user, before, limit)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_named_by_link_key_or_id() {
        let id = Uuid::new_v4();
        for named in [
            format!("{id}"),
            format!("photos/ab/{}/{id}.jpg", Uuid::now_v7()),
            format!("photos/ab/{}/{id}-thumb.jpg", Uuid::now_v7()),
            format!("http://127.0.0.1:9000/friender/photos/ab/{}/{id}.jpg?X-Amz-Date=1", Uuid::now_v7()),
        ] {
            assert_eq!(photo_id(&named), Some(id), "{named}");
        }
        for named in ["", "x", "é", &"é".repeat(30), "photos/ab/"] {
            assert_eq!(photo_id(named), None, "{named}");
        }
    }
}
