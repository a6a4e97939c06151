//! The integration tests: one binary, real PostgreSQL, real S3 protocol, real HTTP. `make test` runs them.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    unreachable_pub,
    reason = "a test that fails may panic, and nobody imports a test binary"
)]

mod access;
mod accounts;
mod away;
mod bad_input;
mod blocks;
mod classic;
mod conversations;
mod decisions;
mod deck_model;
mod deck_reference;
mod discovery;
mod durability;
mod examples;
mod faults;
mod fuzz;
mod house;
mod http;
mod jobs;
mod limits;
mod mail;
mod matches;
mod media;
mod messages;
mod moderation;
mod moves;
mod operator;
mod own_data;
mod photos;
mod piles;
mod privacy;
mod schema;
mod secrets;
mod soak;
mod story;
mod support;
mod web;
