//! Statements that empty a profile.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{Array, Integer};

use crate::accounts::UserId;
use crate::db::schema::profiles;

pub(super) fn delete(conn: &mut PgConnection, user: UserId) -> QueryResult<usize> {
    diesel::delete(profiles::table.find(user)).execute(conn)
}

pub(super) fn insert_empty(conn: &mut PgConnection, user: UserId, name: &str) -> QueryResult<usize> {
    let row = (
        profiles::user_id.eq(user),
        profiles::display_name.eq(name),
        profiles::shuffle.eq(0),
        profiles::away.eq(true),
    );
    diesel::insert_into(profiles::table).values(row).execute(conn)
}

/// Takes all tags off a profile; gives those that others hardly use, if at all.
pub(super) fn take_tags(conn: &mut PgConnection, user: UserId) -> QueryResult<Vec<i32>> {
    #[derive(QueryableByName)]
    struct Tag {
        #[diesel(sql_type = Integer)]
        id: i32,
    }
    let rare = sql_query(
        "SELECT t.id FROM profiles p JOIN tags t ON t.id = ANY (p.tags) WHERE p.user_id = $1 AND t.uses <= 100",
    );
    let tags: Vec<Tag> = rare.bind::<diesel::sql_types::Uuid, _>(user).load(conn)?;
    let none = Vec::<Option<i32>>::new();
    diesel::update(profiles::table.find(user))
        .set((profiles::hobbies.eq(&none), profiles::interests.eq(&none)))
        .execute(conn)?;
    Ok(tags.into_iter().map(|tag| tag.id).collect())
}

/// Counts are an hour old at most times, so that the profiles themselves are asked.
pub(super) fn delete_unused(conn: &mut PgConnection, ids: &[i32]) -> QueryResult<usize> {
    if ids.is_empty() {
        return Ok(0);
    }
    sql_query(
        "DELETE FROM tags WHERE id = ANY ($1) AND id NOT IN \
         (SELECT unnest(tags) FROM profiles WHERE tags && $1)",
    )
    .bind::<Array<Integer>, _>(ids)
    .execute(conn)
}
