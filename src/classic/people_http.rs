//! People as these front ends ask for them: shown, liked, matched, written to; and one's own profile.

use actix_web::{HttpResponse, get, patch, post, web};
use diesel::PgConnection;

use super::cards::{
    Card, ImagesAnswer, MatchesAnswer, MessageCard, MessagesAnswer, UserAnswer, UsersAnswer, VerdictAnswer,
};
use super::house::{House, demand_own, named};
use super::texts::{Unread, profile_fields};
use crate::accounts::{SignedIn, UserId};
use crate::http::{ApiError, Fields, LIST_MAX};
use crate::matches::http::PersonCard;
use crate::matches::{self, Person};
use crate::photos::Variant;
use crate::photos::http::{keep_all, keep_file};
use crate::{discovery, messages, people, profiles};

/// Somebody, by id or username.
#[get("/users/{id}")]
pub(super) async fn see_user(
    me: SignedIn,
    house: House,
    name: web::Path<String>,
) -> Result<web::Json<UserAnswer>, ApiError> {
    let user = match seen(&house, me.user, name.into_inner()).await? {
        None => Card::from(house.own_card(me.user).await?),
        Some(person) => Card::from(PersonCard::sign(person, &house.photos).await?),
    };
    Ok(web::Json(UserAnswer { user }))
}

/// Somebody's photos.
#[get("/users/{id}/images")]
pub(super) async fn see_images(
    me: SignedIn,
    house: House,
    name: web::Path<String>,
) -> Result<web::Json<ImagesAnswer>, ApiError> {
    let images = match seen(&house, me.user, name.into_inner()).await? {
        None => house.own_card(me.user).await?.image_urls,
        Some(person) => house.photos.links(&person.photos, Variant::Large).await?,
    };
    Ok(web::Json(ImagesAnswer { images }))
}

/// Keeps photos of one's own.
#[post("/users/{id}/images")]
pub(super) async fn upload(
    me: SignedIn,
    house: House,
    name: web::Path<String>,
    body: Unread,
) -> Result<HttpResponse, ApiError> {
    house.demand_own(me.user, name.into_inner()).await?;
    let limits = &house.config.photos;
    let form = body.read_form(limits).await?;
    keep_all(me.user, &house.photos, limits.max_file_size, form).await
}

/// Somebody else as one sees them; `None` if it is oneself.
async fn seen(house: &House, me: UserId, name: String) -> Result<Option<Person>, ApiError> {
    let required = house.config.accounts.birth_date_required;
    let look = move |conn: &mut PgConnection| match named(conn, &name)? {
        other if other == me => Ok(None),
        other => Ok::<_, ApiError>(Some(people::see_person(conn, me, other, required)?)),
    };
    house.db.run(look).await
}

/// People to decide on, as a bare list.
#[get("/users/{id}/unrated")]
pub(super) async fn unrated(
    me: SignedIn,
    house: House,
    name: web::Path<String>,
) -> Result<web::Json<Vec<Card>>, ApiError> {
    Ok(web::Json(deck(&house, me.user, name.into_inner()).await?))
}

/// The same in an object. Whatever place and radius are asked for, the profile's count.
#[get("/users/{id}/potentials")]
pub(super) async fn potentials(
    me: SignedIn,
    house: House,
    name: web::Path<String>,
) -> Result<web::Json<UsersAnswer>, ApiError> {
    Ok(web::Json(UsersAnswer { users: deck(&house, me.user, name.into_inner()).await? }))
}

async fn deck(house: &House, me: UserId, name: String) -> Result<Vec<Card>, ApiError> {
    let required = house.config.accounts.birth_date_required;
    let draw = move |conn: &mut PgConnection| {
        demand_own(conn, me, &name)?;
        Ok::<_, ApiError>(discovery::deck(conn, me, LIST_MAX, required)?)
    };
    let deck = house.db.run(draw).await?;
    cards(house, deck.people).await
}

async fn cards(house: &House, people: Vec<Person>) -> Result<Vec<Card>, ApiError> {
    Ok(PersonCard::sign_all(people, &house.photos).await?.into_iter().map(Card::from).collect())
}

/// One's matches, the newest first.
#[get("/users/{id}/matches")]
pub(super) async fn list_matches(
    me: SignedIn,
    house: House,
    name: web::Path<String>,
) -> Result<web::Json<MatchesAnswer>, ApiError> {
    let list = move |conn: &mut PgConnection| {
        demand_own(conn, me.user, &name)?;
        let rows = matches::list_matches(conn, me.user, None, LIST_MAX.into())?;
        Ok::<_, ApiError>(matches::with_people(conn, me.user, rows, |row| row.other)?)
    };
    let people = house.db.run(list).await?.into_iter().map(|(_, person)| person).collect();
    Ok(web::Json(MatchesAnswer { matches: cards(&house, people).await? }))
}

/// Yes.
#[post("/users/like/{id}")]
pub(super) async fn like(
    me: SignedIn,
    house: House,
    name: web::Path<String>,
) -> Result<web::Json<VerdictAnswer>, ApiError> {
    decide(&house, me.user, name.into_inner(), true).await
}

/// No.
#[post("/users/dislike/{id}")]
pub(super) async fn dislike(
    me: SignedIn,
    house: House,
    name: web::Path<String>,
) -> Result<web::Json<VerdictAnswer>, ApiError> {
    decide(&house, me.user, name.into_inner(), false).await
}

/// Yes or no to `likee`; the path is one's own.
#[post("/matches/{id}")]
pub(super) async fn rate(
    me: SignedIn,
    house: House,
    name: web::Path<String>,
    body: Unread,
) -> Result<web::Json<VerdictAnswer>, ApiError> {
    house.demand_own(me.user, name.into_inner()).await?;
    let mut form = body.read(&house.config.photos).await?;
    let mut fields = Fields::new();
    let likee = form.take("likee").ok_or("Say whom it is about: likee is a username.");
    let liked = match form.take("match").unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err("Say yes or no: match is true or false."),
    };
    let (likee, liked) = (fields.take("/likee", likee), fields.take("/match", liked));
    match likee.zip(liked) {
        Some((likee, liked)) => decide(&house, me.user, likee, liked).await,
        None => Err(fields.refused()),
    }
}

async fn decide(
    house: &House,
    me: UserId,
    name: String,
    liked: bool,
) -> Result<web::Json<VerdictAnswer>, ApiError> {
    let required = house.config.accounts.birth_date_required;
    let decide = move |conn: &mut PgConnection| {
        let other = named(conn, &name)?;
        Ok::<_, ApiError>(matches::decide(conn, me, other, liked, required)?)
    };
    let match_status = house.db.run(decide).await?.matched.is_some();
    let message = match (match_status, liked) {
        (true, _) => "It's a match.",
        (false, true) => "You said yes.",
        (false, false) => "You said no.",
    };
    Ok(web::Json(VerdictAnswer { match_status, message }))
}

/// Changes one's profile; a new picture takes the old one's place, a link instead of one keeps it.
#[patch("/users/{id}")]
pub(super) async fn edit(
    me: SignedIn,
    house: House,
    name: web::Path<String>,
    body: Unread,
) -> Result<web::Json<UserAnswer>, ApiError> {
    house.demand_own(me.user, name.into_inner()).await?;
    let limits = &house.config.photos;
    let mut form = body.read(limits).await?;
    let mut refused = Fields::new();
    let changes = profile_fields(&mut form).parse(&mut refused);
    refused.finish()?;
    // What can be refused for its content comes first: then nothing is changed by halves.
    for file in form.files {
        keep_file(&house.photos, limits.max_file_size, me.user, file, true).await?;
    }
    house.db.run(move |conn| people::change_own(conn, me.user, &changes, None)).await?;
    Ok(web::Json(UserAnswer { user: Card::from(house.own_card(me.user).await?) }))
}

/// What two matched people wrote, the oldest first.
#[get("/users/{id}/messages/{other}")]
pub(super) async fn list_messages(
    me: SignedIn,
    house: House,
    names: web::Path<(String, String)>,
) -> Result<web::Json<MessagesAnswer>, ApiError> {
    let (own, other) = names.into_inner();
    let read = move |conn: &mut PgConnection| {
        demand_own(conn, me.user, &own)?;
        let other = named(conn, &other)?;
        let id = matches::conversation_between(conn, me.user, other)?.ok_or_else(ApiError::not_found)?;
        let rows = messages::history(conn, me.user, id, None, None, LIST_MAX.into())?;
        let viewer = profiles::load_profile(conn, me.user)?;
        Ok::<_, ApiError>((rows, matches::people(conn, &viewer, &[me.user, other])?))
    };
    let (rows, people) = house.db.run(read).await?;
    let name = |is_me| people.iter().find(|person| (person.id == me.user) == is_me).map(|p| &p.username);
    let [mine, theirs] = [true, false].map(|is_me| name(is_me).cloned().unwrap_or_default());
    let card = |message: messages::Message| {
        let (from, to) = if message.sender == me.user { (&mine, &theirs) } else { (&theirs, &mine) };
        MessageCard {
            from_username: from.clone(),
            to_username: to.clone(),
            body: message.body,
            sent_at: message.sent_at,
            read_at: None,
        }
    };
    Ok(web::Json(MessagesAnswer { messages: rows.into_iter().map(card).collect() }))
}
