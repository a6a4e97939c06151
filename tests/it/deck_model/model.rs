//! Who may be shown to whom and decided on, as plainly as it can be said: no index, no SQL, everybody against everybody.

use std::collections::BTreeSet;

use friender::accounts::UserId;
use friender::geo::{Band, EDGES, ZipCode, zip_table};

/// What the rules read of somebody.
#[derive(Debug, Clone)]
pub struct Member {
    pub id: UserId,
    pub zip: Option<ZipCode>,
    pub radius: u16,
    pub hobbies: Vec<String>,
    pub interests: Vec<String>,
    pub paused: bool,
}

impl Member {
    pub fn missing(&self) -> BTreeSet<&'static str> {
        let needs = [
            ("location", self.zip.is_none()),
            ("hobbies", self.hobbies.is_empty()),
            ("interests", self.interests.is_empty()),
        ];
        needs.into_iter().filter_map(|(field, missing)| missing.then_some(field)).collect()
    }

    fn is_shown(&self) -> bool {
        self.missing().is_empty() && !self.paused
    }

    pub fn effective_radius(&self) -> u16 {
        *EDGES.iter().find(|edge| self.radius <= **edge).expect("500 is the last radius and the last edge")
    }

    /// Whether the way between both is at most `edge` miles long.
    fn is_within(&self, other: &Self, edge: u16) -> bool {
        let point = |member: &Self| zip_table().get(member.zip?).map(|place| place.point);
        let Some((mine, theirs)) = point(self).zip(point(other)) else { return false };
        Band::of(mine.miles_to(&theirs)).upper_edge().is_some_and(|upper| upper <= edge)
    }
}

/// What an action must answer: a status and, where it fails, the problem's code.
pub type Expected = (u16, &'static str);

/// Everybody, and what they said of each other. People are known by their place in the list.
#[derive(Default)]
pub struct Model {
    pub people: Vec<Member>,
    /// In the order they were given.
    verdicts: Vec<(usize, usize, bool)>,
    /// Verdicts on people who lay in the later pile.
    from_pile: BTreeSet<(usize, usize)>,
    later: BTreeSet<(usize, usize)>,
    /// Pairs that unmatched, the lower first.
    ended: BTreeSet<(usize, usize)>,
    /// Who blocked whom.
    pub blocks: BTreeSet<(usize, usize)>,
}

impl Model {
    pub fn verdict(&self, me: usize, other: usize) -> Option<bool> {
        self.verdicts.iter().find(|(from, to, _)| (*from, *to) == (me, other)).map(|(_, _, liked)| *liked)
    }

    fn both_said_yes(&self, me: usize, other: usize) -> bool {
        self.verdict(me, other) == Some(true) && self.verdict(other, me) == Some(true)
    }

    pub fn is_matched(&self, me: usize, other: usize) -> bool {
        self.both_said_yes(me, other) && !self.ended.contains(&(me.min(other), me.max(other)))
    }

    pub fn newest(&self, me: usize) -> Option<usize> {
        let is_newest = |from: usize, to: usize| from == me && !self.is_blocked(me, to);
        self.verdicts.iter().rev().find(|(from, to, _)| is_newest(*from, *to)).map(|(_, to, _)| *to)
    }

    fn is_blocked(&self, me: usize, other: usize) -> bool {
        self.blocks.contains(&(me, other)) || self.blocks.contains(&(other, me))
    }

    /// Whom one may block: who is seen, and whom one met.
    fn may_name(&self, me: usize, other: usize) -> bool {
        let sees = !self.is_blocked(me, other) && self.people[other].is_shown();
        sees || self.verdict(me, other).is_some() || self.blocks.contains(&(me, other))
    }

    fn is_waiting(&self, me: usize, other: usize) -> bool {
        self.verdict(other, me) == Some(true) && self.verdict(me, other).is_none()
    }

    /// The predicate.
    pub fn may_decide(&self, me: usize, other: usize) -> bool {
        let (mine, theirs) = (&self.people[me], &self.people[other]);
        me != other
            && theirs.is_shown()
            && !self.is_blocked(me, other)
            && self.verdict(me, other).is_none()
            && (mine.is_within(theirs, mine.effective_radius())
                || self.is_waiting(me, other)
                || self.later.contains(&(me, other)))
    }

    /// Everybody on the deck if the radius were `edge`.
    pub fn deck_within(&self, me: usize, edge: u16) -> BTreeSet<UserId> {
        let is_on_deck = |other: usize| {
            me != other
                && self.people[other].is_shown()
                && !self.is_blocked(me, other)
                && self.verdict(me, other).is_none()
                && !self.later.contains(&(me, other))
                && self.people[me].is_within(&self.people[other], edge)
        };
        self.ids(is_on_deck)
    }

    pub fn deck(&self, me: usize) -> BTreeSet<UserId> {
        self.deck_within(me, self.people[me].effective_radius())
    }

    fn is_open(&self, me: usize, other: usize) -> bool {
        self.people[other].is_shown() && !self.is_blocked(me, other)
    }

    pub fn received(&self, me: usize) -> BTreeSet<UserId> {
        self.ids(|other| self.is_open(me, other) && self.is_waiting(me, other))
    }

    pub fn pile(&self, me: usize) -> BTreeSet<UserId> {
        self.ids(|other| self.is_open(me, other) && self.later.contains(&(me, other)))
    }

    pub fn matches(&self, me: usize) -> BTreeSet<UserId> {
        self.ids(|other| self.is_matched(me, other))
    }

    /// How many decided on, how many put aside.
    pub fn own_counts(&self, me: usize) -> (usize, usize) {
        let decided = self.verdicts.iter().filter(|(from, _, _)| *from == me).count();
        (decided, self.later.iter().filter(|(from, _)| *from == me).count())
    }

    fn ids(&self, is_meant: impl Fn(usize) -> bool) -> BTreeSet<UserId> {
        (0..self.people.len()).filter(|other| is_meant(*other)).map(|other| self.people[other].id).collect()
    }

    pub fn decide(&mut self, me: usize, other: usize, liked: bool) -> Expected {
        match self.verdict(me, other) {
            _ if me == other => return (422, "oneself"),
            _ if self.is_blocked(me, other) => return (404, "not_found"),
            Some(stored) if stored != liked => return (409, "already_decided"),
            Some(_) => return (200, ""),
            None if !self.people[me].missing().is_empty() => return (409, "profile_incomplete"),
            None if !self.may_decide(me, other) => return (404, "not_found"),
            None => {}
        }
        self.verdicts.push((me, other, liked));
        if self.later.remove(&(me, other)) {
            self.from_pile.insert((me, other));
        }
        (200, "")
    }

    pub fn undo(&mut self, me: usize, other: usize) -> Expected {
        match self.verdict(me, other) {
            _ if me == other => return (422, "oneself"),
            _ if self.is_blocked(me, other) => return (204, ""),
            None => return (204, ""),
            Some(_) if self.both_said_yes(me, other) => return (409, "already_matched"),
            Some(_) if self.newest(me) != Some(other) => return (409, "not_newest"),
            Some(_) => {}
        }
        self.verdicts.retain(|(from, to, _)| (*from, *to) != (me, other));
        if self.from_pile.remove(&(me, other)) {
            self.later.insert((me, other));
        }
        (204, "")
    }

    pub fn put_later(&mut self, me: usize, other: usize) -> Expected {
        match self.verdict(me, other) {
            _ if me == other => return (422, "oneself"),
            _ if !self.people[me].missing().is_empty() => return (409, "profile_incomplete"),
            _ if self.is_blocked(me, other) => return (404, "not_found"),
            Some(_) => return (409, "already_decided"),
            None if !self.may_decide(me, other) => return (404, "not_found"),
            None => {}
        }
        self.later.insert((me, other));
        (204, "")
    }

    pub fn drop_later(&mut self, me: usize, other: usize) -> Expected {
        self.later.remove(&(me, other));
        (204, "")
    }

    pub fn unmatch(&mut self, me: usize, other: usize) {
        self.ended.insert((me.min(other), me.max(other)));
    }

    pub fn block(&mut self, me: usize, other: usize) -> Expected {
        match () {
            () if me == other => return (422, "oneself"),
            () if !self.may_name(me, other) => return (404, "not_found"),
            () if !self.blocks.insert((me, other)) => return (200, ""),
            () if self.is_matched(me, other) => self.unmatch(me, other),
            () => {}
        }
        (201, "")
    }

    pub fn unblock(&mut self, me: usize, other: usize) -> Expected {
        self.blocks.remove(&(me, other));
        if me == other { (422, "oneself") } else { (204, "") }
    }
}
