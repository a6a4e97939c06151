//! What the mails say: all of it, in one place. Plain text is the original; the HTML is made from it.

use super::kind::MailKind;

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// The mail about `kind` to somebody called `name`. `link` is where its button leads, if it has one.
pub(super) fn text(kind: MailKind, name: &str, link: &str) -> Text {
    let Words { subject, before, button, after } = words(kind);
    let mut text = format!("Hello {name},\n\n{before}\n\n");
    let mut html = format!("<p>Hello {},</p>\n{}", escaped(name), paragraphs(before));
    if !button.is_empty() {
        text.push_str(&format!("{button}:\n{link}\n\n"));
        html.push_str(&format!(
            "<p><a href=\"{0}\" style=\"display:inline-block;padding:12px 20px;border-radius:8px;\
             background:#1f6f54;color:#ffffff;text-decoration:none\">{button}</a></p>\n\
             <p style=\"color:#666666;font-size:13px\">Or copy this address into your browser:<br>{0}</p>\n",
            escaped(link)
        ));
    }
    text.push_str(&format!("{after}\n\nYour Friender\n"));
    html.push_str(&paragraphs(after));
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{subject}</title></head>\n\
         <body style=\"font-family:sans-serif;max-width:34rem;margin:2rem auto;line-height:1.5;color:#222222\">\n\
         {html}<p>Your Friender</p>\n</body></html>\n"
    );
    Text { subject: subject.to_owned(), text, html }
}

struct Words {
    subject: &'static str,
    before: &'static str,
    /// Empty if there is nothing to do.
    button: &'static str,
    after: &'static str,
}

fn words(kind: MailKind) -> Words {
    let (subject, before, button, after) = match kind {
        MailKind::Verify => (
            "Please confirm your email address",
            "welcome! One click tells us that this address is yours. From then on you can log in with it, and get a \
             new password if you ever forget yours.",
            "Confirm my address",
            "The link is good for two days. If you didn't give us this address, do nothing: nothing will happen.",
        ),
        MailKind::ChangeOld => (
            "Do you want to change your email address?",
            "somebody who is logged in to your account wants it to have another email address. We change it once you \
             agree here, and at the new address, too.",
            "Yes, change it",
            "The link is good for two days. If this wasn't you, do nothing, and change your password soon: somebody \
             knows it.",
        ),
        MailKind::ChangeNew => (
            "Please confirm your new email address",
            "one click tells us that this address is yours. Your account gets it once the old address has agreed, too.",
            "Confirm my new address",
            "The link is good for two days. If you didn't give us this address, do nothing: nothing will happen.",
        ),
        MailKind::Changed => (
            "Your email address was changed",
            "your account has another email address now, as was confirmed at both addresses. Mails go to the new one \
             from here on.",
            "Undo the change",
            "For two days you can undo it: the link brings this address back, logs everybody out, and lets you choose \
             a new password. If you wanted the change, there is nothing to do.",
        ),
        MailKind::Reset => (
            "Choose a new password",
            "you asked for a new password.",
            "Choose a new password",
            "The link is good for one hour, and once. It logs you out everywhere else. If you didn't ask for it, do \
             nothing: your old password stays.",
        ),
        MailKind::PasswordChanged => (
            "Your password was changed",
            "your account has a new password, chosen with a link that we mailed to you. You were logged out everywhere.",
            "",
            "If this wasn't you, somebody reads your mails: secure your mailbox first, then ask for a new password at \
             the login.",
        ),
        MailKind::AddressTaken => (
            "You already have an account",
            "somebody, perhaps you, just gave this address for another account. It is yours, so we did nothing.",
            "",
            "If that was you: just log in, or ask for a new password at the login. If it wasn't, there is nothing to do.",
        ),
        MailKind::Deletion => (
            "Your account is going to be deleted",
            "as you asked, your account is out of everybody's sight now, and will be deleted for good soon, with your \
             photos and everything else. The app told you the day.",
            "",
            "Changed your mind? Log in before that day: everything will be as it was.",
        ),
        MailKind::ExportReady => (
            "Your copy of everything is ready",
            "the copy of everything that we keep of you is ready. Log in to fetch it.",
            "",
            "It is removed after seven days. If you didn't ask for it, change your password soon: somebody knows it.",
        ),
    };
    Words { subject, before, button, after }
}

fn paragraphs(text: &str) -> String {
    format!("<p>{}</p>\n", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_have_name_and_link_and_names_are_no_html() {
        let said = text(MailKind::Verify, "<b>Ada & Bob</b>", "https://h.example/mail-link#verify=abc");
        assert!(said.text.contains("Hello <b>Ada & Bob</b>,") && said.text.contains("#verify=abc\n"));
        assert!(said.html.contains("Hello &lt;b&gt;Ada &amp; Bob&lt;/b&gt;,"), "{}", said.html);
        assert_eq!(said.html.matches("https://h.example/mail-link#verify=abc").count(), 2);
    }

    #[test]
    fn what_has_a_key_has_a_button_and_nothing_else_has() {
        for kind in MailKind::ALL.iter().copied() {
            assert_eq!(
                kind.key_life().is_some(),
                text(kind, "Ada", "LINK").text.contains("LINK"),
                "{kind:?}"
            );
        }
    }
}
