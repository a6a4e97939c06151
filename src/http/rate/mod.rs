//! Rate limits: how often an account or an address may do what.
//!
//! They are counted in this process. Several servers behind a balancer each count for themselves, so that together they
//! let through as many times more; a restart forgets what was counted.

mod address;
mod bucket;
mod caller;
mod class;
mod document;
mod limits;
mod login;
mod middleware;

pub use address::ClientAddress;
pub use caller::Caller;
pub use class::{Class, Face};
pub use document::document_limits;
pub use limits::{Identify, LimitKey, RateLimits};
pub use login::LoginAttempt;
pub use middleware::limit_rates;
