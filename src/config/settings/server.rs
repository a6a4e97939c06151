//! Where the server listens, what it keeps, its database and its logs.

use super::{Exposure, Preset, Setting, row};

const SERVER: &str = "Server";
const DATABASE: &str = "Database";
const LOGS: &str = "Logs";

pub(in crate::config) static CONFIG: Setting = Setting {
    sample: "friender.toml",
    ..row(
        "FRIENDER_CONFIG",
        SERVER,
        Preset::Unset("friender.toml in the working folder, if there is one"),
        "The TOML file with settings. Keys are these names in lower case without FRIENDER_.",
    )
};
pub(in crate::config) static ENV: Setting = row(
    "FRIENDER_ENV",
    SERVER,
    Preset::Value("development"),
    "development or production. Production refuses to start with generated secrets or without rate limits.",
);
pub(in crate::config) static ADDR: Setting = row(
    "FRIENDER_ADDR",
    SERVER,
    Preset::Value("127.0.0.1:8080"),
    "Address and port to listen on. Port 0 takes any free one.",
);
pub(in crate::config) static DATA_DIR: Setting = row(
    "FRIENDER_DATA_DIR",
    SERVER,
    Preset::Value("./.friender"),
    "Folder of the private database, the private photo store and the generated secrets.",
);
pub(in crate::config) static CORS_ORIGINS: Setting = Setting {
    sample: "http://localhost:3000,http://localhost:5173",
    ..row(
        "FRIENDER_CORS_ORIGINS",
        SERVER,
        Preset::Unset("no other origin"),
        "Web origins that may call the API from a browser: exact (scheme://host[:port]), separated by commas.",
    )
};
pub(in crate::config) static MAX_CONNECTIONS: Setting = row(
    "FRIENDER_MAX_CONNECTIONS",
    SERVER,
    Preset::Value("10000"),
    "Connections of clients at most, 16 to 1000000; more wait. The system's limit of open files must allow them.",
);
pub(in crate::config) static STOP_DELAY: Setting = row(
    "FRIENDER_STOP_DELAY",
    SERVER,
    Preset::Value("5"),
    "Seconds, 0 to 8, between SIGTERM and the end of listening. /readyz says 503 meanwhile, so that balancers look elsewhere.",
);
pub(in crate::config) static WEB: Setting = row(
    "FRIENDER_WEB",
    SERVER,
    Preset::Value("on"),
    "on or off: serve the web app at /. Off, / leads to /docs.",
);

pub(in crate::config) static DATABASE_URL: Setting = Setting {
    exposure: Exposure::Url,
    sample: "postgres://friender:password@localhost/friender",
    ..row(
        "DATABASE_URL",
        DATABASE,
        Preset::Unset("a private PostgreSQL in the data folder"),
        "The PostgreSQL database to use.",
    )
};
pub(in crate::config) static DATABASE_POOL: Setting = row(
    "FRIENDER_DATABASE_POOL",
    DATABASE,
    Preset::Value("16"),
    "Connections to the database at most, 1 to 1000.",
);
pub(in crate::config) static PG_BIN: Setting = Setting {
    sample: "/usr/lib/postgresql/17/bin",
    ..row(
        "FRIENDER_PG_BIN",
        DATABASE,
        Preset::Unset("looked for in the usual places"),
        "Folder with postgres, initdb and pg_ctl for the private PostgreSQL.",
    )
};

pub(in crate::config) static LOG: Setting = row(
    "FRIENDER_LOG",
    LOGS,
    Preset::Value("info"),
    "Level, and levels by module, such as info,friender=debug: error, warn, info, debug, trace or off.",
);
pub(in crate::config) static LOG_FORMAT: Setting =
    row("FRIENDER_LOG_FORMAT", LOGS, Preset::Value("text"), "text or json, one line an event, on stderr.");
