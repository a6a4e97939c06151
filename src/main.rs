//! The command line of Friender.

fn main() {}
