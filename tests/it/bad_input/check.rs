//! Sends bad requests and collects everything that is wrong with the answers, so that one run tells it all.

use std::collections::BTreeMap;

use diesel::sql_types::{BigInt, Text};
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use reqwest::RequestBuilder;

use crate::support::{Client, TestApp};

/// What the answer must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// 4xx as a problem.
    Refused,
    /// 401 as a problem.
    Unauthorized,
    /// 4xx as a problem, or 204: there is nothing to do.
    RefusedOrNothing,
}

/// A bad request.
pub struct Case {
    pub what: String,
    pub request: RequestBuilder,
    pub expected: Expected,
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName, Debug, PartialEq, Eq)]
pub struct Content {
    #[diesel(sql_type = BigInt)]
    rows: i64,
    #[diesel(sql_type = Text)]
    hash: String,
}

/// Every table's number of rows and their hash. Of tags, which are weighed anew in the background, only the names; the
/// log of security events tells of what was refused.
pub fn content(app: &TestApp) -> BTreeMap<String, Content> {
    let mut conn = app.connect();
    let tables: Vec<Name> =
        sql_query("SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'security_events'")
            .load(&mut conn)
            .unwrap();
    let read = |Name { name }: Name| {
        let row = if name == "tags" { "t.name" } else { "t::text" };
        let query = format!(
            "SELECT count(*) AS rows, md5(coalesce(string_agg({row}, '|' ORDER BY {row}), '')) AS hash FROM {name} t"
        );
        let content = sql_query(query).get_result::<Content>(&mut conn).unwrap();
        (name, content)
    };
    tables.into_iter().map(read).collect()
}

/// Sends all cases, one after the other; panics with everything that was wrong.
pub async fn refuse_all(app: &TestApp, cases: Vec<Case>) {
    let (before, count) = (content(app), cases.len());
    let mut faults = Vec::new();
    for Case { what, request, expected } in cases {
        if let Some(fault) = fault(request, expected).await {
            faults.push(format!("{what}: {fault}"));
        }
    }
    assert!(count > 0, "there was nothing to try");
    assert!(faults.is_empty(), "{} of {count} answers are wrong:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(content(app), before, "something was written");
}

async fn fault(request: RequestBuilder, expected: Expected) -> Option<String> {
    let response = match request.send().await {
        Ok(response) => response,
        Err(error) => return Some(format!("no answer: {error:?}")),
    };
    let answer = Client::read(response).await;
    let right = match expected {
        Expected::Unauthorized => answer.status == 401,
        Expected::RefusedOrNothing if answer.status == 204 => return None,
        _ => (400..500).contains(&answer.status),
    };
    let mut body = answer.body.to_string();
    body.truncate(body.floor_char_boundary(300));
    match answer.lacks_as_problem() {
        _ if !right => Some(format!("{} {body}", answer.status)),
        Some(lack) => Some(format!("{} without {lack}: {body}", answer.status)),
        None => None,
    }
}
