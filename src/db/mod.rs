//! PostgreSQL through diesel.

pub mod embedded;
