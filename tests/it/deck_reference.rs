//! The deck's order against a plain, slow reference ranking: everybody scored one by one from the public tables, then
//! sorted. Random populations with twins (ties), yeses waiting, people long away, and radii of all sizes.
//! `FRIENDER_TEST_SEED` draws other populations.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use friender::accounts::UserId;
use friender::db::schema::{blocks, later, likes, likes_in, profiles, tags};
use friender::discovery::{ACTIVE_POINTS, BAND_POINTS, LIKED_ME, REACHES_ME, deck_order, shuffled};
use friender::geo::{Band, ZipCode, zip_table};
use friender::matches::{MatchError, block, decide, put_later};
use friender::profiles::{LastActive, refresh_tag_weights, today};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use uuid::Uuid;

use crate::support::{db, someone};

const PEOPLE: usize = 300;
const VIEWERS: usize = 40;
const AGES_IN_DAYS: [u64; 8] = [0, 0, 1, 7, 8, 31, 32, 400];
const RADII: [i64; 8] = [3, 5, 10, 25, 50, 100, 250, 500];

#[test]
fn the_order_is_the_slow_references_1() {
    compare(1);
}

#[test]
fn the_order_is_the_slow_references_2() {
    compare(2);
}

fn compare(number: u64) {
    let other = std::env::var("FRIENDER_TEST_SEED").map_or(0, |text| text.parse::<u64>().expect("a seed"));
    let seed = number + other;
    eprintln!("seed {seed}");
    let rng = &mut StdRng::seed_from_u64(seed);
    let conn = &mut PgConnection::establish(&db::fresh()).unwrap();
    let people = populate(conn, rng);
    mingle(conn, rng, &people);
    let mut seen = Seen::default();
    for (viewer, required) in people.sample(rng, VIEWERS).zip([false, true].into_iter().cycle()) {
        match ranking(conn, *viewer, required) {
            Some(ranking) => seen.add(&ranking),
            None => assert!(matches!(deck_order(conn, *viewer, 9, required), Err(MatchError::Incomplete(_)))),
        }
    }
    // The comparison means something only where there is something to order.
    assert!(seen.longest > 60 && seen.ties > 50 && seen.liked > 5, "{seen:?}");
}

#[derive(Debug, Default)]
struct Seen {
    longest: usize,
    ties: usize,
    liked: usize,
}

impl Seen {
    fn add(&mut self, ranking: &[(UserId, i32)]) {
        self.longest = self.longest.max(ranking.len());
        self.ties += ranking.windows(2).filter(|pair| pair[0].1 == pair[1].1).count();
        self.liked += ranking.iter().filter(|(_, score)| *score >= LIKED_ME).count();
    }
}

/// Compares for one viewer, and gives what both agreed on; none for somebody whose profile isn't complete.
fn ranking(conn: &mut PgConnection, viewer: UserId, birth_date_required: bool) -> Option<Vec<(UserId, i32)>> {
    loop {
        let day = today();
        let expected = Reference::load(conn, viewer).rank(viewer, day, birth_date_required)?;
        let ranked = deck_order(conn, viewer, 10_000, birth_date_required).unwrap();
        let page = deck_order(conn, viewer, 20, birth_date_required).unwrap();
        // At midnight both may have seen another day.
        if day == today() {
            assert_eq!(ranked, expected, "{viewer}");
            assert_eq!(page, expected[..expected.len().min(20)], "{viewer}");
            return Some(ranked);
        }
    }
}

/// People around two towns and anywhere; every third is the twin of the one before, and some twins' ids end alike.
fn populate(conn: &mut PgConnection, rng: &mut StdRng) -> Vec<UserId> {
    let mut zips = Vec::new();
    for (town, edge, some) in [("60601", 50, 25), ("80202", 100, 20), ("66101", 500, 20)] {
        let near = zip_table().near(ZipCode::parse(town).unwrap(), edge);
        zips.extend(near.zips.sample(rng, some).map(|(zip, _)| zip.to_string()));
    }
    let mut ids: Vec<UserId> = Vec::new();
    let mut same = (String::new(), 0, String::new(), String::new(), 0, false, false);
    for number in 0..PEOPLE {
        let mut id = UserId::new();
        let is_twin = number % 3 == 2;
        if !is_twin {
            let zip = zips.choose(rng).unwrap().clone();
            let radius = *RADII.choose(rng).unwrap();
            let age = *AGES_IN_DAYS.choose(rng).unwrap();
            let (paused, dated) = (rng.random_bool(0.05), rng.random_bool(0.6));
            same = (zip, radius, words(rng), words(rng), age, paused, dated);
        } else if number % 12 == 11 {
            id = ending_like(id, *ids.last().unwrap());
        }
        let (zip, radius, hobbies, interests, age, paused, dated) = same.clone();
        someone().zip(&zip).radius(radius).hobbies(&hobbies).interests(&interests).create(conn, id);
        let birth_date = dated.then(|| NaiveDate::from_ymd_opt(1990, 5, 17).unwrap());
        let active_on = today().checked_sub_days(Days::new(age)).unwrap();
        diesel::update(profiles::table.find(id))
            .set((
                profiles::active_on.eq(active_on),
                profiles::paused.eq(paused),
                profiles::birth_date.eq(birth_date),
            ))
            .execute(conn)
            .unwrap();
        ids.push(id);
    }
    refresh_tag_weights(conn).unwrap();
    ids
}

/// Up to six of forty words, the first ones more often: some tags are rare. Now and then none.
fn words(rng: &mut StdRng) -> String {
    let word = |rng: &mut StdRng| format!("word {}", (rng.random::<f64>().powi(2) * 40.0) as u32);
    let many = rng.random_range(0..40).min(rng.random_range(1..7));
    (0..many).map(|_| word(rng)).collect::<Vec<_>>().join(",")
}

fn ending_like(id: UserId, other: UserId) -> UserId {
    let (mut bytes, theirs) = (id.0.into_bytes(), other.0.into_bytes());
    bytes[12..].copy_from_slice(&theirs[12..]);
    UserId(Uuid::from_bytes(bytes))
}

/// Verdicts and people put aside, where they are allowed.
fn mingle(conn: &mut PgConnection, rng: &mut StdRng, people: &[UserId]) {
    for _ in 0..12 * PEOPLE {
        let (me, other) = (*people.choose(rng).unwrap(), *people.choose(rng).unwrap());
        let done = match rng.random_range(0..11) {
            0 => put_later(conn, me, other, false),
            10 => block(conn, me, other, false).map(|_| ()),
            say => decide(conn, me, other, say < 8, false).map(|_| ()),
        };
        if let Err(MatchError::Db(error)) = done {
            panic!("{error}");
        }
    }
}

/// What the reference reads: everything, plainly.
struct Reference {
    people: BTreeMap<UserId, Somebody>,
    weights: BTreeMap<i32, i32>,
    hidden: BTreeSet<UserId>,
    liked_me: BTreeSet<UserId>,
}

#[derive(Queryable)]
struct Somebody {
    id: UserId,
    hobbies: Vec<Option<i32>>,
    interests: Vec<Option<i32>>,
    zip: Option<i32>,
    radius: i16,
    paused: bool,
    active_on: NaiveDate,
    birth_date: Option<NaiveDate>,
}

impl Reference {
    fn load(conn: &mut PgConnection, viewer: UserId) -> Self {
        let columns = (
            profiles::user_id,
            profiles::hobbies,
            profiles::interests,
            profiles::zip_code,
            profiles::friend_radius,
            profiles::paused,
            profiles::active_on,
            profiles::birth_date,
        );
        let people: Vec<Somebody> = profiles::table.select(columns).load(conn).unwrap();
        let weights: Vec<(i32, i32)> = tags::table.select((tags::id, tags::weight)).load(conn).unwrap();
        let decided = likes::table.filter(likes::from_user.eq(viewer)).select(likes::to_user);
        let aside = later::table.filter(later::user_id.eq(viewer)).select(later::other_id);
        let waiting = likes_in::table.filter(likes_in::to_user.eq(viewer)).select(likes_in::from_user);
        let blocked = blocks::table.filter(blocks::user_id.eq(viewer)).select(blocks::blocked_id);
        let blocking = blocks::table.filter(blocks::blocked_id.eq(viewer)).select(blocks::user_id);
        let silent: Vec<UserId> = blocked.union(blocking).load(conn).unwrap();
        let decided: Vec<UserId> = decided.load(conn).unwrap();
        let aside: Vec<UserId> = aside.load(conn).unwrap();
        let waiting: Vec<UserId> = waiting.load(conn).unwrap();
        Self {
            people: people.into_iter().map(|somebody| (somebody.id, somebody)).collect(),
            weights: weights.into_iter().collect(),
            hidden: decided.into_iter().chain(aside).chain(silent).chain([viewer]).collect(),
            liked_me: waiting.into_iter().collect(),
        }
    }

    /// None if the viewer's own profile isn't complete.
    fn rank(&self, viewer: UserId, day: NaiveDate, birth_date_required: bool) -> Option<Vec<(UserId, i32)>> {
        let me = &self.people[&viewer];
        let is_complete = |p: &Somebody| {
            let said = !p.hobbies.is_empty() && !p.interests.is_empty();
            said && p.zip.is_some() && (p.birth_date.is_some() || !birth_date_required)
        };
        if !is_complete(me) {
            return None;
        }
        let mut ranked: Vec<(UserId, i32)> = self
            .people
            .values()
            .filter(|p| is_complete(p) && !p.paused && !self.hidden.contains(&p.id))
            .filter(|p| miles(me, p) <= f64::from(raised(me.radius)))
            .map(|p| (p.id, self.score(me, p, day)))
            .collect();
        ranked.sort_by_key(|(id, score)| (Reverse(*score), shuffled(viewer.shuffle(), id.shuffle()), *id));
        Some(ranked)
    }

    fn score(&self, me: &Somebody, other: &Somebody, day: NaiveDate) -> i32 {
        let tags = |p: &Somebody| -> BTreeSet<i32> {
            p.hobbies.iter().chain(&p.interests).flatten().copied().collect()
        };
        let shared: i32 = tags(me).intersection(&tags(other)).map(|tag| self.weights[tag]).sum();
        let band = Band::of(miles(me, other));
        let active = match (day - other.active_on).num_days() {
            ..=0 => LastActive::Today,
            1..=7 => LastActive::ThisWeek,
            8..=31 => LastActive::ThisMonth,
            _ => LastActive::Longer,
        };
        let liked_me = if self.liked_me.contains(&other.id) { LIKED_ME } else { 0 };
        let reaches_me = if miles(me, other) <= f64::from(raised(other.radius)) { REACHES_ME } else { 0 };
        let points_of_band = BAND_POINTS.iter().find(|(b, _)| *b == band).unwrap().1;
        let points_of_day = ACTIVE_POINTS.iter().find(|(a, _)| *a == active).unwrap().1;
        liked_me + shared + points_of_band + points_of_day + reaches_me
    }
}

fn miles(one: &Somebody, other: &Somebody) -> f64 {
    let point = |somebody: &Somebody| {
        zip_table().get(ZipCode::from_i32(somebody.zip.unwrap()).unwrap()).unwrap().point
    };
    point(one).miles_to(&point(other))
}

/// A radius at the next of the fixed edges.
fn raised(radius: i16) -> i16 {
    [5, 10, 25, 50, 100, 250, 500].into_iter().find(|edge| radius <= *edge).unwrap()
}
