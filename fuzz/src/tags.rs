//! What people type about themselves: taken as it is kept, or refused. What was taken once is taken again, unchanged.

use friender::accounts::{Email, Password, Username};
use friender::geo::ZipCode;
use friender::photos::{Caption, FileRef};
use friender::profiles::{Bio, DisplayName, MAX_TAGS, TagList};

/// Panics if one of this doesn't hold.
pub fn check(text: &str) {
    // As a form and a query send them, and as JSON does: there commas are part of a word.
    tags(text.split(','));
    tags(text.split('\u{1F}'));
    names(text);
}

fn tags<'a>(entries: impl Iterator<Item = &'a str>) {
    let Ok(tags) = TagList::parse(entries) else { return };
    let names = tags.names();
    assert!(names.len() <= MAX_TAGS);
    for (place, name) in names.iter().enumerate() {
        let length = name.chars().count();
        assert!((1..=40).contains(&length) && name.trim() == name, "{name:?}");
        assert!(!name.chars().any(char::is_control), "{name:?}");
        assert!(!names.iter().take(place).any(|other| other == name), "{name:?} twice");
        assert!(name.split_whitespace().collect::<Vec<_>>().join(" ") == *name, "{name:?}");
    }
    let again = TagList::parse(names.iter().map(String::as_str)).expect("its own names");
    assert_eq!(again, tags);
}

fn names(text: &str) {
    if let Ok(name) = Username::parse(text) {
        assert!(Username::parse(name.as_str()).is_ok_and(|again| again.as_str() == name.as_str()));
        assert!(Username::parse(&name.key()).is_ok_and(|again| again.key() == name.key()));
    }
    if let Ok(email) = Email::parse(text) {
        assert!(Email::parse(email.as_str()).is_ok_and(|again| again.as_str() == email.as_str()));
        assert!(!email.as_str().chars().any(|c| c.is_control() || c.is_whitespace()), "{:?}", email.as_str());
    }
    if Password::parse(text).is_ok() {
        assert!(Password::attempt(text).is_some(), "a password that nobody could log in with");
    }
    if let Ok(zip) = ZipCode::parse(text) {
        assert_eq!(zip.to_string(), text);
    }
    if let Ok(caption) = Caption::parse(text) {
        assert!(Caption::parse(caption.as_str()).is_ok_and(|again| again.as_str() == caption.as_str()));
    }
    if let Ok(name) = DisplayName::parse(text) {
        assert_eq!(DisplayName::parse(name.as_str()).as_ref(), Ok(&name));
    }
    if let Ok(bio) = Bio::parse(text) {
        assert_eq!(Bio::parse(bio.as_str()).as_ref(), Ok(&bio));
    }
    let _ = FileRef::parse(text);
}
