//! The one score of the deck, in whole numbers. The tables stand here and nowhere else; the SQL is made from them.
//!
//! First who said yes already; then what both share, the rarer the more (100 to 1,000 a tag: [`crate::profiles::TagWeight`]);
//! then the distance band, how recently somebody was here, and whether their own radius reaches the viewer. Nobody is
//! left out for being far or long away: they come last. The distance itself has no say: an order by it would tell it.

use crate::geo::Band;
use crate::profiles::LastActive;

/// Said yes to the viewer: before everybody else.
pub const LIKED_ME: i32 = 1_000_000;

/// Their own radius reaches the viewer.
pub const REACHES_ME: i32 = 150;

/// Points of a distance band.
pub const BAND_POINTS: [(Band, i32); 8] = [
    (Band::Under5, 600),
    (Band::To10, 500),
    (Band::To25, 350),
    (Band::To50, 200),
    (Band::To100, 100),
    (Band::To250, 50),
    (Band::To500, 0),
    (Band::Over500, 0),
];

/// Points for having been here.
pub const ACTIVE_POINTS: [(LastActive, i32); 4] = [
    (LastActive::Today, 400),
    (LastActive::ThisWeek, 300),
    (LastActive::ThisMonth, 150),
    (LastActive::Longer, 0),
];

/// Points of one band.
pub(super) fn band_points(band: Band) -> i32 {
    BAND_POINTS.iter().find(|(b, _)| *b == band).map_or(0, |(_, points)| *points)
}

/// The order among equals: mixed anew for every viewer, so that everybody is first for somebody.
/// Multiplicative hashing (Knuth, TAOCP 6.4) of both people's last 32 id bits.
pub fn shuffled(viewer: i32, other: i32) -> u32 {
    ((viewer ^ other) as u32).wrapping_mul(SHUFFLE)
}

/// 2³² divided by the golden ratio.
pub(super) const SHUFFLE: u32 = 2_654_435_761;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearer_and_more_recent_is_never_worth_less() {
        assert!(BAND_POINTS.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 >= w[1].1));
        assert!(ACTIVE_POINTS.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 > w[1].1));
    }

    #[test]
    fn a_yes_outweighs_all_the_rest() {
        let tags = 2 * i32::try_from(crate::profiles::MAX_TAGS).unwrap() * 1000;
        assert!(LIKED_ME > tags + band_points(Band::Under5) + ACTIVE_POINTS[0].1 + REACHES_ME);
    }

    #[test]
    fn equals_are_mixed_for_every_viewer() {
        let order = |viewer| {
            let mut others: Vec<i32> = (0..50).collect();
            others.sort_by_key(|other| shuffled(viewer, *other));
            others
        };
        assert_eq!(order(7), order(7));
        assert_ne!(order(7), order(123_456_789));
    }
}
