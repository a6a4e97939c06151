//! Uploading photos, and looking at them.

mod faults;
mod gate;
pub mod ground;
mod limits;
mod links;
pub mod pictures;
mod uploads;
