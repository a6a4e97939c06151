//! The deck against a model: random lives of a few people over HTTP, and after every step somebody's deck and piles must
//! hold exactly those whom the model names. `FRIENDER_TEST_SEED` plays another life.

mod model;
mod world;

use std::collections::BTreeSet;

use friender::accounts::UserId;
use friender::geo::EDGES;
use friender::profiles::about;
use serde_json::{Value, json};

use crate::support::TestApp;
use world::{World, id_of};

const STEPS: usize = 300;
#[actix_web::test]
async fn a_random_life_shows_exactly_whom_the_model_names_1() {
    play(seed(1)).await;
}

#[actix_web::test]
async fn a_random_life_shows_exactly_whom_the_model_names_2() {
    play(seed(2)).await;
}

#[actix_web::test]
async fn a_random_life_shows_exactly_whom_the_model_names_3() {
    play(seed(3)).await;
}

fn seed(number: u64) -> u64 {
    std::env::var("FRIENDER_TEST_SEED").map_or(number, |text| number + text.parse::<u64>().expect("a seed"))
}

async fn play(seed: u64) {
    let app = TestApp::start().await;
    let mut world = World::new(seed, &app);
    for _ in 0..16 {
        world.sign_up().await;
    }
    for _ in 0..STEPS {
        world.step().await;
        let viewer = world.anybody();
        world.look(viewer).await;
    }
    for viewer in 0..world.clients.len() {
        world.look(viewer).await;
    }
    assert!(world.shown > STEPS, "the decks were not empty: {}", world.shown);
    assert!(world.refused > STEPS / 20, "some were not allowed: {}", world.refused);
}

impl World {
    /// Everything that `me` may see of others is exactly what the model says.
    async fn look(&mut self, me: usize) {
        self.history.push(format!("{me} looks"));
        let client = self.clients[me].clone();
        for (path, expected) in [
            ("/likes/received?limit=100", self.model.received(me)),
            ("/later?limit=100", self.model.pile(me)),
            ("/matches?limit=100", self.model.matches(me)),
        ] {
            assert_eq!(ids(&client.get(path).await.expect(200).body), expected, "{me} {path}");
        }
        let answer = client.get("/deck?limit=100").await;
        let missing = self.model.people[me].missing();
        if !missing.is_empty() {
            let problem = answer.expect(409);
            assert_eq!((problem.code(), pointers(&problem.body)), ("profile_incomplete", missing));
            return;
        }
        let (deck, expected) = (answer.expect(200).body, self.model.deck(me));
        self.shown += expected.len();
        assert_eq!(ids(&deck), expected, "{me}");
        assert_eq!(deck["reason_empty"].is_null(), !expected.is_empty());
        if expected.is_empty() {
            self.check_reason(me, &deck["reason_empty"]);
        }
    }

    fn check_reason(&self, me: usize, reason: &Value) {
        let own = self.model.people[me].effective_radius();
        let wider: Vec<(u16, usize)> = EDGES
            .into_iter()
            .filter(|edge| *edge > own)
            .map(|edge| (edge, self.model.deck_within(me, edge).len()))
            .collect();
        let (decided, later) = self.model.own_counts(me);
        let suggested = wider.iter().find(|(_, people)| *people > 0).map(|(edge, _)| *edge);
        let within: Vec<Value> = wider
            .iter()
            .map(|(edge, people)| json!({"radius": edge, "about": about(i64::try_from(*people).unwrap())}))
            .collect();
        let numbers = json!({"message": reason["message"], "effective_radius": own, "within": within,
            "decided": decided, "later": later, "suggested_radius": suggested});
        assert_eq!(*reason, numbers, "{me}");
    }
}

/// Who is in a list, nobody twice.
fn ids(list: &Value) -> BTreeSet<UserId> {
    let items = list["items"].as_array().expect("a list");
    let ids = items.iter().map(|item| id_of(if item["user"].is_null() { item } else { &item["user"] }));
    let ids: Vec<UserId> = ids.collect();
    let set: BTreeSet<UserId> = ids.iter().copied().collect();
    assert_eq!(ids.len(), set.len(), "nobody twice");
    set
}

fn pointers(problem: &Value) -> BTreeSet<&str> {
    let errors = problem["errors"].as_array().expect("errors");
    errors.iter().filter_map(|error| error["pointer"].as_str()?.strip_prefix('/')).collect()
}
