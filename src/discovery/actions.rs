//! Drawing the deck.

use diesel::PgConnection;

use super::queries::{self, Look};
use crate::accounts::UserId;
use crate::geo::{EDGES, zip_table};
use crate::matches::{self, MatchError, Person, Viewer};
use crate::profiles;

/// The farthest edge: what a wider radius could still reach.
const FARTHEST: u16 = 500;

/// People to decide on, or why there is nobody.
#[derive(Debug)]
pub struct Deck {
    /// The best first.
    pub people: Vec<Person>,
    /// Only when there is nobody.
    pub empty: Option<EmptyDeck>,
}

/// Why the deck is empty: what the viewer's own settings and decisions hide. Counts of others are exact here.
#[derive(Debug)]
pub struct EmptyDeck {
    /// The radius that counts, in miles.
    pub effective_radius: u16,
    /// How many people there would be within each wider radius.
    pub within: Vec<(u16, i64)>,
    /// How many the viewer has decided on.
    pub decided: i64,
    /// How many the viewer has put aside.
    pub later: i64,
}

/// The next people for somebody, at most `limit`. Their profile must be complete.
pub fn deck(
    conn: &mut PgConnection,
    user: UserId,
    limit: u32,
    birth_date_required: bool,
) -> Result<Deck, MatchError> {
    let viewer = matches::complete_viewer(conn, user, birth_date_required)?;
    profiles::mark_active(conn, user)?;
    let ranked = rank(conn, &viewer, limit, birth_date_required)?;
    let ids: Vec<UserId> = ranked.iter().map(|(id, _)| *id).collect();
    let people = matches::people(conn, &viewer.profile, &ids)?;
    let empty = if people.is_empty() { Some(why_empty(conn, &viewer, birth_date_required)?) } else { None };
    Ok(Deck { people, empty })
}

/// The deck's order with its scores, without the people's cards.
pub fn deck_order(
    conn: &mut PgConnection,
    user: UserId,
    limit: u32,
    birth_date_required: bool,
) -> Result<Vec<(UserId, i32)>, MatchError> {
    let viewer = matches::complete_viewer(conn, user, birth_date_required)?;
    rank(conn, &viewer, limit, birth_date_required)
}

fn rank(
    conn: &mut PgConnection,
    viewer: &Viewer,
    limit: u32,
    birth_date_required: bool,
) -> Result<Vec<(UserId, i32)>, MatchError> {
    let near = zip_table().near(viewer.zip, viewer.profile.effective_radius);
    let weights = profiles::tag_weights(conn, viewer.profile.user)?;
    let look = Look {
        viewer: viewer.profile.user,
        shuffle: viewer.profile.user.shuffle(),
        near: &near,
        weights: &weights,
        today: profiles::today(),
        birth_date_required,
    };
    let ranked = queries::rank(conn, &look, limit.into())?;
    Ok(ranked.into_iter().map(|row| (row.user_id, row.score)).collect())
}

fn why_empty(
    conn: &mut PgConnection,
    viewer: &Viewer,
    birth_date_required: bool,
) -> Result<EmptyDeck, MatchError> {
    let near = zip_table().near(viewer.zip, FARTHEST);
    let look = Look {
        viewer: viewer.profile.user,
        shuffle: 0,
        near: &near,
        weights: &[],
        today: profiles::today(),
        birth_date_required,
    };
    let counts = queries::count_by_edge(conn, &look)?;
    let within =
        |edge: u16| counts.iter().filter(|c| i32::from(c.edge) <= i32::from(edge)).map(|c| c.people).sum();
    let own = queries::own_counts(conn, viewer.profile.user)?;
    let effective_radius = viewer.profile.effective_radius;
    let wider = EDGES.into_iter().filter(|edge| *edge > effective_radius);
    Ok(EmptyDeck {
        effective_radius,
        within: wider.map(|edge| (edge, within(edge))).collect(),
        decided: own.decided,
        later: own.later,
    })
}
