//! The Insomnia collection: every request of it, sent to a real server.

use std::process::Command;

use super::{in_project, run};
use crate::support::parts::program;
use crate::support::{TestApp, assert_consistent};

fn runner(node: &std::path::Path) -> Command {
    let mut command = Command::new(node);
    command.arg(in_project("api/insomnia/run.mjs"));
    command
}

#[actix_web::test]
async fn every_request_of_the_insomnia_collection_is_answered_as_it_says() {
    let Some(node) = program("node") else { return };
    let app = TestApp::start().await;
    let said = run(&app, &mut runner(&node)).expect_success();
    let collection = std::fs::read_to_string(in_project("api/friender.insomnia.yaml")).unwrap();
    let requests = collection.matches("id: req_").count();
    assert!(said.contains(&format!("\n{requests} requests, 0 failed.")), "{requests}: {said}");
    assert_consistent(&mut app.connect());
}

#[actix_web::test]
async fn the_insomnia_runner_notices_an_answer_that_is_not_as_expected() {
    let Some(node) = program("node") else { return };
    let app = TestApp::start().await;
    let said = run(&app, runner(&node).args(["--set", "password=short"])).expect_failure();
    assert!(said.contains("422 is not 201"), "{said}");
}
