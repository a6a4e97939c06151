//! Who may import whom, and which file of a slice may use what.

use super::references::{Reference, references};
use super::source::texts;
use super::tokens::{Token, tokens};

/// What everybody may stand on. Never looks up.
const GROUND: &[&str] =
    &["config", "data_dir", "telemetry", "geo", "db", "media", "http", "jobs", "mailer", "text", "web"];

/// The slices, in their one total order: each may use those before it.
const SLICES: &[&str] = &[
    "accounts",
    "mail",
    "profiles",
    "photos",
    "blocks",
    "matches",
    "discovery",
    "messages",
    "moderation",
    "privacy",
    "people",
    "classic",
];

/// What puts everything together, and may see everything. Nobody looks in there.
const ROOF: &[&str] = &[
    "app",
    "background",
    "backing",
    "banner",
    "chores",
    "cli",
    "doctor",
    "lib",
    "main",
    "operator",
    "memory",
    "routes",
    "seed",
    "stop",
    "storage_setup",
];

/// Which tables a room writes. Reading across has one home: discovery.
const OWNERS: &[(&str, &[&str])] = &[
    ("db", &["zip_codes"]),
    ("jobs", &["jobs"]),
    ("http", &["idempotency_keys"]),
    ("mail", &["mails", "mail_tokens", "mail_asks", "email_changes"]),
    ("privacy", &["deletions", "exports"]),
    (
        "accounts",
        &[
            "users",
            "usernames",
            "emails",
            "sessions",
            "revocations",
            "security_events",
            "moderators",
            "banned_addresses",
        ],
    ),
    ("profiles", &["profiles", "tags"]),
    ("photos", &["files", "file_events", "uploads"]),
    ("blocks", &["blocks"]),
    ("matches", &["pairs", "likes", "likes_in", "later", "conversations", "match_members"]),
    ("messages", &["messages"]),
    ("moderation", &["reports", "report_messages", "report_photos", "report_notes", "sanctions"]),
];

/// What a file of a slice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Front,
    Noun,
    Queries,
    Actions,
    Http,
}

/// Files whose names don't say it, and why they are not nouns.
const ROLES: &[(&str, Role, &str)] = &[
    ("accounts/audit.rs", Role::Actions, "the verb that writes events down"),
    ("accounts/bulk.rs", Role::Actions, "verbs for many accounts at once"),
    ("accounts/addresses.rs", Role::Actions, "verbs on whose an address is"),
    ("accounts/cookies.rs", Role::Http, "reads and sets cookies"),
    ("accounts/ending.rs", Role::Actions, "verbs on an account's end"),
    ("accounts/fresh.rs", Role::Actions, "verbs on the password of whoever is signed in"),
    ("accounts/login.rs", Role::Actions, "verbs on passwords that are given"),
    ("accounts/own_sessions.rs", Role::Actions, "verbs on one's own sessions"),
    ("accounts/password.rs", Role::Actions, "hashing takes its turn on threads that may block"),
    ("accounts/purge.rs", Role::Actions, "the verb that removes what was kept for a time"),
    ("accounts/revocations.rs", Role::Actions, "reads the table for ever and answers from memory"),
    ("accounts/sessions.rs", Role::Actions, "verbs on sessions"),
    ("accounts/signed_in.rs", Role::Http, "proves from a request who asks"),
    ("mail/asks.rs", Role::Actions, "counts in the database who asked"),
    ("mail/change.rs", Role::Actions, "verbs on a change of address"),
    ("mail/delivery.rs", Role::Actions, "the job that sends"),
    ("mail/error.rs", Role::Actions, "the errors of all its verbs"),
    ("mail/link_http.rs", Role::Http, "what mailed links lead to"),
    ("mail/page.rs", Role::Http, "the page that mailed links open"),
    ("mail/reset.rs", Role::Actions, "verbs on a forgotten password"),
    ("matches/backdating.rs", Role::Actions, "verbs of the seed's stories"),
    ("matches/blocking.rs", Role::Actions, "verbs on blocks between two people, and who may see whom"),
    ("accounts/appeal_token.rs", Role::Actions, "signs with the keys of all accounts"),
    ("accounts/banned.rs", Role::Actions, "verbs on banned addresses"),
    ("accounts/may_appeal.rs", Role::Http, "proves from a request who may appeal"),
    ("accounts/moderators.rs", Role::Actions, "verbs on the role"),
    ("moderation/cards.rs", Role::Http, "what answers show of reports and sanctions"),
    ("moderation/evidence.rs", Role::Actions, "copies what is reported, and forgets it"),
    ("moderation/queue.rs", Role::Actions, "a moderator's verbs"),
    ("moderation/reports.rs", Role::Actions, "a reporter's verbs"),
    ("moderation/sanctions.rs", Role::Actions, "verbs on sanctions and appeals"),
    ("matches/decisions.rs", Role::Actions, "yes, no and undo; the other verbs have their own files"),
    ("matches/matched.rs", Role::Actions, "verbs on matches"),
    ("matches/person.rs", Role::Actions, "gathers a person from the slices below"),
    ("matches/piles.rs", Role::Actions, "verbs on the piles"),
    ("matches/cards.rs", Role::Http, "what answers show of a person and a match"),
    ("matches/parting.rs", Role::Actions, "verbs on the end of matches"),
    ("privacy/archive.rs", Role::Actions, "writes the archive on threads that may block"),
    ("privacy/deletion.rs", Role::Actions, "verbs on leaving and coming back"),
    ("privacy/erasure.rs", Role::Actions, "the job that erases"),
    ("privacy/exports.rs", Role::Actions, "verbs on the copy of everything, and its job"),
    ("profiles/erasure.rs", Role::Actions, "verbs on what is left of a profile"),
    ("people/own.rs", Role::Actions, "gathers oneself from the slices below"),
    ("people/own_card.rs", Role::Http, "what answers show of oneself"),
    ("people/sign_up_form.rs", Role::Http, "reads the form"),
    ("classic/cards.rs", Role::Http, "what answers show"),
    ("classic/house.rs", Role::Http, "takes what every handler needs from a request"),
    ("classic/texts.rs", Role::Http, "reads requests as texts"),
    ("profiles/bulk.rs", Role::Actions, "verbs for many profiles at once"),
    ("photos/cards.rs", Role::Http, "what answers show of a file"),
    ("photos/direct.rs", Role::Actions, "verbs of uploads straight to the bucket"),
    ("photos/problems.rs", Role::Http, "says over HTTP what failed"),
    ("photos/form.rs", Role::Http, "reads forms part by part"),
    ("photos/manage.rs", Role::Actions, "verbs on one's own files"),
    ("photos/preparing.rs", Role::Actions, "checks take their turn on threads that may block"),
    ("photos/reaper.rs", Role::Actions, "the verb that ends what dangles"),
    ("photos/search.rs", Role::Actions, "looks for what dangles, in database and store"),
    ("photos/trail.rs", Role::Actions, "verbs on the audit trail"),
    ("photos/links.rs", Role::Actions, "signs links"),
    ("photos/sweep.rs", Role::Actions, "undoes what didn't end"),
];

/// The parts of actix that an action may use: they know nothing of requests.
const BLOCKING: &[&str] = &["actix_web::web::block", "actix_web::rt::spawn"];

/// All files that the tables above name.
pub fn listed() -> Vec<&'static str> {
    ROLES.iter().map(|(path, ..)| *path).collect()
}

fn role(path: &str) -> Role {
    let name = path.rsplit('/').next().unwrap_or(path);
    if let Some((_, role, _)) = ROLES.iter().find(|(listed, ..)| *listed == path) {
        return *role;
    }
    match name {
        "mod.rs" if path.matches('/').count() == 1 => Role::Front,
        // The errors of all its verbs.
        "actions.rs" | "error.rs" => Role::Actions,
        name if name == "http.rs" || name.ends_with("_http.rs") => Role::Http,
        name if name == "queries.rs" || name.ends_with("_queries.rs") => Role::Queries,
        _ => Role::Noun,
    }
}

/// The role of the file behind a path into the same slice.
fn role_of_module(slice: &str, module: &str) -> Role {
    role(&format!("{slice}/{module}.rs"))
}

/// Every rule that the file at `path` (below src) breaks.
pub fn broken(path: &str, text: &str) -> Vec<String> {
    let module: Vec<&str> = path
        .trim_end_matches(".rs")
        .split('/')
        .filter(|part| !["mod", "lib", "main"].contains(part))
        .collect();
    let room = path.split(['/', '.']).next().unwrap_or_default();
    let Some(may_see) = seen_from(room) else {
        return vec![format!(
            "{path}: `{room}` is a new room: say in tests/it/house/rules.rs where it stands"
        )];
    };
    let all = references(&module, text);
    let mut found: Vec<String> = all
        .iter()
        .filter(|reference| reference.is_ours && !may_see.contains(&reference.path[0].as_str()))
        .map(|reference| format!("{room} must not know {}", reference.path[0]))
        .collect();
    if SLICES.contains(&room) {
        let role = role(path);
        let breaks = all.iter().filter(|reference| !reference.in_tests);
        found.extend(breaks.filter_map(|reference| forbidden(room, role, reference)));
        found.extend(front(role, text));
    }
    found.extend(foreign_writes(room, &all, text));
    found.dedup();
    found.into_iter().map(|what| format!("{path}: {what}")).collect()
}

/// Which rooms this one may name; `None` for a room that nobody knows.
fn seen_from(room: &str) -> Option<Vec<&'static str>> {
    if ROOF.contains(&room) {
        return Some([GROUND, SLICES, ROOF].concat());
    }
    match SLICES.iter().position(|slice| *slice == room) {
        Some(place) => Some([GROUND, &SLICES[..=place]].concat()),
        None => GROUND.contains(&room).then(|| GROUND.to_vec()),
    }
}

/// What a file of this role must not name.
fn forbidden(slice: &str, role: Role, reference: &Reference) -> Option<String> {
    let whole = reference.path.join("::");
    let [room, module] = [0, 1].map(|n| reference.path.get(n).map_or("", String::as_str));
    let of_web = !reference.is_ours && room.starts_with("actix");
    let of_http = reference.is_ours && (room == "http" || (SLICES.contains(&room) && module == "http"));
    let own = (reference.is_ours && room == slice).then(|| role_of_module(slice, module));
    let ours = |name: &str| reference.is_ours && room == name;
    let is_wrong = match role {
        Role::Front => false,
        Role::Noun => {
            of_web
                || of_http
                || room == "diesel"
                || ours("db")
                || ours("media")
                || matches!(own, Some(Role::Queries | Role::Actions | Role::Http))
        }
        Role::Queries => of_web || of_http || matches!(own, Some(Role::Actions | Role::Http)),
        Role::Actions => {
            (of_web && !BLOCKING.contains(&whole.as_str())) || of_http || own == Some(Role::Http)
        }
        Role::Http => own == Some(Role::Queries) || (ours("db") && module == "schema"),
    };
    is_wrong.then(|| format!("{role:?} must not use {whole}"))
}

/// A slice's `mod.rs` only shows what is inside, and never its queries.
fn front(role: Role, text: &str) -> Vec<String> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    if role == Role::Front && tokens.iter().any(|token| token.is_word("fn")) {
        found.push("a slice's mod.rs holds no logic".to_owned());
    }
    for window in tokens.windows(3) {
        let [before, keyword, Token::Word(name)] = window else { continue };
        let is_queries = name == "queries" || name.ends_with("_queries");
        if keyword.is_word("mod") && is_queries && (before.is_word("pub") || before.is_mark(')')) {
            found.push(format!("`mod {name}` stays private"));
        }
    }
    found
}

/// Only the owner writes a table, and only queries name its columns.
fn foreign_writes(room: &str, all: &[Reference], text: &str) -> Vec<String> {
    let own = OWNERS.iter().find(|(owner, _)| *owner == room).map_or(&[][..], |(_, tables)| tables);
    let is_foreign = |table: &str| {
        !ROOF.contains(&room)
            && !own.contains(&table)
            && OWNERS.iter().any(|(_, tables)| tables.contains(&table))
    };
    let named = all.iter().filter(|reference| {
        reference.is_ours && reference.path.starts_with(&["db".to_owned(), "schema".to_owned()])
    });
    let named = named.filter_map(|reference| reference.path.get(2));
    let mut found: Vec<String> = named
        .filter(|table| room != "db" && is_foreign(table))
        .map(|table| format!("{table} is another room's table"))
        .collect();
    for sql in texts(text) {
        let words: Vec<&str> =
            sql.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
        let writes = (0..words.len()).filter_map(|at| match words[at..] {
            ["INSERT", "INTO", table, ..] | ["DELETE", "FROM", table, ..] | ["UPDATE", table, ..] => {
                Some(table)
            }
            _ => None,
        });
        found.extend(
            writes
                .filter(|table| is_foreign(table))
                .map(|table| format!("writes {table}, another room's table")),
        );
    }
    found
}
