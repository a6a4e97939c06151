//! Letters in the outbox stay as long as their mails' rows do, and no longer.

use friender::config::MailConfig;
use friender::mail;
use friender::mailer::Mailer;

use super::{VERIFY, jobs_left, sign_up, sql};
use crate::support::{TestApp, eventually, letters, mailed};

#[actix_web::test]
async fn a_letter_goes_with_its_mail_after_ninety_days() {
    let app = TestApp::start().await;
    for name in ["ada", "bob"] {
        let address = format!("{name}@example.org");
        sign_up(&app, name, &address).await;
        mailed(&app, &address, VERIFY, 1).await;
    }
    eventually("both are settled", async || jobs_left(&app) == 0).await;
    sql(&app, "UPDATE mails SET asked_at = now() - interval '91 days' WHERE address = 'ada@example.org'");
    let outbox = app.data_dir.path().join("outbox");
    let mailer = Mailer::new(&MailConfig::default(), outbox, false).unwrap();
    mail::purge(&mut app.connect(), &mailer).unwrap();
    let left: Vec<String> = letters(&app).into_iter().map(|letter| letter.to).collect();
    assert_eq!(left, ["bob@example.org"]);
}

/// The letter lies there, and its mail's row is gone before anybody could write down that it was sent.
#[actix_web::test]
async fn a_letter_that_is_written_while_its_owner_is_erased_goes_too() {
    let app = TestApp::start().await;
    let gate = "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS \
        'BEGIN PERFORM pg_advisory_xact_lock(42); RETURN NULL; END'; \
        CREATE TRIGGER wait BEFORE UPDATE ON mails FOR EACH STATEMENT EXECUTE FUNCTION wait()";
    sql(&app, gate);
    let mut held = app.connect();
    diesel::RunQueryDsl::execute(diesel::sql_query("SELECT pg_advisory_lock(42)"), &mut held).unwrap();
    sign_up(&app, "ada", "ada@example.org").await;
    mailed(&app, "ada@example.org", VERIFY, 1).await;
    sql(&app, "DELETE FROM mails");
    drop(held);
    // The wait may have been too long for a call to the database: then it is tried again.
    eventually("the letter is gone", async || {
        sql(&app, "UPDATE jobs SET run_at = now() WHERE last_error IS NOT NULL");
        letters(&app).is_empty()
    })
    .await;
}
