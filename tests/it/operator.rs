//! `friender user`, beside a server that runs.

use std::process::Command;

use friender::cli::UserCommand;
use friender::config::Config;
use friender::operator;
use serde_json::json;

use crate::durability::server::{Server, place};
use crate::support::{Client, PASSWORD, TestApp, eventually, someone};

fn sign_out(name: Option<&str>) -> UserCommand {
    UserCommand::SignOut { name: name.map(str::to_owned), all: name.is_none() }
}

#[actix_web::test]
async fn an_operator_signs_one_out_or_everybody() {
    let app = TestApp::start().await;
    let (ada, bob) = (someone().insert(&app), someone().insert(&app));
    let folder = tempfile::TempDir::new().unwrap();
    let mut config = Config::defaults(folder.path().to_owned());
    config.database.url = Some(app.database_url.clone().into());
    let said = operator::run(&sign_out(Some(&ada.username.to_uppercase())), &config).await.unwrap();
    assert!(said.ends_with("is signed out: 1 session ended.\n"), "{said}");
    eventually("ada is out", async || ada.client.get("/me").await.status == 401).await;
    bob.client.get("/me").await.expect(200);
    let again = someone().insert(&app);
    let said = operator::run(&sign_out(None), &config).await.unwrap();
    assert_eq!(said, "Everybody is signed out: 2 sessions ended.\n");
    for person in [&bob, &again] {
        eventually("all are out", async || person.client.get("/me").await.status == 401).await;
    }
    let login = json!({"username": bob.username, "password": PASSWORD});
    app.anon().post("/login", &login).await.expect(200);
    for nobody in ["nobody.here", "no name at all"] {
        let error = operator::run(&sign_out(Some(nobody)), &config).await.unwrap_err().to_string();
        assert!(error.contains(nobody) && error.contains("spelling"), "{error}");
    }
}

/// The running server has the data folder; its database can be had all the same.
#[actix_web::test]
async fn the_private_database_of_a_running_server_is_reached_too() {
    let folder = place();
    let server = Server::start(folder.path(), "127.0.0.1:0");
    let form = json!({"username": "ada", "password": PASSWORD});
    let body = Client::new(server.addr).post("/users", &form).await.expect(201).body;
    let ada = Client::new(server.addr).with_token(body["token"].as_str().unwrap());
    let user = |name: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_friender"));
        command.env_clear().env("PATH", "/usr/bin:/bin").current_dir(folder.path());
        if let Some(folder) = std::env::var_os("FRIENDER_PG_BIN") {
            command.env("FRIENDER_PG_BIN", folder);
        }
        command.args(["user", "sign-out", name, "--data-dir"]).arg(folder.path().join("data"));
        command.output().unwrap()
    };
    let done = user("ada");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert_eq!(said, "ada is signed out: 1 session ended.\n", "{}", String::from_utf8_lossy(&done.stderr));
    eventually("ada is out", async || ada.get("/me").await.status == 401).await;
    // Nobody runs it now: it is started for the command.
    drop(server);
    let done = user("ada");
    assert_eq!(String::from_utf8_lossy(&done.stdout), "ada is signed out: 0 sessions ended.\n");
    let refused = user("nobody.here");
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("spelling"));
}
