//! How often an account or an address may do what, and what is said to whoever reached a limit.

mod addresses;
mod logins;

use friender::config::{Config, Rate};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use crate::support::cases::report;
use crate::support::{Answer, Client, TestApp, someone};

/// Limits that hold, some of them changed.
async fn limited(change: impl FnOnce(&mut Config)) -> TestApp {
    TestApp::start_with(|config| {
        config.rate_limits = true;
        change(config);
    })
    .await
}

fn number(text: &str, name: &str) -> u64 {
    let parts = text.split([';', ',']).filter_map(|part| part.trim().split_once('='));
    let mut named = parts.filter(|(found, _)| *found == name);
    named.next().expect(name).1.parse().expect("a number")
}

fn assert_refused(answer: &Answer, class: &str, at_most: u64) {
    assert_eq!((answer.status, answer.code()), (429, "rate_limited"), "{:#}", answer.body);
    assert_eq!(answer.lacks_as_problem(), None);
    let seconds: u64 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=at_most).contains(&seconds), "{seconds}");
    let left = answer.header("ratelimit");
    assert!(left.starts_with(&format!("\"{class}\"")), "{left}");
    assert_eq!(number(left, "r"), 0);
    assert!(number(left, "t") >= seconds, "{left}");
}

#[actix_web::test]
async fn a_front_end_that_asks_for_everything_at_once_gets_it() {
    let app = limited(|_| ()).await;
    let ada = someone().insert(&app).client;
    let answers = join_all((0..200).map(|_| ada.get("/tags"))).await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    let policies = answers.iter().all(|answer| answer.header("ratelimit-policy") == "\"reads\";q=600;w=60");
    assert!(policies, "{}", answers[0].header("ratelimit-policy"));
    // They are counted; how much comes back meanwhile is the machine's.
    let least = answers.iter().map(|answer| number(answer.header("ratelimit"), "r")).min().unwrap();
    assert!(least < 198, "{least} are left after 200");
}

#[actix_web::test]
async fn reads_are_counted_by_account_and_else_by_address() {
    let app = limited(|config| {
        config.limits.reads = Rate::new(5, 3600);
        config.limits.read_burst = 5;
    })
    .await;
    let [ada, bob] = [someone().insert(&app).client, someone().insert(&app).client];
    for client in [&ada, &bob, &app.anon()] {
        for left in (0..5).rev() {
            let answer = client.get("/tags").await.expect(200);
            assert_eq!(number(answer.header("ratelimit"), "r"), left);
        }
        assert_refused(&client.get("/tags").await, "reads", 720);
        assert_refused(&Client::send(client.request(Method::GET, "//api/tags")).await, "reads", 720);
    }
    // A token that isn't good is nobody's.
    assert_refused(&app.anon().with_token("x").get("/tags").await, "reads", 720);
    // Whoever has read too much may still write, and probes and pages are nobody's reads.
    ada.put("/me/pause", &json!({"paused": true})).await.expect(204);
    for path in ["//livez", "//readyz", "//health", "//openapi.json"] {
        let answer = app.anon().get(path).await.expect(200);
        assert_eq!(answer.header("ratelimit"), "", "{path}");
    }
    let preflight = app.anon().request(Method::OPTIONS, "/tags").header("origin", "http://localhost");
    let preflight = preflight.header("access-control-request-method", "GET");
    assert_ne!(Client::send(preflight).await.status, 429);
}

#[actix_web::test]
async fn of_64_at_once_exactly_as_many_pass_as_may() {
    let app = limited(|config| {
        config.limits.decisions = Rate::new(7, 86_400);
        config.limits.messages = Rate::new(1, 3600);
        config.limits.uploads = Rate::new(3, 3600);
    })
    .await;
    let ada = someone().insert(&app).client;
    let nobody = json!({"user_id": Uuid::now_v7(), "liked": true});
    let message = json!({"body": "Hello", "client_id": Uuid::now_v7()});
    for (path, body, may, class) in [
        ("/likes".to_owned(), &nobody, 7, "decisions"),
        (format!("/matches/{}/messages", Uuid::now_v7()), &message, 1, "messages"),
        ("/upload".to_owned(), &json!({}), 3, "uploads"),
    ] {
        // Fewer than may be written in a minute.
        let answers = join_all((0..32).map(|_| ada.post(&path, body))).await;
        let (refused, passed): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 429);
        assert_eq!(passed.len(), may, "{path}");
        refused.iter().for_each(|answer| assert_refused(answer, class, 86_400));
        let both = format!("\"writes\";q=120;w=60, \"{class}\";");
        assert!(passed[0].header("ratelimit-policy").starts_with(&both), "{path}");
    }
    // Confirming what was put into the bucket costs as much as sending it here.
    assert_refused(&ada.post("/files", &json!({"file_key": "x"})).await, "uploads", 3600);
}

#[actix_web::test]
async fn twenty_reports_a_day_are_heard_from_one_person() {
    let app = limited(|_| ()).await;
    let [ada, bob, eve] = [(); 3].map(|()| someone().insert(&app));
    for _ in 0..20 {
        report(&ada, &bob).await;
    }
    let form = json!({"user_id": bob.id, "reason": "spam"});
    assert_refused(&ada.client.post("/reports", &form).await, "reports", 4320);
    report(&eve, &bob).await;
}

#[actix_web::test]
async fn a_form_that_is_corrected_makes_one_account() {
    let app = limited(|config| config.limits.sign_ups = Rate::new(2, 3600)).await;
    let form = |name: &str| json!({"username": name, "password": "correct horse battery"});
    for _ in 0..5 {
        app.anon().post("/users", &form("x")).await.expect(422);
    }
    for name in ["first", "second"] {
        app.anon().post("/users", &form(name)).await.expect(201);
    }
    assert_refused(&app.anon().post("/users", &form("third")).await, "sign-ups", 1800);
    // It is the address that counts, not who is signed in.
    let ada = someone().insert(&app).client;
    assert_refused(&ada.post("/users", &form("third")).await, "sign-ups", 1800);
}

#[actix_web::test]
async fn browsers_may_read_what_is_left() {
    const ORIGIN: &str = "http://localhost:5173";
    let app = limited(|config| config.cors_origins = vec![ORIGIN.to_owned()]).await;
    let answer =
        Client::send(app.anon().request(Method::GET, "/tags").header("origin", ORIGIN)).await.expect(200);
    let exposed = answer.header("access-control-expose-headers").to_lowercase();
    for name in ["ratelimit", "ratelimit-policy", "retry-after"] {
        assert!(exposed.split(',').any(|found| found.trim() == name), "{exposed}");
    }
}
