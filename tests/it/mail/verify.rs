//! An address is its owner's once a mail to it was answered, and nobody else's.

use std::os::unix::fs::PermissionsExt;

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl, sql_query};
use serde_json::json;

use super::{VERIFY, log_in, mails, sign_up, sign_up_proven, sql, verify};
use crate::support::{Client, PASSWORD, TestApp, eventually, letters, mailed};

#[actix_web::test]
async fn an_address_is_a_login_once_it_is_proven() {
    let app = TestApp::start().await;
    let ada = sign_up(&app, "ada", "Ada@Example.org").await;
    let letter = mailed(&app, "Ada@Example.org", VERIFY, 1).await;
    assert!(letter.text.contains("Hello ada,") && letter.html.contains("Hello ada,"), "{letter:?}");
    assert!(letter.text.contains(&format!("http://{}/mail-link#verify=", app.addr)), "{}", letter.text);
    log_in(&app, "ada@example.org", PASSWORD).await.expect(401);
    assert_eq!(ada.get("/me").await.expect(200).body["user"]["email_verified"], false);
    let answer = verify(&app, letter.token()).await.expect(200);
    assert_eq!(answer.body, json!({"status": "verified"}));
    for name in ["ada@example.org", "ADA@example.ORG", "ada"] {
        log_in(&app, name, PASSWORD).await.expect(200);
    }
    assert_eq!(ada.get("/me").await.expect(200).body["user"]["email_verified"], true);
    eventually("the mail is seen as delivered", async || {
        mails(&ada).await == [("verify".into(), "delivered".into())]
    })
    .await;
    assert_eq!(ada.post("/email/resend", &json!({})).await.expect(409).code(), "nothing_to_confirm");
}

#[actix_web::test]
async fn bad_used_and_old_keys_are_told_by_the_same_bytes_and_only_hashes_are_kept() {
    let app = TestApp::start().await;
    sign_up(&app, "ada", "ada@example.org").await;
    sign_up(&app, "bob", "bob@example.org").await;
    let used = mailed(&app, "ada@example.org", VERIFY, 1).await.token().to_owned();
    let old = mailed(&app, "bob@example.org", VERIFY, 1).await.token().to_owned();
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        all: String,
    }
    let kept = "SELECT concat((SELECT string_agg(t::text, ' ') FROM mail_tokens t), \
        (SELECT string_agg(m::text, ' ') FROM mails m), (SELECT string_agg(j::text, ' ') FROM jobs j)) AS all";
    let kept = sql_query(kept).get_result::<Row>(&mut app.connect()).unwrap().all;
    assert!(kept.contains("verify") && !kept.contains(&used) && !kept.contains(&old), "{kept}");
    verify(&app, &used).await.expect(200);
    sql(&app, "UPDATE mail_tokens SET expires_at = now() - interval '1 second'");
    let foreign = "A".repeat(43);
    let mut said = Vec::new();
    for token in [used.as_str(), old.as_str(), foreign.as_str(), "nonsense"] {
        let answer = verify(&app, token).await.expect(422);
        assert_eq!(answer.code(), "mail_link_invalid");
        let mut body = answer.body;
        body["request_id"] = json!(null);
        said.push(body);
    }
    assert!(said.iter().all(|body| *body == said[0]), "{said:#?}");
}

#[actix_web::test]
async fn a_second_claim_mails_the_owner_and_tells_nobody_else() {
    let app = TestApp::start().await;
    sign_up_proven(&app, "ada", "ada@example.org").await;
    let eve = sign_up(&app, "eve", "ada@example.org").await;
    let letter = mailed(&app, "ada@example.org", "You already have an account", 1).await;
    assert!(!letter.text.contains("mail-link") && letter.text.contains("Hello ada,"), "{}", letter.text);
    assert!(!letter.text.contains("eve"), "the owner needn't know who: {}", letter.text);
    // To eve it looks like any other address.
    let nobodys = sign_up(&app, "zoe", "zoe@example.org").await;
    let same = [("verify".to_owned(), "delivered".to_owned())];
    for client in [&eve, &nobodys] {
        eventually("the mail went out", async || mails(client).await == same).await;
    }
    assert_eq!(eve.get("/me").await.expect(200).body["user"]["email_verified"], false);
    assert_eq!(letters(&app).iter().filter(|letter| letter.to == "ada@example.org").count(), 2);
}

#[actix_web::test]
async fn of_two_who_claim_at_once_one_gets_it() {
    let app = TestApp::start().await;
    let (ada, eve) =
        (sign_up(&app, "ada", "both@example.org").await, sign_up(&app, "eve", "both@example.org").await);
    mailed(&app, "both@example.org", VERIFY, 2).await;
    let letters = letters(&app);
    let (one, other) = tokio::join!(verify(&app, letters[0].token()), verify(&app, letters[1].token()));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{} {}", one.body, other.body);
    let proven =
        async |client: &Client| client.get("/me").await.expect(200).body["user"]["email_verified"] == true;
    assert_ne!(proven(&ada).await, proven(&eve).await);
}

#[actix_web::test]
async fn the_outbox_is_for_our_eyes_only_and_the_page_asks_first() {
    let app = TestApp::start().await;
    sign_up(&app, "ada", "ada@example.org").await;
    mailed(&app, "ada@example.org", VERIFY, 1).await;
    let folder = app.data_dir.path().join("outbox");
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    for file in std::fs::read_dir(&folder).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
    for (path, kind) in
        [("//mail-link", "text/html"), ("//mail-link.js", "text/javascript"), ("//mail-link.css", "text/css")]
    {
        let answer = app.anon().get(path).await.expect(200);
        assert!(answer.header("content-type").starts_with(kind), "{path}");
    }
}
