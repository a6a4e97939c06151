//! Friender: like Tinder, but for making friends as an adult.
//!
//! The ground floor knows nothing of people; the slices stand on it. ARCHITECTURE.md draws the house.

// The ground floor.
pub mod config;
pub mod data_dir;
pub mod db;
pub mod geo;
pub mod http;
pub mod jobs;
pub mod mailer;
pub mod media;
pub mod telemetry;
pub mod text;
pub mod web;

// The slices: accounts < mail < profiles < photos < blocks < matches < discovery < messages < moderation < privacy < people < classic.
pub mod accounts;
pub mod blocks;
pub mod classic;
pub mod discovery;
pub mod mail;
pub mod matches;
pub mod memory;
pub mod messages;
pub mod moderation;
pub mod people;
pub mod photos;
pub mod privacy;
pub mod profiles;

// What sees everything.
pub mod app;
mod background;
pub mod backing;
pub mod banner;
mod chores;
pub mod cli;
pub mod doctor;
pub mod operator;
pub mod routes;
pub mod seed;
pub mod stop;
pub mod storage_setup;
