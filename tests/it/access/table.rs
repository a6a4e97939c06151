//! One row for each operation of the API document. `mod.rs` says what to do when one is missing.

use super::cast::Viewer::{self, Blocked, Matched, Moderator, Owner, Stranger};

/// What an id names. `cast` makes one for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Person,
    Match,
    Session,
    /// A report about somebody.
    Report,
    /// A warning.
    Sanction,
    /// A warning against which its person has appealed.
    Appeal,
    /// A photo put straight into the bucket, not confirmed yet.
    Upload,
    /// A photo.
    File,
}

/// Where the id stands.
#[derive(Debug, Clone, Copy)]
pub enum IdAt {
    Path,
    /// In the JSON body, under this name.
    Field(&'static str),
    /// The same in a list.
    List(&'static str),
}

/// What one gets for one's own thing.
#[derive(Debug, Clone, Copy)]
pub enum Own {
    /// It.
    Fine,
    /// This status.
    Refused(u16),
    /// What anybody gets for a missing one.
    Missing,
}

#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// Nobody is asked who they are, and nothing of a person is told.
    Open,
    /// About the caller alone.
    Mine,
    /// For moderators; to others nothing is there.
    Moderators,
    /// About what an id names.
    About {
        thing: Thing,
        at: IdAt,
        own: Own,
        /// Who may know that Ada's exists (of Ada herself: that the stranger's does).
        may: &'static [Viewer],
        /// The status for what doesn't exist.
        random: u16,
    },
}

#[derive(Debug)]
pub struct Row {
    pub operation: &'static str,
    pub rule: Rule,
}

const fn open(operation: &'static str) -> Row {
    Row { operation, rule: Rule::Open }
}

const fn mine(operation: &'static str) -> Row {
    Row { operation, rule: Rule::Mine }
}

const fn for_moderators(operation: &'static str) -> Row {
    Row { operation, rule: Rule::Moderators }
}

const fn about(operation: &'static str, thing: Thing, own: Own, may: &'static [Viewer]) -> Row {
    Row { operation, rule: Rule::About { thing, at: IdAt::Path, own, may, random: 404 } }
}

/// The same with the id in the body.
const fn about_in(
    field: &'static str,
    operation: &'static str,
    thing: Thing,
    own: Own,
    may: &'static [Viewer],
) -> Row {
    Row { operation, rule: Rule::About { thing, at: IdAt::Field(field), own, may, random: 404 } }
}

/// The same with the id in a list in the body.
const fn about_in_list(field: &'static str, operation: &'static str, thing: Thing) -> Row {
    Row {
        operation,
        rule: Rule::About { thing, at: IdAt::List(field), own: Own::Fine, may: &[], random: 404 },
    }
}

/// The same for taking back what may not be there: 204 either way.
const fn take_back(operation: &'static str, thing: Thing, own: Own, may: &'static [Viewer]) -> Row {
    Row { operation, rule: Rule::About { thing, at: IdAt::Path, own, may, random: 204 } }
}

const ONESELF: Own = Own::Refused(422);

/// Who sees somebody nearby.
pub const SEERS: &[Viewer] = &[Owner, Stranger, Matched, Moderator];

pub const ROWS: &[Row] = &[
    // Accounts
    open("POST /users"),
    open("POST /login"),
    open("POST /token/refresh"),
    open("POST /logout"),
    mine("POST /logout/all"),
    mine("POST /token/fresh"),
    mine("GET /sessions"),
    about("DELETE /sessions/{id}", Thing::Session, Own::Fine, &[]),
    mine("PUT /me/password"),
    // Me and others
    mine("GET /me"),
    about_in("profile_image_key", "PATCH /me", Thing::File, Own::Fine, &[]),
    mine("PUT /me/pause"),
    mine("GET /profile"),
    about_in("profile_image_key", "PUT /profile", Thing::File, Own::Fine, &[]),
    about("GET /users/{id}", Thing::Person, Own::Fine, SEERS),
    // Addresses, mails and one's own data
    mine("GET /me/export"),
    mine("GET /me/mail"),
    mine("POST /email/resend"),
    open("POST /email/undo"),
    open("POST /email/verify"),
    mine("POST /me/delete"),
    mine("POST /me/export"),
    open("POST /password/forgot"),
    open("POST /password/reset"),
    mine("PUT /me/email"),
    // Photos
    mine("POST /upload"),
    about("POST /users/{id}/images", Thing::Person, Own::Fine, &[]),
    about("GET /users/{id}/images", Thing::Person, Own::Fine, SEERS),
    mine("POST /upload-url"),
    mine("POST /profile/image"),
    about_in("file_key", "POST /files", Thing::Upload, Own::Fine, &[]),
    mine("GET /files"),
    mine("GET /files/events"),
    about_in_list("keys", "PUT /files/order", Thing::File),
    about_in_list("keys", "POST /files/delete", Thing::File),
    about("PATCH /files/{key}", Thing::File, Own::Fine, &[]),
    about("DELETE /files/{key}", Thing::File, Own::Fine, &[]),
    about_in("file_key", "POST /download-url", Thing::File, Own::Fine, &[]),
    // Deck and likes
    mine("GET /deck"),
    about_in("user_id", "POST /likes", Thing::Person, ONESELF, SEERS),
    mine("GET /likes/received"),
    take_back("DELETE /likes/{user_id}", Thing::Person, ONESELF, &[Matched]),
    mine("GET /later"),
    about("PUT /later/{user_id}", Thing::Person, ONESELF, SEERS),
    take_back("DELETE /later/{user_id}", Thing::Person, Own::Missing, &[]),
    // Safety
    mine("GET /blocks"),
    // Who met somebody may still name them.
    about_in(
        "user_id",
        "POST /blocks",
        Thing::Person,
        ONESELF,
        &[Owner, Stranger, Matched, Blocked, Moderator],
    ),
    take_back("DELETE /blocks/{user_id}", Thing::Person, ONESELF, &[]),
    mine("GET /reports"),
    // Whoever was blocked after what they did to somebody must still answer for it.
    about_in(
        "user_id",
        "POST /reports",
        Thing::Person,
        ONESELF,
        &[Owner, Stranger, Matched, Blocked, Moderator],
    ),
    mine("GET /me/sanctions"),
    about("POST /me/sanctions/{id}/appeal", Thing::Sanction, Own::Fine, &[]),
    // Moderation: who isn't a moderator finds nothing, and a moderator nothing about themselves.
    for_moderators("GET /moderation/reports"),
    about("GET /moderation/reports/{id}", Thing::Report, Own::Missing, &[Moderator]),
    about("POST /moderation/reports/{id}/decision", Thing::Report, Own::Missing, &[Moderator]),
    about("POST /moderation/reports/{id}/notes", Thing::Report, Own::Missing, &[Moderator]),
    for_moderators("GET /moderation/appeals"),
    about("POST /moderation/appeals/{id}/answer", Thing::Appeal, Own::Missing, &[Moderator]),
    // Matches and messages
    mine("GET /matches"),
    about("GET /matches/{id}", Thing::Match, Own::Fine, &[Matched]),
    about("DELETE /matches/{id}", Thing::Match, Own::Fine, &[Matched]),
    mine("GET /conversations"),
    about("GET /matches/{id}/messages", Thing::Match, Own::Fine, &[Matched]),
    about("POST /matches/{id}/messages", Thing::Match, Own::Fine, &[Matched]),
    about("PUT /matches/{id}/read", Thing::Match, Own::Fine, &[Matched]),
    // Places
    open("GET /zip-codes/{zip}"),
    open("GET /tags"),
    open("GET /reach"),
];
