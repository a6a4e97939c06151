//! What becomes of mails is told to whom they are for: taken, refused, and tried again.

use serde_json::{Value, json};

use super::{sign_up, sql, verify};
use crate::support::{Client, MailServer, TestApp, eventually, letters};

async fn start(server: std::net::SocketAddr) -> TestApp {
    TestApp::start_with(move |config| {
        config.mail.smtp_url = Some(format!("smtp://{server}").into());
        config.mail.from = "Friender <hello@example.com>".to_owned();
    })
    .await
}

async fn newest(client: &Client) -> Value {
    client.get("/me/mail").await.expect(200).body["items"][0].clone()
}

#[actix_web::test]
async fn a_mail_server_takes_it_and_the_link_works() {
    let server = MailServer::start(None);
    let app = start(server.addr).await;
    let ada = sign_up(&app, "ada", "ada@example.org").await;
    eventually("it was taken", async || server.taken().len() == 1).await;
    let letter = server.taken().pop().unwrap();
    assert_eq!(
        (letter.to.as_str(), letter.subject.as_str()),
        ("ada@example.org", "Please confirm your email address")
    );
    verify(&app, letter.token()).await.expect(200);
    eventually("it is told", async || newest(&ada).await["state"] == "delivered").await;
    let mail = newest(&ada).await;
    assert_eq!(
        (&mail["kind"], &mail["address"], &mail["reason"]),
        (&json!("verify"), &json!("ada@example.org"), &Value::Null)
    );
    assert!(mail["settled_at"].is_string() && letters(&app).is_empty(), "nothing in the outbox");
}

#[actix_web::test]
async fn a_refusal_is_told_in_the_server_s_words_and_leaves_no_key() {
    let app = start(MailServer::start(None).addr).await;
    let ada = sign_up(&app, "ada", "refused@example.org").await;
    eventually("it is told", async || newest(&ada).await["state"] == "refused").await;
    assert_eq!(newest(&ada).await["reason"], "550 5.1.1 No such user here");
    eventually("nobody tries again", async || super::jobs_left(&app) == 0).await;
    use diesel::{QueryDsl, RunQueryDsl};
    let keys = friender::db::schema::mail_tokens::table.count().get_result::<i64>(&mut app.connect());
    assert_eq!(keys, Ok(0));
}

#[actix_web::test]
async fn a_server_that_is_down_or_busy_is_asked_again_until_it_takes_the_mail() {
    // A port that nobody listens on, for now.
    let addr = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let app = start(addr).await;
    let ada = sign_up(&app, "ada", "ada@example.org").await;
    eventually("it is told", async || newest(&ada).await["reason"].is_string()).await;
    let mail = newest(&ada).await;
    assert_eq!(mail["state"], "waiting");
    assert!(mail["reason"].as_str().unwrap().contains("can't be reached"), "{mail}");
    let server = MailServer::start(Some(addr));
    sql(&app, "UPDATE jobs SET run_at = now()");
    eventually("it was taken", async || newest(&ada).await["state"] == "delivered").await;
    assert_eq!((server.taken().len(), &newest(&ada).await["reason"]), (1, &Value::Null));
    let bob = sign_up(&app, "bob", "busy@example.org").await;
    eventually("it is told", async || newest(&bob).await["reason"] == "451 4.7.1 Come back later").await;
    assert_eq!(newest(&bob).await["state"], "waiting");
    sql(&app, "UPDATE jobs SET run_at = now(), attempts = 11");
    eventually("it is given up", async || newest(&bob).await["state"] == "failed").await;
}
