//! Where the crowd lives: half of it in the big cities, in proportion to their size, the others anywhere.

use super::random::{Random, Weighted};
use crate::geo::{Band, ZipCode, zip_table};

/// Of the United States, in millions.
const POPULATION: f64 = 335.0;

/// A ZIP code in the middle of a metropolitan area, and its people in millions (rounded from the 2020 census).
const CITIES: [(&str, f64); 32] = [
    ("10001", 20.1),
    ("90012", 13.2),
    ("60601", 9.6),
    ("75201", 7.6),
    ("77002", 7.1),
    ("20001", 6.4),
    ("19103", 6.2),
    ("33130", 6.1),
    ("30303", 6.1),
    ("02108", 4.9),
    ("85004", 4.8),
    ("94103", 4.7),
    ("92501", 4.6),
    ("48226", 4.4),
    ("98101", 4.0),
    ("55401", 3.7),
    ("92101", 3.3),
    ("33602", 3.2),
    ("80202", 3.0),
    ("21202", 2.8),
    ("63101", 2.8),
    ("32801", 2.7),
    ("28202", 2.7),
    ("78205", 2.6),
    ("97204", 2.5),
    ("95814", 2.4),
    ("15222", 2.4),
    ("78701", 2.3),
    ("89101", 2.3),
    ("45202", 2.3),
    ("64106", 2.2),
    ("43215", 2.1),
];

/// Who lives within 5, 10 and 25 miles of a city's middle.
const RINGS: [(Band, f64); 3] = [(Band::Under5, 0.3), (Band::To10, 0.3), (Band::To25, 0.4)];

pub(super) struct Places {
    /// By city and ring; last, everywhere.
    zips: Vec<Vec<ZipCode>>,
    choice: Weighted,
}

impl Places {
    pub(super) fn new() -> Self {
        let (mut zips, mut weights) = (Vec::new(), Vec::new());
        let mut elsewhere = POPULATION;
        for (zip, millions) in CITIES {
            let Ok(zip) = ZipCode::parse(zip) else { continue };
            let near = zip_table().near(zip, 25);
            elsewhere -= millions;
            for (ring, share) in RINGS {
                zips.push(near.zips.iter().filter(|(_, band)| *band == ring).map(|(zip, _)| *zip).collect());
                weights.push(millions * share);
            }
        }
        zips.push(zip_table().iter().map(|place| place.zip).collect());
        weights.push(elsewhere);
        Self { zips, choice: Weighted::new(weights) }
    }

    pub(super) fn pick(&self, random: &mut Random) -> Option<ZipCode> {
        let ring = self.zips.get(self.choice.pick(random))?;
        random.pick(ring).or_else(|| random.pick(self.zips.last()?)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_city_has_rings() {
        let places = Places::new();
        assert_eq!(places.zips.len(), CITIES.len() * RINGS.len() + 1);
        assert!(places.zips.iter().all(|ring| !ring.is_empty()));
    }
}
