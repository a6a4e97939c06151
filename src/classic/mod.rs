//! Other faces of the same actions: what Friender front ends written by others, and clients of the five documents, send
//! and read. Whatever is odd lives here; no table and no rule does.

mod accounts_http;
mod cards;
mod documents_http;
mod files_http;
mod house;
mod http;
mod people_http;
mod texts;

pub use http::{FACE, configure};
