//! The store of photos, and what is taken into it.

use super::{Exposure, Preset, Setting, row};

const STORAGE: &str = "Photo storage";
const PHOTOS: &str = "Photos";

pub(in crate::config) static BUCKET: Setting = Setting {
    aliases: &["BUCKET_NAME", "AWS_BUCKET_NAME"],
    sample: "my-friender-photos",
    ..row(
        "S3_BUCKET_NAME",
        STORAGE,
        Preset::Unset("a private store in the data folder"),
        "The S3 bucket for photos.",
    )
};
pub(in crate::config) static REGION: Setting = Setting {
    aliases: &["AWS_DEFAULT_REGION"],
    ..row("AWS_REGION", STORAGE, Preset::Value("us-east-1"), "The bucket's region.")
};
pub(in crate::config) static ACCESS_KEY_ID: Setting = Setting {
    exposure: Exposure::Tail,
    ..row(
        "AWS_ACCESS_KEY_ID",
        STORAGE,
        Preset::Unset("AWS's own chain of credentials, where a bucket is named"),
        "Key for the bucket; goes with AWS_SECRET_ACCESS_KEY.",
    )
};
pub(in crate::config) static SECRET_ACCESS_KEY: Setting = Setting {
    exposure: Exposure::Secret,
    ..row(
        "AWS_SECRET_ACCESS_KEY",
        STORAGE,
        Preset::Unset("AWS's own chain of credentials, where a bucket is named"),
        "Secret key for the bucket; goes with AWS_ACCESS_KEY_ID.",
    )
};
pub(in crate::config) static SESSION_TOKEN: Setting = Setting {
    exposure: Exposure::Secret,
    ..row("AWS_SESSION_TOKEN", STORAGE, Preset::Unset("none"), "Only with temporary keys.")
};
pub(in crate::config) static ENDPOINT: Setting = Setting {
    sample: "https://s3.example.com",
    ..row("S3_ENDPOINT_URL", STORAGE, Preset::Unset("Amazon's"), "Another S3-compatible store than Amazon's.")
};
pub(in crate::config) static PUBLIC_ENDPOINT: Setting = Setting {
    sample: "https://photos.example.com",
    ..row(
        "S3_PUBLIC_ENDPOINT_URL",
        STORAGE,
        Preset::Unset("the same as the server's own"),
        "Where browsers reach the store, if not where the server does; presigned URLs carry it.",
    )
};
pub(in crate::config) static S3_ADDR: Setting = Setting {
    sample: "127.0.0.1:8081",
    ..row(
        "FRIENDER_S3_ADDR",
        STORAGE,
        Preset::Unset("FRIENDER_ADDR's address, the next port"),
        "Address and port of the private photo store.",
    )
};
pub(in crate::config) static APPLY_CORS: Setting = row(
    "FRIENDER_S3_APPLY_CORS",
    STORAGE,
    Preset::Value("on"),
    "on or off: at start, let scripts of our origins use the bucket's presigned URLs; friender storage setup does it, too.",
);

pub(in crate::config) static URL_EXPIRATION: Setting = row(
    "PRESIGNED_URL_EXPIRATION",
    PHOTOS,
    Preset::Value("300"),
    "Seconds that links to one's own uploads and downloads live, 1 to 604800; links to other people's photos never live longer than 300.",
);
pub(in crate::config) static MAX_FILE_SIZE: Setting = row(
    "MAX_FILE_SIZE",
    PHOTOS,
    Preset::Value("20971520"),
    "Largest file taken, in bytes or as 20MiB or 20MB; 1GiB at most.",
);
pub(in crate::config) static ALLOWED_FILE_TYPES: Setting = row(
    "ALLOWED_FILE_TYPES",
    PHOTOS,
    Preset::Value("jpeg,png,webp"),
    "File types taken, by extension or MIME type, separated by commas: jpeg, png, webp for photos; pdf, txt, csv, docx, xlsx, odt for documents, which stay private to their owner.",
);
pub(in crate::config) static MAX_PHOTOS: Setting =
    row("FRIENDER_MAX_PHOTOS", PHOTOS, Preset::Value("9"), "Photos a person may have, 1 to 100.");
pub(in crate::config) static MAX_DOCUMENTS: Setting = row(
    "FRIENDER_MAX_DOCUMENTS",
    PHOTOS,
    Preset::Value("20"),
    "Documents a person may have, 1 to 100, if ALLOWED_FILE_TYPES lets any in.",
);
