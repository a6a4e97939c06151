//! What all tests stand on.

pub mod app;
pub mod builders;
pub mod cases;
pub mod client;
pub mod consistency;
pub mod db;
pub mod foreign;
pub mod gate;
pub mod mail_server;
pub mod mailbox;
pub mod parts;
pub mod store;
pub mod wait;

pub use app::{SECRET, TestApp};
pub use builders::{PASSWORD, Someone, befriend, forget_moves, someone};
pub use client::{Answer, Client, patiently};
pub use consistency::assert_consistent;
pub use mail_server::MailServer;
pub use mailbox::{letters, mailed};
pub use store::Store;
pub use wait::eventually;
