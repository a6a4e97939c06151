//! The files of `seed/`, inside the binary. seed/README.md describes their shapes.

use std::borrow::Cow;

use rust_embed::RustEmbed;
use serde::Deserialize;

use super::error::SeedError;

const PEOPLE: &str = include_str!("../../seed/people.json");
const STORY: &str = include_str!("../../seed/story.json");

/// The shape that this reader knows.
const VERSION: u32 = 1;

#[derive(RustEmbed)]
#[folder = "seed/portraits/"]
pub(super) struct Portraits;

/// Somebody, as written.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct PersonData {
    pub(super) username: String,
    pub(super) display_name: String,
    pub(super) birth_date: String,
    pub(super) zip: String,
    pub(super) friend_radius: i64,
    pub(super) hobbies: Vec<String>,
    pub(super) interests: Vec<String>,
    pub(super) bio: String,
    pub(super) portraits: Vec<String>,
    pub(super) active_days_ago: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PeopleFile {
    version: u32,
    people: Vec<PersonData>,
}

/// What has happened to the demo login so far.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StoryData {
    version: u32,
    pub(super) demo: LoginData,
    pub(super) likes_waiting: Vec<Moment>,
    pub(super) matches: Vec<MatchData>,
    pub(super) later: Vec<Moment>,
}

#[derive(Debug, Deserialize)]
pub(super) struct LoginData {
    pub(super) password: String,
    #[serde(flatten)]
    pub(super) person: PersonData,
}

/// Something that somebody did.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Moment {
    pub(super) username: String,
    pub(super) minutes_ago: i64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MatchData {
    pub(super) username: String,
    pub(super) matched_minutes_ago: i64,
    pub(super) read_by_demo: i64,
    pub(super) read_by_other: i64,
    pub(super) messages: Vec<MessageData>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MessageData {
    pub(super) from: From,
    pub(super) minutes_ago: i64,
    pub(super) body: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum From {
    Demo,
    Other,
}

pub(super) fn people() -> Result<Vec<PersonData>, SeedError> {
    let file: PeopleFile = serde_json::from_str(PEOPLE).map_err(|error| wrong("people.json", &error))?;
    known_version("people.json", file.version)?;
    Ok(file.people)
}

pub(super) fn story() -> Result<StoryData, SeedError> {
    let story: StoryData = serde_json::from_str(STORY).map_err(|error| wrong("story.json", &error))?;
    known_version("story.json", story.version)?;
    Ok(story)
}

pub(super) fn portrait(name: &str) -> Result<Cow<'static, [u8]>, SeedError> {
    let file = Portraits::get(name).ok_or_else(|| SeedError::Data(format!("there is no portrait {name}")))?;
    Ok(file.data)
}

fn known_version(file: &str, version: u32) -> Result<(), SeedError> {
    match version {
        VERSION => Ok(()),
        other => Err(SeedError::Data(format!("{file} has version {other}, not {VERSION}"))),
    }
}

fn wrong(file: &str, error: &serde_json::Error) -> SeedError {
    SeedError::Data(format!("{file}: {error}"))
}
