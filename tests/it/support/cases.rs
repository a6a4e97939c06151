//! Reports and what came of them, made over HTTP.

use friender::accounts;
use serde_json::{Value, json};

use super::app::TestApp;
use super::builders::{Someone, someone};

/// What a moderator may find, and who was judged.
pub struct Cases {
    /// A report that waits, in which the first of the people has no part.
    pub report: String,
    /// A warning of the first one's.
    pub sanction: String,
    /// A warning of the second one's, who has appealed.
    pub appeal: String,
}

/// The id of a new report.
pub async fn report(from: &Someone, about: &Someone) -> String {
    let answer = from.client.post("/reports", &json!({"user_id": about.id, "reason": "harassment"})).await;
    answer.expect(201).body["report"]["id"].as_str().expect("an id").to_owned()
}

/// Ends a report.
pub async fn decide(judge: &Someone, report: &str, outcome: &str, days: Option<i64>) {
    let mut decision = json!({"outcome": outcome});
    if outcome != "dismiss" {
        decision = json!({"outcome": outcome, "rule": "harassment", "reason": "You insulted somebody.",
            "evidence": "One message", "days": days});
    }
    judge.client.post(&format!("/moderation/reports/{report}/decision"), &decision).await.expect(200);
}

/// A moderator.
pub fn moderator(app: &TestApp) -> Someone {
    let judge = someone().insert(app);
    accounts::promote(&mut app.connect(), judge.id).expect("a moderator");
    judge
}

/// The newest sanction of somebody.
pub async fn newest_sanction(of: &Someone) -> Value {
    of.client.get("/me/sanctions").await.expect(200).body["items"][0].clone()
}

impl Cases {
    /// The first of four who see each other becomes a moderator.
    pub async fn new(app: &TestApp, [me, second, third, fourth]: [&Someone; 4]) -> Self {
        let judge = moderator(app);
        accounts::promote(&mut app.connect(), me.id).expect("a moderator");
        let mut sanctions = Vec::new();
        for warned in [me, second] {
            decide(&judge, &report(fourth, warned).await, "warn", None).await;
            sanctions.push(newest_sanction(warned).await["id"].as_str().expect("an id").to_owned());
        }
        let path = format!("/me/sanctions/{}/appeal", sanctions[1]);
        second.client.post(&path, &json!({"text": "It wasn't me"})).await.expect(201);
        let report = report(third, fourth).await;
        let [sanction, appeal] = sanctions.try_into().expect("two");
        Self { report, sanction, appeal }
    }
}
