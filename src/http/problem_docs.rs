//! What can go wrong on any route, written into the API document in one place. A handler documents only what is its
//! own, such as a conflict.

use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response};

const PROBLEM: &str = "application/problem+json";

/// A status and what it means, on every route that can answer it.
const MEANINGS: [(&str, &str); 10] = [
    ("400", "Malformed: the body, a value in the query string, or a cursor"),
    ("401", "Not signed in: no token, or one that is not or no longer good"),
    ("403", "Not allowed: `code` says why"),
    ("404", "Nothing there, or nothing of yours"),
    ("409", "In conflict with what there is: `code` says with what"),
    ("413", "Larger than allowed"),
    ("415", "Another type than expected"),
    ("422", "Well-formed, but not acceptable: `errors` names each field"),
    ("429", "Too many requests: try again after Retry-After seconds"),
    ("503", "Something that the server needs doesn't answer: try again after Retry-After seconds"),
];

/// Adds to every operation the problems that follow from what it takes.
pub fn document_problems(document: &mut OpenApi) {
    for (path, item) in &mut document.paths.paths {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            let statuses = follows(path, operation);
            for status in statuses {
                let responses = &mut operation.responses.responses;
                responses.entry(status.to_owned()).or_insert_with(|| RefOr::T(problem()));
            }
            describe(operation);
        }
    }
}

fn follows(path: &str, operation: &Operation) -> Vec<&'static str> {
    let mut statuses = vec!["429", "503"];
    // Logging out works with whatever one has.
    if path.ends_with("/logout") {
        return statuses;
    }
    let takes = |place: ParameterIn| {
        let parameters = operation.parameters.iter().flatten();
        parameters.into_iter().any(|p| matches!(p, RefOr::T(p) if p.parameter_in == place))
    };
    let has_body = operation.request_body.is_some();
    if has_body || takes(ParameterIn::Query) {
        statuses.push("400");
    }
    if has_body {
        statuses.extend(["413", "415", "422"]);
    }
    if takes(ParameterIn::Path) {
        statuses.push("404");
    }
    // None given: the document's own holds, which asks for a token. One alone is the empty one: nobody is asked.
    if operation.security.as_ref().is_none_or(|ways| ways.len() > 1) {
        statuses.push("401");
    }
    statuses
}

fn problem() -> Response {
    Response::builder().content(PROBLEM, Content::new(Some(Ref::from_schema_name("Problem")))).build()
}

/// Says what each status means where the handler didn't.
fn describe(operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        let meaning = MEANINGS.iter().find(|(known, _)| known == status);
        if let (true, Some((_, meaning))) = (response.description.is_empty(), meaning) {
            response.description = (*meaning).to_owned();
        }
    }
}
