//! A profile's values and the rules they keep.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::birth_date::BirthDate;
use super::place_shown::PlaceShown;
use super::tag::TagList;
use crate::accounts::{UserId, Username};
use crate::geo::{ZipCode, zip_table};
use crate::text::{TextRule, text_newtype};

text_newtype!(
    /// The name that others see: 1 to 50 characters.
    DisplayName, TextRule::line("A display name", 1, 50));
impl DisplayName {
    /// A username is always fit to be shown.
    pub fn of_username(username: &Username) -> Self {
        Self(username.as_str().to_owned())
    }
}

text_newtype!(
    /// A first or last name, for its owner's eyes; empty means none.
    PersonalName, TextRule::line("A name", 0, 80));
text_newtype!(
    /// A few lines about oneself: up to 1,000 characters.
    Bio, TextRule::lines("A bio", 0, 1000));

/// How far somebody wants to look: 1 to 500 miles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FriendRadius(u16);

/// Not a radius.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("A friend radius is a whole number of miles from 1 to 500.")]
pub struct RadiusError;

impl FriendRadius {
    /// Checks the range.
    pub fn parse(miles: i64) -> Result<Self, RadiusError> {
        u16::try_from(miles).ok().filter(|miles| (1..=500).contains(miles)).map(Self).ok_or(RadiusError)
    }

    /// Miles.
    pub fn miles(self) -> u16 {
        self.0
    }
}

/// How recently somebody was here; others never learn more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LastActive {
    /// Today (UTC).
    Today,
    /// In the last 7 days.
    ThisWeek,
    /// In the last 31 days.
    ThisMonth,
    /// Before that.
    Longer,
}

impl LastActive {
    /// The last day of each band, counted back from today.
    pub const DAYS: [(Self, i64); 3] = [(Self::Today, 0), (Self::ThisWeek, 7), (Self::ThisMonth, 31)];

    /// The first day of the band; of the open one, its last.
    pub fn begins_on(self, today: NaiveDate) -> NaiveDate {
        let known = Self::DAYS.into_iter().find(|(band, _)| *band == self).map(|(_, days)| days);
        let days = known.or_else(|| Some(Self::DAYS.last()?.1 + 1)).unwrap_or_default();
        today - Days::new(days.unsigned_abs())
    }

    /// The band of a day.
    pub fn of(active_on: NaiveDate, today: NaiveDate) -> Self {
        let ago = (today - active_on).num_days();
        Self::DAYS.into_iter().find(|(_, days)| ago <= *days).map_or(Self::Longer, |(band, _)| band)
    }
}

/// A whole profile, for its owner; others see parts of it.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Whose it is.
    pub user: UserId,
    /// The name that others see.
    pub display_name: String,
    /// Owner-only.
    pub first_name: Option<String>,
    /// Owner-only.
    pub last_name: Option<String>,
    /// Owner-only; others see the age.
    pub birth_date: Option<NaiveDate>,
    /// A few lines.
    pub bio: String,
    /// Tag names in the person's order.
    pub hobbies: Vec<String>,
    /// Tag names in the person's order.
    pub interests: Vec<String>,
    /// Owner-only; others see the place's name.
    pub zip: Option<ZipCode>,
    /// How much of the place's name.
    pub place_shown: PlaceShown,
    /// Owner-only: miles, as asked for.
    pub friend_radius: u16,
    /// Owner-only: miles, at the next fixed edge; the radius that counts.
    pub effective_radius: u16,
    /// Shown to nobody new.
    pub paused: bool,
    /// Out of everybody's sight: the account is kept out, being deleted, or gone.
    pub away: bool,
    /// The last day (UTC) somebody was here.
    pub active_on: NaiveDate,
    /// The last change.
    pub updated_at: DateTime<Utc>,
}

/// What a profile needs before its owner sees others and is shown to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// A ZIP code.
    Location,
    /// At least one.
    Hobbies,
    /// At least one.
    Interests,
    /// Where the setting demands it.
    BirthDate,
}

impl Missing {
    /// The field to fill in.
    pub fn field(self) -> &'static str {
        match self {
            Self::Location => "location",
            Self::Hobbies => "hobbies",
            Self::Interests => "interests",
            Self::BirthDate => "birth_date",
        }
    }
}

impl Profile {
    /// What is missing; empty means complete.
    pub fn missing(&self, birth_date_required: bool) -> Vec<Missing> {
        let needs = [
            (Missing::Location, self.zip.is_none()),
            (Missing::Hobbies, self.hobbies.is_empty()),
            (Missing::Interests, self.interests.is_empty()),
            (Missing::BirthDate, birth_date_required && self.birth_date.is_none()),
        ];
        needs.into_iter().filter_map(|(what, missing)| missing.then_some(what)).collect()
    }

    /// Whether others are shown this person at all: complete, here, and not paused.
    pub fn is_shown(&self, birth_date_required: bool) -> bool {
        !self.paused && !self.away && self.missing(birth_date_required).is_empty()
    }

    /// Where they are, in the words that others read.
    pub fn place(&self) -> Option<String> {
        let place = self.zip.and_then(|zip| zip_table().get(zip))?;
        self.place_shown.words(place)
    }

    /// Whole years, on that day.
    pub fn age(&self, today: NaiveDate) -> Option<u32> {
        self.birth_date.and_then(|date| today.years_since(date))
    }
}

/// [`Profile::is_shown`] as SQL, for profiles called `p`.
pub fn shown_sql(birth_date_required: bool) -> &'static str {
    if birth_date_required {
        "p.filled AND NOT p.paused AND p.birth_date IS NOT NULL"
    } else {
        "p.filled AND NOT p.paused"
    }
}

/// What to change; `None` stays as it is.
#[derive(Debug, Clone, Default)]
pub struct ProfileChanges {
    /// The name that others see.
    pub display_name: Option<DisplayName>,
    /// Empty means none.
    pub first_name: Option<PersonalName>,
    /// Empty means none.
    pub last_name: Option<PersonalName>,
    /// An adult's.
    pub birth_date: Option<BirthDate>,
    /// A few lines.
    pub bio: Option<Bio>,
    /// All hobbies.
    pub hobbies: Option<TagList>,
    /// All interests.
    pub interests: Option<TagList>,
    /// A known ZIP code.
    pub zip: Option<ZipCode>,
    /// How much of the place others read.
    pub place_shown: Option<PlaceShown>,
    /// Miles.
    pub friend_radius: Option<FriendRadius>,
}

impl ProfileChanges {
    /// What is given, by the fields' names: for logs, which never hold the values.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        let given = [
            ("display_name", self.display_name.is_some()),
            ("first_name", self.first_name.is_some()),
            ("last_name", self.last_name.is_some()),
            ("birth_date", self.birth_date.is_some()),
            ("bio", self.bio.is_some()),
            ("hobbies", self.hobbies.is_some()),
            ("interests", self.interests.is_some()),
            ("location", self.zip.is_some()),
            ("friend_radius", self.friend_radius.is_some()),
        ];
        given.into_iter().filter_map(|(name, is_given)| is_given.then_some(name)).collect()
    }
}

/// A count of other people, too coarse to find anybody by: "under 10", then tens, then two leading digits.
pub fn about(count: i64) -> String {
    let step = match count {
        ..10 => return "under 10".to_owned(),
        10..1000 => 10,
        _ => 10_i64.pow(count.ilog10().saturating_sub(1)),
    };
    (count / step * step).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn last_active_is_a_band() {
        let today = day("2026-11-21");
        let of = |text| LastActive::of(day(text), today);
        assert_eq!(of("2026-11-21"), LastActive::Today);
        assert_eq!(of("2026-11-22"), LastActive::Today);
        assert_eq!(of("2026-11-20"), LastActive::ThisWeek);
        assert_eq!(of("2026-11-14"), LastActive::ThisWeek);
        assert_eq!(of("2026-11-13"), LastActive::ThisMonth);
        assert_eq!(of("2026-10-20"), LastActive::Longer);
    }

    #[test]
    fn a_band_begins_on_a_day_of_its_own() {
        let today = day("2026-11-21");
        let begins = |band: LastActive| band.begins_on(today).to_string();
        use LastActive::{Longer, ThisMonth, ThisWeek, Today};
        let all = [Today, ThisWeek, ThisMonth, Longer];
        assert_eq!(all.map(begins), ["2026-11-21", "2026-11-14", "2026-10-21", "2026-10-20"]);
        assert!(all.into_iter().all(|band| LastActive::of(band.begins_on(today), today) == band));
    }

    #[test]
    fn a_radius_is_a_whole_number_of_miles() {
        assert_eq!(FriendRadius::parse(500).unwrap().miles(), 500);
        for bad in [0, -1, 501, i64::MAX, i64::MIN] {
            assert!(FriendRadius::parse(bad).is_err());
        }
    }

    #[test]
    fn counts_are_coarse() {
        let cases = [
            (0, "under 10"),
            (9, "under 10"),
            (10, "10"),
            (19, "10"),
            (994, "990"),
            (1234, "1200"),
            (98_765, "98000"),
        ];
        for (count, text) in cases {
            assert_eq!(about(count), text);
        }
    }
}
