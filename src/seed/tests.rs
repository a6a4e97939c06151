//! What always holds of the files in `seed/` (seed/README.md), as far as it can be told without a database.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::io::Cursor;

use super::data::{self, From, PersonData, Portraits};
use super::person::DemoPerson;
use super::reset::TABLES;
use super::*;
use crate::accounts::{Password, Username};
use crate::config::Config;
use crate::geo::{ZipCode, zip_table};
use crate::messages::Body;
use crate::profiles::{FriendRadius, TagList, today};

fn everybody() -> Vec<PersonData> {
    let mut people = data::people().unwrap();
    people.push(data::story().unwrap().demo.person);
    people
}

#[test]
fn there_are_more_than_200_people_and_names_are_unique() {
    let people = everybody();
    assert!(people.len() > 200);
    let names: HashSet<String> =
        people.iter().map(|person| Username::parse(&person.username).unwrap().key()).collect();
    assert_eq!(names.len(), people.len());
    assert!(people.iter().all(|person| person.username == person.username.to_lowercase()));
    let bios: HashSet<&str> = people.iter().map(|person| person.bio.as_str()).collect();
    assert_eq!(bios.len(), people.len());
}

#[test]
fn everybody_can_be_made_and_is_complete() {
    for data in everybody() {
        let person = DemoPerson::parse(data.clone(), today()).unwrap();
        for (tags, names) in
            [(person.profile.hobbies, &data.hobbies), (person.profile.interests, &data.interests)]
        {
            assert!((2..=5).contains(&names.len()), "{}", data.username);
            assert_eq!(tags.as_ref().map(TagList::names), Some(names.as_slice()), "not normalised");
        }
        assert!(data.birth_date.as_str() < "2007", "{}", data.username);
        assert!((5..=100).contains(&data.friend_radius) && data.active_days_ago <= 60, "{}", data.username);
        assert!((10..=300).contains(&data.bio.chars().count()), "{}", data.username);
    }
}

#[test]
fn ids_follow_from_names() {
    let ids = || everybody().into_iter().map(|data| DemoPerson::parse(data, today()).unwrap().id);
    assert!(ids().eq(ids()));
    assert_eq!(ids().collect::<HashSet<_>>().len(), everybody().len());
    assert!(ids().all(|id| id.0.get_version_num() == 7));
}

#[test]
fn every_portrait_belongs_to_one_person() {
    let mut pictures: HashMap<String, Cow<'static, [u8]>> = HashMap::new();
    for person in everybody() {
        assert!((1..=3).contains(&person.portraits.len()), "{}", person.username);
        for name in person.portraits {
            let bytes = data::portrait(&name).unwrap();
            assert!(pictures.insert(name.clone(), bytes).is_none(), "{name} is used twice");
        }
    }
    let there: HashSet<String> = Portraits::iter().map(Cow::into_owned).collect();
    assert_eq!(there, pictures.keys().cloned().collect());
    assert_eq!(pictures.values().collect::<HashSet<_>>().len(), pictures.len(), "two are the same");
    assert!(pictures.values().map(|bytes| bytes.len()).sum::<usize>() <= 4 << 20);
    for (name, bytes) in pictures {
        // Whoever loads them decodes them.
        let reader = image::ImageReader::with_format(Cursor::new(bytes), image::ImageFormat::WebP);
        assert_eq!(reader.into_dimensions().unwrap(), (480, 600), "{name}");
    }
}

#[test]
fn the_story_is_about_people_who_are_there() {
    let (story, people) = (data::story().unwrap(), data::people().unwrap());
    let names = story.likes_waiting.iter().chain(&story.later).map(|moment| &moment.username);
    let names: Vec<&String> = names.chain(story.matches.iter().map(|told| &told.username)).collect();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "somebody is in it twice");
    let find = |name: &str| people.iter().find(|person| person.username == name).unwrap();
    let band = |name: &str| {
        let zips = [&story.demo.person, find(name)].map(|person| ZipCode::parse(&person.zip).unwrap());
        zip_table().band_between(zips[0], zips[1]).unwrap()
    };
    // What the demo login does, it does within its radius; so do those who said yes first.
    for name in &names {
        assert!(band(name).is_within(25), "{name}");
    }
    for like in &story.likes_waiting {
        let radius = FriendRadius::parse(find(&like.username).friend_radius).unwrap();
        assert!(
            band(&like.username).is_within(crate::geo::effective_radius(radius.miles())),
            "{}",
            like.username
        );
    }
    Password::parse(&story.demo.password).unwrap();
}

#[test]
fn conversations_run_forward_and_end_unread() {
    let story = data::story().unwrap();
    for told in &story.matches {
        let times: Vec<i64> = told.messages.iter().map(|message| message.minutes_ago).collect();
        assert!(times.is_sorted_by(|one, next| one > next));
        assert!(times.iter().all(|ago| (0..=told.matched_minutes_ago).contains(ago)));
        for message in &told.messages {
            assert_eq!(Body::parse(&message.body).unwrap().as_str(), message.body);
        }
        if let Some(last) = told.messages.last() {
            assert_eq!(last.from, From::Other);
            assert!(told.read_by_demo < i64::try_from(told.messages.len()).unwrap());
        }
    }
    assert!(story.matches.iter().any(|told| !told.messages.is_empty()) && !story.likes_waiting.is_empty());
}

#[test]
fn a_reset_knows_every_table() {
    let schema = include_str!("../db/schema.rs");
    let mut tables: Vec<&str> = schema
        .split("diesel::table! {")
        .skip(1)
        .filter_map(|table| table.trim_start().split(' ').next())
        .filter(|table| !["revocations", "zip_codes"].contains(table))
        .collect();
    tables.sort_unstable();
    assert_eq!(tables, TABLES);
}

#[test]
fn what_is_not_private_is_emptied_only_when_agreed_to() {
    let mut config = Config::defaults("somewhere".into());
    may_reset(&config, false).unwrap();
    config.database.url = Some("postgres://ada:secret@db.example.org/friends".into());
    config.storage.bucket = Some("pictures".into());
    let refusal = may_reset(&config, false).unwrap_err().to_string();
    for named in ["db.example.org/friends", "bucket pictures", "--yes"] {
        assert!(refusal.contains(named), "{refusal}");
    }
    assert!(!refusal.contains("secret"), "{refusal}");
    may_reset(&config, true).unwrap();
}

#[test]
fn production_has_no_demo_people() {
    let mut config = Config::defaults("somewhere".into());
    may_seed(&config, false).unwrap();
    config.environment = crate::config::Environment::Production;
    assert!(matches!(may_seed(&config, false), Err(SeedError::Production)));
}
