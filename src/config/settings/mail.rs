//! Mail and the links in it.

use super::{Exposure, Preset, Setting, row};

const MAIL: &str = "Mail";

pub(in crate::config) static SMTP_URL: Setting = Setting {
    exposure: Exposure::Url,
    sample: "smtps://user:password@mail.example.com",
    ..row(
        "FRIENDER_SMTP_URL",
        MAIL,
        Preset::Unset("mails are files in the data folder's outbox"),
        "The mail server: smtps://…, smtp://…?tls=required, or smtp://… without encryption.",
    )
};
pub(in crate::config) static MAIL_FROM: Setting = Setting {
    sample: "hello@example.com",
    ..row(
        "FRIENDER_MAIL_FROM",
        MAIL,
        Preset::Unset("Friender <friender@localhost>; required with a mail server"),
        "Whom mails are from.",
    )
};
pub(in crate::config) static PUBLIC_URL: Setting = Setting {
    sample: "https://friender.example.com",
    ..row(
        "FRIENDER_PUBLIC_URL",
        MAIL,
        Preset::Unset("the address that the server listens on; required with a mail server in production"),
        "Where people reach this server: what links in mails begin with.",
    )
};
