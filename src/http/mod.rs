//! What every route shares: errors, extractors, pages.
