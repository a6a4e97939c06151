//! A letter, and what is written down of it.

use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use uuid::Uuid;

use super::SendError;

/// A letter to one person, in plain text and in HTML.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Names it: in the Message-ID, so that a letter sent twice is shown once, and in the outbox.
    pub id: Uuid,
    /// The address.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// The link in it, if there is one.
    pub link: Option<String>,
}

impl Letter {
    /// The letter as mail programs read it.
    pub(super) fn message(&self, from: &Mailbox) -> Result<Message, SendError> {
        let to = self.to.parse().ok().filter(|_| self.to.is_ascii());
        let Some(to) = to else {
            return Err(SendError::Refused("The address has a form that few mail servers take.".to_owned()));
        };
        let (name, value) = (HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned());
        Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to))
            .subject(&self.subject)
            .message_id(Some(format!("<{}@friender>", self.id)))
            .raw_header(HeaderValue::new(name, value))
            .multipart(MultiPart::alternative_plain_html(self.text.clone(), self.html.clone()))
            .map_err(|error| SendError::Later(error.to_string()))
    }
}
