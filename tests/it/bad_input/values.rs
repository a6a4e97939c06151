//! What must be refused, by the kind of field that it is put into.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use uuid::Uuid;

/// A million characters: more than any body may have.
pub fn mebibyte() -> String {
    "x".repeat(1 << 20)
}

/// Values that a JSON field refuses.
pub fn wrong_values(field: &str) -> Vec<Value> {
    let numbers = [json!(-1), json!(1e308), json!(i64::MIN), json!(1_u64 << 63), json!(u64::MAX), json!(0.5)];
    let others = [json!({"a": "b"}), json!([["a"]]), json!([1]), json!([null])];
    let texts = ["a\0b", "\0", "a\u{200b}b", "a\u{202e}b", "NaN", "Infinity", "1e308", "-1"];
    let long = |length: usize| json!("é".repeat(length));
    let mut values: Vec<Value> = numbers.into_iter().chain(others).collect();
    match field {
        "friend_radius" => {
            values.extend([json!(0), json!(501), json!(i64::MAX), json!("25"), json!(true), json!([])]);
        }
        "seq" => values.extend([json!("1"), json!(true), json!([]), json!(null)]),
        "keys" => {
            values.extend([json!([]), json!(null), json!(true), json!("x"), json!(["x"]), json!(["a\0b"])]);
            values.extend([json!([Uuid::now_v7()]), json!(vec!["x"; 101])]);
        }
        "file_key" | "profile_image_key" => {
            values.extend(texts.map(|text| json!(text)));
            values.extend([json!(true), json!([]), json!(""), json!(Uuid::now_v7()), long(10_000)]);
        }
        "is_profile_image" => values.extend([json!("true"), json!(1), json!([]), json!(false)]),
        "days" => values.extend([json!("3"), json!(0), json!(366), json!([]), json!(true), json!(null)]),
        "message_seqs" | "photos" => {
            values.extend([json!("1"), json!(true), json!([1_u64 << 40]), json!(["x"]), json!([true])]);
            values.push(json!(vec![1; 51]));
        }
        "liked" | "paused" | "granted" => values.extend([json!("true"), json!(1), json!([]), json!(null)]),
        "hobbies" | "interests" => {
            values.extend([json!("a\0b"), json!(["a\0b"]), json!(["a\u{200b}b"]), json!(true)]);
            values.extend([
                json!(["x".repeat(41)]),
                json!(vec!["x"; 21].iter().enumerate().map(|(n, x)| format!("{x}{n}")).collect::<Vec<_>>()),
            ]);
        }
        "user_id" | "client_id" => {
            values.extend(texts.map(|text| json!(text)));
            values.extend([json!(""), json!(null), json!([]), json!("00000000-0000-0000-0000-00000000000g")]);
        }
        "location" | "place_shown" | "birth_date" | "email" => {
            values.extend(texts.map(|text| json!(text)));
            values.extend([json!(true), json!([]), json!("x"), json!("99999999999999999999"), long(10_000)]);
        }
        "username" => {
            values.extend(texts[..4].iter().map(|text| json!(text)));
            values.extend([json!(true), json!([]), json!(null), json!("ab"), json!("Admin"), json!("ada ")]);
            values.extend([json!("аda"), long(10_000)]);
        }
        "bio" | "body" | "caption" | "reason" | "evidence" | "detail" | "text" | "answer" | "outcome"
        | "rule" | "display_name" | "first_name" | "last_name" => {
            values.extend(texts[..4].iter().map(|text| json!(text)));
            values.extend([json!(true), json!([]), long(10_000)]);
        }
        "refresh" => values.extend([json!("cookie"), json!("Body"), json!(""), json!(null), json!(true)]),
        "password" | "new_password" | "refresh_token" | "token" => {
            values.extend(texts.map(|text| json!(text)));
            values.extend([json!(true), json!([]), json!(""), json!(null), long(10_000)]);
        }
        "filename" => values.extend([json!("a\0b"), json!(true), json!([]), json!(null), json!("a\nb")]),
        "content_type" => {
            values.extend(texts.map(|text| json!(text)));
            values.extend([json!(true), json!([]), json!(""), json!(null), long(10_000)]);
        }
        "size" => values.extend([json!(0), json!("1"), json!(true), json!([]), json!(null)]),
        other => panic!("{other}: say here which values it refuses"),
    }
    values
}

/// Texts that are no JSON, or no JSON object; whatever the route.
pub fn no_objects() -> Vec<Vec<u8>> {
    let nested = [
        "[".repeat(10_000),
        "{\"a\":".repeat(10_000),
        format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
        format!("{}1{}", "{\"bio\":".repeat(10_000), "}".repeat(10_000)),
    ];
    let texts = [
        "",
        " ",
        "{",
        "}",
        "nul",
        "null",
        "true",
        "42",
        "-1",
        "1e308",
        "1e999",
        "9223372036854775808",
        "\"text\"",
        "[]",
        "[{}]",
        "NaN",
        "Infinity",
        "-Infinity",
        "{\"bio\": NaN}",
        "{\"seq\": Infinity}",
        "{\"a\":}",
        "{'a': 1}",
        "{\"a\": 1,}",
        "{} {}",
        "{}x",
        "{\"\\ud800\": 1}",
        "{\"bio\": \"\\udc00\"}",
        "{\"bio\": \"a\0b\"}",
        "\u{feff}{}",
        "{\"bio\": \"a\", \"bio\": \"b\"}",
        "/* */ {}",
        "bio=a",
        "<bio/>",
    ];
    let mut bodies: Vec<Vec<u8>> =
        texts.map(str::to_owned).into_iter().chain(nested).map(String::into_bytes).collect();
    bodies.push(vec![0xff, 0xfe, b'{', 0, b'}', 0]);
    bodies.push(b"{\"bio\": \"\xff\"}".to_vec());
    bodies.push(vec![0; 1000]);
    bodies
}

/// Values that a name in the query string refuses, as they stand in the URL.
pub fn wrong_queries(name: &str) -> Vec<String> {
    let numbers = [
        "",
        "abc",
        "%00",
        "1%00",
        "NaN",
        "Infinity",
        "1e308",
        "0.5",
        "9223372036854775808",
        "%ff",
        "%F0%9F%98%80",
        "1,2",
    ];
    match name {
        "limit" => numbers
            .iter()
            .chain(&["0", "101", "-1", "4294967296", "i64::MAX"])
            .map(|n| (*n).to_owned())
            .collect(),
        "before" | "after" => numbers.map(str::to_owned).to_vec(),
        "radius" => numbers
            .iter()
            .chain(&["0", "501", "-1", "-9223372036854775808"])
            .map(|n| (*n).to_owned())
            .collect(),
        "zip" => numbers
            .iter()
            .chain(&["00000", "99999", "1000", "100011", "-1000", "10001%00", "١٠٠٠١"])
            .map(|n| (*n).to_owned())
            .collect(),
        "state" => ["", "Open", "%00", "closed"].map(str::to_owned).to_vec(),
        "prefix" => ["%00", "a%00b", "a%E2%80%8Bb", "%7f", &"x".repeat(10_000)].map(str::to_owned).to_vec(),
        "cursor" => cursors(),
        other => panic!("{other}: say here which values it refuses"),
    }
}

/// Cursors that nobody handed out.
fn cursors() -> Vec<String> {
    let id = Uuid::now_v7();
    let forged = [
        json!({}),
        json!([]),
        json!(null),
        json!(1),
        json!("x"),
        json!([1, 2]),
        json!([null, null]),
        json!({"at": "2026-01-01T00:00:00Z", "id": id}),
        json!(["2026-01-01T00:00:00Z"]),
        json!(["2026-01-01T00:00:00Z", "x"]),
        json!(["2026-01-01T00:00:00Z", id, id]),
        json!(["2026-13-01T00:00:00Z", id]),
        json!(["+262142-12-31T23:59:59Z", id]),
        json!(["-262143-01-01T00:00:00Z", id]),
        json!(["-4800-01-01T00:00:00Z", id]),
        json!(["+999999-01-01T00:00:00Z", id]),
        json!(["2026-01-01T00:00:00Z\u{0}", id]),
        json!([1e308, id]),
        json!([i64::MAX, id]),
        json!([[id], id]),
        json!(["x".repeat(5_000), id]),
    ];
    let mut cursors: Vec<String> =
        forged.iter().map(|json| URL_SAFE_NO_PAD.encode(json.to_string())).collect();
    cursors.push(URL_SAFE_NO_PAD.encode("[".repeat(5_000)));
    cursors.push(URL_SAFE_NO_PAD.encode([0xff, 0xfe, 0]));
    cursors.push(STANDARD.encode("[\"2026-01-01T00:00:00Z\"]"));
    cursors.extend(["", "x", "%00", "%ff", "....", "null", "2026-01-01T00:00:00Z"].map(str::to_owned));
    cursors.push("A".repeat(20_000));
    cursors
}

/// Ids that name nothing, as they stand in a path.
pub fn no_ids() -> Vec<String> {
    let uuid = Uuid::now_v7();
    let ids = [
        "x",
        "0",
        "-1",
        "%00",
        "%ff",
        "null",
        "undefined",
        "NaN",
        "1e308",
        "9223372036854775808",
        "%2e%2e%2f",
        "a%2Fb",
        "%20",
        "😀",
    ];
    let mut ids = ids.map(str::to_owned).to_vec();
    ids.extend([
        format!("{uuid}%00"),
        format!("{uuid}x"),
        format!("{uuid}%20"),
        format!("'{uuid}'"),
        "x".repeat(10_000),
    ]);
    ids
}

/// Well-formed ids of nobody and nothing.
pub fn unknown_ids() -> [String; 3] {
    [Uuid::now_v7(), Uuid::nil(), Uuid::max()].map(|id| id.to_string())
}
