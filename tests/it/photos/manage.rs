//! One's own files: listed, arranged, named, linked, removed.

use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::ground::{Ground, keep, upload};
use super::pictures::numbered;
use crate::support::gate::Way;
use crate::support::{Client, Someone, eventually, someone};

/// Uploads so many photos; gives their keys in order.
pub async fn with_photos(person: &Someone, count: usize) -> Vec<String> {
    let files: Vec<(String, Vec<u8>)> = (0..count).map(|n| (format!("{n}.jpg"), numbered(n))).collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    keep(&person.client, &files).await.iter().map(key).collect()
}

fn key(file: &Value) -> String {
    file["key"].as_str().expect("a key").to_owned()
}

pub fn keys(list: &Value) -> Vec<String> {
    list["files"].as_array().expect("files").iter().map(key).collect()
}

pub async fn listed(client: &Client) -> Vec<String> {
    keys(&client.get("/files").await.expect(200).body)
}

/// The UUID in a key.
fn id(key: &str) -> &str {
    key.rsplit('/').next().and_then(|name| name.split('.').next()).expect("a UUID")
}

async fn fetch(url: &Value) -> reqwest::Response {
    reqwest::get(url.as_str().expect("a link")).await.expect("an answer")
}

#[actix_web::test]
async fn a_list_shows_what_is_kept_and_links_to_all_sizes() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let wanted = with_photos(&ada, 2).await;
    with_photos(&bob, 1).await;
    let body = ada.client.get("/files").await.expect(200).body;
    assert_eq!((keys(&body), &body["count"]), (wanted.clone(), &json!(2)));
    let file = &body["files"][0];
    assert_eq!((&file["filename"], &file["content_type"]), (&json!("0.jpg"), &json!("image/jpeg")));
    assert_eq!((&file["width"], &file["height"], &file["caption"]), (&json!(16), &json!(12), &json!("")));
    assert_eq!(
        (&file["is_profile_image"], &body["files"][1]["is_profile_image"]),
        (&json!(true), &json!(false))
    );
    assert!(file["blurhash"].as_str().is_some_and(|hash| hash.len() > 5));
    let object = ground.media.head(&wanted[0]).await.unwrap();
    assert_eq!((&file["size"], &file["etag"]), (&json!(object.size), &json!(object.etag)));
    let modified: chrono::DateTime<chrono::Utc> = file["last_modified"].as_str().unwrap().parse().unwrap();
    assert!((chrono::Utc::now() - modified).num_minutes() < 1);
    for size in ["thumb", "medium", "large"] {
        let answer = fetch(&file["urls"][size]).await;
        assert_eq!(answer.status(), 200, "{size}");
    }
    // Links stay the same within their life, so that browsers find the picture in their cache.
    let again = ada.client.get("/files").await.expect(200).body;
    let links = |body: &Value| body["files"][0]["urls"].clone();
    let renewed = ada.client.get("/files").await.expect(200).body;
    assert!(links(&again) == links(&body) || links(&again) == links(&renewed), "{again} {body}");
    assert_eq!(bob.client.get("/files").await.expect(200).body["count"], 1);
}

#[actix_web::test]
async fn what_is_removed_is_gone_with_its_links() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let mine = with_photos(&ada, 4).await;
    let theirs = with_photos(&bob, 1).await;
    let body = ada.client.get("/files").await.expect(200).body;
    let links: Vec<&Value> =
        ["thumb", "medium", "large"].iter().map(|size| &body["files"][0]["urls"][size]).collect();
    // By the whole key, with its slashes as they are or not, and by its UUID alone.
    let encoded = mine[1].replace('/', "%2F");
    for path in [mine[0].as_str(), &encoded, id(&mine[2])] {
        ada.client.delete(&format!("/files/{path}")).await.expect(204);
        let repeated = ada.client.delete(&format!("/files/{path}")).await.expect(404);
        assert_eq!(repeated.lacks_as_problem(), None);
    }
    for link in links {
        assert_eq!(fetch(link).await.status(), 404);
    }
    assert_eq!(listed(&ada.client).await, mine[3..]);
    ada.client.delete(&format!("/files/{}", theirs[0])).await.expect(404);
    ada.client.delete(&format!("/files/{}", id(&theirs[0]))).await.expect(404);
    assert_eq!(listed(&bob.client).await, theirs);
    assert!(ground.is_whole().await);
    // The place is free again, and the same picture welcome.
    with_photos(&ada, 3).await;
}

#[actix_web::test]
async fn many_are_removed_at_once_each_with_its_result() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let mine = with_photos(&ada, 3).await;
    let theirs = with_photos(&bob, 1).await;
    let named = json!({"keys": [mine[0], theirs[0], "photos/x", id(&mine[2])]});
    let body = ada.client.post("/files/delete", &named).await.expect(200).body;
    let results = body["files"].as_array().unwrap();
    let deleted: Vec<&Value> = results.iter().map(|file| &file["deleted"]).collect();
    assert_eq!(deleted, [true, false, false, true]);
    assert_eq!((&body["deleted"], &body["failed"]), (&json!(2), &json!(2)));
    assert_eq!((&results[1]["key"], &results[1]["error"]["code"]), (&json!(theirs[0]), &json!("not_found")));
    assert_eq!(results[1]["error"], results[2]["error"]);
    ada.client.post("/files/delete", &named).await.expect(404);
    for bad in [json!([]), json!([mine[1], id(&mine[1])]), json!(vec![mine[1].clone(); 101])] {
        ada.client.post("/files/delete", &json!({"keys": bad})).await.expect(422);
    }
    assert_eq!((listed(&ada.client).await, listed(&bob.client).await), (vec![mine[1].clone()], theirs));
    assert!(ground.is_whole().await);
}

#[actix_web::test]
async fn of_16_removals_at_once_exactly_one_counts() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let mine = with_photos(&ada, 2).await;
    let path = format!("/files/{}", mine[0]);
    let answers = join_all((0..16).map(|_| ada.client.patiently(reqwest::Method::DELETE, &path, None))).await;
    let with = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
    assert_eq!((with(204), with(404)), (1, 15));
    let events = ada.client.get("/files/events").await.expect(200).body;
    let removals = events["items"].as_array().unwrap().iter().filter(|event| event["action"] == "removed");
    assert_eq!(removals.count(), 1);
    assert!(ground.is_whole().await);
}

#[actix_web::test]
async fn a_removal_counts_while_the_store_is_gone() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let mine = with_photos(&ada, 2).await;
    ground.gate.set(Way::Cut);
    ada.client.delete(&format!("/files/{}", mine[0])).await.expect(204);
    assert_eq!(listed(&ada.client).await, mine[1..]);
    ada.client.delete(&format!("/files/{}", mine[0])).await.expect(404);
    assert_eq!(ground.objects().await.len(), 6);
    ground.gate.set(Way::Open);
    // A minute later at most; nothing waits for the grace of uploads.
    ground.sweep_now().await;
    assert!(ground.is_whole().await && ground.rows().len() == 1);
}

#[actix_web::test]
async fn files_are_arranged_and_what_is_not_named_follows() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let k = with_photos(&ada, 4).await;
    let theirs = with_photos(&bob, 1).await;
    let order = async |wanted: Value| ada.client.put("/files/order", &json!({"keys": wanted})).await;
    let answer = order(json!([k[3], id(&k[1])])).await.expect(200).body;
    assert_eq!(keys(&answer), [&k[3], &k[1], &k[0], &k[2]].map(String::clone));
    assert_eq!(keys(&answer), listed(&ada.client).await);
    let images = ada.client.get("/me").await.expect(200).body["user"]["image_urls"].clone();
    assert!(
        images[0].as_str().unwrap().contains(id(&k[3])) && images[3].as_str().unwrap().contains(id(&k[2]))
    );
    // Nothing changes if one of them isn't there.
    for wrong in [json!([k[0], theirs[0]]), json!([k[0], Uuid::new_v4()]), json!([k[0], "x"])] {
        order(wrong).await.expect(404);
    }
    order(json!([k[0], k[0]])).await.expect(422);
    assert_eq!(keys(&answer), listed(&ada.client).await);
    // A new one comes last.
    let fresh = upload(&ada.client, &[("9.jpg", &numbered(9))]).await.expect(201).body;
    assert_eq!(listed(&ada.client).await[4], keys(&fresh)[0]);
}

/// Whatever comes first: the removed one is gone, the others are all there, in an order that somebody asked for.
#[actix_web::test]
async fn orders_and_removals_at_once_lose_nothing() {
    let ground = Ground::new().await;
    let ada = someone().insert(&ground.app);
    let k = with_photos(&ada, 5).await;
    let backwards: Vec<&String> = k.iter().rev().collect();
    let (forth, back, gone) = (json!({"keys": k}), json!({"keys": backwards}), format!("/files/{}", k[2]));
    let orders = [&forth, &back].into_iter().cycle().take(8);
    let orders = orders.map(|order| ada.client.patiently(reqwest::Method::PUT, "/files/order", Some(order)));
    let (removed, ordered) =
        tokio::join!(ada.client.patiently(reqwest::Method::DELETE, &gone, None), join_all(orders));
    removed.expect(204);
    assert!(ordered.iter().all(|answer| [200, 404].contains(&answer.status)));
    let left = listed(&ada.client).await;
    let rest = |keys: &[&String]| -> Vec<String> {
        keys.iter().filter(|key| **key != &k[2]).map(|key| (*key).clone()).collect()
    };
    let forth: Vec<&String> = k.iter().collect();
    assert!(left == rest(&forth) || left == rest(&backwards), "{left:?}");
    assert!(ground.is_whole().await);
}

#[actix_web::test]
async fn a_caption_is_one_clean_line() {
    let ground = Ground::new().await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let key = with_photos(&ada, 1).await.remove(0);
    let path = format!("/files/{key}");
    let body =
        ada.client.patch(&path, &json!({"caption": "  Rome,\u{2007} at night 🌙 "})).await.expect(200).body;
    assert_eq!(body["caption"], "Rome,\u{2007} at night 🌙");
    assert_eq!(body["key"], json!(key));
    for bad in ["a\nb", "a\0b", "a\u{202e}b", &"x".repeat(201)] {
        let answer = ada.client.patch(&path, &json!({"caption": bad})).await.expect(422);
        assert_eq!(answer.body["errors"][0]["pointer"], "/caption");
    }
    bob.client.patch(&path, &json!({"caption": "mine"})).await.expect(404);
    ada.client.patch(&path, &json!({})).await.expect(200);
    let listed = ada.client.get("/files").await.expect(200).body;
    assert_eq!(listed["files"][0]["caption"], "Rome,\u{2007} at night 🌙");
    ada.client.patch(&path, &json!({"caption": ""})).await.expect(200);
    assert_eq!(ada.client.get("/files").await.expect(200).body["files"][0]["caption"], "");
}

#[actix_web::test]
async fn a_download_link_is_for_ones_own_files_that_are_there() {
    let ground = Ground::with(|config| {
        config.photos.presigned_url_expiration = std::time::Duration::from_secs(1200);
    })
    .await;
    let [ada, bob] = [someone().insert(&ground.app), someone().insert(&ground.app)];
    let mine = with_photos(&ada, 2).await;
    let ask =
        async |client: &Client, key: &str| client.post("/download-url", &json!({"file_key": key})).await;
    let body = ask(&ada.client, &mine[0]).await.expect(200).body;
    assert_eq!(body["file_key"], json!(mine[0]));
    assert!((600..=1200).contains(&body["expires_in"].as_u64().unwrap()), "{}", body["expires_in"]);
    let bytes = fetch(&body["presigned_url"]).await.bytes().await.unwrap();
    assert_eq!(bytes, ground.media.get(&mine[0], 1 << 20).await.unwrap().bytes);
    let again = ask(&ada.client, id(&mine[0])).await.expect(200).body;
    let third = ask(&ada.client, &mine[0]).await.expect(200).body;
    assert!(
        again["presigned_url"] == body["presigned_url"] || again["presigned_url"] == third["presigned_url"]
    );
    // A missing object, somebody else's key, nobody's key and no key at all: the same bytes.
    ground.media.delete(&mine[1]).await.unwrap();
    let nobodys = mine[0].replace(id(&mine[0]), &Uuid::new_v4().to_string());
    let mut answers = vec![ask(&bob.client, &mine[0]).await];
    for key in [mine[1].as_str(), &nobodys, "x", "../../etc/passwd", ""] {
        answers.push(ask(&ada.client, key).await);
    }
    for mut answer in answers {
        assert_eq!(answer.status, 404);
        answer.body["request_id"] = json!(null);
        let mut missing = ada.client.get(&format!("/users/{}", Uuid::new_v4())).await.expect(404).body;
        missing["request_id"] = json!(null);
        assert_eq!(answer.body, missing);
    }
    ground.app.anon().post("/download-url", &json!({"file_key": mine[0]})).await.expect(401);
    ground.gate.set(Way::Cut);
    ask(&ada.client, &mine[0]).await.expect(503);
    ground.gate.set(Way::Open);
    eventually("the store is back", async || ask(&ada.client, &mine[0]).await.status == 200).await;
}
