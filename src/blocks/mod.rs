//! Who blocked whom. A block is silence both ways; `matches` draws what follows from it for two people.

mod actions;
mod block;
mod queries;

pub use actions::{add, has_blocked, is_between, list, remove};
pub use block::{Block, BlockPosition, no_block_sql};
