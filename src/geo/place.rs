//! A ZIP code's place.

use super::point::Point;
use super::zip_code::ZipCode;

/// One ZIP code's row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// The ZIP code.
    pub zip: ZipCode,
    /// The middle of its area; for PO boxes often the town's.
    pub point: Point,
    /// The town, like "Beverly Hills".
    pub name: &'static str,
    /// Two letters, like "CA"; the District of Columbia and the territories have theirs, too.
    pub state: &'static str,
}
