//! The same upload sent again, because its answer was lost.

use diesel::{RunQueryDsl, sql_query};
use friender::http::idempotency;
use futures_util::future::join_all;
use image::ImageFormat;
use reqwest::Method;

use super::ground::{Ground, form};
use super::pictures::{numbered, picture};
use crate::support::gate::Way;
use crate::support::{Answer, Client, eventually, someone};

async fn upload(client: &Client, path: &str, key: &str, files: &[(&str, &[u8])]) -> Answer {
    let request = client.request(Method::POST, path).header("idempotency-key", key);
    Client::send(request.multipart(form(files))).await
}

#[actix_web::test]
async fn a_repeat_gets_the_first_answer_and_keeps_nothing_twice() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let (one, two) = (numbered(1), numbered(2));
    let files: [(&str, &[u8]); 2] = [("1.jpg", &one), ("2.jpg", &two)];
    let first = upload(&ada.client, "/upload", "first", &files).await.expect(201);
    assert_eq!(first.header("idempotency-replayed"), "");
    for _ in 0..3 {
        // Each form has a boundary of its own.
        let again = upload(&ada.client, "/upload", "first", &files).await.expect(201);
        assert_eq!((&again.body, again.header("idempotency-replayed")), (&first.body, "true"));
        assert_eq!(again.header("content-type"), "application/json");
    }
    assert_eq!(ground.rows().len(), 2);
    // Another body: other bytes, another name, another order, one less.
    let others: [&[(&str, &[u8])]; 4] = [
        &[("1.jpg", &one), ("2.jpg", &one)],
        &[("1.jpg", &one), ("3.jpg", &two)],
        &[("2.jpg", &two), ("1.jpg", &one)],
        &[("1.jpg", &one)],
    ];
    for files in others {
        let refused = upload(&ada.client, "/upload", "first", files).await.expect(422);
        assert_eq!((refused.code(), refused.lacks_as_problem()), ("idempotency_key_reused", None));
    }
    assert!(ground.is_whole().await && ground.rows().len() == 2);
}

#[actix_web::test]
async fn a_key_is_one_person_s_on_one_route_for_a_day() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let own = format!("/users/{}/images", ada.id);
    for (client, path, number) in
        [(&ada.client, "/upload", 1), (&bob.client, "/upload", 2), (&ada.client, &own, 3)]
    {
        upload(client, path, "key", &[("a.jpg", &numbered(number))]).await.expect(201);
    }
    assert_eq!(ground.rows().len(), 3);
    let other = numbered(4);
    upload(&ada.client, "/upload", "key", &[("a.jpg", &other)]).await.expect(422);
    let mut conn = ground.app.connect();
    sql_query("UPDATE idempotency_keys SET claimed_at = claimed_at - interval '25 hours'")
        .execute(&mut conn)
        .unwrap();
    upload(&ada.client, "/upload", "key", &[("a.jpg", &other)]).await.expect(201);
    // The chore forgets what is over, and nothing else.
    assert_eq!(idempotency::purge(&mut conn).unwrap(), 2);
    assert_eq!(idempotency::purge(&mut conn).unwrap(), 0);
    assert_eq!(ground.rows().len(), 4);
    for bad in ["", "two words", "\u{e9}", &"x".repeat(256)] {
        let refused = upload(&ada.client, "/upload", bad, &[("a.jpg", &other)]).await.expect(400);
        assert_eq!(refused.code(), "invalid_idempotency_key", "{bad:?}");
    }
}

#[actix_web::test]
async fn of_many_at_once_one_works_and_the_others_hear_that_or_its_answer() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let jpeg = picture(ImageFormat::Jpeg);
    ground.gate.set(Way::Held);
    let first = async { upload(&ada.client, "/upload", "key", &[("a.jpg", &jpeg)]).await };
    let others = async {
        eventually("the photo is on its way", async || ground.rows().len() == 1).await;
        let files: [(&str, &[u8]); 1] = [("a.jpg", &jpeg)];
        let answers = join_all((0..8).map(|_| upload(&ada.client, "/upload", "key", &files))).await;
        ground.gate.set(Way::Open);
        answers
    };
    let (first, others) = tokio::join!(first, others);
    for other in &others {
        assert_eq!((other.status, other.code()), (409, "still_running"), "{:#}", other.body);
        assert_eq!(other.header("retry-after"), "1");
    }
    // The store was held for less than its patience, or for more: then nothing was kept and the key is free.
    if first.status != 201 {
        first.expect(503);
    }
    let last = upload(&ada.client, "/upload", "key", &[("a.jpg", &jpeg)]).await.expect(201);
    assert_eq!(last.body["uploaded"], 1);
    let ready = ground.rows().iter().filter(|(_, state)| state == "ready").count();
    assert_eq!(ready, 1);
}

#[actix_web::test]
async fn what_was_refused_may_be_corrected_under_the_same_key() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let jpeg = picture(ImageFormat::Jpeg);
    for _ in 0..2 {
        upload(&ada.client, "/upload", "key", &[("a.txt", b"no picture")]).await.expect(415);
    }
    ground.gate.set(Way::Cut);
    upload(&ada.client, "/upload", "key", &[("a.jpg", &jpeg)]).await.expect(503);
    ground.gate.set(Way::Open);
    upload(&ada.client, "/upload", "key", &[("a.jpg", &jpeg)]).await.expect(201);
}

/// A server that died with a claim in its hand doesn't block the key for a day.
#[actix_web::test]
async fn a_claim_that_nobody_works_on_is_taken_over() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let jpeg = picture(ImageFormat::Jpeg);
    upload(&ada.client, "/upload", "key", &[("a.jpg", &jpeg)]).await.expect(201);
    let mut conn = ground.app.connect();
    let died = |ago: &str| {
        format!(
            "UPDATE idempotency_keys SET status = NULL, body = NULL, claimed_at = now() - interval '{ago}'"
        )
    };
    sql_query(died("1 minute")).execute(&mut conn).unwrap();
    upload(&ada.client, "/upload", "key", &[("a.jpg", &jpeg)]).await.expect(409);
    sql_query(died("3 minutes")).execute(&mut conn).unwrap();
    upload(&ada.client, "/upload", "key", &[("b.jpg", &jpeg)]).await.expect(422);
    let taken = upload(&ada.client, "/upload", "key", &[("a.jpg", &jpeg)]).await;
    assert!([201, 409].contains(&taken.status) && taken.code() != "still_running", "{:#}", taken.body);
}

/// Lost with its client, an upload under a key is finished all the same: its repeat gets the answer.
#[actix_web::test]
async fn an_upload_whose_client_is_gone_is_finished() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let jpeg = picture(ImageFormat::Jpeg);
    ground.gate.set(Way::Held);
    let lost = tokio::spawn({
        let (client, jpeg) = (ada.client.clone(), jpeg.clone());
        async move { upload(&client, "/upload", "key", &[("a.jpg", &jpeg)]).await }
    });
    eventually("the photo is on its way", async || ground.rows().len() == 1).await;
    lost.abort();
    let _ = lost.await;
    ground.gate.set(Way::Open);
    eventually("the photo is kept", async || ground.rows().iter().all(|(_, state)| state == "ready")).await;
    eventually("its repeat gets the answer", async || {
        let again = upload(&ada.client, "/upload", "key", &[("a.jpg", &jpeg)]).await;
        again.status == 201 && again.header("idempotency-replayed") == "true"
    })
    .await;
    assert!(ground.is_whole().await && ground.rows().len() == 1);
}
