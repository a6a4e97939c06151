//! Which ZIP codes lie within an edge of a point: one pass over unit vectors, exact at the borders.

use super::band::{Band, effective_radius};
use super::place::Place;
use super::point::{GLOBE_RADIUS_MILES, Point};
use super::zip_code::ZipCode;

/// The ZIP codes within an edge of one of them, itself included, with their distance bands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Nearby {
    /// Sorted by ZIP code.
    pub zips: Vec<(ZipCode, Band)>,
    /// The same in a tenth to a third of the lines: for indexes on ZIP codes.
    pub runs: Vec<Run>,
}

/// ZIP codes of one band that follow each other in the table, with no other one between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run {
    /// The lowest.
    pub first: ZipCode,
    /// The highest, itself included.
    pub last: ZipCode,
    /// The band of all of them.
    pub band: Band,
}

impl Nearby {
    /// The band of a ZIP code, if it is near.
    #[must_use]
    pub fn band_of(&self, zip: ZipCode) -> Option<Band> {
        let index = self.zips.binary_search_by_key(&zip, |(zip, _)| *zip).ok()?;
        self.zips.get(index).map(|(_, band)| *band)
    }

    /// Adds the next higher ZIP code; `follows` says that the table has none between it and the one added before.
    fn push(&mut self, zip: ZipCode, band: Band, follows: bool) {
        self.zips.push((zip, band));
        match self.runs.last_mut() {
            Some(run) if follows && run.band == band => run.last = zip,
            _ => self.runs.push(Run { first: zip, last: zip, band }),
        }
    }

    /// What it takes in memory, about.
    pub(super) fn bytes(&self) -> u32 {
        let zips = self.zips.capacity() * size_of::<(ZipCode, Band)>();
        let bytes = size_of::<Self>() + zips + self.runs.capacity() * size_of::<Run>();
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }
}

/// A squared chord this near an edge's says nothing: rounding, of geoutils' result to millimetres most of all, moves it by
/// up to 2e-11. Then [`Point::miles_to`] is asked, so that the pass and [`Band::of`] never differ.
const DOUBT: f64 = 1e-9;

/// Every place's unit vector, in the places' order.
pub(super) struct Vectors(Vec<[f64; 3]>);

impl Vectors {
    pub(super) fn new(places: &[Place]) -> Self {
        Self(places.iter().map(|place| place.point.unit_vector()).collect())
    }

    /// The places within `edge` miles of `centre`. Squared chords grow with the distance and cost three multiplications.
    pub(super) fn within(&self, places: &[Place], centre: Point, edge: u16) -> Nearby {
        let edge = effective_radius(edge);
        let [x, y, z] = centre.unit_vector();
        let reach = squared_chord(edge) + DOUBT;
        let bounds = Band::ALL.map(|band| (band, band.upper_edge().map_or(f64::INFINITY, squared_chord)));
        let mut nearby = Nearby::default();
        let mut next = 0;
        for (index, (place, vector)) in places.iter().zip(&self.0).enumerate() {
            let [dx, dy, dz] = [vector[0] - x, vector[1] - y, vector[2] - z];
            let chord = dx * dx + dy * dy + dz * dz;
            if chord > reach {
                continue;
            }
            let band =
                band_of_chord(&bounds, chord).unwrap_or_else(|| Band::of(centre.miles_to(&place.point)));
            if band.is_within(edge) {
                nearby.push(place.zip, band, index == next);
                next = index + 1;
            }
        }
        nearby.zips.shrink_to_fit();
        nearby.runs.shrink_to_fit();
        nearby
    }
}

/// The squared straight line through a globe of radius 1 under so many miles of its surface.
fn squared_chord(miles: u16) -> f64 {
    let half = (f64::from(miles) / (2.0 * GLOBE_RADIUS_MILES)).sin();
    4.0 * half * half
}

/// The band, unless the chord is too near a bound to tell.
fn band_of_chord(bounds: &[(Band, f64); 8], chord: f64) -> Option<Band> {
    let (band, bound) = bounds.iter().find(|(_, bound)| chord <= *bound + DOUBT)?;
    (chord < *bound - DOUBT).then_some(*band)
}

#[cfg(test)]
mod tests {
    use super::super::{EDGES, zip_table};
    use super::*;

    #[test]
    fn the_globe_is_geoutils_globe() {
        let centre = Point { latitude: 0.0, longitude: 0.0 };
        for edge in EDGES {
            let degrees = (f64::from(edge) / GLOBE_RADIUS_MILES).to_degrees();
            let point = Point { latitude: 0.0, longitude: degrees };
            assert!((centre.miles_to(&point) - f64::from(edge)).abs() < 1e-6, "{edge}");
            let [x, y, z] = point.unit_vector();
            let chord = (x - 1.0).powi(2) + y * y + z * z;
            assert!((chord - squared_chord(edge)).abs() < DOUBT / 10.0, "{edge}");
        }
    }

    fn expand(all: &[ZipCode], run: Run) -> impl Iterator<Item = (ZipCode, Band)> {
        let end = all.partition_point(|zip| *zip <= run.last);
        let inside = &all[all.partition_point(|zip| *zip < run.first)..end];
        inside.iter().map(move |zip| (*zip, run.band))
    }

    #[test]
    fn runs_hold_the_same_zip_codes_and_no_others() {
        let all: Vec<ZipCode> = zip_table().iter().map(|place| place.zip).collect();
        for centre in ["10001", "60601", "99501", "96813"] {
            for edge in EDGES {
                let near = zip_table().near(ZipCode::parse(centre).unwrap(), edge);
                let expanded: Vec<_> = near.runs.iter().flat_map(|run| expand(&all, *run)).collect();
                assert_eq!(expanded, near.zips, "{centre} {edge}");
            }
        }
        let near = zip_table().near(ZipCode::parse("10001").unwrap(), 500);
        assert!(near.runs.len() * 5 < near.zips.len(), "{} of {}", near.runs.len(), near.zips.len());
    }

    /// Points laid millimetres around each edge, where chords alone can't tell.
    #[test]
    fn borders_are_decided_by_the_distance_itself() {
        let home = *zip_table().find(ZipCode::parse("60601").unwrap()).unwrap();
        for edge in EDGES {
            let north = (f64::from(edge) / GLOBE_RADIUS_MILES).to_degrees();
            let places: Vec<Place> = (-400..=400)
                .map(|step| {
                    let latitude = home.point.latitude + north + f64::from(step) * 2e-9;
                    let zip = ZipCode::from_i32(50_000 + step).unwrap();
                    Place { zip, point: Point { latitude, ..home.point }, ..home }
                })
                .collect();
            let expected: Vec<_> = places
                .iter()
                .map(|place| (place.zip, Band::of(home.point.miles_to(&place.point))))
                .filter(|(_, band)| band.is_within(edge))
                .collect();
            assert!(!expected.is_empty() && expected.len() < places.len(), "{edge}: both sides are tried");
            assert_eq!(Vectors::new(&places).within(&places, home.point, edge).zips, expected, "{edge}");
            let next = Vectors::new(&places).within(&places, home.point, 500);
            assert!(next.zips.iter().all(|(zip, band)| {
                let place = places.iter().find(|place| place.zip == *zip).unwrap();
                *band == Band::of(home.point.miles_to(&place.point))
            }));
        }
    }
}
