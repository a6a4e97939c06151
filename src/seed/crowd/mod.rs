//! A crowd of made-up people by COPY: a million in minutes. The same number makes the same person, today and on any
//! machine; nobody has photos, and nobody knows their password.

mod member;
mod places;
mod random;
mod words;

use std::collections::HashMap;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use super::error::SeedError;
use crate::accounts::{self, HashedPassword, UserId, Username};
use crate::profiles::{self, BulkProfile, TagList, today};
use member::Maker;

/// As many as their usernames can count.
pub const MAX_PEOPLE: u32 = 9_999_999;

/// People in one transaction.
const BATCH: u32 = 10_000;

/// Adds whoever is missing of the first `people` of the crowd, then weighs tags and gathers statistics.
///
/// Gives how many were added; `progress` hears how many of all are there. Batches are committed one by one. The
/// connection must allow statements that take minutes.
pub fn load(
    conn: &mut PgConnection,
    people: u32,
    password: &HashedPassword,
    mut progress: impl FnMut(u32),
) -> Result<u32, SeedError> {
    if people > MAX_PEOPLE {
        return Err(SeedError::TooMany);
    }
    let maker = Maker::new(tag_ids(conn)?, today())?;
    let mut added = 0;
    let mut first = 1;
    while first <= people {
        let last = people.min(first + BATCH - 1);
        added += conn.transaction(|conn| load_batch(conn, &maker, first..=last, password))?;
        progress(last);
        first = last + 1;
    }
    // Also when nobody was missing: the run that added them may have been killed before it came here.
    profiles::refresh_tag_weights(conn)?;
    // Not ANALYZE alone: the deck's index answers by itself only where pages are known to be visible.
    conn.batch_execute("VACUUM (ANALYZE) users, usernames, profiles, tags")?;
    Ok(added)
}

/// Tags by rank, the most used first.
fn tag_ids(conn: &mut PgConnection) -> Result<Vec<i32>, SeedError> {
    let names = words::tags();
    let parsed: Result<Vec<TagList>, _> = names.iter().map(|name| TagList::parse([name.as_str()])).collect();
    let parsed = parsed.map_err(|error| SeedError::Data(error.to_string()))?;
    let ids: HashMap<String, i32> = profiles::tag_ids(conn, &parsed)?;
    Ok(parsed.iter().flat_map(TagList::names).filter_map(|name| ids.get(name).copied()).collect())
}

fn load_batch(
    conn: &mut PgConnection,
    maker: &Maker,
    numbers: impl Iterator<Item = u32>,
    password: &HashedPassword,
) -> Result<u32, SeedError> {
    let batch: Vec<(u32, Username)> =
        numbers.map(|number| Ok((number, username(number)?))).collect::<Result<_, SeedError>>()?;
    let names: Vec<&Username> = batch.iter().map(|(_, name)| name).collect();
    let there = accounts::holders(conn, &names)?;
    let missing = batch.into_iter().filter(|(_, name)| !there.contains_key(&name.key()));
    // Ids rise with the numbers: rows come in by their index's end.
    let (members, profiles): (Vec<(UserId, Username)>, Vec<BulkProfile<'_>>) = missing
        .filter_map(|(number, name)| {
            let profile = maker.make(number)?;
            Some(((profile.user, name), profile))
        })
        .unzip();
    let added = u32::try_from(members.len()).unwrap_or(u32::MAX);
    if added > 0 {
        accounts::copy_accounts(conn, &members, password)?;
        profiles::copy_profiles(conn, &profiles)?;
    }
    Ok(added)
}

fn username(number: u32) -> Result<Username, SeedError> {
    Username::parse(&format!("crowd-{number:07}")).map_err(|error| SeedError::Data(error.to_string()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::geo::{ZipCode, zip_table};

    fn maker() -> Maker {
        let tags = (1..=i32::try_from(words::tags().len()).unwrap()).collect();
        Maker::new(tags, "2026-11-21".parse().unwrap()).unwrap()
    }

    #[test]
    fn the_same_number_is_the_same_person() {
        let [one, again] = [maker(), maker()].map(|maker| format!("{:?}", maker.make(4711).unwrap()));
        assert_eq!(one, again);
        let maker = maker();
        let ids: HashSet<UserId> = (1..=10_000).map(|number| maker.make(number).unwrap().user).collect();
        assert_eq!(ids.len(), 10_000);
        assert_eq!(username(1).unwrap().as_str(), "crowd-0000001");
        assert_eq!(username(MAX_PEOPLE).unwrap().as_str().len(), "crowd-0000001".len());
    }

    #[test]
    fn tags_are_few_hundred_and_all_different() {
        let tags = words::tags();
        assert_eq!(tags.len(), 500);
        assert_eq!(tags.iter().collect::<HashSet<_>>().len(), 500);
        for tag in &tags {
            assert_eq!(TagList::parse([tag.as_str()]).unwrap().names(), std::slice::from_ref(tag));
        }
    }

    #[test]
    fn the_crowd_lives_and_likes_like_people() {
        let maker = maker();
        let crowd: Vec<BulkProfile<'_>> = (1..=20_000).filter_map(|number| maker.make(number)).collect();
        let share = |count: usize| count as f64 / crowd.len() as f64;
        let new_york = zip_table().near(ZipCode::parse("10001").unwrap(), 25);
        let there = crowd.iter().filter(|p| new_york.band_of(p.zip).is_some()).count();
        assert!((0.04..0.08).contains(&share(there)), "{}", share(there));
        let tags: usize = crowd.iter().map(|p| p.hobbies.len() + p.interests.len()).sum();
        assert!((6.0..7.0).contains(&share(tags)), "{}", share(tags));
        let uses = |tag: i32| {
            let has = |p: &&BulkProfile<'_>| p.hobbies.contains(&tag) || p.interests.contains(&tag);
            crowd.iter().filter(has).count()
        };
        assert!(uses(1) > 10 * uses(400) && uses(400) > 0);
        for person in &crowd {
            assert!(zip_table().get(person.zip).is_some());
            assert!(!person.hobbies.is_empty() && !person.interests.is_empty());
            let all: HashSet<i32> = person.hobbies.iter().chain(&person.interests).copied().collect();
            assert_eq!(all.len(), person.hobbies.len() + person.interests.len());
        }
    }
}
