//! Cursors of lists: what is read is a position that a list of ours can have, and it survives the way there and back.

use chrono::{DateTime, Datelike, Utc};
use friender::http::{Cursor, PageParams};
use uuid::Uuid;

/// Panics if one of this doesn't hold.
pub fn check(text: &str) {
    as_it_came(text);
    // What the fuzzer wouldn't easily write: the same text as the inside of a cursor.
    as_it_came(&encoded(text));
}

fn as_it_came(cursor: &str) {
    let page = PageParams::new(None, Some(cursor.to_owned()));
    let read = Cursor::decode::<(DateTime<Utc>, Uuid)>(cursor);
    match page.position::<Uuid>() {
        Ok(position) => {
            let position = position.expect("a cursor was sent");
            assert!((2000..=9999).contains(&position.0.year()), "{position:?}");
            assert_eq!(read.expect("taken by the page"), position);
            let again = Cursor::encode(&position);
            assert_eq!(Cursor::decode::<(DateTime<Utc>, Uuid)>(&again).expect("our own cursor"), position);
        }
        Err(error) => {
            assert_eq!(error.code(), "invalid_cursor");
            assert!(read.is_err() || read.is_ok_and(|(at, _)| !(2000..=9999).contains(&at.year())));
        }
    }
}

fn encoded(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}
