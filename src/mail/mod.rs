//! What is mailed to people: proof that an address is theirs, new passwords, warnings; and what became of each mail.
//!
//! No answer tells whether an address has an account: whoever asks gets the same bytes after the same work, and only
//! the job behind it looks, and writes to the address.

mod actions;
mod asks;
mod change;
mod delivery;
mod error;
pub mod http;
mod kind;
pub mod link_http;
pub mod page;
mod queries;
mod reset;
mod row_queries;
mod texts;
mod token;

pub use actions::{Mail, MailPosition, MailRow, ask_to_prove, forget, list, purge, resend, verify};
pub use asks::Asks;
pub use change::{AddressState, change_address, undo_change};
pub use delivery::{SendMail, deliver, notify};
pub use error::MailError;
pub use kind::{MailKind, MailState};
pub use reset::{ForgotPassword, answer_forgotten, forget_password, reset_password};
pub use token::MailToken;
