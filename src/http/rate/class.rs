//! What is limited, and which routes count for it.

use actix_web::http::{Method, StatusCode};

use crate::config::{LimitsConfig, Rate};
use crate::http::unrouted::{below_mount, matches};

/// A kind of thing that can be done only so often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// GET and HEAD.
    Reads,
    /// All other requests.
    Writes,
    /// New accounts.
    SignUps,
    /// Logins that fail.
    FailedLogins,
    /// Mails that somebody has sent.
    Mails,
    /// Yes and no.
    Decisions,
    /// Messages.
    Messages,
    /// Uploads.
    Uploads,
    /// Reports of people.
    Reports,
}

/// Requests that count for more than reading and writing. Paths are the API's, without their mount.
static ROUTES: [(Method, &str, Class); 12] = [
    (Method::POST, "/users", Class::SignUps),
    (Method::POST, "/password/forgot", Class::Mails),
    (Method::POST, "/email/resend", Class::Mails),
    (Method::PUT, "/me/email", Class::Mails),
    (Method::POST, "/likes", Class::Decisions),
    (Method::POST, "/matches/{id}/messages", Class::Messages),
    (Method::POST, "/upload", Class::Uploads),
    (Method::POST, "/users/{id}/images", Class::Uploads),
    (Method::POST, "/upload-url", Class::Uploads),
    (Method::POST, "/profile/image", Class::Uploads),
    (Method::POST, "/files", Class::Uploads),
    (Method::POST, "/reports", Class::Reports),
];

/// A mount besides the API's, and which of its routes count for more than reading and writing.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    /// What its paths begin with.
    pub mount: &'static str,
    /// Methods, paths below the mount, and what they count for.
    pub routes: &'static [(Method, &'static str, Class)],
}

impl Face {
    /// The part of a path below it; `None` outside of it.
    #[must_use]
    pub fn below<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(self.mount).filter(|below| below.starts_with('/'))
    }
}

impl Class {
    /// All of them, in the order of their declaration.
    pub(super) const ALL: [Self; 9] = [
        Self::Reads,
        Self::Writes,
        Self::SignUps,
        Self::FailedLogins,
        Self::Mails,
        Self::Decisions,
        Self::Messages,
        Self::Uploads,
        Self::Reports,
    ];

    /// What a request counts for: nothing outside of the API and its faces, nor a browser's question whether it may ask.
    pub(super) fn of(method: &Method, path: &str, faces: &[Face]) -> Vec<Self> {
        let in_api = below_mount(path).map(|path| (path, ROUTES.as_slice()));
        let in_face = || faces.iter().find_map(|face| Some((face.below(path)?, face.routes)));
        let Some((path, routes)) = in_api.or_else(in_face).filter(|_| *method != Method::OPTIONS) else {
            return Vec::new();
        };
        let is_read = [Method::GET, Method::HEAD].contains(method);
        let mut classes = vec![if is_read { Self::Reads } else { Self::Writes }];
        let named = routes.iter().filter(|(of, template, _)| of == method && matches(template, path));
        classes.extend(named.map(|(.., class)| *class));
        classes
    }

    /// Its name in headers.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Writes => "writes",
            Self::SignUps => "sign-ups",
            Self::FailedLogins => "failed-logins",
            Self::Mails => "mails",
            Self::Decisions => "decisions",
            Self::Messages => "messages",
            Self::Uploads => "uploads",
            Self::Reports => "reports",
        }
    }

    /// What there was too much of, in a sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Reads | Self::Writes => "requests",
            Self::SignUps => "new accounts from here",
            Self::FailedLogins => "failed logins",
            Self::Mails => "mails asked for",
            Self::Decisions => "decisions",
            Self::Messages => "messages",
            Self::Uploads => "uploads",
            Self::Reports => "reports",
        }
    }

    pub(super) fn rate(self, config: &LimitsConfig) -> Rate {
        match self {
            Self::Reads => config.reads,
            Self::Writes => config.writes,
            Self::SignUps => config.sign_ups,
            Self::FailedLogins => config.failed_logins,
            Self::Mails => config.mails,
            Self::Decisions => config.decisions,
            Self::Messages => config.messages,
            Self::Uploads => config.uploads,
            Self::Reports => config.reports,
        }
    }

    /// How many may come at once.
    pub(super) fn burst(self, config: &LimitsConfig) -> u32 {
        if self == Self::Reads { config.read_burst } else { self.rate(config).count }
    }

    /// Whether it is counted by address even for those who are signed in.
    pub(super) fn is_by_address(self) -> bool {
        self == Self::SignUps
    }

    /// Whether a request with this outcome is not counted: a form that has to be corrected makes no account.
    pub(super) fn forgives(self, status: StatusCode) -> bool {
        self == Self::SignUps && status.is_client_error() && status != StatusCode::CONFLICT
    }
}
