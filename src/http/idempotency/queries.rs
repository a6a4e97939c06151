//! Statements on keys and the answers kept under them.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Bytea, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::schema::idempotency_keys::{self, columns};

/// One request and its repeats.
#[derive(Clone)]
pub(super) struct Slot {
    pub(super) user: Uuid,
    pub(super) route: &'static str,
    pub(super) key: String,
    pub(super) fingerprint: Vec<u8>,
    /// Whoever works on it at present.
    pub(super) claim: Uuid,
}

/// What a claim found.
#[derive(Debug)]
pub(super) enum Claim {
    /// Nobody works on it: we do.
    Ours,
    /// It is done.
    Answered { status: u16, body: String },
    /// Somebody works on it.
    Running,
    /// The key was used for something else.
    OtherRequest,
}

/// One statement decides: of many at once, one gets the row.
pub(super) fn claim(conn: &mut PgConnection, slot: &Slot) -> QueryResult<Claim> {
    let ours = sql_query(
        "INSERT INTO idempotency_keys (user_id, route, key, fingerprint, claim) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (user_id, route, key) DO UPDATE SET fingerprint = excluded.fingerprint, \
         claim = excluded.claim, claimed_at = now(), status = NULL, body = NULL \
         WHERE idempotency_keys.claimed_at < now() - interval '24 hours' \
         OR (idempotency_keys.status IS NULL AND idempotency_keys.fingerprint = excluded.fingerprint \
             AND idempotency_keys.claimed_at < now() - interval '2 minutes')",
    )
    .bind::<SqlUuid, _>(slot.user)
    .bind::<Text, _>(slot.route)
    .bind::<Text, _>(&slot.key)
    .bind::<Bytea, _>(&slot.fingerprint)
    .bind::<SqlUuid, _>(slot.claim)
    .execute(conn)?;
    if ours == 1 {
        return Ok(Claim::Ours);
    }
    let found: Option<(Vec<u8>, Option<i16>, Option<String>)> = idempotency_keys::table
        .find((slot.user, slot.route, &slot.key))
        .select((columns::fingerprint, columns::status, columns::body))
        .first(conn)
        .optional()?;
    Ok(match found {
        Some((fingerprint, ..)) if fingerprint != slot.fingerprint => Claim::OtherRequest,
        Some((_, Some(status), Some(body))) => Claim::Answered { status: status.unsigned_abs(), body },
        // Or let go of in this moment: to be tried again.
        _ => Claim::Running,
    })
}

/// Leaves the answer for repeats, unless somebody else has taken over.
pub(super) fn keep(conn: &mut PgConnection, slot: &Slot, status: u16, body: &str) -> QueryResult<usize> {
    let row = idempotency_keys::table.find((slot.user, slot.route, &slot.key));
    diesel::update(row.filter(columns::claim.eq(slot.claim)))
        .set((columns::status.eq(i16::try_from(status).unwrap_or(200)), columns::body.eq(body)))
        .execute(conn)
}

/// Lets the key go: nothing was done under it.
pub(super) fn release(conn: &mut PgConnection, slot: &Slot) -> QueryResult<usize> {
    let row = idempotency_keys::table.find((slot.user, slot.route, &slot.key));
    diesel::delete(row.filter(columns::claim.eq(slot.claim))).execute(conn)
}

pub(super) fn purge(conn: &mut PgConnection) -> QueryResult<usize> {
    sql_query("DELETE FROM idempotency_keys WHERE claimed_at < now() - interval '24 hours'").execute(conn)
}
