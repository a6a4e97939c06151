//! When somebody was born: only adults are here.

use chrono::{Datelike, NaiveDate};

/// The birth date of an adult.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BirthDate(NaiveDate);

/// Why a birth date can't be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BirthDateError {
    /// Not a date, or not one of somebody alive.
    #[error("A birth date looks like 1990-12-31.")]
    Malformed,
    /// Friender is for adults.
    #[error("Friender is for people of 18 years and more.")]
    Minor,
}

impl BirthDate {
    /// Parses `YYYY-MM-DD`; `today` decides who is an adult.
    pub fn parse(input: &str, today: NaiveDate) -> Result<Self, BirthDateError> {
        let well_formed = input.len() == 10;
        let date = NaiveDate::parse_from_str(input, "%Y-%m-%d").ok().filter(|_| well_formed);
        let date = date.ok_or(BirthDateError::Malformed)?;
        match date {
            _ if date > today || today.year() - date.year() > 120 => Err(BirthDateError::Malformed),
            _ if today.years_since(date).is_none_or(|years| years < 18) => Err(BirthDateError::Minor),
            _ => Ok(Self(date)),
        }
    }

    /// The date.
    pub fn date(self) -> NaiveDate {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn adulthood_begins_on_the_18th_birthday() {
        let today = day("2026-11-21");
        assert!(BirthDate::parse("2008-11-21", today).is_ok());
        assert_eq!(BirthDate::parse("2008-11-22", today), Err(BirthDateError::Minor));
        // Born on a leap day: 18 on 1 March of a common year.
        assert_eq!(BirthDate::parse("2008-02-29", day("2026-02-28")), Err(BirthDateError::Minor));
        assert!(BirthDate::parse("2008-02-29", day("2026-03-01")).is_ok());
        for bad in ["", "1990-13-01", "1990-1-1", "01/02/1990", "1850-01-01", "2030-01-01", "+1990-01-01"] {
            assert_eq!(BirthDate::parse(bad, today), Err(BirthDateError::Malformed), "{bad}");
        }
    }
}
