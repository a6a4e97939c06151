//! The private PostgreSQL cluster of the default set-up.
