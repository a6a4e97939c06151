//! A hundred people shown, each with a request for their photos, all at once.

use friender::accounts::UserId;
use friender::config::{Config, Rate};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::Value;

use crate::support::{Answer, Client, Someone, TestApp, someone};

async fn crowded(change: impl FnOnce(&mut Config)) -> (TestApp, Someone) {
    let app = TestApp::start_with(|config| {
        config.rate_limits = true;
        config.accounts.cookies = true;
        change(config);
    })
    .await;
    let mut conn = app.connect();
    (0..100).for_each(|_| someone().create(&mut conn, UserId::new()));
    let me = someone().insert(&app);
    (app, me)
}

/// A read by cookie, by header, or by neither; whoever is told to come back later does.
async fn read(app: &TestApp, header: (&str, &str), path: &str) -> Answer {
    loop {
        let request = app.anon().request(Method::GET, &format!("//classic{path}"));
        let request = request.header(header.0, header.1).header("content-type", "application/json");
        let answer = Client::send(request).await;
        if answer.status != 503 {
            return answer;
        }
    }
}

#[actix_web::test]
async fn a_hundred_people_and_all_their_photos_are_shown_at_once() {
    let (app, me) = crowded(|_| ()).await;
    let (list, token) = (format!("/users/{}/unrated", me.id), me.client.token().expect("a token"));
    let people = read(&app, ("authorization", &format!("Bearer {token}")), &list).await.expect(200).body;
    let people = people.as_array().expect("a list");
    assert_eq!(people.len(), 100);
    let photos =
        people.iter().map(|person| format!("/users/{}/images", person["id"].as_str().expect("an id")));
    let paths: Vec<String> = photos.chain([list]).collect();
    assert_eq!(paths.len(), 101);
    let cookie = format!("friender_access={token}");
    let answers = join_all(paths.iter().map(|path| read(&app, ("cookie", &cookie), path))).await;
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert!(statuses.iter().all(|status| *status == 200), "{statuses:?}");
    assert!(answers[0].header("ratelimit").contains("reads"), "they were counted");
}

/// What is too much elsewhere is too much here.
#[actix_web::test]
async fn reads_verdicts_and_uploads_have_their_limits_here_as_well() {
    let (_app, me) = crowded(|config| {
        (config.limits.reads, config.limits.read_burst) = (Rate::new(3, 3600), 3);
        config.limits.decisions = Rate::new(2, 86_400);
        config.limits.uploads = Rate::new(1, 3600);
    })
    .await;
    let path = format!("//classic/users/{}/unrated", me.id);
    let first = me.client.get(&path).await.expect(200).body;
    let answers = join_all((0..5).map(|_| me.client.get(&path))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 429).count(), 3, "3 in an hour");
    let verdicts = ["like", "dislike", "like"].iter().zip(first.as_array().expect("a list"));
    let mut statuses = Vec::new();
    for (verdict, person) in verdicts {
        let path = format!("//classic/users/{verdict}/{}", person["id"].as_str().expect("an id"));
        statuses.push(me.client.post_patiently(&path, &Value::Null).await.status);
    }
    assert_eq!(statuses, [200, 200, 429]);
    let asked = serde_json::json!({"fileName": "a.jpg", "contentType": "image/jpeg"});
    me.client.post_patiently("//classic/api/upload-url", &asked).await.expect(200);
    let refused = me.client.post_patiently("//classic/uploads3", &asked).await.expect(429);
    assert_eq!(refused.lacks_as_problem(), None);
}
