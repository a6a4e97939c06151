//! Uploading photos, and looking at them.

mod faults;
mod gate;
mod ground;
mod limits;
mod links;
mod pictures;
mod uploads;
