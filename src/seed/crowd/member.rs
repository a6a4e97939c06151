//! One person of the crowd.

use chrono::{Days, NaiveDate};
use uuid::Builder;

use super::super::error::SeedError;
use super::super::person::EPOCH_MILLIS;
use super::places::Places;
use super::random::{Random, Weighted};
use super::words::{BIOS, NAMES, RADII};
use crate::accounts::UserId;
use crate::profiles::{Bio, BirthDate, BulkProfile, DisplayName, FriendRadius};

/// The oldest and the youngest were born in these years.
const BORN: (i32, i32) = (1950, 2005);

/// Everybody was here in the last days, the more likely the nearer.
const ACTIVE_DAYS: f64 = 61.0;

/// How many hobbies, and how many interests: weights of 1 to 6, 3.25 on average.
const HOW_MANY: [f64; 6] = [8.0, 20.0, 33.0, 22.0, 12.0, 5.0];

/// How little the most popular tags stand out.
const FLATNESS: f64 = 5.0;

/// Makes people of what is prepared once.
pub(super) struct Maker {
    tags: Vec<i32>,
    today: NaiveDate,
    popular: Weighted,
    how_many: Weighted,
    places: Places,
    names: Vec<DisplayName>,
    bios: Vec<Bio>,
    radii: Vec<FriendRadius>,
    radius: Weighted,
    birth_dates: Vec<BirthDate>,
}

impl Maker {
    /// `tags` by rank, used by the law of Zipf and Mandelbrot: a quarter of all have the first, one in 250 the last.
    pub(super) fn new(tags: Vec<i32>, today: NaiveDate) -> Result<Self, SeedError> {
        let wrong = |error: &dyn std::fmt::Display| SeedError::Data(format!("the crowd: {error}"));
        let names: Result<_, _> = NAMES.iter().map(|name| DisplayName::parse(name)).collect();
        let bios: Result<_, _> = BIOS.iter().map(|bio| Bio::parse(bio)).collect();
        let radii: Result<_, _> = RADII.iter().map(|(miles, _)| FriendRadius::parse(*miles)).collect();
        let days = (BORN.0..=BORN.1).flat_map(|year| (1..=360).map(move |day| (year, day)));
        let birth_dates: Result<_, _> = days
            .filter_map(|(year, day)| NaiveDate::from_yo_opt(year, day))
            .map(|date| BirthDate::parse(&date.to_string(), today))
            .collect();
        Ok(Self {
            popular: Weighted::new((1..=tags.len()).map(|rank| 1.0 / (rank as f64 + FLATNESS))),
            tags,
            today,
            how_many: Weighted::new(HOW_MANY),
            places: Places::new(),
            names: names.map_err(|error| wrong(&error))?,
            bios: bios.map_err(|error| wrong(&error))?,
            radii: radii.map_err(|error| wrong(&error))?,
            radius: Weighted::new(RADII.map(|(_, weight)| weight)),
            birth_dates: birth_dates.map_err(|error| wrong(&error))?,
        })
    }

    /// The person of that number; `None` only if the lists were empty.
    pub(super) fn make(&self, number: u32) -> Option<BulkProfile<'_>> {
        let mut random = Random::of(number);
        let user = id_of(number, &mut random);
        let hobbies = self.pick_tags(&mut random, &[]);
        let interests = self.pick_tags(&mut random, &hobbies);
        // Younger ones are more: the later of two chances.
        let born = random.unit().max(random.unit()) * self.birth_dates.len() as f64;
        let ago = random.unit();
        let days = Days::new((ago * ago * ACTIVE_DAYS) as u64);
        Some(BulkProfile {
            user,
            display_name: random.pick(&self.names)?,
            birth_date: *self.birth_dates.get(born as usize)?,
            bio: random.pick(&self.bios)?,
            hobbies,
            interests,
            zip: self.places.pick(&mut random)?,
            friend_radius: *self.radii.get(self.radius.pick(&mut random))?,
            active_on: self.today - days,
        })
    }

    fn pick_tags(&self, random: &mut Random, not: &[i32]) -> Vec<i32> {
        let wanted = self.how_many.pick(random) + 1;
        let mut picked = Vec::with_capacity(wanted);
        while picked.len() < wanted {
            let Some(tag) = self.tags.get(self.popular.pick(random)) else { break };
            if !picked.contains(tag) && !not.contains(tag) {
                picked.push(*tag);
            }
        }
        picked
    }
}

/// Ids in the order of their numbers, so that a crowd comes in by the index's end; random where ids order people.
fn id_of(number: u32, random: &mut Random) -> UserId {
    let [a, b, c, d, e, f, g, h] = random.next().to_be_bytes();
    let [i, j, ..] = random.next().to_be_bytes();
    let millis = EPOCH_MILLIS + u64::from(number);
    UserId(Builder::from_unix_timestamp_millis(millis, &[a, b, c, d, e, f, g, h, i, j]).into_uuid())
}
