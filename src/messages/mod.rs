//! What matched people write to each other.

mod actions;
pub mod http;
mod message;
mod queries;

pub use actions::{MessageError, Sent, backdate_message, history, mark_read, quote, send};
pub use message::{Body, Message};
