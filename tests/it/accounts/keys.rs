//! Exchanging the secret that signs tokens, without anybody noticing.

use super::{refresh, sign_up, text};
use crate::support::{SECRET, TestApp};

const NEXT: &str = "the next secret, the next secret, the next";

async fn server(database_url: &str, secret: &str, previous: Option<&str>) -> TestApp {
    TestApp::start_on(database_url.to_owned(), |config| {
        config.accounts.jwt_secret = Some(secret.into());
        config.accounts.jwt_secret_previous = previous.map(Into::into);
    })
    .await
}

#[actix_web::test]
async fn a_new_secret_logs_nobody_out_while_the_old_one_is_known() {
    let old = TestApp::start().await;
    let new = server(&old.database_url, NEXT, Some(SECRET)).await;
    let body = sign_up(&old, "ada").await;
    new.anon().with_token(text(&body, "token")).get("/me").await.expect(200);
    let next = refresh(&new.anon(), text(&body, "refresh_token")).await.expect(200).body;
    new.anon().with_token(text(&next, "token")).get("/me").await.expect(200);
    // What the new secret signs, a server that has never heard of it refuses.
    old.anon().with_token(text(&next, "token")).get("/me").await.expect(401);
    let strange = server(&old.database_url, "a third secret, a third secret, a third", None).await;
    for token in [&body, &next] {
        strange.anon().with_token(text(token, "token")).get("/me").await.expect(401);
    }
}

/// The answer was lost, and the retry reaches a server with other keys.
#[actix_web::test]
async fn a_retry_gets_the_same_successor_from_servers_before_and_after_the_exchange() {
    let before = TestApp::start_with(|config| config.accounts.jwt_secret_previous = Some(NEXT.into())).await;
    let after = server(&before.database_url, NEXT, Some(SECRET)).await;
    for (name, first, second) in [("ada", &before, &after), ("bob", &after, &before)] {
        let body = sign_up(first, name).await;
        let given = refresh(&first.anon(), text(&body, "refresh_token")).await.expect(200).body;
        let again = refresh(&second.anon(), text(&body, "refresh_token")).await.expect(200).body;
        assert_eq!(given["refresh_token"], again["refresh_token"]);
        refresh(&second.anon(), text(&again, "refresh_token")).await.expect(200);
    }
}
