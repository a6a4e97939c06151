//! Distance bands: all that people learn of each other's distance.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The bands' upper edges in miles, and the only radii that take effect: moving one's radius tells no more than the band.
pub const EDGES: [u16; 7] = [5, 10, 25, 50, 100, 250, 500];

/// How far away somebody is. An edge belongs to the band below it: exactly 5 miles is still "0-5". Nearer bands are smaller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Band {
    /// Up to 5 miles.
    #[serde(rename = "0-5")]
    Under5,
    /// Over 5, up to 10 miles.
    #[serde(rename = "5-10")]
    To10,
    /// Over 10, up to 25 miles.
    #[serde(rename = "10-25")]
    To25,
    /// Over 25, up to 50 miles.
    #[serde(rename = "25-50")]
    To50,
    /// Over 50, up to 100 miles.
    #[serde(rename = "50-100")]
    To100,
    /// Over 100, up to 250 miles.
    #[serde(rename = "100-250")]
    To250,
    /// Over 250, up to 500 miles.
    #[serde(rename = "250-500")]
    To500,
    /// Over 500 miles.
    #[serde(rename = "500+")]
    Over500,
}

impl Band {
    /// All bands, the nearest first.
    pub const ALL: [Self; 8] = [
        Self::Under5,
        Self::To10,
        Self::To25,
        Self::To50,
        Self::To100,
        Self::To250,
        Self::To500,
        Self::Over500,
    ];

    /// The band of a distance in miles.
    #[must_use]
    pub fn of(miles: f64) -> Self {
        Self::ALL
            .into_iter()
            .find(|band| band.upper_edge().is_some_and(|edge| miles <= f64::from(edge)))
            .unwrap_or(Self::Over500)
    }

    /// The last mile that still belongs to the band; none for the farthest.
    #[must_use]
    pub fn upper_edge(self) -> Option<u16> {
        match self {
            Self::Under5 => Some(5),
            Self::To10 => Some(10),
            Self::To25 => Some(25),
            Self::To50 => Some(50),
            Self::To100 => Some(100),
            Self::To250 => Some(250),
            Self::To500 => Some(500),
            Self::Over500 => None,
        }
    }

    /// Whether everybody in this band is within that many miles; `edge` is one of [`EDGES`].
    #[must_use]
    pub fn is_within(self, edge: u16) -> bool {
        self.upper_edge().is_some_and(|upper| upper <= edge)
    }

    /// The band in miles as the API writes it, like "5-10".
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Under5 => "0-5",
            Self::To10 => "5-10",
            Self::To25 => "10-25",
            Self::To50 => "25-50",
            Self::To100 => "50-100",
            Self::To250 => "100-250",
            Self::To500 => "250-500",
            Self::Over500 => "500+",
        }
    }
}

/// What a radius of 1 to 500 miles comes to: the next of [`EDGES`]. Above 500 it stays 500.
#[must_use]
pub fn effective_radius(radius: u16) -> u16 {
    EDGES.into_iter().find(|edge| radius <= *edge).unwrap_or(500)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_belongs_to_the_band_below() {
        for (index, edge) in EDGES.into_iter().enumerate() {
            let edge = f64::from(edge);
            assert_eq!(Band::of(edge), Band::ALL[index]);
            assert_eq!(Band::of(edge.next_down()), Band::ALL[index]);
            assert_eq!(Band::of(edge.next_up()), Band::ALL[index + 1]);
        }
        assert_eq!(Band::of(0.0), Band::Under5);
        assert_eq!(Band::of(f64::INFINITY), Band::Over500);
    }

    #[test]
    fn bands_end_at_the_edges() {
        let ends: Vec<u16> = Band::ALL.into_iter().filter_map(Band::upper_edge).collect();
        assert_eq!(ends, EDGES);
        assert!(Band::ALL.is_sorted());
        assert!(Band::To10.is_within(10) && !Band::To25.is_within(10) && !Band::Over500.is_within(500));
    }

    #[test]
    fn serde_writes_what_as_str_says() {
        for band in Band::ALL {
            let json = serde_json::to_string(&band).unwrap();
            assert_eq!(json, format!("\"{}\"", band.as_str()));
            assert_eq!(serde_json::from_str::<Band>(&json).unwrap(), band);
        }
    }

    #[test]
    fn a_radius_takes_effect_at_the_next_edge() {
        let expected = [
            (1, 5),
            (5, 5),
            (6, 10),
            (10, 10),
            (11, 25),
            (26, 50),
            (51, 100),
            (101, 250),
            (251, 500),
            (500, 500),
        ];
        for (radius, edge) in expected {
            assert_eq!(effective_radius(radius), edge, "{radius}");
        }
        assert_eq!(effective_radius(501), 500);
    }
}
