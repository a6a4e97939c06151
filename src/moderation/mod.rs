//! Reports, what moderators decide on them, and what follows: warnings, suspensions, bans and appeals.

mod cards;
mod error;
mod evidence;
mod ground;
pub mod http;
pub mod moderator_http;
mod queue;
mod report;
mod report_queries;
mod reports;
mod sanction;
mod sanction_queries;
mod sanctions;

pub use error::ModerationError;
pub use evidence::{ForgetEvidence, RETENTION, forget, part};
pub use ground::Ground;
pub use queue::{Case, Names, add_note, answer_appeal, appeals, case, decide, queue};
pub use report::{Detail, Note, Outcome, QuotedMessage, Report, ReportPosition, Statement};
pub use reports::{ReportForm, own_reports, report};
pub use sanction::{Decision, Sanction, SanctionKind};
pub use sanctions::{EndSuspension, appeal, end_suspension, own_sanctions, standing_sanction};
