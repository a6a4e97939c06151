//! What everybody may have of their own data: a copy of everything, and its end.

mod archive;
mod deletion;
mod erasure;
mod erasure_queries;
mod error;
mod exported;
mod exports;
pub mod http;
mod personal_queries;
mod queries;

pub use deletion::{ComeBack, Leaving, ask_deletion, come_back, leave};
pub use erasure::{EraseAccount, erase, erase_overdue};
pub use error::PrivacyError;
pub use exported::{EXPORTED, Exported};
pub use exports::{Export, ExportState, MakeExport, ask_export, export_of, make_export, remove_expired};
