//! The hand-made people, by the same verbs as everybody else.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use bytes::Bytes;
use chrono::Utc;
use diesel::{Connection, PgConnection};
use futures_util::{StreamExt, TryStreamExt, stream};
use indicatif::ProgressBar;
use tracing::instrument::WithSubscriber;
use tracing::subscriber::NoSubscriber;

use super::data::{self, StoryData};
use super::error::SeedError;
use super::person::DemoPerson;
use super::run::{Seeder, bar, unknown_password};
use super::story::Telling;
use crate::accounts::{self, HashedPassword, NewAccount, Password, UserId};
use crate::people;
use crate::photos::photo_keys;
use crate::profiles::{self, today};

/// People in work at once: one is decoded while another is stored.
const AT_ONCE: usize = 6;

/// What is there of the hand-made people.
struct There {
    /// Made by us.
    ours: HashSet<UserId>,
    /// Their names belong to somebody else.
    taken: HashSet<UserId>,
    photos: HashMap<UserId, usize>,
}

/// What was added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Added {
    pub(super) people: usize,
    pub(super) portraits: usize,
}

/// Adds whoever and whatever is missing: the people, their portraits, and last the demo login with its story.
pub(super) async fn add_missing(seeder: &Seeder) -> Result<Added, SeedError> {
    let mut story = data::story()?;
    let login = DemoPerson::parse(story.demo.person.clone(), today())?;
    let people = data::people()?.into_iter().map(|data| DemoPerson::parse(data, today()));
    let people: Vec<Arc<DemoPerson>> = people.map(|p| p.map(Arc::new)).collect::<Result<_, _>>()?;
    let login = Arc::new(login);
    let everybody: Vec<_> = people.iter().chain([&login]).cloned().collect();
    let there = look(seeder, everybody.clone()).await?;
    let work = Work::new(seeder, everybody, there);
    let added = work.size();
    if added == Added::default() {
        return Ok(added);
    }
    let bar = bar((added.people + added.portraits) as u64, "demo people and portraits");
    work.make_people(&people, &bar).await?;
    if work.is_missing(&login) {
        let password = std::mem::take(&mut story.demo.password);
        work.make_login(login.clone(), &password, story).await?;
        bar.inc(1);
    }
    work.add_portraits(&login, &bar).await?;
    seeder.on_own_connection(|conn| Ok(profiles::refresh_tag_weights(conn)?)).await?;
    bar.finish_and_clear();
    Ok(added)
}

async fn look(seeder: &Seeder, people: Vec<Arc<DemoPerson>>) -> Result<There, SeedError> {
    seeder
        .db
        .run(move |conn| {
            let names: Vec<_> = people.iter().map(|person| &person.username).collect();
            let holders = accounts::holders(conn, &names)?;
            let (mut ours, mut taken) = (HashSet::new(), HashSet::new());
            for person in &people {
                match holders.get(&person.username.key()) {
                    Some(id) if *id == person.id => ours.insert(person.id),
                    Some(_) => taken.insert(person.id),
                    None => false,
                };
            }
            let ids: Vec<UserId> = ours.iter().copied().collect();
            let photos = photo_keys(conn, &ids)?.into_iter().map(|(id, keys)| (id, keys.len())).collect();
            Ok(There { ours, taken, photos })
        })
        .await
}

struct Work<'a> {
    seeder: &'a Seeder,
    everybody: Vec<Arc<DemoPerson>>,
    there: There,
}

impl<'a> Work<'a> {
    fn new(seeder: &'a Seeder, everybody: Vec<Arc<DemoPerson>>, there: There) -> Self {
        for person in everybody.iter().filter(|person| there.taken.contains(&person.id)) {
            tracing::warn!(username = person.username.as_str(), "somebody has this name: not seeded");
        }
        Self { seeder, everybody, there }
    }

    fn is_missing(&self, person: &DemoPerson) -> bool {
        !self.there.ours.contains(&person.id) && !self.there.taken.contains(&person.id)
    }

    /// Portraits are added in order, so those that are there are the first ones.
    fn missing_portraits<'p>(&self, person: &'p DemoPerson) -> &'p [String] {
        let there = match self.there.taken.contains(&person.id) {
            true => person.portraits.len(),
            false => self.there.photos.get(&person.id).copied().unwrap_or_default(),
        };
        let wanted = person.portraits.len().min(self.seeder.photos.max_photos());
        person.portraits.get(there..wanted).unwrap_or_default()
    }

    fn size(&self) -> Added {
        Added {
            people: self.everybody.iter().filter(|person| self.is_missing(person)).count(),
            portraits: self.everybody.iter().map(|person| self.missing_portraits(person).len()).sum(),
        }
    }

    async fn make_people(&self, people: &[Arc<DemoPerson>], bar: &ProgressBar) -> Result<(), SeedError> {
        let nobody_knows = match people.iter().any(|person| self.is_missing(person)) {
            true => Some(self.seeder.hash(unknown_password()?).await?),
            false => None,
        };
        let nobody_knows = nobody_knows.as_ref();
        let made = stream::iter(people).map(|person| async move {
            if let (true, Some(password)) = (self.is_missing(person), nobody_knows) {
                self.make(person.clone(), password.clone()).await?;
                bar.inc(1);
            }
            self.add_portraits(person, bar).await
        });
        made.buffer_unordered(AT_ONCE).try_collect().await
    }

    async fn make(&self, person: Arc<DemoPerson>, password: HashedPassword) -> Result<(), SeedError> {
        let work = move |conn: &mut PgConnection| conn.transaction(|conn| insert(conn, &person, password));
        self.seeder.db.run(work).await
    }

    async fn make_login(
        &self,
        login: Arc<DemoPerson>,
        password: &str,
        story: StoryData,
    ) -> Result<(), SeedError> {
        let password = Password::parse(password).map_err(|error| SeedError::Data(error.to_string()))?;
        let password = self.seeder.hash(password).await?;
        let people: HashMap<String, UserId> = self
            .everybody
            .iter()
            .filter(|person| !self.there.taken.contains(&person.id))
            .map(|person| (person.username.key(), person.id))
            .collect();
        let birth_date_required = self.seeder.birth_date_required;
        let work = move |conn: &mut PgConnection| {
            conn.transaction(|conn| {
                insert(conn, &login, password)?;
                let telling =
                    Telling { demo: login.id, people: &people, birth_date_required, now: Utc::now() };
                telling.tell(conn, &story)
            })
        };
        self.seeder.on_own_connection(work).await
    }

    async fn add_portraits(&self, person: &DemoPerson, bar: &ProgressBar) -> Result<(), SeedError> {
        for name in self.missing_portraits(person) {
            let bytes = match data::portrait(name)? {
                std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                std::borrow::Cow::Owned(bytes) => Bytes::from(bytes),
            };
            // A line for each of hundreds would bury everything else.
            let add = self.seeder.photos.add(person.id, Some(name), async { Ok(bytes) });
            add.with_subscriber(NoSubscriber::new()).await?;
            bar.inc(1);
        }
        Ok(())
    }
}

fn insert(conn: &mut PgConnection, person: &DemoPerson, password: HashedPassword) -> Result<(), SeedError> {
    let new = NewAccount { id: person.id, username: person.username.clone(), email: None, password };
    people::create(conn, &new, &person.profile)?;
    Ok(profiles::backdate_activity(conn, person.id, person.active_on)?)
}
