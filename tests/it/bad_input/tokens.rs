//! Access tokens that are missing, forged, expired or something else altogether.

use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, get_current_timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

use super::check::{Case, Expected, refuse_all};
use super::routes::{Access, all};
use super::world::World;
use crate::support::SECRET;

/// A token as the server signs them, but for the change.
pub fn forged(user: &str, change: impl FnOnce(&mut Header, &mut Value)) -> String {
    forged_with(SECRET, user, change)
}

fn forged_with(secret: &str, user: &str, change: impl FnOnce(&mut Header, &mut Value)) -> String {
    let now = get_current_timestamp();
    let mut claims = json!({"iss": "friender", "aud": "friender", "sub": user, "sid": Uuid::now_v7(),
        "jti": Uuid::new_v4(), "iat": now, "exp": now + 60});
    let mut header = Header { typ: Some("at+jwt".to_owned()), ..Header::new(Algorithm::HS256) };
    change(&mut header, &mut claims);
    encode(&header, &claims, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

fn bad_headers(world: &World) -> Vec<Vec<u8>> {
    let id = world.me.id.to_string();
    let good = forged(&id, |_, _| ());
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let claim = |name: &'static str, value: Value| forged(&id, move |_, claims| claims[name] = value);
    let tokens = [
        forged(&id, |_, claims| claims["exp"] = json!(1)),
        claim("exp", json!("9999999999")),
        claim("exp", json!(1e308)),
        claim("exp", json!(-1)),
        claim("iat", json!(9_999_999_999_u64)),
        claim("iss", json!("else")),
        claim("aud", json!("else")),
        claim("sub", json!(1)),
        claim("sid", json!(null)),
        forged("a\0b", |_, _| ()),
        forged(&id, |header, _| header.typ = Some("JWT".to_owned())),
        forged(&id, |header, _| header.alg = Algorithm::HS512),
        forged_with("another secret, another secret, another", &id, |_, _| ()),
        forged_with("", &id, |_, _| ()),
        format!("{signed}."),
        signed.to_owned(),
        format!("{signed}.{}", signature.chars().rev().collect::<String>()),
        format!("{good}x"),
        format!("{good}.{good}"),
        "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30.".to_owned(),
        world.refresh_token.clone(),
        "null".to_owned(),
        "x".repeat(10_000),
        String::new(),
    ];
    let mut headers: Vec<Vec<u8>> =
        tokens.iter().map(|token| format!("Bearer {token}").into_bytes()).collect();
    headers.extend([good.clone().into_bytes(), format!("Basic {good}").into_bytes(), b"Bearer".to_vec()]);
    headers.extend([b"".to_vec(), b"Bearer \xff\xfe".to_vec(), b"Basic YWRhOnB3".to_vec()]);
    headers
}

#[actix_web::test]
async fn the_forger_knows_the_form() {
    let world = World::new().await;
    let token = forged(&world.me.id.to_string(), |_, _| ());
    world.app.anon().with_token(&token).get("/me").await.expect(200);
}

#[actix_web::test]
async fn bad_tokens_are_refused_wherever_a_token_counts() {
    let world = World::new().await;
    let headers = bad_headers(&world);
    let anon = world.app.anon();
    let mut cases = Vec::new();
    for route in all().iter().filter(|route| route.access != Access::Ignored) {
        let path = world.path(route);
        let request = || world.with_good_body(route, anon.request(route.method.clone(), &path));
        for header in &headers {
            let shown = String::from_utf8_lossy(&header[..header.len().min(60)]).into_owned();
            let request = request().header("authorization", header.as_slice());
            cases.push(Case {
                what: format!("{} with {shown}", route.name()),
                request,
                expected: Expected::Unauthorized,
            });
        }
        if route.access == Access::SignedIn {
            let what = format!("{} without a token", route.name());
            cases.push(Case { what, request: request(), expected: Expected::Unauthorized });
        }
    }
    refuse_all(&world.app, cases).await;
}

/// Nobody is behind the token any more, or never was.
#[actix_web::test]
async fn a_token_of_an_account_that_is_gone_does_nothing() {
    let world = World::new().await;
    let gone = world.app.client_of(friender::accounts::UserId::new());
    let own = |route: &super::routes::Route| {
        [
            "/me",
            "/me/pause",
            "/profile",
            "/deck",
            "/likes",
            "/likes/received",
            "/later",
            "/sessions",
            "/logout/all",
            "/matches",
            "/conversations",
            "/upload",
            "/files/events",
            "/files/delete",
        ]
        .contains(&route.path.as_str())
            || route.is("GET", "/blocks")
            || route.is("GET", "/files")
    };
    let routes = all();
    let cases = routes.iter().filter(|route| route.access == Access::SignedIn).map(|route| {
        let request = world.with_good_body(route, gone.request(route.method.clone(), &world.path(route)));
        let expected = match route.method.as_str() {
            _ if own(route) => Expected::Unauthorized,
            "DELETE" => Expected::RefusedOrNothing,
            _ => Expected::Refused,
        };
        Case { what: format!("{} of somebody who is gone", route.name()), request, expected }
    });
    refuse_all(&world.app, cases.collect()).await;
}
