//! How much of their place somebody lets others read.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::geo::Place;
use crate::text::words_of;

/// What others read of where somebody is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceShown {
    /// Town and state.
    #[default]
    Town,
    /// The state.
    State,
    /// Nothing. The distance band is shown all the same.
    Hidden,
}

/// Not one of the three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("place_shown is town, state or hidden.")]
pub struct PlaceShownError;

words_of!(PlaceShown: Town = "town", State = "state", Hidden = "hidden");

impl PlaceShown {
    /// Reads one of the three words.
    pub fn parse(text: &str) -> Result<Self, PlaceShownError> {
        Self::named(text.trim()).ok_or(PlaceShownError)
    }

    /// The place in the words that others read.
    pub fn words(self, place: &Place) -> Option<String> {
        match self {
            Self::Town => Some(format!("{}, {}", place.name, place.state)),
            Self::State => Some(place.state.to_owned()),
            Self::Hidden => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::{ZipCode, zip_table};

    #[test]
    fn each_choice_tells_less() {
        let place = zip_table().get(ZipCode::parse("07102").unwrap()).unwrap();
        let words: Vec<_> = PlaceShown::ALL.iter().map(|choice| choice.words(place)).collect();
        assert_eq!(words, [Some("Newark, NJ".to_owned()), Some("NJ".to_owned()), None]);
        for choice in PlaceShown::ALL.iter().copied() {
            assert_eq!(PlaceShown::parse(choice.as_str()), Ok(choice));
        }
        for wrong in ["", "Town", "zip", "town\0"] {
            assert_eq!(PlaceShown::parse(wrong), Err(PlaceShownError), "{wrong:?}");
        }
    }
}
