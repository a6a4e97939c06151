//! The limits that belong to no single slice.

// Of a head, actix reads at most 128 KiB and 96 headers; both are constants of its own.

/// Bytes of a JSON body. A full sign-up form has about 6 kB.
pub const MAX_BODY: usize = 64 * 1024;

/// Bytes of one text part of a multipart form.
pub const MAX_TEXT_PART: usize = 16 * 1024;

/// Items of a list when the client names no `limit`.
pub const LIST_DEFAULT: u32 = 20;

/// The largest `limit` that a list accepts.
pub const LIST_MAX: u32 = 100;
