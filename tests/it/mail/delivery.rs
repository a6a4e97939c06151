//! What becomes of mails is told to whom they are for: taken, refused, and tried again.

use serde_json::{Value, json};

use super::{sign_up, sql, verify};
use crate::durability::server::{Server, command, place};
use crate::support::mail_server::LOGIN;
use crate::support::{Client, MailServer, PASSWORD, TestApp, eventually, letters, someone};

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
    let Some(server) = MailServer::start(None).await else { return };
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
    let Some(server) = MailServer::start(None).await else { return };
    let app = start(server.addr).await;
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
    let Some(server) = MailServer::start(Some(addr)).await else { return };
    sql(&app, "UPDATE jobs SET run_at = now()");
    eventually("it was taken", async || newest(&ada).await["state"] == "delivered").await;
    assert_eq!((server.taken().len(), &newest(&ada).await["reason"]), (1, &Value::Null));
    let bob = sign_up(&app, "bob", "busy@example.org").await;
    eventually("it is told", async || newest(&bob).await["reason"] == "451 4.7.1 Come back later").await;
    assert_eq!(newest(&bob).await["state"], "waiting");
    sql(&app, "UPDATE jobs SET run_at = now(), attempts = 11");
    eventually("it is given up", async || newest(&bob).await["state"] == "failed").await;
}

/// It takes connections and says nothing: more mails wait for it than are sent at once.
#[actix_web::test]
async fn a_mail_server_that_hangs_keeps_no_other_job_waiting() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let app = start(silent.local_addr().unwrap()).await;
    for n in 0..12 {
        sign_up(&app, &format!("ada{n}"), &format!("ada{n}@example.org")).await;
    }
    let bob = someone().insert(&app).client;
    bob.post("/me/export", &Value::Null).await.expect(202);
    let is_ready = async || bob.get("/me/export").await.expect(200).body["status"] == "ready";
    eventually("the copy is made", is_ready).await;
}

/// A server of its own process, which trusts that mail server, and somebody who signed up with an address.
async fn signed_up(mails: &MailServer, url: &str, trusted: bool) -> (Server, tempfile::TempDir, Client) {
    let place = place();
    let mut command = command(place.path(), "127.0.0.1:0");
    command.env("FRIENDER_SMTP_URL", url).env("FRIENDER_MAIL_FROM", "Friender <hello@example.com>");
    if trusted {
        command.env("SSL_CERT_FILE", mails.certificate());
    }
    let server = Server::spawn(command, place.path());
    let form = json!({"username": "ada", "password": PASSWORD, "email": "ada@example.org"});
    let client = Client::new(server.addr);
    let answer = client.post_patiently("/users", &form).await.expect(201).body;
    let client = client.with_token(answer["token"].as_str().unwrap());
    (server, place, client)
}

#[actix_web::test]
async fn a_mail_server_may_be_named_by_an_ipv6_address() {
    if let Err(error) = std::net::TcpListener::bind("[::1]:0") {
        println!("left out: this machine has no IPv6: {error}");
        return;
    }
    let local = std::net::Ipv6Addr::LOCALHOST;
    let Some(plain) = MailServer::start(Some((local, 0).into())).await else { return };
    let app = start(plain.addr).await;
    sign_up(&app, "ada", "ada@example.org").await;
    eventually("it was taken", async || plain.taken().len() == 1).await;
    let Some(encrypted) = MailServer::encrypted("always", local.into()).await else { return };
    let url = format!("smtps://{LOGIN}@{}", encrypted.addr);
    let (_server, _place, _ada) = signed_up(&encrypted, &url, true).await;
    eventually("it was taken", async || encrypted.taken().len() == 1).await;
}

#[actix_web::test]
async fn mails_go_out_encrypted_and_with_a_login() {
    for (how, scheme, query) in [("always", "smtps", ""), ("starttls", "smtp", "?tls=required")] {
        let Some(mails) = MailServer::encrypted(how, [127, 0, 0, 1].into()).await else { return };
        let url = |login: &str| format!("{scheme}://{login}@{}{query}", mails.addr);
        let (server, _place, _ada) = signed_up(&mails, &url(LOGIN), true).await;
        eventually("it was taken", async || mails.taken().len() == 1).await;
        let letter = mails.taken().pop().unwrap();
        assert_eq!(letter.to, "ada@example.org", "{how}");
        let token = json!({"token": letter.token()});
        Client::new(server.addr).post("/email/verify", &token).await.expect(200);
        drop(server);
        let wrong = LOGIN.replace("p%3Ass", "wrong");
        for (url, trusted, reason) in [
            (url(&wrong), true, "the mail server refuses us: 535"),
            (url(LOGIN), false, "the mail server can't be reached: "),
        ] {
            let (_server, _place, ada) = signed_up(&mails, &url, trusted).await;
            eventually(reason, async || {
                newest(&ada).await["reason"].as_str().is_some_and(|said| said.starts_with(reason))
            })
            .await;
            assert_eq!(newest(&ada).await["state"], "waiting", "{how}");
        }
        assert_eq!(mails.taken().len(), 1, "{how}");
    }
}
