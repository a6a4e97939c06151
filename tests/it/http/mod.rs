//! What holds for every answer, and the pages beside the API.

mod cors;
mod etags;
mod headers;
mod health;
mod openapi;
mod pages;
mod schemathesis;
mod slow;
mod tokens;
