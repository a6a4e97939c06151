//! What must hold for whoever reads strangers' bytes, one file for each fuzz target. tests/it/fuzz.rs reads these files as
//! well, so that what is fuzzed outside of CI still builds and holds inside of it.

pub mod cursors;
pub mod images;
pub mod multipart;
pub mod tags;
pub mod tokens;
