//! What the database promises: schema.rs says what is there, every step can be undone, and the rules that let the same
//! tables live on a cluster hold.

mod catalogue;
mod foreign_keys;
mod migrating;
mod table_macros;
mod tables;
