//! Uploading photos, and looking at them.

pub mod direct;
mod faults;
pub mod ground;
mod limits;
pub mod links;
mod manage;
pub mod pictures;
mod profile_image;
mod reaper;
mod repeats;
mod trail;
mod uploads;
