//! Work that outlives a request: written down with what it belongs to, done by whichever instance is free, done again
//! if that one is killed.
//!
//! A job is done at least once. A handler that was killed half-way runs again: it must bear that.

mod job;
mod queue;
mod worker;

pub use job::{Attempt, Job, JobError};
pub use queue::{dead_letters, enqueue, enqueue_at};
pub use worker::{Handlers, Pace, Stopping, Worker};
