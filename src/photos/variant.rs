//! The sizes in which a photo is kept. Their names and measures are here and nowhere else.

/// One of the sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Variant {
    /// For lists of people and messages.
    Thumb,
    /// For cards.
    Medium,
    /// Fills a phone's screen; the photo itself.
    Large,
}

impl Variant {
    /// All of them, smallest first.
    pub const ALL: [Self; 3] = [Self::Thumb, Self::Medium, Self::Large];

    /// As the API calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Thumb => "thumb",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }

    /// The longer side in pixels; smaller pictures keep their size.
    #[must_use]
    pub fn longer_side(self) -> u32 {
        match self {
            Self::Thumb => 200,
            Self::Medium => 800,
            Self::Large => 1_600,
        }
    }
}
