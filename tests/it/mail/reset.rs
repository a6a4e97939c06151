//! A new password for whoever reads the mails, and no word about who has an account.

use serde_json::json;

use super::{log_in, sign_up, sign_up_proven};
use crate::support::{Answer, PASSWORD, TestApp, eventually, letters, mailed};

const RESET: &str = "Choose a new password";
const FRESH: &str = "quite another horse";

async fn forgot(app: &TestApp, name: &str) -> Answer {
    app.anon().post("/password/forgot", &json!({"username": name})).await
}

async fn reset(app: &TestApp, token: &str, password: &str) -> Answer {
    app.anon().post("/password/reset", &json!({"token": token, "password": password})).await
}

#[actix_web::test]
async fn a_reset_sets_the_password_once_and_ends_all_sessions() {
    let app = TestApp::start().await;
    let ada = sign_up_proven(&app, "ada", "ada@example.org").await;
    forgot(&app, "ADA").await.expect(202);
    let letter = mailed(&app, "ada@example.org", RESET, 1).await;
    assert_eq!(letter.link().0, "reset");
    // A password that won't do leaves the key good.
    assert_eq!(
        reset(&app, letter.token(), "password1").await.expect(422).body["errors"][0]["pointer"],
        "/password"
    );
    forgot(&app, "ada@example.org").await.expect(202);
    let second = mailed(&app, "ada@example.org", RESET, 2).await;
    reset(&app, letter.token(), FRESH).await.expect(204);
    for token in [letter.token(), second.token()] {
        assert_eq!(reset(&app, token, FRESH).await.expect(422).code(), "mail_link_invalid");
    }
    eventually("the old session has ended", async || ada.get("/me").await.status == 401).await;
    log_in(&app, "ada", PASSWORD).await.expect(401);
    log_in(&app, "ada", FRESH).await.expect(200);
    let told = mailed(&app, "ada@example.org", "Your password was changed", 1).await;
    assert!(!told.text.contains("mail-link"));
}

#[actix_web::test]
async fn known_and_unknown_names_get_the_same_answer() {
    let app = TestApp::start().await;
    sign_up_proven(&app, "ada", "ada@example.org").await;
    sign_up(&app, "bob", "bob@example.org").await;
    let mut answers = Vec::new();
    for name in ["ada", "ada@example.org", "bob", "bob@example.org", "nobody", "nobody@example.org"] {
        answers.push((name, forgot(&app, name).await.expect(202).body));
    }
    assert!(answers.iter().all(|(_, body)| *body == answers[0].1), "{answers:#?}");
    mailed(&app, "ada@example.org", RESET, 2).await;
    eventually("all are looked up", async || super::jobs_left(&app) == 0).await;
    // Whoever only typed the address must not get the account with it.
    let resets: Vec<_> =
        letters(&app).into_iter().filter(|letter| letter.subject.starts_with(RESET)).collect();
    assert!(resets.iter().all(|letter| letter.to == "ada@example.org") && resets.len() == 2, "{resets:#?}");
}
