//! Front ends that others wrote, and clients of the five documents: each sends exactly what it always sent, and reads what
//! it always read.

mod browser;
mod crowd;
mod documents;
mod front_a;
mod front_b;
mod junk;
