//! The attack on somebody's place, played: what answers, order, counts and radii tell is the band, and no more.

use std::collections::BTreeMap;

use friender::geo::{Band, EDGES, ZipCode, zip_table};
use serde_json::{Value, json};

use crate::support::{Someone, TestApp, befriend, forget_moves, someone};

// Newark and Teaneck: both 5 to 10 miles from 10001, in different directions.
const NEWARK: &str = "07102";
const TEANECK: &str = "07666";

fn band_from_10001(zip: &str) -> Band {
    let [here, there] = ["10001", zip].map(|zip| ZipCode::parse(zip).unwrap());
    zip_table().band_between(here, there).unwrap()
}

/// A card without what names the person or the town.
fn faceless(card: &Value) -> Value {
    let mut card = card.clone();
    for field in ["id", "username", "display_name", "place", "location"] {
        assert!(card.as_object_mut().unwrap().remove(field).is_some(), "{field}");
    }
    card
}

fn order(deck: &Value) -> Vec<String> {
    let items = deck["items"].as_array().expect("items");
    items.iter().map(|card| card["id"].as_str().expect("an id").to_owned()).collect()
}

async fn deck(viewer: &Someone) -> Value {
    viewer.client.get("/deck?limit=100").await.expect(200).body
}

async fn move_to(app: &TestApp, person: &Someone, zip: &str) {
    forget_moves(&mut app.connect());
    person.client.patch("/me", &json!({"location": zip})).await.expect(200);
}

async fn set_radius(person: &Someone, miles: u16) {
    person.client.patch("/me", &json!({"friend_radius": miles})).await.expect(200);
}

#[actix_web::test]
async fn two_zips_of_one_band_look_the_same() {
    assert_eq!((band_from_10001(NEWARK), band_from_10001(TEANECK)), (Band::To10, Band::To10));
    let app = TestApp::start().await;
    let [one, other] = [someone().zip(NEWARK).insert(&app), someone().zip(TEANECK).insert(&app)];
    let attackers: Vec<Someone> = (0..60).map(|_| someone().insert(&app)).collect();
    let mut one_first = 0;
    for attacker in &attackers {
        set_radius(attacker, 10).await;
        let deck = deck(attacker).await;
        let cards: BTreeMap<&str, &Value> = deck["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|card| (card["id"].as_str().unwrap(), card))
            .collect();
        let [one_card, other_card] = [&one, &other].map(|person| cards[person.id.to_string().as_str()]);
        assert_eq!(faceless(one_card), faceless(other_card));
        let ids = order(&deck);
        let place = |person: &Someone| ids.iter().position(|id| *id == person.id.to_string()).unwrap();
        one_first += usize::from(place(&one) < place(&other));
    }
    // A fair coin: outside of this once in 100 million times.
    assert!((8..=52).contains(&one_first), "one was first for {one_first} of 60");
    let mut seen = Vec::new();
    for person in [&one, &other] {
        let path = format!("/users/{}", person.id);
        seen.push(faceless(&attackers[0].client.get(&path).await.expect(200).body["user"]));
    }
    assert_eq!(seen[0], seen[1]);
}

#[actix_web::test]
async fn moving_inside_a_band_changes_neither_order_nor_counts() {
    let app = TestApp::start().await;
    let attacker = someone().radius(25).insert(&app);
    let victims: Vec<Someone> = (0..12).map(|_| someone().zip(NEWARK).insert(&app)).collect();
    let before = deck(&attacker).await;
    for (index, victim) in victims.iter().enumerate() {
        move_to(&app, victim, if index % 2 == 0 { TEANECK } else { NEWARK }).await;
    }
    let after = deck(&attacker).await;
    assert_eq!(order(&before), order(&after));
    let faces = |deck: &Value| deck["items"].as_array().unwrap().iter().map(faceless).collect::<Vec<_>>();
    assert_eq!(faces(&before), faces(&after));
    // A radius that takes effect at the same edge shows the same, whoever's it is.
    for (attackers, victims_radius) in [(11, 25), (25, 24), (24, 11)] {
        set_radius(&attacker, attackers).await;
        set_radius(&victims[0], victims_radius).await;
        assert_eq!(deck(&attacker).await, after, "{attackers} {victims_radius}");
    }
    // The attacker's radius too small: the numbers are those of the band, too.
    set_radius(&attacker, 5).await;
    let empty = deck(&attacker).await;
    for victim in &victims {
        move_to(&app, victim, NEWARK).await;
    }
    assert_eq!(deck(&attacker).await, empty);
    assert_eq!(empty["reason_empty"]["within"][0], json!({"radius": 10, "about": "10"}));
}

#[actix_web::test]
async fn two_people_of_one_zip_are_the_same_byte_for_byte() {
    let app = TestApp::start().await;
    let attacker = someone().radius(50).insert(&app);
    let [one, other] = [someone().zip(NEWARK).insert(&app), someone().zip(NEWARK).insert(&app)];
    let mut bytes = Vec::new();
    for person in [&one, &other] {
        let request = attacker.client.request(reqwest::Method::GET, &format!("/users/{}", person.id));
        let text = request.send().await.unwrap().text().await.unwrap();
        bytes.push(text.replace(&person.id.to_string(), "ID").replace(&person.username, "NAME"));
    }
    assert_eq!(bytes[0], bytes[1]);
    assert!(bytes[0].contains("Newark, NJ"), "{}", bytes[0]);
}

/// What the person chose is all that is read of their place, in every list; the band stays, and so do the order and
/// the sameness of two people.
#[actix_web::test]
async fn the_place_is_told_as_far_as_its_person_chose() {
    let app = TestApp::start().await;
    let viewer = someone().radius(50).insert(&app);
    let [one, other] = [someone().zip(NEWARK).insert(&app), someone().zip(NEWARK).insert(&app)];
    for person in [&one, &other] {
        person.client.post("/likes", &json!({"user_id": viewer.id, "liked": true})).await.expect(200);
    }
    let ordered = order(&deck(&viewer).await);
    for (choice, words) in [("town", json!("Newark, NJ")), ("state", json!("NJ")), ("hidden", Value::Null)] {
        let mut bytes = Vec::new();
        for person in [&one, &other] {
            let me = person.client.patch("/me", &json!({"place_shown": choice})).await.expect(200).body;
            assert_eq!([&me["user"]["place_shown"], &me["user"]["place"]], [&json!(choice), &words]);
            assert_eq!(me["user"]["location"], NEWARK);
            let request = viewer.client.request(reqwest::Method::GET, &format!("/users/{}", person.id));
            let text = request.send().await.unwrap().text().await.unwrap();
            bytes.push(text.replace(&person.id.to_string(), "ID").replace(&person.username, "NAME"));
        }
        assert_eq!(bytes[0], bytes[1]);
        for path in ["/deck", "/likes/received"] {
            let list = viewer.client.get(path).await.expect(200).body;
            assert_eq!(list["items"].as_array().map(Vec::len), Some(2), "{path}");
            for card in list["items"].as_array().unwrap() {
                assert_eq!([&card["place"], &card["location"]], [&words, &words], "{path}");
                assert_eq!(card["distance_band"], "5-10");
            }
        }
        assert_eq!(order(&deck(&viewer).await), ordered);
    }
    befriend(&app, &viewer, &one);
    for path in ["/matches", "/conversations"] {
        let list = viewer.client.get(path).await.expect(200).body;
        assert_eq!(list["items"][0]["user"]["place"], Value::Null, "{path}");
        assert!(!list.to_string().contains("Newark"), "{path}");
    }
}

#[actix_web::test]
async fn sweeping_the_radius_finds_the_band_and_no_more() {
    let app = TestApp::start().await;
    let attacker = someone().insert(&app);
    let centre = ZipCode::parse("10001").unwrap();
    let near = zip_table().near(centre, 500);
    let mut victims = Vec::new();
    for band in Band::ALL.into_iter().filter(|band| band.upper_edge().is_some()) {
        // The nearest and the farthest of each band: a sweep that told more would tell them apart.
        let mut zips: Vec<ZipCode> =
            near.zips.iter().filter(|(_, b)| *b == band).map(|(zip, _)| *zip).collect();
        let point = |zip: ZipCode| zip_table().get(zip).unwrap().point;
        zips.sort_by(|a, b| {
            let miles = |zip| point(centre).miles_to(&point(zip));
            miles(*a).total_cmp(&miles(*b))
        });
        for zip in [zips[0], *zips.last().unwrap()] {
            victims.push((someone().zip(&zip.to_string()).insert(&app), band));
        }
    }
    let mut first_seen: BTreeMap<String, u16> = BTreeMap::new();
    let mut last = Value::Null;
    for miles in 1..=500 {
        set_radius(&attacker, miles).await;
        let deck = deck(&attacker).await;
        let is_past_an_edge = miles == 1 || EDGES.contains(&(miles - 1));
        assert_eq!(deck != last, is_past_an_edge, "the deck changes behind edges only: {miles}");
        for id in order(&deck) {
            first_seen.entry(id).or_insert(miles);
        }
        last = deck;
    }
    for (victim, band) in &victims {
        let lower =
            EDGES.iter().rev().find(|edge| Some(**edge) < band.upper_edge()).map_or(1, |edge| edge + 1);
        assert_eq!(first_seen[&victim.id.to_string()], lower, "{band:?}");
    }
}

#[actix_web::test]
async fn counts_are_rounded() {
    let app = TestApp::start().await;
    for people in 0..=21 {
        let about = match people {
            ..10 => "under 10",
            10..20 => "10",
            _ => "20",
        };
        let answer = app.anon().get("/reach?zip=10001&radius=6").await.expect(200).body;
        assert_eq!(answer, json!({"about": about, "effective_radius": 10}), "{people}");
        someone().zip(NEWARK).insert(&app);
    }
    // Between the edges a radius tells nothing new.
    for radius in [5, 10, 11, 25, 499] {
        let answer = app.anon().get(&format!("/reach?zip=10001&radius={radius}")).await.expect(200).body;
        let about = if radius == 5 { "under 10" } else { "20" };
        assert_eq!(answer["about"], about, "{radius}");
    }
}
