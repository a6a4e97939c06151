//! Uploading photos, and looking at them.

pub mod direct;
mod faults;
pub mod ground;
mod limits;
pub mod links;
pub mod pictures;
mod repeats;
mod uploads;
