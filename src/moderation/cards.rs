//! What answers show of reports and sanctions.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::ground::Ground;
use super::queue::{Case, Names};
use super::report::{Note, Outcome, QuotedMessage, Report};
use super::sanction::{Sanction, SanctionKind};
use crate::accounts::UserId;
use crate::http::ApiError;
use crate::media::MediaStore;

/// How long links to evidence live.
const LINK_LIFE: Duration = Duration::from_secs(300);

/// Somebody, as moderators and reporters name them.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedCard {
    /// The user id; null once the account is gone.
    user_id: Option<UserId>,
    /// The username; null once the account is gone.
    username: Option<String>,
}

impl NamedCard {
    fn of(user: Option<UserId>, names: &Names) -> Self {
        let username = user.and_then(|user| names.get(&user).cloned());
        Self { user_id: user.filter(|_| username.is_some()), username }
    }
}

/// A report of yours.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportCard {
    /// Its id.
    id: Uuid,
    /// Whom it is about; null once the account is gone.
    user_id: Option<UserId>,
    /// Their username when you reported them.
    username: String,
    /// For what.
    reason: Ground,
    /// Your own words.
    detail: Option<String>,
    /// When you made it.
    created_at: DateTime<Utc>,
    /// What came of it: null until a moderator has decided.
    outcome: Option<Outcome>,
    /// When a moderator decided.
    decided_at: Option<DateTime<Utc>>,
}

impl From<Report> for ReportCard {
    fn from(report: Report) -> Self {
        Self {
            id: report.id,
            user_id: report.reported,
            username: report.reported_name,
            reason: report.reason,
            detail: report.detail,
            created_at: report.created_at,
            outcome: report.outcome,
            decided_at: report.decided_at,
        }
    }
}

/// What you say against a sanction, and what came of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppealCard {
    /// Your words.
    text: String,
    /// When you wrote them.
    appealed_at: DateTime<Utc>,
    /// Whether you were right: null until a moderator has answered.
    granted: Option<bool>,
    /// The moderator's answer.
    answer: Option<String>,
}

/// What was laid on you, and why.
#[derive(Debug, Serialize, ToSchema)]
pub struct SanctionCard {
    /// Its id.
    id: Uuid,
    /// What it is.
    kind: SanctionKind,
    /// Which rule was broken.
    rule: Ground,
    /// The rule in words.
    rule_text: &'static str,
    /// Why.
    reason: String,
    /// What it was judged by, in few words. Never who told.
    evidence: String,
    /// Since when.
    created_at: DateTime<Utc>,
    /// Until when: null for a warning, and for a ban, which is for good.
    ends_at: Option<DateTime<Utc>>,
    /// When it was over or taken back.
    lifted_at: Option<DateTime<Utc>>,
    /// Your appeal, if you made one.
    appeal: Option<AppealCard>,
}

impl From<Sanction> for SanctionCard {
    fn from(sanction: Sanction) -> Self {
        let appeal = sanction.appeal.zip(sanction.appealed_at).map(|(text, appealed_at)| AppealCard {
            text,
            appealed_at,
            granted: sanction.appeal_granted,
            answer: sanction.appeal_answer,
        });
        Self {
            id: sanction.id,
            kind: sanction.kind,
            rule: sanction.rule,
            rule_text: sanction.rule.rule(),
            reason: sanction.reason,
            evidence: sanction.evidence,
            created_at: sanction.created_at,
            ends_at: sanction.ends_at,
            lifted_at: sanction.lifted_at,
            appeal,
        }
    }
}

/// A report, as moderators see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct QueuedReport {
    /// Its id.
    id: Uuid,
    /// Who made it. Never told to whom it is about.
    reporter: NamedCard,
    /// Whom it is about, today.
    reported: NamedCard,
    /// Their username when it was made.
    reported_username: String,
    /// Their display name when it was made.
    reported_display_name: Option<String>,
    /// Their bio when it was made.
    reported_bio: Option<String>,
    /// For what.
    reason: Ground,
    /// The reporter's own words.
    detail: Option<String>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// How it ended: null until somebody decided.
    outcome: Option<Outcome>,
    /// When somebody decided.
    decided_at: Option<DateTime<Utc>>,
}

impl QueuedReport {
    pub(super) fn of(report: Report, names: &Names) -> Self {
        Self {
            id: report.id,
            reporter: NamedCard::of(report.reporter, names),
            reported: NamedCard::of(report.reported, names),
            reported_username: report.reported_name,
            reported_display_name: report.reported_display_name,
            reported_bio: report.reported_bio,
            reason: report.reason,
            detail: report.detail,
            created_at: report.created_at,
            outcome: report.outcome,
            decided_at: report.decided_at,
        }
    }
}

/// A message as it was when it was reported.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvidenceMessage {
    /// Its place in the conversation.
    seq: i64,
    /// Who wrote it: one of the two.
    sender: UserId,
    /// What it says.
    body: String,
    /// When.
    sent_at: DateTime<Utc>,
}

impl From<QuotedMessage> for EvidenceMessage {
    fn from(m: QuotedMessage) -> Self {
        Self { seq: m.seq, sender: m.sender, body: m.body, sent_at: m.sent_at }
    }
}

/// What a moderator wrote beside a report.
#[derive(Debug, Serialize, ToSchema)]
pub struct NoteCard {
    /// Its id.
    id: Uuid,
    /// Who.
    moderator: NamedCard,
    /// What.
    body: String,
    /// When.
    written_at: DateTime<Utc>,
}

impl NoteCard {
    pub(super) fn of(note: Note, names: &Names) -> Self {
        let moderator = NamedCard::of(note.moderator, names);
        Self { id: note.id, moderator, body: note.body, written_at: note.written_at }
    }
}

/// A report with all that is known.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseCard {
    /// The report.
    report: QueuedReport,
    /// The messages that it names, as they were.
    messages: Vec<EvidenceMessage>,
    /// Links to copies of the photos that it names, good for minutes.
    photo_urls: Vec<String>,
    /// What moderators wrote.
    notes: Vec<NoteCard>,
    /// Earlier sanctions of the reported person.
    sanctions: Vec<SanctionCard>,
}

impl CaseCard {
    pub(super) async fn sign(case: Case, media: &MediaStore) -> Result<Self, ApiError> {
        let mut photo_urls = Vec::with_capacity(case.photos.len());
        for key in &case.photos {
            photo_urls.push(media.presign_get(key, LINK_LIFE).await?.url.to_string());
        }
        Ok(Self {
            report: QueuedReport::of(case.report, &case.names),
            messages: case.messages.into_iter().map(EvidenceMessage::from).collect(),
            photo_urls,
            notes: case.notes.into_iter().map(|note| NoteCard::of(note, &case.names)).collect(),
            sanctions: case.sanctions.into_iter().map(SanctionCard::from).collect(),
        })
    }
}

/// A sanction and what its person says against it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AppealedCard {
    /// Whose it is.
    user: NamedCard,
    /// The sanction, with the appeal.
    sanction: SanctionCard,
}

impl AppealedCard {
    pub(super) fn of(sanction: Sanction, names: &Names) -> Self {
        Self { user: NamedCard::of(Some(sanction.user), names), sanction: sanction.into() }
    }
}
