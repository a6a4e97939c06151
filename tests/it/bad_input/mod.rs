//! Whatever comes in, on every documented route: 4xx as a problem, and nothing written.
//!
//! Routes and their fields are read from the API document, so a new one is tried as soon as it is documented; `world`
//! and `values` panic where they need to be told what good and bad mean for it.

mod bodies;
mod check;
pub mod forms;
mod paths;
pub mod routes;
mod tokens;
mod values;
pub mod world;

use std::collections::BTreeSet;

pub use forms::one_photo;

use crate::support::Client;
use world::World;

/// What the bad requests differ from is good: else their refusals would prove nothing.
#[actix_web::test]
async fn the_good_requests_are_accepted_and_name_every_field() {
    let world = World::new().await;
    let mut tried = BTreeSet::new();
    for route in routes::all() {
        if let Some(fields) = &route.fields {
            let body = world.body(&route);
            let ours: BTreeSet<_> = body.as_object().unwrap().keys().cloned().collect();
            let documented: BTreeSet<_> = fields.iter().cloned().collect();
            assert_eq!(ours, documented, "{}", route.name());
        }
        let answer = Client::send(world.good(&route)).await;
        assert!((200..300).contains(&answer.status), "{}: {} {:#}", route.name(), answer.status, answer.body);
        tried.insert((route.method.to_string(), format!("/api/v1{}", route.path)));
    }
    let table: BTreeSet<_> =
        friender::routes::table().into_iter().map(|(method, path, _)| (method, path)).collect();
    assert_eq!(tried, table);
}
