//! The five digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A well-formed ZIP code. Whether it exists is the table's to say: [`ZipTable::find`](super::ZipTable::find).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ZipCode(u32);

/// Why a ZIP code was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ZipCodeError {
    /// Not exactly five ASCII digits.
    #[error("A ZIP code has exactly five digits, like 02134.")]
    Malformed,
    /// Five digits, but no civil ZIP code.
    #[error("There is no ZIP code {0}. Check its digits.")]
    Unknown(ZipCode),
}

impl ZipCode {
    const LAST: u32 = 99_999;

    /// Reads exactly five ASCII digits, without blanks around them.
    ///
    /// # Errors
    /// [`ZipCodeError::Malformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, ZipCodeError> {
        if text.len() != 5 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ZipCodeError::Malformed);
        }
        text.parse().map(Self).map_err(|_| ZipCodeError::Malformed)
    }

    /// The number that the database keeps: 02134 is 2134.
    #[must_use]
    pub fn to_i32(self) -> i32 {
        self.0.cast_signed()
    }

    /// The other way round.
    ///
    /// # Errors
    /// [`ZipCodeError::Malformed`] outside 0..=99999.
    pub fn from_i32(number: i32) -> Result<Self, ZipCodeError> {
        u32::try_from(number)
            .ok()
            .filter(|number| *number <= Self::LAST)
            .map(Self)
            .ok_or(ZipCodeError::Malformed)
    }
}

impl fmt::Display for ZipCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:05}", self.0)
    }
}

impl FromStr for ZipCode {
    type Err = ZipCodeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ZipCode {
    type Error = ZipCodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ZipCode> for String {
    fn from(zip: ZipCode) -> Self {
        zip.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn five_digits_keep_their_zeros() {
        let zip = ZipCode::parse("02134").unwrap();
        assert_eq!(zip.to_i32(), 2134);
        assert_eq!(zip.to_string(), "02134");
        assert_eq!(serde_json::to_string(&zip).unwrap(), "\"02134\"");
        assert_eq!(serde_json::from_str::<ZipCode>("\"02134\"").unwrap(), zip);
    }

    #[test]
    fn everything_else_is_malformed() {
        for text in
            ["", "2134", "021345", "+2134", " 2134", "02134 ", "0213a", "02134-1000", "٠٢١٣٤", "0213٤"]
        {
            assert_eq!(ZipCode::parse(text), Err(ZipCodeError::Malformed), "{text:?}");
        }
        assert!(serde_json::from_str::<ZipCode>("2134").is_err());
    }

    #[test]
    fn numbers_outside_five_digits_are_refused() {
        for number in [-1, 100_000, i32::MIN, i32::MAX] {
            assert_eq!(ZipCode::from_i32(number), Err(ZipCodeError::Malformed), "{number}");
        }
    }

    proptest! {
        #[test]
        fn text_and_number_lead_back(number in 0..=99_999_i32) {
            let zip = ZipCode::from_i32(number).unwrap();
            prop_assert_eq!(zip.to_i32(), number);
            prop_assert_eq!(ZipCode::parse(&zip.to_string()), Ok(zip));
        }
    }
}
