//! What everybody may have of their own data: a copy of everything, and its end.

mod canary;
mod deletion;
mod erasure;
mod export;
mod logs;

use diesel::connection::SimpleConnection;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use serde_json::json;

use crate::support::{Answer, PASSWORD, Someone, TestApp, eventually};

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(app: &TestApp, sql: &str) -> Vec<String> {
    let rows: Vec<Line> = sql_query(sql).load(&mut app.connect()).unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

async fn delete(person: &Someone) -> Answer {
    person.client.post("/me/delete", &json!({"password": PASSWORD})).await
}

async fn log_in(app: &TestApp, person: &Someone) -> Answer {
    app.anon().post("/login", &json!({"username": person.username, "password": PASSWORD})).await
}

/// Lets the grace end now.
fn end_grace(app: &TestApp) {
    let sql =
        "UPDATE deletions SET erase_at = now(); UPDATE jobs SET run_at = now() WHERE kind = 'erase_account'";
    app.connect().batch_execute(sql).unwrap();
}

/// Waits until nobody is due any more.
async fn erased(app: &TestApp) {
    let left = "SELECT user_id::text AS line FROM deletions";
    eventually("everybody who is due is erased", async || lines(app, left).is_empty()).await;
}
