//! Accounts, see below.
