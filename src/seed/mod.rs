//! People to look at: the hand-made ones of `seed/` with the demo login's story, and crowds of any size.
//!
//! The hand-made people come by the same verbs as everybody else; only the crowd is copied in. Running it again adds
//! what is missing and changes nothing else, also after a run that was killed half-way.

pub mod crowd;
mod data;
mod demo;
mod error;
mod person;
mod reset;
mod run;
mod story;
#[cfg(test)]
mod tests;

pub use error::SeedError;
pub use run::{Seeded, Seeder, demo_login, may_reset, may_seed, or_stopped};
