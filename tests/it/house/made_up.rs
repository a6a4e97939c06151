//! Made-up files: each breaks one rule, or none although it looks like it.

use super::references::references;
use super::rules::broken;
use super::size;

#[test]
fn breaking_a_rule_is_noticed() {
    let bad = [
        // Arrows.
        ("geo/point.rs", "use crate::accounts::UserId;"),
        ("http/error.rs", "impl From<crate::matches::MatchError> for ApiError {}"),
        ("config/mod.rs", "use super::app::Application;"),
        ("text.rs", "pub use crate::profiles::Bio;"),
        ("accounts/actions.rs", "use crate::{db::Db, profiles};"),
        ("matches/person.rs", "use crate::{\n    db,\n    discovery::{self, Deck},\n};"),
        ("discovery/ranking.rs", "fn f() { crate::messages::send() }"),
        ("discovery/actions.rs", "mod inner { use super::super::super::people; }"),
        ("messages/actions.rs", "use crate::app::Application;"),
        ("photos/image/mod.rs", "use super::super::matches;"),
        ("gossip/actions.rs", ""),
        // Inside a slice.
        ("matches/queries.rs", "use super::decisions::decide;"),
        ("matches/queries.rs", "use crate::http::ApiError;"),
        ("matches/matched_queries.rs", "use super::{http, pair};"),
        ("messages/actions.rs", "use crate::http::ApiError;"),
        ("messages/actions.rs", "use crate::matches::http::PersonCard;"),
        ("messages/actions.rs", "use actix_web::http::StatusCode;"),
        ("messages/actions.rs", "fn f() { actix_web::web::Json(1) }"),
        ("messages/http.rs", "use super::queries;"),
        ("messages/http.rs", "fn f() { super::queries::after() }"),
        ("matches/http.rs", "use super::{matched_queries as q};"),
        ("messages/http.rs", "use crate::db::schema::messages;"),
        ("messages/message.rs", "use diesel::PgConnection;"),
        ("messages/message.rs", "use crate::db::Db;"),
        ("photos/photo.rs", "use crate::media::MediaStore;"),
        ("messages/message.rs", "use actix_web::web;"),
        ("messages/message.rs", "use super::actions::send;"),
        ("messages/mod.rs", "pub mod queries;"),
        ("messages/mod.rs", "pub(crate) mod queries;"),
        ("matches/mod.rs", "pub(super) mod matched_queries;"),
        ("messages/mod.rs", "fn send() {}"),
        // Tables.
        ("messages/queries.rs", "use crate::db::schema::{messages, users};"),
        ("people/actions.rs", "const SQL: &str = \"DELETE FROM users WHERE id = $1\";"),
        ("discovery/queries.rs", "const SQL: &str = r#\"UPDATE  likes SET liked\"#;"),
    ];
    for (path, text) in bad {
        assert_eq!(broken(path, text).len(), 1, "{path}: {text}: {:?}", broken(path, text));
    }
}

#[test]
fn what_is_allowed_passes() {
    let good = [
        ("http/error.rs", "use crate::db::DbError; // crate::matches::http"),
        ("geo/point.rs", "/* use crate::accounts; /* nested */ use crate::app; */ const A: char = '\"';"),
        ("geo/point.rs", "const A: &str = \"use crate::accounts;\"; fn f<'a>(_: &'a str) {}"),
        ("geo/point.rs", "const A: &str = r#\"crate::app \"quoted\" \"#;"),
        ("matches/actions.rs", "use crate::{accounts::{self, UserId}, profiles, photos::ObjectKey, db::Db};"),
        ("messages/actions.rs", "fn f() { actix_web::web::block(|| ()); } mod tests { use actix_web::App; }"),
        ("messages/actions.rs", "mod tests {} use super::queries;"),
        ("messages/message.rs", "use diesel_derive_newtype::DieselNewType; use crate::accounts::UserId;"),
        ("messages/http.rs", "use super::actions; use crate::matches::http::PersonCard; use actix_web::web;"),
        ("messages/queries.rs", "use crate::db::schema::messages; use super::message::Body;"),
        ("messages/mod.rs", "mod queries; pub mod http; pub use queries::Row;"),
        ("matches/queries.rs", "const A: &str = \"ON CONFLICT DO UPDATE SET bits\"; // UPDATE users"),
        ("discovery/queries.rs", "const A: &str = \"SELECT 1 FROM likes JOIN users FOR UPDATE\";"),
        ("routes.rs", "use crate::{accounts, messages}; use crate::db::schema::users;"),
        ("main.rs", "use friender::app::Application;"),
    ];
    for (path, text) in good {
        assert_eq!(broken(path, text), Vec::<String>::new(), "{path}: {text}");
    }
}

#[test]
fn paths_are_seen_from_the_root() {
    let source = "use super::{pair::{MatchId, Side as S}, *}; mod inner { fn f() { super::super::queries::g(); } } \
                  fn h() { let x = self::i(); }";
    let found = references(&["matches", "http"], source);
    let paths: Vec<_> = found.iter().map(|reference| reference.path.join("::")).collect();
    let expected = [
        "matches::pair::MatchId",
        "matches::pair::Side",
        "matches",
        "matches::queries::g",
        "matches::http::i",
    ];
    assert_eq!(paths, expected);
}

#[test]
fn long_files_and_switched_off_lints_are_noticed() {
    let bad = [
        "\n".repeat(301),
        "#[allow(dead_code, reason = \"so\")] fn f() {}".to_owned(),
        "#![allow(missing_docs)]".to_owned(),
        "#[cfg_attr(test, allow(unused))] fn f() {}".to_owned(),
        "#[expect(dead_code)] fn f() {}".to_owned(),
    ];
    for text in bad {
        assert_eq!(size::broken("src/geo/point.rs", &text).len(), 1, "{text}");
    }
    let good = "#[expect(dead_code, reason = \"so\")] fn f() { x.expect(1); } // #[allow(x)]";
    assert_eq!(size::broken("src/geo/point.rs", good), Vec::<String>::new());
    assert_eq!(size::broken("src/db/schema.rs", &"\n".repeat(301)), Vec::<String>::new());
    let lints = "[lints.clippy]\nunwrap_used = \"deny\"\ntodo = \"warn\"";
    assert!(
        size::missing_lints(lints).contains(&"todo") && !size::missing_lints(lints).contains(&"unwrap_used")
    );
}
