//! Every civil ZIP code, embedded.

use std::sync::{Arc, LazyLock};

use moka::sync::Cache;

use super::band::{Band, effective_radius};
use super::nearby::{Nearby, Vectors};
use super::place::Place;
use super::point::Point;
use super::zip_code::{ZipCode, ZipCodeError};

const ROWS: &str = include_str!("zip_codes.tsv");

/// Neighbourhoods are kept up to this many bytes together: thousands at the usual radii, hundreds at the widest.
const CACHE_BYTES: u64 = 64 * 1024 * 1024;

/// All civil ZIP codes, in memory.
pub struct ZipTable {
    places: Vec<Place>,
    vectors: Vectors,
    nearby: Cache<(ZipCode, u16), Arc<Nearby>>,
}

/// The table of all civil ZIP codes; read on first use, in milliseconds.
pub fn zip_table() -> &'static ZipTable {
    static TABLE: LazyLock<ZipTable> = LazyLock::new(|| ZipTable::new(ROWS));
    &TABLE
}

impl ZipTable {
    /// Rows must be sorted. A row that can't be read would be left out: the tests see to it that there is none.
    fn new(rows: &'static str) -> Self {
        let places: Vec<Place> = rows.lines().filter_map(read_row).collect();
        let nearby = Cache::builder()
            .max_capacity(CACHE_BYTES)
            .weigher(|_, nearby: &Arc<Nearby>| nearby.bytes())
            .build();
        Self { vectors: Vectors::new(&places), places, nearby }
    }

    /// The place of a ZIP code, if there is one.
    #[must_use]
    pub fn get(&self, zip: ZipCode) -> Option<&Place> {
        let index = self.places.binary_search_by_key(&zip, |place| place.zip).ok()?;
        self.places.get(index)
    }

    /// Like [`get`](Self::get), for ZIP codes that people type.
    ///
    /// # Errors
    /// [`ZipCodeError::Unknown`] where there is none.
    pub fn find(&self, zip: ZipCode) -> Result<&Place, ZipCodeError> {
        self.get(zip).ok_or(ZipCodeError::Unknown(zip))
    }

    /// All places, sorted by ZIP code.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Place> {
        self.places.iter()
    }

    /// The band of the distance between two ZIP codes; none if one is unknown.
    #[must_use]
    pub fn band_between(&self, one: ZipCode, other: ZipCode) -> Option<Band> {
        Some(Band::of(self.get(one)?.point.miles_to(&self.get(other)?.point)))
    }

    /// The ZIP codes within `edge` miles, the ZIP code itself included: exactly those whose [`Band::of`] their distance
    /// ends at or below the edge. An `edge` that is none of [`EDGES`](super::EDGES) is raised to the next;
    /// an unknown ZIP code has no neighbours. Answers are cached.
    #[must_use]
    pub fn near(&self, zip: ZipCode, edge: u16) -> Arc<Nearby> {
        let edge = effective_radius(edge);
        self.nearby.get_with((zip, edge), || Arc::new(self.near_uncached(zip, edge)))
    }

    /// The same as [`near`](Self::near), computed each time.
    #[must_use]
    pub fn near_uncached(&self, zip: ZipCode, edge: u16) -> Nearby {
        let Some(centre) = self.get(zip) else { return Nearby::default() };
        self.vectors.within(&self.places, centre.point, edge)
    }
}

fn read_row(row: &'static str) -> Option<Place> {
    let mut columns = row.split('\t');
    let zip = ZipCode::parse(columns.next()?).ok()?;
    let latitude = columns.next()?.parse().ok()?;
    let longitude = columns.next()?.parse().ok()?;
    let (state, name) = (columns.next()?, columns.next()?);
    Some(Place { zip, point: Point { latitude, longitude }, name, state })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::EDGES;
    use super::*;

    const STATES: &str = "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS MT \
        NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UT VA VI VT WA WI WV WY";

    fn zip(text: &str) -> ZipCode {
        ZipCode::parse(text).unwrap()
    }

    #[test]
    fn every_row_is_read_and_valid() {
        let table = zip_table();
        assert_eq!(table.iter().len(), ROWS.lines().count());
        assert!((40_000..43_000).contains(&table.iter().len()));
        assert!(table.places.is_sorted_by(|one, next| one.zip < next.zip), "sorted, each once");
        let states: BTreeSet<&str> = table.iter().map(|place| place.state).collect();
        assert_eq!(states, STATES.split_whitespace().collect());
        for place in table.iter() {
            let Point { latitude, longitude } = place.point;
            assert!((-15.0..72.0).contains(&latitude), "{place:?}");
            assert!((-177.0..-64.0).contains(&longitude) || (144.0..167.0).contains(&longitude), "{place:?}");
            assert!(place.name.starts_with(|first: char| first.is_ascii_uppercase()), "{place:?}");
            assert!(
                place.name.bytes().all(|byte| byte.is_ascii_alphabetic() || b" '.-".contains(&byte)),
                "{place:?}"
            );
            assert_eq!(place.name.trim(), place.name, "{place:?}");
            assert!(!place.name.contains("  "), "{place:?}");
        }
    }

    #[test]
    fn well_known_places_are_there() {
        let expected = [
            ("10001", "New York", "NY", 40.75, -73.99),
            ("10008", "New York", "NY", 40.71, -74.01), // PO boxes only
            ("02134", "Allston", "MA", 42.36, -71.13),
            ("90210", "Beverly Hills", "CA", 34.10, -118.41),
            ("99501", "Anchorage", "AK", 61.21, -149.88),
            ("96813", "Honolulu", "HI", 21.32, -157.85),
            ("60601", "Chicago", "IL", 41.89, -87.62),
            ("00601", "Adjuntas", "PR", 18.18, -66.75),
        ];
        for (code, name, state, latitude, longitude) in expected {
            let place = zip_table().find(zip(code)).unwrap();
            assert_eq!((place.name, place.state), (name, state));
            assert!(place.point.miles_to(&Point { latitude, longitude }) < 2.0, "{place:?}");
        }
    }

    #[test]
    fn military_and_unassigned_codes_are_unknown() {
        for code in ["00000", "09001", "34002", "96201", "99999"] {
            let zip = zip(code);
            assert_eq!(zip_table().find(zip), Err(ZipCodeError::Unknown(zip)));
            assert_eq!(zip_table().near(zip, 500).zips, []);
        }
    }

    #[test]
    fn near_is_what_a_plain_search_finds() {
        let table = zip_table();
        let corners = ["10001", "99501", "96813", "96910", "96799", "00601", "90210"].map(zip);
        let strewn = table.iter().skip(777).step_by(2_503).map(|place| place.zip);
        for centre in corners.into_iter().chain(strewn) {
            let from = table.find(centre).unwrap().point;
            let bands: Vec<_> =
                table.iter().map(|place| (place.zip, Band::of(from.miles_to(&place.point)))).collect();
            for edge in EDGES {
                let expected: Vec<_> =
                    bands.iter().copied().filter(|(_, band)| band.is_within(edge)).collect();
                assert_eq!(table.near(centre, edge).zips, expected, "{centre} {edge}");
            }
        }
    }

    #[test]
    fn near_looks_the_same_from_both_ends() {
        let table = zip_table();
        let centre = zip("10001");
        let near = table.near(centre, 25);
        assert_eq!(near.band_of(centre), Some(Band::Under5));
        for (other, band) in &near.zips {
            assert_eq!(table.near_uncached(*other, 25).band_of(centre), Some(*band), "{other}");
            assert_eq!(table.band_between(*other, centre), Some(*band), "{other}");
        }
        assert_eq!(near.band_of(zip("90210")), None);
        assert_eq!(table.band_between(centre, zip("00000")), None);
    }

    #[test]
    fn a_radius_between_edges_is_raised_and_cached_once() {
        let table = zip_table();
        assert!(Arc::ptr_eq(&table.near(zip("90210"), 25), &table.near(zip("90210"), 12)));
    }
}
