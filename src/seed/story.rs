//! The demo login and what has happened to it, in one transaction: it is there with its whole story or not at all.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;
use uuid::Builder;

use super::data::{From, MatchData, StoryData};
use super::error::SeedError;
use super::person::digest;
use crate::accounts::UserId;
use crate::matches::{self, MatchId};
use crate::messages::{self, Body};

/// What the telling needs.
pub(super) struct Telling<'a> {
    /// The demo login.
    pub(super) demo: UserId,
    /// The made-up people by username; whoever is missing has no part in the story.
    pub(super) people: &'a HashMap<String, UserId>,
    pub(super) birth_date_required: bool,
    pub(super) now: DateTime<Utc>,
}

impl Telling<'_> {
    /// Tells everything, inside the caller's transaction.
    pub(super) fn tell(&self, conn: &mut PgConnection, story: &StoryData) -> Result<(), SeedError> {
        for like in &story.likes_waiting {
            if let Some(other) = self.find(&like.username) {
                self.say_yes(conn, other, self.demo, like.minutes_ago)?;
            }
        }
        for told in &story.matches {
            if let Some(other) = self.find(&told.username) {
                self.tell_match(conn, other, told)?;
            }
        }
        for put in &story.later {
            if let Some(other) = self.find(&put.username) {
                matches::put_later(conn, self.demo, other, self.birth_date_required)?;
                matches::backdate_later(conn, self.demo, other, self.ago(put.minutes_ago))?;
            }
        }
        Ok(())
    }

    fn find(&self, username: &str) -> Option<UserId> {
        self.people.get(username).copied()
    }

    fn ago(&self, minutes: i64) -> DateTime<Utc> {
        self.now - TimeDelta::minutes(minutes)
    }

    fn say_yes(
        &self,
        conn: &mut PgConnection,
        from: UserId,
        to: UserId,
        minutes_ago: i64,
    ) -> Result<Option<MatchId>, SeedError> {
        let decided = matches::decide(conn, from, to, true, self.birth_date_required)?;
        matches::backdate_decision(conn, from, to, self.ago(minutes_ago))?;
        Ok(decided.matched.map(|matched| matched.id))
    }

    fn tell_match(&self, conn: &mut PgConnection, other: UserId, told: &MatchData) -> Result<(), SeedError> {
        let ago = told.matched_minutes_ago;
        // Demo first: it looks within its radius, and the other may answer from anywhere.
        self.say_yes(conn, self.demo, other, ago)?;
        let matched = self.say_yes(conn, other, self.demo, ago)?;
        let id = matched.ok_or_else(|| SeedError::Data(format!("{} doesn't match", told.username)))?;
        let both = [self.demo, other];
        matches::backdate_match(conn, id, both, self.ago(ago))?;
        for (place, message) in told.messages.iter().enumerate() {
            let sender = match message.from {
                From::Demo => self.demo,
                From::Other => other,
            };
            let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, ..] =
                digest(&format!("friender seed: message {place} with {}", told.username));
            let client_id =
                Builder::from_random_bytes([a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]).into_uuid();
            let body = Body::parse(&message.body).map_err(|error| SeedError::Data(error.to_string()))?;
            let sent = messages::send(conn, sender, id, client_id, &body)?;
            messages::backdate_message(conn, id, both, sent.message.seq, self.ago(message.minutes_ago))?;
        }
        messages::mark_read(conn, self.demo, id, told.read_by_demo)?;
        Ok(messages::mark_read(conn, other, id, told.read_by_other)?)
    }
}
