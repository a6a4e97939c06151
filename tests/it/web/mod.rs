//! The web app: how the server hands it out, and the app itself in a real browser.

mod absent;
mod app;
mod gone;
mod served;
mod session;
mod stories;
mod two_origins;

use std::path::Path;

use friender::config::{Config, WebConfig};
use tempfile::TempDir;

/// A made-up build: what matters is what it is called.
fn build() -> TempDir {
    let folder = TempDir::new().unwrap();
    for inner in ["assets", ".vite"] {
        std::fs::create_dir(folder.path().join(inner)).unwrap();
    }
    for (name, content) in [
        (
            "index.html",
            "<!doctype html><html lang=\"en\"><title>Friender</title><link rel=\"icon\" href=\"/icon.svg\"><body>Hello</body></html>",
        ),
        (".vite/manifest.json", "{}"),
        ("assets/index-4f3a.js.map", "{}"),
        ("sw.js", "self.addEventListener('fetch', () => {});"),
        ("manifest.webmanifest", "{\"name\": \"Friender\"}"),
        ("icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("assets/index-4f3a.js", "console.log('a script of the app, long enough to be packed')"),
        ("assets/index-4f3a.js.br", "the script, packed one way"),
        ("assets/index-4f3a.js.gz", "the script, packed another way"),
        ("assets/index-77aa.css", "body { margin: 0 }"),
        ("assets/logo-1b2c.webp", "a picture"),
    ] {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

/// Has a server serve a build.
fn serves(build: &Path) -> impl FnOnce(&mut Config) + use<> {
    let folder = Some(build.to_owned());
    |config| config.web = WebConfig { on: true, folder }
}
