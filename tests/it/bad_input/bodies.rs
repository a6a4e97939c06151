//! JSON bodies: broken, of another shape, with wrong values, too large, under another name.

use serde_json::{Value, json};

use super::check::{Case, Expected, refuse_all};
use super::routes::{Route, all};
use super::values::{mebibyte, no_objects, wrong_values};
use super::world::World;

fn json_routes() -> impl Iterator<Item = (Route, Vec<String>, Expected)> {
    all().into_iter().filter_map(|route| {
        // Logging out works with whatever one has.
        let out = route.path == "/logout";
        let expected = if out { Expected::RefusedOrNothing } else { Expected::Refused };
        let fields = route.fields.clone()?;
        Some((route, fields, expected))
    })
}

fn case(world: &World, route: &Route, what: &str, body: Vec<u8>, expected: Expected) -> Case {
    let shown = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
    let request =
        world.request(route, &world.path(route)).header("content-type", "application/json").body(body);
    Case { what: format!("{} with {what}: {shown}", route.name()), request, expected }
}

#[actix_web::test]
async fn what_is_no_json_object() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for (route, fields, expected) in json_routes() {
        let good = world.body(&route);
        let mut bodies = no_objects();
        if route.needs_fields {
            bodies.push(b"{}".to_vec());
        }
        // The same values without their names, and in a list.
        let values: Vec<&Value> = fields.iter().map(|field| &good[field]).collect();
        bodies.push(json!(values).to_string().into_bytes());
        bodies.push(json!([good]).to_string().into_bytes());
        bodies.push(json!(good.to_string()).to_string().into_bytes());
        bodies.push(format!("{good}{good}").into_bytes());
        bodies.push(good.to_string().into_bytes().split_last().unwrap().1.to_vec());
        cases.extend(bodies.into_iter().map(|body| case(&world, &route, "no object", body, expected)));
    }
    refuse_all(&world.app, cases).await;
}

/// serde reads a list as a struct, in the order of its declaration: that is no contract.
#[actix_web::test]
async fn a_list_is_not_taken_for_an_object() {
    let world = World::new().await;
    let bodies = [
        ("/likes", json!([world.target.id, true])),
        ("/login", json!([world.me.username, crate::support::PASSWORD])),
        ("/me/pause", json!([true])),
    ];
    let route = |path: &str| all().into_iter().find(|route| route.path == path).unwrap();
    let cases = bodies.map(|(path, body)| {
        case(&world, &route(path), "a list", body.to_string().into_bytes(), Expected::Refused)
    });
    refuse_all(&world.app, cases.into()).await;
}

#[actix_web::test]
async fn wrong_values_in_every_field() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for (route, fields, expected) in json_routes() {
        for field in &fields {
            for value in wrong_values(field) {
                let mut body = world.body(&route);
                body[field] = value;
                cases.push(case(&world, &route, field, body.to_string().into_bytes(), expected));
            }
            let mut body = world.body(&route);
            body[field] = json!("SURROGATE");
            for escape in ["\\ud800", "\\udc00", "\\ud800\\u0041", "a\\u0000"] {
                let body = body.to_string().replace("SURROGATE", escape).into_bytes();
                cases.push(case(&world, &route, field, body, expected));
            }
        }
        for unknown in ["id", "is_admin", "__proto__", "", "a\0b", "Username"] {
            let mut body = world.body(&route);
            body[unknown] = json!("x");
            cases.push(case(&world, &route, "an unknown field", body.to_string().into_bytes(), expected));
        }
    }
    refuse_all(&world.app, cases).await;
}

#[actix_web::test]
async fn a_mebibyte_in_every_field() {
    let world = World::new().await;
    let mut cases = Vec::new();
    for (route, fields, expected) in json_routes() {
        for field in &fields {
            let mut body = world.body(&route);
            body[field] = json!(mebibyte());
            cases.push(case(&world, &route, field, body.to_string().into_bytes(), expected));
        }
    }
    refuse_all(&world.app, cases).await;
}

#[actix_web::test]
async fn good_json_under_another_content_type() {
    let types = [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/xml",
        "json",
        "application/json5",
        "application/octet-stream",
        "text/html; charset=utf-8",
        ";;",
        "application/",
    ];
    let world = World::new().await;
    let mut cases = Vec::new();
    for (route, _, expected) in json_routes() {
        for content_type in types {
            let request = world.request(&route, &world.path(&route));
            let request = request.header("content-type", content_type).body(world.body(&route).to_string());
            let what = format!("{} as {content_type:?}", route.name());
            cases.push(Case { what, request, expected });
        }
        let request = world.request(&route, &world.path(&route)).body(world.body(&route).to_string());
        cases.push(Case { what: format!("{} as nothing", route.name()), request, expected });
    }
    refuse_all(&world.app, cases).await;
}

/// Persons that a decision can't be about.
#[actix_web::test]
async fn decisions_on_oneself_and_on_nobody() {
    let world = World::new().await;
    let route = all().into_iter().find(|route| route.is("POST", "/likes")).unwrap();
    let far = crate::support::someone().zip("90210").insert(&world.app);
    let unfinished = crate::support::someone().nowhere().insert(&world.app);
    let mut ids = super::values::unknown_ids().to_vec();
    ids.extend([&world.me, &far, &unfinished].map(|person| person.id.to_string()));
    ids.push(world.match_id.clone());
    let cases = ids.into_iter().map(|id| {
        let body = json!({"user_id": id, "liked": true}).to_string().into_bytes();
        case(&world, &route, "nobody to decide on", body, Expected::Refused)
    });
    refuse_all(&world.app, cases.collect()).await;
}
