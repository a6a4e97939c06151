//! A place on the globe.

use geoutils::Location;

const METRES_A_MILE: f64 = 1609.344;

/// Degrees north and east, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees north, -90 to 90.
    pub latitude: f64,
    /// Degrees east, -180 to 180.
    pub longitude: f64,
}

impl Point {
    /// Great-circle distance in international miles (1,609.344 m): geoutils' haversine formula on a sphere of 6,371 km,
    /// which it rounds to the millimetre. Within 0.6 % of the true distance; the same both ways; exactly 0 to itself.
    #[must_use]
    pub fn miles_to(&self, other: &Self) -> f64 {
        self.location().haversine_distance_to(&other.location()).meters() / METRES_A_MILE
    }

    fn location(self) -> Location {
        Location::new_const(self.latitude, self.longitude)
    }

    /// The point as a vector from the centre of a globe of radius 1.
    pub(super) fn unit_vector(self) -> [f64; 3] {
        let (latitude, longitude) = (self.latitude.to_radians(), self.longitude.to_radians());
        [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
    }
}

/// The globe's radius in miles, as geoutils has it.
pub(super) const GLOBE_RADIUS_MILES: f64 = 6_371_000.0 / METRES_A_MILE;

#[cfg(test)]
mod tests {
    use super::*;

    const NEW_YORK: Point = Point { latitude: 40.7507, longitude: -73.9973 };
    const LOS_ANGELES: Point = Point { latitude: 34.0522, longitude: -118.2437 };

    #[test]
    fn known_distance() {
        let miles = NEW_YORK.miles_to(&LOS_ANGELES);
        assert!((2_440.0..2_450.0).contains(&miles), "{miles}");
    }

    #[test]
    fn same_both_ways_and_nothing_to_itself() {
        assert_eq!(NEW_YORK.miles_to(&LOS_ANGELES).to_bits(), LOS_ANGELES.miles_to(&NEW_YORK).to_bits());
        assert_eq!(NEW_YORK.miles_to(&NEW_YORK), 0.0);
    }

    #[test]
    fn a_degree_of_latitude_is_69_miles() {
        let north = Point { latitude: NEW_YORK.latitude + 1.0, ..NEW_YORK };
        assert!((NEW_YORK.miles_to(&north) - 69.09).abs() < 0.01);
    }
}
