//! The page in api/examples/html, in a real browser, from an origin of its own.

use std::net::TcpListener;
use std::process::Command;

use actix_web::{App, HttpResponse, HttpServer, web};

use super::photos::Pictures;
use super::{in_project, run};
use crate::support::parts::program;
use crate::support::{PASSWORD, TestApp, someone};

/// Serves the page on a free port, as any server of static files would.
fn serve_page() -> (String, actix_web::dev::ServerHandle) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let origin = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let server = HttpServer::new(|| {
        let page = std::fs::read_to_string(in_project("api/examples/html/photos.html")).unwrap();
        let answer = move || {
            let page = page.clone();
            async move { HttpResponse::Ok().content_type("text/html; charset=utf-8").body(page) }
        };
        App::new().route("/photos.html", web::get().to(answer))
    });
    let server = server.workers(1).disable_signals().listen(listener).unwrap().run();
    let handle = server.handle();
    std::thread::spawn(move || actix_web::rt::System::new().block_on(server));
    (origin, handle)
}

#[actix_web::test]
async fn the_page_keeps_photos_in_a_real_browser() {
    let (Some(node), Some(chromium)) = (program("node"), program("chromium")) else { return };
    let (origin, page) = serve_page();
    let allowed = origin.clone();
    let app = TestApp::start_with(|config| config.cors_origins = vec![allowed]).await;
    let owner = someone().insert(&app);
    let mut pictures = Pictures::new();
    let names = ["one.webp", "two.webp", "three.webp", "four.webp", "five.webp"];
    let mut drive = Command::new(node);
    drive
        .arg(in_project("api/examples/html/drive.mjs"))
        .args(names.map(|name| pictures.picture(name)))
        .env("PAGE_URL", origin)
        .env("FRIENDER_TEST_CHROMIUM", chromium)
        .env("FRIENDER_USERNAME", &owner.username)
        .env("FRIENDER_PASSWORD", PASSWORD);
    let outcome = run(&app, &mut drive);
    page.stop(false).await;
    assert!(outcome.expect_success().contains("The page does what it says."));
}
