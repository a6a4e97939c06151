//! Uploading photos, and looking at them.

pub mod direct;
mod faults;
mod gate;
pub mod ground;
mod limits;
pub mod links;
pub mod pictures;
mod uploads;
