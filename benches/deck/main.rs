//! A page of the deck at 100,000 people, next to the haversine of every row:
//!
//! ```sh
//! cargo run --release --example test_cluster -- cargo bench --bench deck
//! ```
//!
//! Both give the same people in the same order, checked for each viewer. Ours is the whole of `deck_order`: reading
//! the viewer's profile and tag weights, too. The naive statement gets them for nothing, and two parallel workers.
//! `FRIENDER_TEST_BENCH_PEOPLE` sets how many people there are.
//!
//! Measured in a release build on 2 cores, 100,000 people of `friender seed`'s crowd, PostgreSQL 15, milliseconds:
//!
//! | viewers | deck p50 / p99 | naive p50 / p99 | ratio p50 / p99 |
//! |---|---|---|---|
//! | anybody | 1.6 / 10.5 | 21.6 / 59.1 | 13.7 / 5.6 |
//! | New York, 25 miles | 3.8 / 5.0 | 30.7 / 33.7 | 8.1 / 6.8 |
//! | 500 miles | 9.9 / 20.6 | 56.9 / 94.6 | 5.7 / 4.6 |
//! | one of New York | 3.3 / 5.2 | 28.8 / 34.1 | 8.7 / 6.5 |
//! | the same, 20,000 decided | 5.5 / 10.4 | 30.0 / 32.0 | 5.5 / 3.1 |
//!
//! Within 500 miles a third of everybody is a candidate: both have to score them all.
//!
//! Over HTTP, 100 people for anybody: the deck 3.8 / 12.9, the list of other front ends (`/classic`) 3.8 / 12.3.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a measurement that fails may panic")]

mod lists;
mod naive;

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use friender::accounts::{Password, PasswordHasher, UserId};
use friender::discovery::deck_order;
use friender::geo::{ZipCode, zip_table};
use friender::seed::crowd;

use naive::Naive;

const PAGE: u32 = 20;
const VIEWERS: i64 = 200;
const DECISIONS: i64 = 20_000;
/// Rounds before the clock starts.
const TIMES_WARM: usize = 5;

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = SqlUuid)]
    user_id: UserId,
}

fn main() {
    // `cargo bench` says so; `cargo test --all-targets` only wants to see that this builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let Ok(cluster) = std::env::var("FRIENDER_TEST_DATABASE_URL") else {
        println!("FRIENDER_TEST_DATABASE_URL is not set: run this through the example test_cluster");
        return;
    };
    let people =
        std::env::var("FRIENDER_TEST_BENCH_PEOPLE").map_or(100_000, |text| text.parse().expect("a number"));
    let (url, mut ours, mut naive) = database(&cluster, people);

    println!("{people} people; milliseconds\n");
    println!(
        "{:<24} {:>16} {:>16} {:>16}",
        "viewers", "deck p50 / p99", "naive p50 / p99", "ratio p50 / p99"
    );
    let anybody = viewers(&mut ours, "true");
    compare("anybody", &mut ours, &mut naive, &anybody);
    let near: Vec<String> = near_new_york().iter().map(|zip| zip.to_i32().to_string()).collect();
    let in_new_york =
        viewers(&mut ours, &format!("effective_radius = 25 AND zip_code IN ({})", near.join(",")));
    compare("New York, 25 miles", &mut ours, &mut naive, &in_new_york);
    let far = viewers(&mut ours, "effective_radius = 500");
    compare("500 miles", &mut ours, &mut naive, &far);

    let one = &in_new_york[..1];
    let same: Vec<UserId> = one.iter().copied().cycle().take(200).collect();
    compare("one of New York", &mut ours, &mut naive, &same);
    decide_on_many(&mut ours, one[0]);
    compare("the same, 20,000 decided", &mut ours, &mut naive, &same);
    lists::compare(&url, &anybody);
}

/// A database of its own, full of people, and two connections to it.
fn database(cluster: &str, people: u32) -> (String, PgConnection, PgConnection) {
    let mut admin = PgConnection::establish(cluster).expect("the cluster answers");
    let name = format!("bench_deck_{}", std::process::id());
    admin.batch_execute(&format!("CREATE DATABASE {name}")).expect("a database");
    let mut url: url::Url = cluster.parse().expect("a URL");
    url.set_path(&name);
    friender::db::migrate(url.as_str()).expect("migrations");
    let mut ours = PgConnection::establish(url.as_str()).expect("a connection");
    let start = Instant::now();
    let password = Password::parse("nobody logs in here").expect("a password");
    let password =
        PasswordHasher::new("pepper".repeat(6).into(), 4).hash_blocking(&password).expect("a hash");
    crowd::load(&mut ours, people, &password, |_| ()).expect("a crowd");
    vacuum(&mut ours);
    println!("loaded in {:.0} s", start.elapsed().as_secs_f64());
    let mut naive = PgConnection::establish(url.as_str()).expect("a connection");
    naive.batch_execute("SET max_parallel_workers_per_gather = 2").expect("parallel workers");
    (url.to_string(), ours, naive)
}

/// Until every page of the profiles is known to be visible: a worker of the database's own may hold that up.
fn vacuum(conn: &mut PgConnection) {
    let is_done = "SELECT user_id FROM profiles, pg_class WHERE relname = 'profiles' AND relallvisible = relpages LIMIT 1";
    loop {
        conn.batch_execute("VACUUM ANALYZE").expect("statistics");
        if sql_query(is_done).load::<Id>(conn).expect("the catalogue").len() == 1 {
            return;
        }
    }
}

fn near_new_york() -> Vec<ZipCode> {
    let centre = ZipCode::parse("10001").expect("a ZIP code");
    zip_table().near(centre, 10).zips.iter().map(|(zip, _)| *zip).collect()
}

/// Up to 200 random people of whom a condition is true.
fn viewers(conn: &mut PgConnection, condition: &str) -> Vec<UserId> {
    let text = format!(
        "SELECT user_id FROM profiles WHERE filled AND {condition} ORDER BY md5(user_id::text) LIMIT $1"
    );
    let rows: Vec<Id> = sql_query(text).bind::<BigInt, _>(VIEWERS).load(conn).expect("viewers");
    assert!(!rows.is_empty(), "nobody is {condition}");
    rows.into_iter().map(|row| row.user_id).collect()
}

/// Measures both for each viewer, one after the other, after a first round that warms both.
fn compare(name: &str, ours: &mut PgConnection, naive: &mut PgConnection, viewers: &[UserId]) {
    let (mut fast, mut slow) = (Vec::new(), Vec::new());
    for (round, viewer) in viewers.iter().take(TIMES_WARM).chain(viewers).enumerate() {
        let statement = Naive::new(naive, *viewer);
        let (deck, took) = timed(|| deck_order(ours, *viewer, PAGE, false).expect("a deck"));
        let (expected, took_naive) = timed(|| statement.run(naive, PAGE.into()));
        assert_eq!(deck, expected, "{name}: {viewer}");
        if round >= TIMES_WARM {
            fast.push(took);
            slow.push(took_naive);
        }
    }
    let (fast, slow) = (Percentiles::of(fast), Percentiles::of(slow));
    let ratio = format!("{:.1} / {:.1}", slow.p50 / fast.p50, slow.p99 / fast.p99);
    println!("{name:<24} {:>16} {:>16} {ratio:>16}", fast.to_string(), slow.to_string());
}

/// Lets somebody decide on so many others, the nearest in the list of ids.
fn decide_on_many(conn: &mut PgConnection, viewer: UserId) {
    sql_query(
        "INSERT INTO likes (from_user, to_user, liked) \
         SELECT $1, user_id, false FROM profiles WHERE user_id <> $1 ORDER BY md5(user_id::text) LIMIT $2",
    )
    .bind::<SqlUuid, _>(viewer)
    .bind::<BigInt, _>(DECISIONS)
    .execute(conn)
    .expect("decisions");
    conn.batch_execute("VACUUM ANALYZE likes").expect("statistics");
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// Milliseconds.
struct Percentiles {
    p50: f64,
    p99: f64,
}

impl Percentiles {
    fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at =
            |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
        Self { p50: at(50), p99: at(99) }
    }
}

impl std::fmt::Display for Percentiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1} / {:.1}", self.p50, self.p99)
    }
}
