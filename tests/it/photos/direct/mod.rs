//! Uploads straight to the bucket: what is put is checked before anybody sees it, and nothing is left over. Each law holds
//! on our own store and on one that others wrote.

mod races;
mod refusals;
mod uploads;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use friender::db::schema::uploads as uploads_table;
use reqwest::Response;
use serde_json::{Value, json};
use uuid::Uuid;

use super::ground::Ground;
use crate::support::store::Store;
use crate::support::{Answer, Client, Someone};

/// An upload that was let in.
pub struct Granted {
    pub url: String,
    pub headers: Value,
    pub key: String,
}

pub async fn ask(client: &Client, path: &str, name: &str, kind: &str, size: usize) -> Answer {
    client.post(path, &json!({"filename": name, "content_type": kind, "size": size})).await
}

pub async fn grant(client: &Client, path: &str, bytes: &[u8]) -> Granted {
    granted(&ask(client, path, "me.jpg", "image/jpeg", bytes.len()).await.expect(200).body)
}

pub fn granted(body: &Value) -> Granted {
    assert_eq!((&body["method"], body["expires_in"].as_u64().unwrap() <= 300), (&json!("PUT"), true));
    let text = |name: &str| body[name].as_str().expect("a text").to_owned();
    Granted { url: text("presigned_url"), headers: body["headers"].clone(), key: text("file_key") }
}

impl Granted {
    /// Puts as every client would: with the headers given, and the length it has.
    pub async fn put(&self, bytes: &[u8]) -> Response {
        self.put_as(bytes, None).await
    }

    /// Again while the store can't just now: what it can't do in time, on a busy machine, is no refusal.
    pub async fn put_as(&self, bytes: &[u8], content_type: Option<&str>) -> Response {
        let mut answer = self.put_once(bytes, content_type).await;
        for _ in 0..20 {
            if answer.as_ref().is_ok_and(|answer| !answer.status().is_server_error()) {
                break;
            }
            answer = self.put_once(bytes, content_type).await;
        }
        answer.expect("the store answers")
    }

    async fn put_once(&self, bytes: &[u8], content_type: Option<&str>) -> reqwest::Result<Response> {
        let mut request = reqwest::Client::new().put(&self.url).body(bytes.to_vec());
        for (name, value) in self.headers.as_object().expect("headers") {
            let value = content_type.filter(|_| name == "content-type").or(value.as_str());
            request = request.header(name, value.expect("a text"));
        }
        request.send().await
    }

    /// Coming back when it is told to.
    pub async fn confirm(&self, client: &Client) -> Answer {
        client.post_patiently("/files", &json!({"file_key": self.key})).await
    }
}

/// Asks, puts and confirms.
pub async fn send(client: &Client, path: &str, bytes: &[u8]) -> Answer {
    let granted = grant(client, path, bytes).await;
    assert!(granted.put(bytes).await.status().is_success());
    granted.confirm(client).await
}

pub async fn images(person: &Someone) -> Vec<String> {
    let body = person.client.get(&format!("/users/{}/images", person.id)).await.expect(200).body;
    body["images"].as_array().unwrap().iter().map(|url| url.as_str().unwrap().to_owned()).collect()
}

/// Every object's key, but for those that wait in quarantine.
pub async fn kept(ground: &Ground) -> Vec<String> {
    ground.objects().await.into_iter().filter(|key| !key.starts_with("quarantine/")).collect()
}

impl Ground {
    /// Moves the end of every upload's link.
    pub fn move_ends(&self, by: TimeDelta) {
        let mut conn = self.app.connect();
        let all: Vec<(Uuid, DateTime<Utc>)> = uploads_table::table
            .select((uploads_table::id, uploads_table::expires_at))
            .load(&mut conn)
            .unwrap();
        for (id, end) in all {
            let row = diesel::update(uploads_table::table.filter(uploads_table::id.eq(id)));
            row.set(uploads_table::expires_at.eq(end + by)).execute(&mut conn).unwrap();
        }
    }

    /// Ends every upload's link long ago.
    pub fn end_uploads(&self) {
        self.move_ends(TimeDelta::hours(-2));
    }
}

/// Runs each law on both servers. One that isn't listed here is dead code, and the compiler says so.
macro_rules! on_both {
    ($($file:ident: $($law:ident),+;)+) => {
        mod embedded {
            $($(#[actix_web::test]
            async fn $law() {
                super::$file::$law(super::Ground::on(super::Store::Embedded).await).await;
            })+)+
        }

        mod rclone {
            $($(#[actix_web::test]
            async fn $law() {
                super::$file::$law(super::Ground::on(super::Store::Rclone).await).await;
            })+)+
        }
    };
}

on_both! {
    uploads:
        a_direct_upload_is_checked_and_made_anew,
        the_owner_s_next_look_confirms_what_has_arrived,
        a_new_profile_image_takes_the_old_one_s_place;
    refusals:
        the_store_takes_only_what_was_announced,
        what_is_no_picture_is_never_served,
        only_the_owner_confirms_in_time,
        what_is_announced_is_held_to_the_rules;
    races:
        of_two_new_profile_images_at_once_one_stays,
        of_many_confirmations_at_once_one_file_comes,
        of_16_direct_uploads_for_the_last_place_one_gets_it;
}
