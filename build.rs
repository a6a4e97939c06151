//! A release carries the built web app, so that it must be compiled again when `make web` has made another one. Other builds
//! read the app from its folder when they start.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var("PROFILE").as_deref() == Ok("release") {
        // A folder that is missing would count as changed each time. Where it can't be made, that is all that happens.
        let _ = std::fs::create_dir_all("web/dist");
        println!("cargo:rerun-if-changed=web/dist");
    }
}
