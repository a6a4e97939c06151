//! What the log says of photos and profiles: enough to find out what happened, nothing that is private.

use serde_json::json;

use crate::durability::server::{Server, place, wait_for};
use crate::support::{Client, PASSWORD};

#[actix_web::test]
async fn what_is_done_is_logged_without_what_is_private() {
    let folder = place();
    let server = Server::start(folder.path(), "127.0.0.1:0");
    let form = json!({"username": "ada", "password": PASSWORD});
    let body = Client::new(server.addr).post("/users", &form).await.expect(201).body;
    let ada = Client::new(server.addr).with_token(body["token"].as_str().unwrap());
    ada.patch("/me", &json!({"bio": "nobody reads this in a log"})).await.expect(200);
    let nobody = json!({"profile_image_key": "00000000-0000-4000-8000-000000000000"});
    ada.put("/profile", &nobody).await.expect(404);
    let wanted = json!({"filename": "private name.jpg", "content_type": "image/jpeg", "size": 1000});
    let link = ada.post("/upload-url", &wanted).await.expect(200).body;
    ada.post("/files", &json!({"file_key": link["file_key"]})).await.expect(409);
    let log = || std::fs::read_to_string(folder.path().join("log")).unwrap();
    for event in ["profile updated", "profile not updated", "upload URL issued", "an upload was not kept"] {
        wait_for(event, || log().contains(event).then_some(()));
    }
    let log = log();
    let updated = log.lines().find(|line| line.contains("profile updated")).unwrap();
    assert!(updated.contains("fields=[\"bio\"]"), "{updated}");
    for private in ["nobody reads this", "private name", "X-Amz-Signature", PASSWORD, ada.token().unwrap()] {
        assert!(!log.contains(private), "{private}");
    }
}
