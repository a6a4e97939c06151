//! What all tests stand on.

pub mod app;
pub mod builders;
pub mod client;
pub mod db;

pub use app::TestApp;
pub use builders::{Someone, someone};
pub use client::{Answer, Client};
