//! The API document: as committed, and telling of every way to fail.

use std::path::Path;

use serde_json::Value;

use crate::support::parts::program;
use crate::support::{TestApp, someone};

#[test]
fn the_committed_document_is_the_codes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("api/openapi.json");
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    let current = friender::routes::openapi().to_pretty_json().unwrap() + "\n";
    assert!(
        committed == current,
        "api/openapi.json is not what the code says. Run `make openapi` and commit the file."
    );
}

/// The Insomnia collection is made from the document, by a program that needs nothing but Node.
#[test]
fn the_committed_insomnia_collection_is_the_documents() {
    let Some(node) = program("node") else { return };
    let generator = Path::new(env!("CARGO_MANIFEST_DIR")).join("api/insomnia/generate.mjs");
    let output = std::process::Command::new(node).arg(generator).arg("--check").output().expect("Node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn document() -> Value {
    serde_json::to_value(friender::routes::openapi()).unwrap()
}

/// Method and path of every operation, and the operation.
fn operations(document: &Value) -> Vec<(String, &Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            all.push((format!("{} {path}", method.to_uppercase()), operation));
        }
    }
    all
}

#[test]
fn every_operation_is_described_and_has_a_name_of_its_own() {
    let document = document();
    let mut ids = std::collections::HashSet::new();
    for (name, operation) in operations(&document) {
        assert!(operation["summary"].as_str().is_some_and(|text| !text.is_empty()), "{name} has no summary");
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{name} has no tag");
        assert!(
            ids.insert(operation["operationId"].as_str().expect("an operation id")),
            "{name}: its id is taken"
        );
        let success =
            operation["responses"].as_object().unwrap().keys().any(|status| status.starts_with('2'));
        assert!(success, "{name} never succeeds");
    }
    assert!(ids.len() >= 30, "routes are missing: {}", ids.len());
}

#[test]
fn every_operation_tells_how_it_fails_and_that_as_a_problem() {
    let document = document();
    for (name, operation) in operations(&document) {
        let responses = operation["responses"].as_object().unwrap();
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
            let schema = &response["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/Problem", "{name} {status}");
            assert!(!response["description"].as_str().unwrap().is_empty(), "{name} {status} says nothing");
        }
        let mut expected = vec!["429", "503"];
        let always = name == "POST /api/v1/logout";
        if operation.get("requestBody").is_some() && !always {
            expected.extend(["400", "413", "415", "422"]);
        }
        if operation.get("security").is_none() {
            expected.push("401");
        }
        if name.contains('{') {
            expected.push("404");
        }
        for status in expected {
            assert!(responses.contains_key(status), "{name} doesn't tell of {status}");
        }
        assert!(
            !always || responses.keys().all(|status| ["204", "429", "503"].contains(&status.as_str())),
            "{name}"
        );
    }
}

/// A reference to nothing breaks every generator of clients.
#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let text = document.to_string();
    let references: Vec<&str> =
        text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(!references.is_empty());
    for reference in references {
        assert!(document.pointer(reference).is_some(), "#{reference}");
    }
}

/// What stands for many, such as a file's key, doesn't stand for a path of its own.
#[actix_web::test]
async fn a_path_of_its_own_takes_only_its_own_methods() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app).client;
    for (path, allow) in
        [("/likes/received", "GET, HEAD"), ("/files/order", "PUT"), ("/files/delete", "POST")]
    {
        let answer = ada.delete(path).await.expect(405);
        assert_eq!((answer.code(), answer.header("allow")), ("method_not_allowed", allow), "{path}");
    }
    ada.delete(&format!("/likes/{}", uuid::Uuid::now_v7())).await.expect(204);
}
