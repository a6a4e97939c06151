//! Whatever comes in: a refusal that these front ends can read, and never a failure.

use reqwest::Method;
use serde_json::json;

use crate::support::{Client, TestApp, befriend, someone};

#[actix_web::test]
async fn junk_is_refused_in_words() {
    let app = TestApp::start().await;
    let (me, friend) = (someone().insert(&app), someone().insert(&app));
    befriend(&app, &me, &friend);
    let own = |path: &str| path.replace("{me}", &me.username);
    let writes = [
        "POST /users",
        "POST /login",
        "POST /auth/register",
        "POST /auth/token",
        "POST /matches/{me}",
        "PATCH /users/{me}",
        "POST /users/{me}/images",
        "POST /upload-url",
        "POST /profile/image",
        "POST /api/read-url",
        "POST /api/save-profile",
        "PUT /profile",
        "POST /uploads3",
    ];
    let bodies = [
        ("application/json", "".to_owned()),
        ("application/json", "{".to_owned()),
        ("application/json", "[]".to_owned()),
        ("application/json", "[".repeat(10_000)),
        ("application/json", json!({"username": "a\0b", "password": "a\0b", "likee": "a\0b", "match": "true",
            "hobbies": "a\0b", "fileKey": "a\0b", "fileName": "a\0b", "nombre": "a\0b", "profileImageKey": "\0"}).to_string()),
        ("application/json", format!("{{\"hobbies\": \"{}\"}}", "x".repeat(100_000))),
        ("multipart/form-data", "x".to_owned()),
        ("multipart/form-data; boundary=b", "--b\r\nContent-Dispo".to_owned()),
        ("text/plain", "hello".to_owned()),
        ("application/x-www-form-urlencoded", "username=ada".to_owned()),
    ];
    for write in writes {
        let (method, path) = write.split_once(' ').expect("two words");
        for (kind, body) in &bodies {
            let request =
                me.client.request(method.parse().expect("a method"), &format!("//classic{}", own(path)));
            let answer = Client::send(request.header("content-type", *kind).body(body.clone())).await;
            assert!(
                (400..500).contains(&answer.status),
                "{write} {kind}: {} {:#}",
                answer.status,
                answer.body
            );
            assert_eq!(answer.lacks_as_problem(), None, "{write} {kind}: {:#}", answer.body);
        }
    }
    let friend = &friend.username;
    let reads = [
        "/users/%00",
        "/users/a%00b/images",
        "/users/%F0%9F%98%80",
        "/users/{me}/messages/%00",
        "/nothing",
        "/downloads3/%00",
        "/api/read-url?fileKey=%00",
        "/users//images",
        "/users/{me}/messages/{me}",
        "/listfiles/%00",
    ];
    for path in reads {
        let answer = me.client.get(&format!("//classic{}", own(path))).await;
        assert!((400..500).contains(&answer.status), "{path}: {} {:#}", answer.status, answer.body);
        assert_eq!(answer.lacks_as_problem(), None, "{path}: {:#}", answer.body);
    }
    // What isn't known is passed over.
    let path = format!("//classic/users/{}/messages/{friend}?page=%00&limit=-1", me.username);
    me.client.get(&path).await.expect(200);
    let request = me.client.request(Method::PATCH, &format!("//classic/users/{}", me.username));
    let odd = json!({"hobbies": ["go", "chess"], "radius": 30, "submit": {"a": 1}, "image": null});
    let user = Client::send(request.json(&odd)).await.expect(200).body["user"].clone();
    assert_eq!((&user["hobbies"], &user["radius"]), (&json!("go, chess"), &json!(30)));
}
