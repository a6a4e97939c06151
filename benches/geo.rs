//! Loading the ZIP table, and which ZIP codes lie near one: `cargo bench --bench geo`.
//!
//! Prints median and 99th percentile over random ZIP codes for each edge, computed anew and from the cache.
//!
//! Measured on a 2-core machine, release, 41,195 rows: loading takes 5 ms. In microseconds:
//!
//! | miles | mean ZIP codes | computed p50 / p99 | cached p50 / p99 |
//! |---|---|---|---|
//! | 5 | 9 | 32 / 48 | 0.1 / 0.3 |
//! | 10 | 24 | 32 / 50 | 0.1 / 0.3 |
//! | 25 | 85 | 33 / 54 | 0.1 / 0.3 |
//! | 50 | 237 | 34 / 56 | 0.1 / 0.4 |
//! | 100 | 733 | 37 / 60 | 0.1 / 0.4 |
//! | 250 | 3,434 | 48 / 97 | 0.1 / 0.4 |
//! | 500 | 9,942 | 76 / 171 | 0.2 / 0.5 |

use std::hint::black_box;
use std::time::{Duration, Instant};

use friender::geo::{EDGES, ZipCode, zip_table};
use rand::seq::IndexedRandom;

const ROUNDS: usize = 2_000;

fn main() {
    let start = Instant::now();
    let table = zip_table();
    println!("load: {:.1} ms for {} rows", millis(start.elapsed()), table.iter().len());

    let all: Vec<ZipCode> = table.iter().map(|place| place.zip).collect();
    let picked: Vec<ZipCode> = all.sample(&mut rand::rng(), ROUNDS).copied().collect();
    println!(
        "{:>5} {:>9} {:>26} {:>26}",
        "miles", "mean ZIPs", "computed p50 / p99 (µs)", "cached p50 / p99 (µs)"
    );
    for edge in EDGES {
        let mut found = 0;
        let mut computed = Vec::with_capacity(ROUNDS);
        let mut cached = Vec::with_capacity(ROUNDS);
        for zip in &picked {
            let (nearby, took) = timed(|| table.near_uncached(*zip, edge));
            found += nearby.zips.len();
            computed.push(took);
            let first = table.near(*zip, edge);
            let (again, took) = timed(|| table.near(*zip, edge));
            assert_eq!(first.zips.len(), again.zips.len());
            cached.push(took);
        }
        println!("{edge:>5} {:>9} {:>26} {:>26}", found / ROUNDS, summary(computed), summary(cached));
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = black_box(work());
    (result, start.elapsed())
}

fn summary(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).copied().unwrap_or_default();
    format!("{:.1} / {:.1}", millis(at(50)) * 1e3, millis(at(99)) * 1e3)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
