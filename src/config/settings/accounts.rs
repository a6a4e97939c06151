//! Passwords, tokens and who may sign up.

use super::{Exposure, Preset, Setting, row};

const ACCOUNTS: &str = "Accounts";

pub(in crate::config) static JWT_SECRET: Setting = Setting {
    exposure: Exposure::Secret,
    ..row(
        "FRIENDER_JWT_SECRET",
        ACCOUNTS,
        Preset::Unset("generated into the data folder; required in production"),
        "Signs access tokens, at least 32 bytes: openssl rand -base64 48.",
    )
};
pub(in crate::config) static JWT_SECRET_PREVIOUS: Setting = Setting {
    exposure: Exposure::Secret,
    ..row(
        "FRIENDER_JWT_SECRET_PREVIOUS",
        ACCOUNTS,
        Preset::Unset("none"),
        "Another secret whose tokens are good, too, while secrets are exchanged (docs/sessions.md).",
    )
};
pub(in crate::config) static COOKIES: Setting = row(
    "FRIENDER_COOKIES",
    ACCOUNTS,
    Preset::Value("off"),
    "on or off. On, login also sets an HttpOnly cookie, for front ends served from the API's own origin.",
);
pub(in crate::config) static PASSWORD_PEPPER: Setting = Setting {
    exposure: Exposure::Secret,
    ..row(
        "FRIENDER_PASSWORD_PEPPER",
        ACCOUNTS,
        Preset::Unset("generated into the data folder; required in production"),
        "Mixed into every password hash, at least 32 bytes. Once lost, no password fits any more.",
    )
};
pub(in crate::config) static PASSWORD_PEPPER_PREVIOUS: Setting = Setting {
    exposure: Exposure::Secret,
    ..row(
        "FRIENDER_PASSWORD_PEPPER_PREVIOUS",
        ACCOUNTS,
        Preset::Unset("none"),
        "Another pepper whose hashes are good, too, until their owners log in once more (docs/sessions.md).",
    )
};
pub(in crate::config) static ACCESS_TTL: Setting = row(
    "FRIENDER_ACCESS_TTL",
    ACCOUNTS,
    Preset::Value("900"),
    "Seconds that an access token lives, 1 to 86400.",
);
pub(in crate::config) static LONG_ACCESS_TTL: Setting = row(
    "FRIENDER_LONG_ACCESS_TTL",
    ACCOUNTS,
    Preset::Value("43200"),
    "The same for front ends that never renew theirs, 1 to 86400. A session's end stops them all the same.",
);
pub(in crate::config) static BCRYPT_COST: Setting = row(
    "FRIENDER_BCRYPT_COST",
    ACCOUNTS,
    Preset::Value("12"),
    "Cost of password hashes, 4 to 16. Less than 12 is for tests and trials.",
);
pub(in crate::config) static BIRTH_DATE: Setting = row(
    "FRIENDER_BIRTH_DATE",
    ACCOUNTS,
    Preset::Value("optional"),
    "optional or required. A date that is given is always checked: adults only.",
);
pub(in crate::config) static DELETION_GRACE: Setting = row(
    "FRIENDER_DELETION_GRACE",
    ACCOUNTS,
    Preset::Value("14"),
    "Days, 0 to 90, from the wish to delete an account to its erasure; a login meanwhile brings it back.",
);
