//! The one table of settings. `.env.example`, the README's table, the loader and its messages all read it.

/// What holds when nobody sets a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preset {
    /// This value.
    Value(&'static str),
    /// Nothing, and what happens then, in a few words.
    Unset(&'static str),
}

/// How much of a value may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    /// All of it.
    Plain,
    /// Its last four characters.
    Tail,
    /// A URL without its password.
    Url,
    /// Nothing.
    Secret,
}

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// The name in the environment and in `.env`.
    pub name: &'static str,
    /// Other names it answers to, after its own.
    pub aliases: &'static [&'static str],
    /// The heading it stands under.
    pub group: &'static str,
    /// What holds when it is not set.
    pub preset: Preset,
    /// What `.env.example` shows when there is no default.
    pub sample: &'static str,
    /// One line for people.
    pub help: &'static str,
    /// How much of its value may be shown.
    pub exposure: Exposure,
}

impl Setting {
    /// Whether a message must not quote the value.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.exposure != Exposure::Plain
    }

    /// The key in the TOML file: lower case, without `FRIENDER_`.
    #[must_use]
    pub fn key(&self) -> String {
        key_of(self.name)
    }

    /// Its name, then its aliases.
    pub fn names(&self) -> impl Iterator<Item = &'static str> + use<> {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// The TOML spelling of an environment name.
pub(super) fn key_of(name: &str) -> String {
    name.strip_prefix("FRIENDER_").unwrap_or(name).to_ascii_lowercase()
}

const fn row(name: &'static str, group: &'static str, preset: Preset, help: &'static str) -> Setting {
    Setting { name, aliases: &[], group, preset, sample: "", help, exposure: Exposure::Plain }
}

const SERVER: &str = "Server";
const DATABASE: &str = "Database";
const STORAGE: &str = "Photo storage";
const PHOTOS: &str = "Photos";
const ACCOUNTS: &str = "Accounts";
const LOGS: &str = "Logs";

pub(super) static CONFIG: Setting = Setting {
    sample: "friender.toml",
    ..row(
        "FRIENDER_CONFIG",
        SERVER,
        Preset::Unset("friender.toml in the working folder, if there is one"),
        "The TOML file with settings. Keys are these names in lower case without FRIENDER_.",
    )
};
pub(super) static ENV: Setting = row(
    "FRIENDER_ENV",
    SERVER,
    Preset::Value("development"),
    "development or production. Production refuses to start with generated secrets or without rate limits.",
);
pub(super) static ADDR: Setting = row(
    "FRIENDER_ADDR",
    SERVER,
    Preset::Value("127.0.0.1:8080"),
    "Address and port to listen on. Port 0 takes any free one.",
);
pub(super) static DATA_DIR: Setting = row(
    "FRIENDER_DATA_DIR",
    SERVER,
    Preset::Value("./.friender"),
    "Folder of the private database, the private photo store and the generated secrets.",
);
pub(super) static CORS_ORIGINS: Setting = Setting {
    sample: "http://localhost:3000,http://localhost:5173",
    ..row(
        "FRIENDER_CORS_ORIGINS",
        SERVER,
        Preset::Unset("no other origin"),
        "Web origins that may call the API from a browser: exact (scheme://host[:port]), separated by commas.",
    )
};
pub(super) static RATE_LIMITS: Setting = row(
    "FRIENDER_RATE_LIMITS",
    SERVER,
    Preset::Value("on"),
    "on or off. Off is for tests and trials and refused in production.",
);

pub(super) static DATABASE_URL: Setting = Setting {
    exposure: Exposure::Url,
    sample: "postgres://friender:password@localhost/friender",
    ..row(
        "DATABASE_URL",
        DATABASE,
        Preset::Unset("a private PostgreSQL in the data folder"),
        "The PostgreSQL database to use.",
    )
};
pub(super) static DATABASE_POOL: Setting = row(
    "FRIENDER_DATABASE_POOL",
    DATABASE,
    Preset::Value("16"),
    "Connections to the database at most, 1 to 1000.",
);
pub(super) static PG_BIN: Setting = Setting {
    sample: "/usr/lib/postgresql/17/bin",
    ..row(
        "FRIENDER_PG_BIN",
        DATABASE,
        Preset::Unset("looked for in the usual places"),
        "Folder with postgres, initdb and pg_ctl for the private PostgreSQL.",
    )
};

pub(super) static BUCKET: Setting = Setting {
    aliases: &["BUCKET_NAME", "AWS_BUCKET_NAME"],
    sample: "my-friender-photos",
    ..row(
        "S3_BUCKET_NAME",
        STORAGE,
        Preset::Unset("a private store in the data folder"),
        "The S3 bucket for photos.",
    )
};
pub(super) static REGION: Setting = Setting {
    aliases: &["AWS_DEFAULT_REGION"],
    ..row("AWS_REGION", STORAGE, Preset::Value("us-east-1"), "The bucket's region.")
};
pub(super) static ACCESS_KEY_ID: Setting = Setting {
    exposure: Exposure::Tail,
    ..row(
        "AWS_ACCESS_KEY_ID",
        STORAGE,
        Preset::Unset("AWS's own chain of credentials, where a bucket is named"),
        "Key for the bucket; goes with AWS_SECRET_ACCESS_KEY.",
    )
};
pub(super) static SECRET_ACCESS_KEY: Setting = Setting {
    exposure: Exposure::Secret,
    ..row(
        "AWS_SECRET_ACCESS_KEY",
        STORAGE,
        Preset::Unset("AWS's own chain of credentials, where a bucket is named"),
        "Secret key for the bucket; goes with AWS_ACCESS_KEY_ID.",
    )
};
pub(super) static SESSION_TOKEN: Setting = Setting {
    exposure: Exposure::Secret,
    ..row("AWS_SESSION_TOKEN", STORAGE, Preset::Unset("none"), "Only with temporary keys.")
};
pub(super) static ENDPOINT: Setting = Setting {
    sample: "https://s3.example.com",
    ..row("S3_ENDPOINT_URL", STORAGE, Preset::Unset("Amazon's"), "Another S3-compatible store than Amazon's.")
};
pub(super) static PUBLIC_ENDPOINT: Setting = Setting {
    sample: "https://photos.example.com",
    ..row(
        "S3_PUBLIC_ENDPOINT_URL",
        STORAGE,
        Preset::Unset("the same as the server's own"),
        "Where browsers reach the store, if not where the server does; presigned URLs carry it.",
    )
};
pub(super) static S3_ADDR: Setting = Setting {
    sample: "127.0.0.1:8081",
    ..row(
        "FRIENDER_S3_ADDR",
        STORAGE,
        Preset::Unset("FRIENDER_ADDR's address, the next port"),
        "Address and port of the private photo store.",
    )
};

pub(super) static URL_EXPIRATION: Setting = row(
    "PRESIGNED_URL_EXPIRATION",
    PHOTOS,
    Preset::Value("300"),
    "Seconds that links to one's own uploads and downloads live, 1 to 604800; links to other people's photos never live longer than 300.",
);
pub(super) static MAX_FILE_SIZE: Setting = row(
    "MAX_FILE_SIZE",
    PHOTOS,
    Preset::Value("20971520"),
    "Largest photo taken, in bytes or as 20MiB or 20MB; 1GiB at most.",
);
pub(super) static MAX_PHOTOS: Setting =
    row("FRIENDER_MAX_PHOTOS", PHOTOS, Preset::Value("9"), "Photos a person may have, 1 to 100.");

pub(super) static JWT_SECRET: Setting = Setting {
    exposure: Exposure::Secret,
    ..row(
        "FRIENDER_JWT_SECRET",
        ACCOUNTS,
        Preset::Unset("generated into the data folder; required in production"),
        "Signs access tokens, at least 32 bytes: openssl rand -base64 48.",
    )
};
pub(super) static PASSWORD_PEPPER: Setting = Setting {
    exposure: Exposure::Secret,
    ..row(
        "FRIENDER_PASSWORD_PEPPER",
        ACCOUNTS,
        Preset::Unset("generated into the data folder; required in production"),
        "Mixed into every password hash, at least 32 bytes. Once lost, no password fits any more.",
    )
};
pub(super) static ACCESS_TTL: Setting = row(
    "FRIENDER_ACCESS_TTL",
    ACCOUNTS,
    Preset::Value("900"),
    "Seconds that an access token lives, 1 to 86400.",
);
pub(super) static BCRYPT_COST: Setting = row(
    "FRIENDER_BCRYPT_COST",
    ACCOUNTS,
    Preset::Value("12"),
    "Cost of password hashes, 4 to 16. Less than 12 is for tests and trials.",
);
pub(super) static BIRTH_DATE: Setting = row(
    "FRIENDER_BIRTH_DATE",
    ACCOUNTS,
    Preset::Value("optional"),
    "optional or required. A date that is given is always checked: adults only.",
);

pub(super) static LOG: Setting = row(
    "FRIENDER_LOG",
    LOGS,
    Preset::Value("info"),
    "Level, and levels by module, such as info,friender=debug: error, warn, info, debug, trace or off.",
);
pub(super) static LOG_FORMAT: Setting =
    row("FRIENDER_LOG_FORMAT", LOGS, Preset::Value("text"), "text or json, one line an event, on stderr.");

/// Every setting, in the order in which people read them.
pub static ALL: &[&Setting] = &[
    &CONFIG,
    &ENV,
    &ADDR,
    &DATA_DIR,
    &CORS_ORIGINS,
    &RATE_LIMITS,
    &DATABASE_URL,
    &DATABASE_POOL,
    &PG_BIN,
    &BUCKET,
    &REGION,
    &ACCESS_KEY_ID,
    &SECRET_ACCESS_KEY,
    &SESSION_TOKEN,
    &ENDPOINT,
    &PUBLIC_ENDPOINT,
    &S3_ADDR,
    &URL_EXPIRATION,
    &MAX_FILE_SIZE,
    &MAX_PHOTOS,
    &JWT_SECRET,
    &PASSWORD_PEPPER,
    &ACCESS_TTL,
    &BCRYPT_COST,
    &BIRTH_DATE,
    &LOG,
    &LOG_FORMAT,
];
