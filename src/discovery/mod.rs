//! The deck: who is shown to whom, in which order, and why it may be empty.

mod actions;
pub mod http;
mod queries;
mod ranking;

pub use actions::{Deck, EmptyDeck, deck, deck_order};
pub use ranking::{ACTIVE_POINTS, BAND_POINTS, LIKED_ME, REACHES_ME, shuffled};
