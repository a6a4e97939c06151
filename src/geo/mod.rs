//! ZIP codes, points and distances.
//!
//! Distances are great-circle miles between the ZIP codes' centres ([`Point::miles_to`]); what leaves this room for others' eyes is a [`Band`].
//! ZIP_CODES.md names the table's sources and licences.

mod band;
mod nearby;
mod place;
mod point;
mod table;
mod zip_code;

pub use band::{Band, EDGES, effective_radius};
pub use nearby::{Nearby, Run};
pub use place::Place;
pub use point::Point;
pub use table::{ZipTable, zip_table};
pub use zip_code::{ZipCode, ZipCodeError};
