//! Five mails an hour, and a wait that can be seen.

use std::time::Duration;

use friender::config::Rate;
use friender::mail::{self, MailError};
use serde_json::json;

use super::sign_up;
use crate::support::{TestApp, db, someone};

const HOURLY: Option<Rate> = Some(Rate::new(5, 3600));

#[actix_web::test]
async fn of_64_who_ask_at_once_5_get_a_mail_whether_anybody_has_the_name_or_not() {
    let app = TestApp::start().await;
    let known = someone().insert(&app).username;
    for name in [known, "nobody.at.all".to_owned(), "nobody@example.org".to_owned()] {
        let asking: Vec<_> = (0..64)
            .map(|_| {
                let (url, name) = (app.database_url.clone(), name.clone());
                std::thread::spawn(move || {
                    mail::forget_password(&mut db::connect(&url), &name, HOURLY).is_ok()
                })
            })
            .collect();
        let taken = asking.into_iter().map(|thread| thread.join().unwrap()).filter(|taken| *taken).count();
        assert_eq!(taken, 5, "{name}");
        let refused = mail::forget_password(&mut app.connect(), &name.to_uppercase(), HOURLY);
        let Err(MailError::TooMany { until }) = refused else { panic!("{name}: {refused:?}") };
        let wait = until - chrono::Utc::now();
        assert!(wait.num_minutes() >= 58 && wait.num_minutes() < 60, "{wait}");
    }
}

#[actix_web::test]
async fn the_wait_is_told_beforehand_and_in_the_refusal() {
    let app = TestApp::start_with(|config| config.rate_limits = true).await;
    let ada = sign_up(&app, "ada", "ada@example.org").await;
    for left in (0..5).rev() {
        let body = ada.post("/email/resend", &json!({})).await.expect(202).body;
        let wait = body["wait_seconds"].as_u64().unwrap();
        assert_eq!(body["left"], left);
        assert!(if left > 0 { wait == 0 } else { (3500..=3600).contains(&wait) }, "{body}");
    }
    let refused = ada.post("/email/resend", &json!({})).await.expect(429);
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!(seconds > 0 && Duration::from_secs(seconds) <= Duration::from_secs(3600), "{seconds}");
    assert_eq!(refused.lacks_as_problem(), None);
}
