//! Uploading photos, and looking at them.

pub mod direct;
pub mod documents;
mod faults;
pub mod ground;
mod hostile;
mod kills;
mod limits;
pub mod links;
mod logged;
mod manage;
#[cfg(target_os = "linux")]
mod memory;
pub mod pictures;
mod profile_image;
mod reaper;
mod repeats;
mod steps;
mod trail;
mod trap;
mod uploads;
