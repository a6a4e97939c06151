//! Settings of the rate limits.

use super::{Preset, Setting, row};

const LIMITS: &str = "Rate limits";

const fn limit(name: &'static str, rate: &'static str, help: &'static str) -> Setting {
    row(name, LIMITS, Preset::Value(rate), help)
}

pub(in crate::config) static RATE_LIMITS: Setting = row(
    "FRIENDER_RATE_LIMITS",
    LIMITS,
    Preset::Value("on"),
    "on or off. Off is for tests and trials and refused in production. Each server counts for itself.",
);
pub(in crate::config) static LIMIT_READS: Setting = limit(
    "FRIENDER_LIMIT_READS",
    "600/min",
    "GET requests of an account, or of an address without one, as COUNT/PERIOD: 600/min, 10/15min, 20/h, 1000/day.",
);
pub(in crate::config) static LIMIT_READ_BURST: Setting =
    limit("FRIENDER_LIMIT_READ_BURST", "200", "GET requests that may come at once, 1 to 1000000.");
pub(in crate::config) static LIMIT_WRITES: Setting = limit(
    "FRIENDER_LIMIT_WRITES",
    "120/min",
    "All other requests of an account, or of an address without one.",
);
pub(in crate::config) static LIMIT_SIGN_UPS: Setting =
    limit("FRIENDER_LIMIT_SIGN_UPS", "20/h", "New accounts from an address.");
pub(in crate::config) static LIMIT_FAILED_LOGINS: Setting = limit(
    "FRIENDER_LIMIT_FAILED_LOGINS",
    "10/15min",
    "Failed logins for an account and from an address; after that one comes free every 90 seconds.",
);
pub(in crate::config) static LIMIT_MAILS: Setting =
    limit("FRIENDER_LIMIT_MAILS", "5/h", "Mails that can be asked for, for an account and from an address.");
pub(in crate::config) static LIMIT_DECISIONS: Setting =
    limit("FRIENDER_LIMIT_DECISIONS", "1000/day", "Yes and no of an account.");
pub(in crate::config) static LIMIT_MESSAGES: Setting =
    limit("FRIENDER_LIMIT_MESSAGES", "60/min", "Messages of an account.");
pub(in crate::config) static LIMIT_UPLOADS: Setting =
    limit("FRIENDER_LIMIT_UPLOADS", "120/h", "Uploads of an account.");
pub(in crate::config) static LIMIT_REPORTS: Setting =
    limit("FRIENDER_LIMIT_REPORTS", "20/day", "Reports by an account.");
pub(in crate::config) static TRUSTED_PROXIES: Setting = Setting {
    sample: "10.0.0.0/8,2001:db8::/32",
    ..row(
        "FRIENDER_TRUSTED_PROXIES",
        LIMITS,
        Preset::Unset("nobody: a client's address is the connection's"),
        "Addresses or networks of the proxies in front of the server, separated by commas; what they say of a client's address is believed.",
    )
};
pub(in crate::config) static PROXY_HEADER: Setting = limit(
    "FRIENDER_PROXY_HEADER",
    "x-forwarded-for",
    "The header in which those proxies say it: x-forwarded-for or forwarded. The other one is never read.",
);
