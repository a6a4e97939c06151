//! Ids in paths, and query strings.

use super::check::{Case, Expected, refuse_all};
use super::routes::{Route, all};
use super::values::{no_ids, unknown_ids, wrong_queries};
use super::world::World;
use crate::support::Client;

fn case(world: &World, route: &Route, path: &str, expected: Expected) -> Case {
    let request = world.with_good_body(route, world.request(route, path));
    let shown: String = path.chars().take(120).collect();
    Case { what: format!("{} at {shown}", route.method), request, expected }
}

#[actix_web::test]
async fn ids_that_are_none() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for route in all().iter().filter(|route| route.path.contains('{')) {
        for id in no_ids() {
            cases.push(case(&world, route, &world.path_with(route, &id), Expected::Refused));
        }
    }
    refuse_all(&world.app, cases).await;
}

#[actix_web::test]
async fn ids_of_nobody_and_of_others() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for route in all().iter().filter(|route| route.path.contains('{') && !route.path.contains("{zip}")) {
        // Nothing to take back is fine: a retry finds nothing, either.
        let is_repeatable = ["/likes/{user_id}", "/later/{user_id}", "/blocks/{user_id}"]
            .iter()
            .any(|path| route.is("DELETE", path));
        let expected = if is_repeatable { Expected::RefusedOrNothing } else { Expected::Refused };
        let mut ids = unknown_ids().to_vec();
        match route.path.split('/').nth(1) {
            Some("matches") => ids.push(world.foreign_match.clone()),
            Some("users") if route.method == "POST" => ids.push(world.friend.id.to_string()),
            _ => ids.push(world.foreign_match.clone()),
        }
        for id in ids {
            cases.push(case(&world, route, &world.path_with(route, &id), expected));
        }
    }
    refuse_all(&world.app, cases).await;
}

#[actix_web::test]
async fn wrong_values_in_every_query_string() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for route in all().iter().filter(|route| !route.query.is_empty()) {
        let path = world.path_without_query(route);
        let needed = if route.path == "/reach" { "zip=10001&radius=25" } else { "" };
        for name in &route.query {
            let others: Vec<&str> = needed
                .split('&')
                .filter(|pair| !pair.is_empty() && !pair.starts_with(name.as_str()))
                .collect();
            for value in wrong_queries(name) {
                let query = [others.as_slice(), &[&format!("{name}={value}")]].concat().join("&");
                cases.push(case(&world, route, &format!("{path}?{query}"), Expected::Refused));
            }
            for twice in [format!("{name}=1&{name}=2"), format!("{name}[]=1"), format!("{name}[a]=1")] {
                let query = [others.as_slice(), &[&twice]].concat().join("&");
                cases.push(case(&world, route, &format!("{path}?{query}"), Expected::Refused));
            }
        }
        for unknown in ["unknown=1", "%00=1", "%ff=1", "Limit=1", "=", "a%00b"] {
            let query = [needed, unknown].join("&");
            cases.push(case(&world, route, &format!("{path}?{query}"), Expected::Refused));
        }
    }
    for query in ["", "zip=10001", "radius=25"] {
        let reach = all().into_iter().find(|route| route.path == "/reach").unwrap();
        cases.push(case(&world, &reach, &format!("/reach?{query}"), Expected::Refused));
    }
    refuse_all(&world.app, cases).await;
}

/// Positions far outside a conversation are no mistake, but must not break anything.
#[actix_web::test]
async fn the_ends_of_a_conversation_are_far_away() {
    let world = World::new().await;
    let path = format!("/matches/{}/messages", world.match_id);
    for number in [i64::MIN, -1, 0, i64::MAX - 1, i64::MAX] {
        for name in ["before", "after"] {
            let answer = world.me.client.get(&format!("{path}?{name}={number}&limit=100")).await.expect(200);
            assert_eq!(answer.body["items"].as_array().map(Vec::len), Some(0));
        }
    }
    world.me.client.get(&format!("{path}?before=1&after=1")).await.expect(400);
    let read = format!("/matches/{}/read", world.match_id);
    world.me.client.put(&read, &serde_json::json!({"seq": i64::MAX})).await.expect(204);
    let matched = world.me.client.get(&format!("/matches/{}", world.match_id)).await.expect(200);
    assert_eq!(matched.body["unread"], 0);
}

/// The server reads a head of some size, and no more.
#[actix_web::test]
async fn a_mebibyte_of_address_is_refused() {
    let world = World::new().await;
    for path in [
        format!("/tags?prefix={}", super::values::mebibyte()),
        format!("/users/{}", super::values::mebibyte()),
    ] {
        let refused = world.me.client.request(reqwest::Method::GET, &path).send().await;
        // The server may hang up before all of it was sent.
        assert!(refused.as_ref().map_or(true, |answer| answer.status().is_client_error()), "{refused:?}");
    }
    Client::send(world.me.client.request(reqwest::Method::GET, "//livez")).await.expect(200);
}
