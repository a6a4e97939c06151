//! What all tests stand on.

pub mod app;
pub mod builders;
pub mod client;
pub mod consistency;
pub mod db;

pub use app::TestApp;
pub use builders::{Someone, befriend, someone};
pub use client::{Answer, Client};
pub use consistency::assert_consistent;
