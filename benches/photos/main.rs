//! Photos a second through the API and straight to the bucket, and what each step of one costs, next to Pillow:
//!
//! ```sh
//! cargo bench --bench photos
//! ```
//!
//! BENCH_PYTHON names a Python that has Pillow (default `python3`); without one its line is left out.
//!
//! Measured in a release build on 2 cores; a JPEG of 4,000 × 3,000 pixels and 1.3 MiB, made into all three sizes.
//! Milliseconds of CPU a photo:
//!
//! | | decode | resize | encode | together |
//! |---|---|---|---|---|
//! | Friender | 40 | 15 | 19 | 74 |
//! | Pillow 13.0 | 37 | 132 | 16 | 185 |
//!
//! 48 photos of 48 people, 8 at once, to a server with its own durable PostgreSQL and store:
//!
//! | | photos a second | CPU each | memory at most |
//! |---|---|---|---|
//! | through the API | 19.6 | 96 ms | 174 MiB |
//! | straight to the bucket | 17.6 | 103 ms | 184 MiB |

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a measurement that fails may panic")]

mod server;
mod steps;

use std::time::Instant;

use futures_util::{StreamExt, stream};
use server::{Person, Server};

/// A phone's picture.
const WIDTH: u32 = 4_000;
const HEIGHT: u32 = 3_000;

const PHOTOS: usize = 48;
/// People who upload at once.
const AT_ONCE: usize = 8;

fn main() {
    // `cargo bench` says so; `cargo test --all-targets` only wants to see that this builds.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let picture = steps::picture(WIDTH, HEIGHT);
    println!("{WIDTH} × {HEIGHT} pixels, {} KiB of JPEG\n", picture.len() >> 10);
    steps::compare(&picture);

    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let server = Server::start();
    for (name, direct) in [("through the API", false), ("straight to the bucket", true)] {
        let mut people: Vec<Person> = Vec::new();
        for _ in 0..PHOTOS {
            people.push(runtime.block_on(server.somebody()));
        }
        server.forget_peak();
        let (begun, before) = (Instant::now(), server.cpu_seconds());
        let sent = stream::iter(&people)
            .map(|person| async {
                if direct { person.put(&picture).await } else { person.upload(&picture).await }
            })
            .buffer_unordered(AT_ONCE)
            .collect::<Vec<()>>();
        runtime.block_on(sent);
        let (took, cpu) = (begun.elapsed().as_secs_f64(), server.cpu_seconds() - before);
        println!(
            "{name:<24} {:>5.1} photos/s, {:>4.0} ms of CPU each, {} MiB at most",
            PHOTOS as f64 / took,
            cpu * 1000.0 / PHOTOS as f64,
            server.peak() >> 20
        );
    }
}
