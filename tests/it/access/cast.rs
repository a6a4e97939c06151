//! Everybody who asks, and what each of them has. Ada is the one whose things are foreign to all others.

use diesel::connection::SimpleConnection;
use friender::accounts;
use friender::matches;
use friender::messages;
use uuid::Uuid;

use super::table::Thing;
use crate::photos::direct::grant;
use crate::photos::ground::upload;
use crate::photos::pictures::numbered;
use crate::support::cases::{decide, moderator, newest_sanction, report};
use crate::support::{Client, Someone, TestApp, befriend, someone};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// Without a token.
    Anonymous,
    /// Ada.
    Owner,
    /// Near Ada, and nothing to her.
    Stranger,
    /// Matched with Ada.
    Matched,
    /// Was matched with Ada, who blocked them.
    Blocked,
    /// Was matched with Ada, until a moderator banned them; the token is still good.
    Banned,
    /// Decides on reports, and is nothing to Ada.
    Moderator,
    /// Was matched with Ada, and is gone; the token is still good.
    Deleted,
}

impl Viewer {
    pub const ALL: [Self; 8] = [
        Self::Anonymous,
        Self::Stranger,
        Self::Matched,
        Self::Blocked,
        Self::Banned,
        Self::Moderator,
        Self::Deleted,
        Self::Owner,
    ];

    fn place(self) -> usize {
        Self::ALL.iter().position(|viewer| *viewer == self).expect("one of all")
    }
}

/// What only Ada may read.
const SECRETS: [&str; 7] = [
    "ada.canary@example.org",
    "Canaria",
    "Lovelorn",
    "1987-06-05",
    "\"10003\"",
    "\"friend_radius\":137",
    "\"radius\":137",
];

/// What Ada wrote to whom she is matched with.
const MESSAGE: &str = "a canary between two";

/// One of each viewer, and what they have.
pub struct Cast {
    /// By the viewers' order; nobody is behind `Anonymous`.
    people: Vec<Someone>,
    matches: Vec<Uuid>,
    /// Matched with everybody.
    pal: Someone,
    /// Another moderator.
    judge: Someone,
}

impl Cast {
    pub async fn new(app: &TestApp) -> Self {
        let people: Vec<Someone> = Viewer::ALL.iter().map(|_| someone().insert(app)).collect();
        let pal = someone().insert(app);
        let at = |viewer: Viewer| &people[viewer.place()];
        let ada = at(Viewer::Owner);
        disguise(app, ada);
        let mut matches: Vec<Uuid> = people.iter().map(|person| befriend(app, person, &pal).0).collect();
        let with_ada = befriend(app, ada, at(Viewer::Matched)).0;
        matches[Viewer::Owner.place()] = with_ada;
        let mut conn = app.connect();
        let body = messages::Body::parse(MESSAGE).expect("a text");
        messages::send(&mut conn, ada.id, matches::MatchId(with_ada), Uuid::now_v7(), &body).expect("sent");
        let blocked = at(Viewer::Blocked);
        befriend(app, ada, blocked);
        matches::block(&mut conn, ada.id, blocked.id, false).expect("a block");
        befriend(app, ada, at(Viewer::Banned));
        let judge = moderator(app);
        accounts::promote(&mut conn, at(Viewer::Moderator).id).expect("a moderator");
        decide(&judge, &report(&pal, at(Viewer::Banned)).await, "ban", None).await;
        let gone = at(Viewer::Deleted).id;
        conn.batch_execute(&format!(
            "DELETE FROM conversations WHERE '{gone}' IN (low, high); DELETE FROM users WHERE id = '{gone}'"
        ))
        .expect("gone");
        Self { people, matches, pal, judge }
    }

    /// The viewer's own thing.
    pub async fn thing(&self, thing: Thing, of: Viewer) -> String {
        let person = &self.people[of.place()];
        match thing {
            Thing::Person => person.id.to_string(),
            Thing::Match => self.matches[of.place()].to_string(),
            // Who is gone has none.
            Thing::Session if self.is_shut(of) => person.id.to_string(),
            Thing::Session => {
                let sessions = person.client.get("/sessions").await.expect(200).body;
                sessions["items"][0]["id"].as_str().expect("an id").to_owned()
            }
            Thing::Report | Thing::Sanction | Thing::Appeal if self.is_shut(of) => person.id.to_string(),
            Thing::Report => report(&self.pal, person).await,
            Thing::Sanction | Thing::Appeal => {
                decide(&self.judge, &report(&self.pal, person).await, "warn", None).await;
                let id = newest_sanction(person).await["id"].as_str().expect("an id").to_owned();
                if thing == Thing::Appeal {
                    let path = format!("/me/sanctions/{id}/appeal");
                    person.client.post(&path, &serde_json::json!({"text": "No"})).await.expect(201);
                }
                id
            }
            Thing::Upload if self.is_shut(of) => format!("quarantine/00/{0}/{0}.jpg", person.id),
            Thing::Upload => {
                let photo = numbered(usize::try_from(person.id.shuffle().unsigned_abs()).expect("a number"));
                let granted = grant(&person.client, "/upload-url", &photo).await;
                assert!(granted.put(&photo).await.status().is_success(), "the bucket takes it");
                granted.key
            }
            Thing::File if self.is_shut(of) => format!("photos/00/{0}/{0}.jpg", person.id),
            Thing::File => {
                let photo = numbered(Uuid::new_v4().as_u128() as usize);
                let kept = upload(&person.client, &[("a.jpg", &photo)]).await.expect(201).body;
                kept["files"][0]["key"].as_str().expect("a key").to_owned()
            }
        }
    }

    /// Ada's thing; to Ada the stranger's.
    pub async fn foreign(&self, thing: Thing, to: Viewer) -> String {
        self.thing(thing, if to == Viewer::Owner { Viewer::Stranger } else { Viewer::Owner }).await
    }

    /// The viewer's own id; that of nobody who asks, if they are anonymous.
    pub fn id_of(&self, viewer: Viewer) -> String {
        self.people[viewer.place()].id.to_string()
    }

    /// The id of somebody with whom everybody is matched.
    pub fn pal_id(&self) -> String {
        self.pal.id.to_string()
    }

    /// Whether their token does nothing any more.
    fn is_shut(&self, viewer: Viewer) -> bool {
        matches!(viewer, Viewer::Deleted | Viewer::Banned)
    }

    pub fn client(&self, viewer: Viewer, app: &TestApp) -> Client {
        match viewer {
            Viewer::Anonymous => app.anon(),
            _ => self.people[viewer.place()].client.clone(),
        }
    }

    /// What no answer to this viewer may hold; `knows` is whether this one is about somebody they met.
    pub fn secrets(&self, viewer: Viewer, knows: bool) -> Vec<String> {
        let ada = &self.people[Viewer::Owner.place()];
        let mut secrets: Vec<String> = Vec::new();
        if viewer != Viewer::Owner {
            secrets.extend(SECRETS.map(str::to_owned));
        }
        if !matches!(viewer, Viewer::Owner | Viewer::Matched) {
            secrets.push(MESSAGE.to_owned());
        }
        if matches!(viewer, Viewer::Anonymous | Viewer::Blocked | Viewer::Banned | Viewer::Deleted) && !knows
        {
            secrets.extend([ada.id.to_string(), format!("\"{}\"", ada.username)]);
        }
        secrets
    }
}

/// Puts something unmistakable into every field that others must not see.
fn disguise(app: &TestApp, ada: &Someone) {
    let [email, first, last, born, ..] = SECRETS;
    let id = ada.id;
    app.connect()
        .batch_execute(&format!(
            "UPDATE users SET email = '{email}' WHERE id = '{id}'; \
             UPDATE profiles SET first_name = '{first}', last_name = '{last}', birth_date = '{born}', \
             zip_code = 10003, friend_radius = 137, effective_radius = 250 WHERE user_id = '{id}'; \
             INSERT INTO files (user_id, id, key, filename, content_type, size, width, height, position, state) \
             VALUES ('{id}', '{id}', 'photos/00/{id}.jpg', '{id}.jpg', 'image/jpeg', 1, 1, 1, 0, 'ready')"
        ))
        .expect("a disguise");
}
