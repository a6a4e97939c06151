//! A crowd of made-up people: a third around big towns, the rest anywhere; 500 tags, few of them common.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Date, Integer, SmallInt, Text, Uuid as SqlUuid};
use friender::accounts::UserId;
use friender::geo::{ZipCode, effective_radius, zip_table};
use friender::profiles::{refresh_tag_weights, today};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

const TAGS: i32 = 500;
const BATCH: usize = 10_000;

/// Towns and how many of a thousand people live within 25 miles.
const TOWNS: [(&str, u32); 10] = [
    ("10001", 57),
    ("90012", 42),
    ("60601", 30),
    ("75201", 22),
    ("77002", 22),
    ("20001", 20),
    ("19102", 19),
    ("33130", 18),
    ("30303", 18),
    ("02108", 16),
];

/// Fills an empty database with so many people.
pub(crate) fn load(conn: &mut PgConnection, people: usize) {
    let mut rng = StdRng::seed_from_u64(1);
    sql_query("INSERT INTO tags (name) SELECT 'tag ' || n FROM generate_series(1, $1) n")
        .bind::<Integer, _>(TAGS)
        .execute(conn)
        .expect("tags");
    let places = Places::new();
    for start in (0..people).step_by(BATCH) {
        Batch::draw(&mut rng, &places, BATCH.min(people - start)).insert(conn, start);
    }
    refresh_tag_weights(conn).expect("weights");
}

struct Places {
    all: Vec<i32>,
    towns: Vec<(u32, Vec<i32>)>,
}

impl Places {
    fn new() -> Self {
        let near = |town| zip_table().near(ZipCode::parse(town).expect("a ZIP code"), 25);
        let zips = |town| near(town).zips.iter().map(|(zip, _)| zip.to_i32()).collect();
        Self {
            all: zip_table().iter().map(|place| place.zip.to_i32()).collect(),
            towns: TOWNS.iter().map(|(town, share)| (*share, zips(town))).collect(),
        }
    }

    fn draw(&self, rng: &mut StdRng) -> i32 {
        let mut lot = rng.random_range(0..1000);
        for (share, zips) in &self.towns {
            match lot < *share {
                true => return *zips.choose(rng).expect("a ZIP code"),
                false => lot -= share,
            }
        }
        *self.all.choose(rng).expect("a ZIP code")
    }
}

#[derive(Default)]
struct Batch {
    ids: Vec<UserId>,
    shuffles: Vec<i32>,
    zips: Vec<i32>,
    hobbies: Vec<String>,
    interests: Vec<String>,
    radii: Vec<i16>,
    effective: Vec<i16>,
    active: Vec<chrono::NaiveDate>,
}

impl Batch {
    fn draw(rng: &mut StdRng, places: &Places, people: usize) -> Self {
        let mut batch = Self::default();
        for _ in 0..people {
            let id = UserId::new();
            let radius = match rng.random_range(0..10) {
                0..5 => 25,
                5..7 => 50,
                7 => 10,
                8 => 100,
                _ => rng.random_range(1..=500_u16),
            };
            let idle = if rng.random_bool(0.7) { rng.random_range(0..31) } else { rng.random_range(31..400) };
            batch.ids.push(id);
            batch.shuffles.push(id.shuffle());
            batch.zips.push(places.draw(rng));
            batch.hobbies.push(tags(rng));
            batch.interests.push(tags(rng));
            batch.radii.push(radius.cast_signed());
            batch.effective.push(effective_radius(radius).cast_signed());
            batch.active.push(today() - chrono::Days::new(idle));
        }
        batch
    }

    fn insert(self, conn: &mut PgConnection, start: usize) {
        let names: Vec<String> = (start..start + self.ids.len()).map(|n| format!("crowd-{n}")).collect();
        sql_query("INSERT INTO users (id, username, password_hash, pepper_version) SELECT id, name, '-', 1 FROM unnest($1, $2) t(id, name)")
            .bind::<Array<SqlUuid>, _>(&self.ids)
            .bind::<Array<Text>, _>(&names)
            .execute(conn)
            .expect("users");
        sql_query(
            "INSERT INTO profiles (user_id, display_name, shuffle, zip_code, hobbies, interests, friend_radius, \
             effective_radius, active_on, bio) SELECT id, name, shuffle, zip, hobbies::int[], interests::int[], \
             radius, effective, active, 'Here to find people to do things with, not to collect them.' \
             FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             t(id, name, shuffle, zip, hobbies, interests, radius, effective, active)",
        )
        .bind::<Array<SqlUuid>, _>(&self.ids)
        .bind::<Array<Text>, _>(&names)
        .bind::<Array<Integer>, _>(&self.shuffles)
        .bind::<Array<Integer>, _>(&self.zips)
        .bind::<Array<Text>, _>(&self.hobbies)
        .bind::<Array<Text>, _>(&self.interests)
        .bind::<Array<SmallInt>, _>(&self.radii)
        .bind::<Array<SmallInt>, _>(&self.effective)
        .bind::<Array<Date>, _>(&self.active)
        .execute(conn)
        .expect("profiles");
    }
}

/// One to six, the first ones of all tags more often.
fn tags(rng: &mut StdRng) -> String {
    let tag = |rng: &mut StdRng| 1 + (rng.random::<f64>().powi(3) * f64::from(TAGS)) as i32;
    let mut tags: Vec<i32> = (0..rng.random_range(1..=6)).map(|_| tag(rng)).collect();
    tags.sort_unstable();
    tags.dedup();
    format!("{{{}}}", tags.iter().map(i32::to_string).collect::<Vec<_>>().join(","))
}
