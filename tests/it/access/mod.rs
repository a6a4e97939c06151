//! Who gets what: every operation of the API document, asked by everybody there is, for their own thing, for somebody
//! else's and for none. Nobody learns of a thing that isn't theirs to see: its answer is that of a missing one, byte for
//! byte. `table` has a row for each operation.

mod answer;
mod cast;
mod faces;
mod table;

use std::collections::BTreeSet;

use reqwest::RequestBuilder;
use uuid::Uuid;

use crate::bad_input::routes::{Route, all};
use crate::bad_input::world::World;
use answer::Bytes;
use cast::{Cast, Viewer};
use table::{IdAt, Own, ROWS, Row, Rule, Thing};

const HOW_TO: &str = "tests/it/access/table.rs needs one row for each operation. Add: open(\"…\") if nobody is asked who \
    they are and nothing of a person is told; mine(\"…\") if it is about the caller alone and takes no id; about(\"…\", \
    Thing, Own, may) if it takes an id in its path (about_in with an id in its body), where `may` names who may know of \
    Ada's. A new kind of thing is made in tests/it/access/cast.rs. A good body stands in tests/it/bad_input/world.rs.";

#[test]
fn every_operation_has_a_row_and_every_row_an_operation() {
    let operations: BTreeSet<String> = all().iter().map(Route::name).collect();
    let rows: BTreeSet<String> = ROWS.iter().map(|row| row.operation.to_owned()).collect();
    let missing: Vec<_> = operations.difference(&rows).collect();
    let gone: Vec<_> = rows.difference(&operations).collect();
    assert!(missing.is_empty(), "no row for {missing:?}. {HOW_TO}");
    assert!(gone.is_empty(), "rows without an operation: {gone:?}");
    assert_eq!(rows.len(), ROWS.len(), "an operation has two rows");
}

#[actix_web::test]
async fn nobody_gets_what_is_not_theirs() {
    let mut matrix = Matrix::new().await;
    for route in all() {
        let row = ROWS.iter().find(|row| route.name() == row.operation);
        let row = row.unwrap_or_else(|| panic!("no row for {}. {HOW_TO}", route.name()));
        for viewer in Viewer::ALL {
            matrix.ask(&route, row, viewer).await;
        }
    }
    matrix.conclude(ROWS.len());
}

struct Matrix {
    world: World,
    cast: Cast,
    asked: usize,
    faults: Vec<String>,
    /// New names that were used up.
    names: usize,
}

impl Matrix {
    async fn new() -> Self {
        let world = World::new().await;
        let cast = Cast::new(&world.app).await;
        Self { world, cast, asked: 0, faults: Vec::new(), names: 0 }
    }

    async fn renew(&mut self) {
        self.cast = Cast::new(&self.world.app).await;
    }

    fn conclude(self, operations: usize) {
        let (asked, faults, viewers) = (self.asked, self.faults, Viewer::ALL.len());
        eprintln!("{operations} operations, {viewers} viewers: {asked} requests, {} faults", faults.len());
        assert!(faults.is_empty(), "{} of {asked} answers are wrong:\n{}", faults.len(), faults.join("\n"));
        assert!(asked > operations * viewers, "{asked}");
    }

    /// Tries one operation as one viewer. Who changed something leaves new people for whoever comes next.
    async fn ask(&mut self, route: &Route, row: &Row, viewer: Viewer) {
        let changed = match row.rule {
            Rule::Open => self.ask_without_id(route, viewer, false).await,
            Rule::Mine => self.ask_without_id(route, viewer, true).await,
            Rule::Moderators => self.ask_as_moderator(route, viewer).await,
            Rule::About { thing, at, own, may, random } => {
                let foreign = self.cast.foreign(thing, viewer).await;
                let theirs = self.cast.thing(thing, viewer).await;
                let missing = self.send(route, viewer, at, &missing_id(thing)).await;
                let foreign = self.send(route, viewer, at, &foreign).await;
                let mine = self.send(route, viewer, at, &theirs).await;
                self.judge(&route.name(), viewer, (own, may, random), &[missing, foreign, mine])
            }
        };
        if changed && route.method != "GET" {
            self.renew().await;
        }
    }

    /// What is wrong with the answers for a missing, a foreign and one's own thing; whether something was done.
    fn judge(
        &mut self,
        name: &str,
        viewer: Viewer,
        (own, may, random): (Own, &[Viewer], u16),
        [missing, foreign, mine]: &[Bytes; 3],
    ) -> bool {
        let faults = match viewer {
            Viewer::Anonymous | Viewer::Banned => vec![missing.is(401), foreign.is(401), mine.is(401)],
            Viewer::Deleted => [missing, foreign, mine].map(|a| a.is_nothing(random)).to_vec(),
            _ => vec![
                missing.is(random),
                if may.contains(&viewer) { foreign.is_known() } else { foreign.is_same(missing) },
                own_fault(own, mine, missing),
            ],
        };
        for (fault, id) in faults.into_iter().zip(["random", "foreign", "own"]) {
            self.note(name, viewer, id, fault);
        }
        foreign.is_success() || mine.is_success()
    }

    /// The same for an answer about the caller, or about nobody.
    fn judge_without_id(&mut self, name: &str, viewer: Viewer, demands: bool, answer: &Bytes) -> bool {
        let is_shut = matches!(viewer, Viewer::Deleted | Viewer::Banned);
        let fault = match demands && (is_shut || viewer == Viewer::Anonymous) {
            true => answer.is_refused(viewer),
            // What asks nobody ignores a dead token, or says that it is one.
            false if is_shut => answer.is_refused(Viewer::Deleted),
            false => answer.is_known(),
        };
        self.note(name, viewer, "no", fault);
        answer.is_success()
    }

    /// Whether a row lets this viewer know of Ada.
    fn knows(route: &Route, viewer: Viewer) -> bool {
        let row = ROWS.iter().find(|row| route.name() == row.operation);
        row.is_some_and(|row| matches!(row.rule, Rule::About { may, .. } if may.contains(&viewer)))
    }

    async fn ask_as_moderator(&mut self, route: &Route, viewer: Viewer) -> bool {
        let request = self.cast.client(viewer, &self.world.app);
        let request = request.request(route.method.clone(), &self.world.path(route));
        let answer = self.ask_for(route, viewer, self.world.with_good_body(route, request)).await;
        let fault = match viewer {
            Viewer::Moderator => answer.is_known(),
            Viewer::Anonymous | Viewer::Banned => answer.is(401),
            Viewer::Deleted => answer.is_refused(viewer),
            _ => answer.is(404),
        };
        self.note(&route.name(), viewer, "no", fault);
        answer.is_success()
    }

    async fn ask_without_id(&mut self, route: &Route, viewer: Viewer, demands: bool) -> bool {
        let path = self.world.path(route);
        let request = self.cast.client(viewer, &self.world.app).request(route.method.clone(), &path);
        let answer = self.ask_for(route, viewer, self.world.with_good_body(route, request)).await;
        self.judge_without_id(&route.name(), viewer, demands, &answer)
    }

    async fn send(&mut self, route: &Route, viewer: Viewer, at: IdAt, id: &str) -> Bytes {
        let path = match at {
            IdAt::Path => self.world.path_with(route, id),
            IdAt::Field(_) | IdAt::List(_) => self.world.path(route),
        };
        let request = self.cast.client(viewer, &self.world.app).request(route.method.clone(), &path);
        let request = match at {
            IdAt::Path => self.world.with_good_body(route, request),
            IdAt::Field(name) => {
                let mut body = self.world.body(route);
                body[name] = serde_json::json!(id);
                request.json(&body)
            }
            IdAt::List(name) => {
                let mut body = self.world.body(route);
                body[name] = serde_json::json!([id]);
                request.json(&body)
            }
        };
        self.ask_for(route, viewer, request).await
    }

    async fn ask_for(&mut self, route: &Route, viewer: Viewer, request: RequestBuilder) -> Bytes {
        self.read(&route.name(), Self::knows(route, viewer), viewer, request).await
    }

    /// Reads the answer and looks for what this viewer must never be told; `knows` is whether they may know of Ada.
    async fn read(&mut self, name: &str, knows: bool, viewer: Viewer, request: RequestBuilder) -> Bytes {
        let answer = Bytes::of(request).await;
        self.asked += 1;
        for secret in self.cast.secrets(viewer, knows) {
            let leak = answer.text.contains(&secret).then(|| format!("tells {secret}: {}", answer.text));
            self.note(name, viewer, "any", leak);
        }
        answer
    }

    fn note(&mut self, name: &str, viewer: Viewer, id: &str, fault: Option<String>) {
        if let Some(fault) = fault {
            self.faults.push(format!("{name} by {viewer:?} with {id} id: {fault}"));
        }
    }
}

fn own_fault(own: Own, mine: &Bytes, missing: &Bytes) -> Option<String> {
    match own {
        Own::Fine => mine.is_known(),
        Own::Refused(status) => mine.is(status),
        Own::Missing => mine.is_same(missing),
    }
}

fn missing_id(thing: Thing) -> String {
    let (user, id) = (Uuid::now_v7(), Uuid::new_v4());
    match thing {
        Thing::Upload => format!("quarantine/00/{user}/{id}.jpg"),
        Thing::File => format!("photos/00/{user}/{id}.jpg"),
        _ => id.to_string(),
    }
}
