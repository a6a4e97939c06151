//! The programs in api/examples that keep one's photos: each in another language, all with the same commands.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{Outcome, in_project, run};
use crate::support::parts::program;
use crate::support::{PASSWORD, Someone, TestApp, someone};

/// Pictures that nobody has uploaded yet, and files that are none, in a folder.
pub(super) struct Pictures {
    folder: TempDir,
    portraits: Vec<PathBuf>,
}

impl Pictures {
    pub(super) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let mut portraits: Vec<PathBuf> = std::fs::read_dir(in_project("seed/portraits"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension() == Some(OsStr::new("webp")))
            .collect();
        portraits.sort();
        Self { folder, portraits }
    }

    /// Another picture, under that name.
    pub(super) fn picture(&mut self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(self.portraits.pop().unwrap(), &path).unwrap();
        path
    }

    /// A file that is no picture, whatever its name says.
    fn text(&self, name: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, "Not every file is a picture.").unwrap();
        path
    }
}

/// An example, and whose photos it keeps.
struct Example<'a> {
    app: &'a TestApp,
    owner: Someone,
    program: PathBuf,
    script: PathBuf,
}

impl Example<'_> {
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.arg(&self.script);
        command.env("FRIENDER_USERNAME", &self.owner.username).env("FRIENDER_PASSWORD", PASSWORD);
        command
    }

    fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Outcome {
        run(self.app, self.command().args(arguments))
    }

    /// What `list` says, line by line, without its last line.
    fn listed(&self) -> Vec<String> {
        let said = self.run(&["list"]).expect_success();
        let mut lines: Vec<String> = said.lines().map(str::to_owned).collect();
        assert_eq!(lines.pop(), Some(format!("{} files", lines.len())), "{said}");
        lines
    }
}

fn key(line: &str) -> &str {
    line.split_whitespace().next().unwrap()
}

fn example<'a>(app: &'a TestApp, part: &str, script: &str) -> Option<Example<'a>> {
    let program = if part == "sh" { PathBuf::from("sh") } else { program(part)? };
    Some(Example { app, owner: someone().insert(app), program, script: in_project(script) })
}

#[actix_web::test]
async fn photos_with_curl() {
    keeps_photos("sh", "api/examples/curl/photos.sh").await;
}

#[actix_web::test]
async fn photos_with_python() {
    keeps_photos("python3", "api/examples/python/photos.py").await;
}

#[actix_web::test]
async fn photos_with_javascript() {
    keeps_photos("node", "api/examples/javascript/photos.mjs").await;
}

async fn keeps_photos(part: &str, script: &str) {
    let app = TestApp::start().await;
    let Some(example) = example(&app, part, script) else { return };
    says_what_it_wants(&example);
    let mut pictures = Pictures::new();
    sends(&example, &mut pictures, "upload");
    assert_eq!(example.listed().len(), 4);
    sends(&example, &mut pictures, "direct");
    let listed = example.listed();
    assert_eq!(listed.len(), 8);
    assert!(listed[2].ends_with("a, d; 'q' & \u{fc}.webp"), "{listed:?}");
    downloads(&example, &pictures, &listed);
    deletes(&example, &listed);
}

fn says_what_it_wants(example: &Example<'_>) {
    let help = example.run(&["--help"]).expect_success();
    for word in ["FRIENDER_URL", "--url", "FRIENDER_PASSWORD", "FOLDER", "direct"] {
        assert!(help.contains(word), "{word}: {help}");
    }
    example.run::<&str>(&[]).expect_failure();
    example.run(&["list", "--no-such-option"]).expect_failure();
    example.run(&["delete"]).expect_failure();
    let wrong = run(example.app, example.command().env("FRIENDER_PASSWORD", "not this one").arg("list"));
    assert!(wrong.expect_failure().contains("wrong_credentials"));
    let missing = example.run(&["upload", "/no/such/file.jpg"]).expect_failure();
    assert!(missing.contains("there is no such file or folder"), "{missing}");
}

/// Sends one file, then three of which one is no picture, then a folder: four are kept.
fn sends(example: &Example<'_>, pictures: &mut Pictures, way: &str) {
    let one = pictures.picture("one.webp");
    let said = example.run(&[OsStr::new(way), one.as_os_str()]).expect_success();
    assert!(said.contains("one.webp: kept as photos/"), "{said}");

    let many = [
        pictures.picture("two.webp"),
        pictures.text("broken.jpg"),
        pictures.picture(&format!("{way}/a, d; 'q' & ü.webp")),
    ];
    let arguments = [OsStr::new(way)].into_iter().chain(many.iter().map(|path| path.as_os_str()));
    let said = example.run(&arguments.collect::<Vec<_>>()).expect_failure();
    assert_eq!(said.matches(": kept as photos/").count(), 2, "{said}");
    assert!(said.contains("broken.jpg: ") && said.contains("file_type_not_supported"), "{said}");

    let folder = pictures.folder.path().join(format!("{way}-folder"));
    pictures.picture(&format!("{way}-folder/inner/four.WEBP"));
    pictures.text(&format!("{way}-folder/readme.txt"));
    let said = example.run(&[OsStr::new(way), folder.as_os_str()]).expect_success();
    assert!(said.contains("1 files are no pictures: left out"), "{said}");
    assert_eq!(said.matches(": kept as photos/").count(), 1, "{said}");
}

fn downloads(example: &Example<'_>, pictures: &Pictures, listed: &[String]) {
    let target = pictures.folder.path().join("downloaded");
    let one = example.run(&[OsStr::new("download"), target.as_os_str(), OsStr::new(key(&listed[0]))]);
    one.expect_success();
    assert_eq!(std::fs::read_dir(&target).unwrap().count(), 1);
    example.run(&[OsStr::new("download"), target.as_os_str()]).expect_success();
    for line in listed {
        let name = Path::new(key(line)).file_name().unwrap();
        let content = std::fs::read(target.join(name)).unwrap();
        assert!(content.starts_with(&[0xff, 0xd8, 0xff]), "{line}");
        assert!(line.contains(&format!("{} bytes", content.len())), "{line}: {} bytes", content.len());
    }
    let no_key = "photos/00/0/00000000-0000-4000-8000-000000000000.jpg";
    let said =
        example.run(&[OsStr::new("download"), target.as_os_str(), OsStr::new(no_key)]).expect_failure();
    assert!(said.contains("404 not_found"), "{said}");
}

fn deletes(example: &Example<'_>, listed: &[String]) {
    // The option beats the environment: nobody listens on port 1.
    let url = format!("http://{}", example.app.addr);
    let mut command = example.command();
    command.args(["--url", &url, "delete", key(&listed[0])]);
    let output = command.env("FRIENDER_URL", "http://127.0.0.1:1").output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(example.listed(), listed[1..]);
    let again = example.run(&["delete", key(&listed[0]), key(&listed[1])]).expect_failure();
    assert!(again.contains("404 not_found") && again.contains(": deleted"), "{again}");
    example.run(&["delete", "--all"]).expect_success();
    assert!(example.listed().is_empty());
}
