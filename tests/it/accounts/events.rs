//! The log of security events: who, what and when.

use chrono::{TimeDelta, Utc};
use diesel::prelude::*;
use friender::accounts::{self, SecurityEvent, UserId};
use friender::db::schema::{revocations, security_events, sessions};
use serde_json::json;
use uuid::Uuid;

use super::{claims, log_in, refresh, sign_up, text};
use crate::support::cases::{decide, moderator, report};
use crate::support::{PASSWORD, TestApp, someone};

type Written = (String, Option<Uuid>, Option<Uuid>, Option<String>);

/// What happened, in order, to whom, about what, from where.
fn written(app: &TestApp) -> Vec<Written> {
    use security_events::columns;
    security_events::table
        .order(columns::id)
        .select((columns::event, columns::user_id, columns::about, columns::network))
        .load(&mut app.connect())
        .unwrap()
}

#[actix_web::test]
async fn logins_and_their_ends_are_written_down_without_secrets() {
    let app = TestApp::start().await;
    let body = sign_up(&app, "ada").await;
    let ada: Option<Uuid> = text(&body["user"], "id").parse().ok();
    log_in(&app.anon(), "ada", "not the password").await.expect(401);
    log_in(&app.anon(), "nobody.here", "not the password").await.expect(401);
    let login = log_in(&app.anon(), "ada", PASSWORD).await.expect(200).body;
    let next = refresh(&app.anon(), text(&login, "refresh_token")).await.expect(200).body;
    refresh(&app.anon(), text(&next, "refresh_token")).await.expect(200);
    refresh(&app.anon(), text(&login, "refresh_token")).await.expect(401);
    app.anon().with_token(text(&body, "token")).post("/logout", &json!({})).await.expect(204);

    let session = |body| claims(text(body, "token"))["sid"].as_str().unwrap().parse::<Uuid>().ok();
    let expected = [
        ("sign_up", ada, None),
        ("login_failure", ada, None),
        ("login_failure", None, None),
        ("login", ada, session(&login)),
        ("refresh_reuse", ada, session(&login)),
        ("sign_out", ada, session(&body)),
    ];
    let network = Some("127.0.0.0/24".to_owned());
    let expected = expected.map(|(event, user, about)| (event.to_owned(), user, about, network.clone()));
    assert_eq!(written(&app), expected);
}

#[actix_web::test]
async fn reports_and_what_moderators_decide_are_written_down() {
    let app = TestApp::start().await;
    let [ada, bob] = [(); 2].map(|()| someone().insert(&app));
    let judge = moderator(&app);
    let case = report(&ada, &bob).await;
    decide(&judge, &case, "warn", None).await;
    let about = case.parse::<Uuid>().ok();
    let expected = [
        ("role_change", judge.id, None),
        ("report", ada.id, about),
        ("moderation", judge.id, about),
        ("moderation", bob.id, about),
    ];
    let expected = expected.map(|(event, user, about)| (event.to_owned(), Some(user.0), about, None));
    assert_eq!(written(&app), expected);
}

#[actix_web::test]
async fn an_event_goes_with_the_transaction_that_it_tells_of() {
    let app = TestApp::start().await;
    let (ada, bob) = (UserId::new(), UserId::new());
    let mut conn = app.connect();
    let undone = conn.transaction::<(), accounts::AccountError, _>(|conn| {
        accounts::record_event(conn, ada, SecurityEvent::Block.about(bob.0))?;
        Err(accounts::AccountError::SessionEnded)
    });
    assert!(undone.is_err());
    accounts::record_event(&mut conn, bob, SecurityEvent::Block.about(ada.0)).unwrap();
    assert_eq!(written(&app), [("block".to_owned(), Some(bob.0), Some(ada.0), None)]);
}

#[actix_web::test]
async fn what_is_kept_for_a_time_goes_then() {
    let app = TestApp::start().await;
    let (ada, mut conn) = (someone().insert(&app), app.connect());
    let days_ago = |days| Utc::now() - TimeDelta::days(days);
    let id_of = |at: chrono::DateTime<Utc>| {
        let millis = u64::try_from(at.timestamp_millis()).unwrap();
        uuid::Builder::from_unix_timestamp_millis(millis, &[7; 10]).into_uuid()
    };
    for days in [179, 181] {
        let event = (security_events::id.eq(id_of(days_ago(days))), security_events::event.eq("login"));
        diesel::insert_into(security_events::table).values(event).execute(&mut conn).unwrap();
    }
    for days in [1, 3] {
        let revocation = (
            revocations::session_id.eq(Uuid::now_v7()),
            revocations::user_id.eq(ada.id),
            revocations::reason.eq("sign_out"),
            revocations::at.eq(days_ago(days)),
        );
        diesel::insert_into(revocations::table).values(revocation).execute(&mut conn).unwrap();
    }
    // Living, expired, ended yesterday, ended long ago.
    let ends = [(60, None), (-1, None), (60, Some(1)), (60, Some(3))];
    for (expires, ended) in ends {
        let session = (
            sessions::user_id.eq(ada.id),
            sessions::id.eq(Uuid::now_v7()),
            sessions::refresh_hash.eq([0_u8; 32].as_slice()),
            sessions::expires_at.eq(days_ago(-expires)),
            sessions::revoked_at.eq(ended.map(days_ago)),
        );
        diesel::insert_into(sessions::table).values(session).execute(&mut conn).unwrap();
    }
    accounts::purge(&mut conn).unwrap();
    let count = |sql: &str, conn: &mut PgConnection| -> i64 {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(sql)).get_result(conn).unwrap()
    };
    assert_eq!(count("(SELECT count(*) FROM security_events)", &mut conn), 1);
    assert_eq!(count("(SELECT count(*) FROM revocations)", &mut conn), 1);
    // The client's own is the third.
    assert_eq!(count("(SELECT count(*) FROM sessions)", &mut conn), 3);
}
