//! Yes and no: decisions, the later pile, who liked me, matches, and the one predicate of who may be decided on.
//!
//! A match's conversation row is made with the match, so it lives here; what is said in it is `messages`'.

mod backdating;
mod blocking;
pub mod blocks_http;
mod cards;
mod decisions;
mod error;
pub mod http;
mod matched;
mod matched_queries;
mod pair;
mod parting;
mod parting_queries;
mod person;
mod piles;
mod queries;

pub use backdating::{backdate_decision, backdate_last, backdate_later, backdate_match};
pub use blocking::{Blocked, block, list_blocks, may_name, may_see, unblock};
pub use decisions::{Decided, Viewer, complete_viewer, decide, undo};
pub use error::MatchError;
pub use matched::{
    Match, MatchPosition, are_matched, conversation_between, conversations, find_match, list_matches,
    lock_open_conversation, note_message, note_read, take_seq, unmatch,
};
pub use pair::MatchId;
pub use parting::part;
pub use person::{Person, people, person, with_people};
pub use piles::{Pile, PileEntry, PilePosition, drop_later, list_pile, put_later};
