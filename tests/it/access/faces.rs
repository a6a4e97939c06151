//! The face for other front ends: its routes are in no document, so they are read from the source. A row for each says
//! what is sent and who gets what, in the words of `table`.

use std::collections::BTreeSet;

use reqwest::{Method, RequestBuilder};

use super::cast::Viewer::{self, Matched};
use super::table::Own::{self, Fine, Refused};
use super::table::{IdAt, Rule, SEERS, Thing};
use super::{Matrix, missing_id};
use crate::bad_input::one_photo;
use crate::house::source::files;
use crate::support::PASSWORD;

/// What goes along.
#[derive(Debug, Clone, Copy)]
enum Sent {
    Nothing,
    /// With the path's placeholders.
    Json(&'static str),
    Photo,
}

/// One operation. In path and body `{id}` is the id in question, `{own}` the viewer's own, `{pal}` somebody whom
/// everybody is matched with, `{new}` a new name and `{me}` a name that can log in.
struct Row {
    operation: &'static str,
    path: &'static str,
    sent: Sent,
    rule: Rule,
}

const fn open(operation: &'static str, path: &'static str, sent: Sent) -> Row {
    Row { operation, path, sent, rule: Rule::Open }
}

const fn mine(operation: &'static str, path: &'static str, sent: Sent) -> Row {
    Row { operation, path, sent, rule: Rule::Mine }
}

const fn about(
    operation: &'static str,
    path: &'static str,
    sent: Sent,
    thing: Thing,
    own: Own,
    may: &'static [Viewer],
) -> Row {
    Row { operation, path, sent, rule: Rule::About { thing, at: IdAt::Path, own, may, random: 404 } }
}

use Sent::{Json, Nothing, Photo};
use Thing::{File, Person, Upload};

const ACCOUNT: Sent = Json(r#"{"username": "{new}", "password": "correct horse battery"}"#);
const LOGIN: Sent = Json(r#"{"username": "{me}", "password": "correct horse battery"}"#);
const ANNOUNCED: Sent = Json(r#"{"fileName": "a.jpg", "contentType": "image/jpeg"}"#);
const KEY: Sent = Json(r#"{"fileKey": "{id}"}"#);
const YES: Sent = Json(r#"{"likee": "{id}", "match": "true"}"#);

const ROWS: &[Row] = &[
    open("POST /users", "/users", ACCOUNT),
    open("POST /auth/register", "/auth/register", ACCOUNT),
    open("POST /login", "/login", LOGIN),
    open("POST /auth/token", "/auth/token", LOGIN),
    open("POST /logout", "/logout", Nothing),
    about("GET /users/{id}", "/users/{id}", Nothing, Person, Fine, SEERS),
    about("PATCH /users/{id}", "/users/{id}", Json(r#"{"hobbies": "go"}"#), Person, Fine, &[]),
    about("GET /users/{id}/images", "/users/{id}/images", Nothing, Person, Fine, SEERS),
    about("POST /users/{id}/images", "/users/{id}/images", Photo, Person, Fine, &[]),
    about("GET /users/{id}/unrated", "/users/{id}/unrated", Nothing, Person, Fine, &[]),
    about("GET /users/{id}/potentials", "/users/{id}/potentials", Nothing, Person, Fine, &[]),
    about("GET /users/{id}/matches", "/users/{id}/matches", Nothing, Person, Fine, &[]),
    about("POST /users/like/{id}", "/users/like/{id}", Nothing, Person, Refused(422), SEERS),
    about("POST /users/dislike/{id}", "/users/dislike/{id}", Nothing, Person, Refused(422), SEERS),
    // The path is one's own, or nothing; then whom it is about.
    about(
        "POST /matches/{id}",
        "/matches/{id}",
        Json(r#"{"likee": "{pal}", "match": "true"}"#),
        Person,
        Fine,
        &[],
    ),
    about("POST /matches/{id}", "/matches/{own}", YES, Person, Refused(422), SEERS),
    about("GET /users/{id}/messages/{other}", "/users/{id}/messages/{pal}", Nothing, Person, Fine, &[]),
    about(
        "GET /users/{id}/messages/{other}",
        "/users/{own}/messages/{id}",
        Nothing,
        Person,
        Refused(422),
        &[Matched],
    ),
    // The five documents' own names.
    mine("POST /upload-url", "/upload-url", ANNOUNCED),
    mine("POST /api/upload-url", "/api/upload-url", ANNOUNCED),
    mine("POST /profile/image", "/profile/image", ANNOUNCED),
    mine("GET /profile", "/profile", Nothing),
    mine("GET /api/me", "/api/me", Nothing),
    about("PUT /profile", "/profile", Json(r#"{"profileImageKey": "{id}"}"#), File, Fine, &[]),
    about("POST /download-url", "/download-url", KEY, File, Fine, &[]),
    about("POST /api/read-url", "/api/read-url", KEY, File, Fine, &[]),
    about("POST /api/read-url", "/api/read-url", KEY, Upload, Fine, &[]),
    about("GET /api/read-url", "/api/read-url?fileKey={id}", Nothing, File, Fine, &[]),
    about("POST /api/save-profile", "/api/save-profile", KEY, File, Fine, &[]),
    about("POST /api/save-profile", "/api/save-profile", KEY, Upload, Fine, &[]),
    mine("POST /uploads3", "/uploads3", Photo),
    mine("POST /uploads3/{bucket}", "/uploads3/friender", Photo),
    about("GET /downloads3/{key:.*}", "/downloads3/{id}", Nothing, File, Fine, &[]),
    mine("GET /files", "/files", Nothing),
    mine("GET /listfiles", "/listfiles", Nothing),
    mine("GET /listfiles/{bucket}", "/listfiles/friender", Nothing),
    mine("GET /listfiles/{bucket}/", "/listfiles/friender/", Nothing),
    about("DELETE /files/{key:.*}", "/files/{id}", Nothing, File, Fine, &[]),
    about("DELETE /deletefile/{key:.*}", "/deletefile/{id}", Nothing, File, Fine, &[]),
];

/// Every operation in the source, `METHOD /path`.
fn operations() -> BTreeSet<String> {
    let of_line = |line: &str| {
        let (method, path) = line.trim().strip_prefix("#[")?.strip_suffix("\")]")?.split_once("(\"")?;
        Some(format!("{} {path}", method.to_uppercase()))
    };
    let files = files();
    let here = files.iter().filter(|file| file.path.starts_with("src/classic/"));
    here.flat_map(|file| file.text.lines().filter_map(of_line)).collect()
}

#[test]
fn every_operation_of_the_face_has_a_row() {
    let rows: BTreeSet<String> = ROWS.iter().map(|row| row.operation.to_owned()).collect();
    assert_eq!(operations(), rows);
    assert!(rows.len() > 30, "{}", rows.len());
}

#[actix_web::test]
async fn nobody_gets_what_is_not_theirs_by_other_names() {
    let mut matrix = Matrix::new().await;
    for row in ROWS {
        // A profile has room for a photo of each viewer's question, not of each row's.
        if matches!(row.rule, Rule::About { .. }) {
            matrix.renew().await;
        }
        for viewer in Viewer::ALL {
            matrix.ask_face(row, viewer).await;
        }
    }
    matrix.conclude(ROWS.len());
}

impl Matrix {
    async fn ask_face(&mut self, row: &Row, viewer: Viewer) {
        let name = format!("{} by {}", row.operation, row.path);
        let changed = match row.rule {
            Rule::About { thing, own, may, random, .. } => {
                let ids = [
                    missing_id(thing),
                    self.cast.foreign(thing, viewer).await,
                    self.cast.thing(thing, viewer).await,
                ];
                let mut answers = Vec::new();
                for id in ids {
                    let request = self.face_request(row, viewer, &id);
                    answers.push(self.read(&name, may.contains(&viewer), viewer, request).await);
                }
                let answers = answers.try_into().expect("three");
                self.judge(&name, viewer, (own, may, random), &answers)
            }
            _ => {
                let request = self.face_request(row, viewer, "");
                let answer = self.read(&name, false, viewer, request).await;
                self.judge_without_id(&name, viewer, matches!(row.rule, Rule::Mine), &answer)
            }
        };
        // A verdict stands, whoever is asked about next, and an ended session stays ended.
        if changed && ["like/", "POST /matches", "/logout"].iter().any(|part| row.operation.contains(part)) {
            self.renew().await;
        }
    }

    fn face_request(&mut self, row: &Row, viewer: Viewer, id: &str) -> RequestBuilder {
        self.names += 1;
        let new = format!("new-{}", self.names);
        let words = [
            ("{id}", id.to_owned()),
            ("{own}", self.cast.id_of(viewer)),
            ("{pal}", self.cast.pal_id()),
            ("{new}", new),
            ("{me}", self.world.me.username.clone()),
        ];
        let fill = |text: &str| words.iter().fold(text.to_owned(), |text, (word, is)| text.replace(word, is));
        let method: Method = row.operation.split(' ').next().expect("a method").parse().expect("a method");
        let path = format!("//classic{}", fill(row.path));
        let request = self.cast.client(viewer, &self.world.app).request(method, &path);
        match row.sent {
            Sent::Nothing => request,
            Sent::Json(body) => {
                assert!(!body.contains("password") || body.contains(PASSWORD));
                request.header("content-type", "application/json").body(fill(body))
            }
            Sent::Photo => request.multipart(one_photo()),
        }
    }
}
